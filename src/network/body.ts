import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'

export type Body = Readonly<{ body: string; cut: boolean; endedAt: number }>

/** Reads at most so many bytes, decodes them, and lets go of the connection when there are more. */
export async function readBody(response: IncomingMessage, limitBytes: number): Promise<Body> {
  const { bytes, cut } = await collect(response, limitBytes)
  const endedAt = performance.now()
  const decoded = await decode(bytes, response.headers['content-encoding'] ?? '', limitBytes)
  const text = decoderFor(response.headers['content-type'] ?? '').decode(decoded.bytes)
  return { body: text, cut: cut || decoded.cut, endedAt }
}

type Bytes = Readonly<{ bytes: Buffer; cut: boolean }>

/** By its events, since a loop over the stream costs as much as sending the request. */
function collect(response: IncomingMessage, limitBytes: number): Promise<Bytes> {
  const chunks: Buffer[] = []
  let size = 0
  return new Promise((resolve, reject) => {
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      if (size <= limitBytes) return
      resolve({ bytes: Buffer.concat(chunks).subarray(0, limitBytes), cut: true })
      response.destroy()
    })
    response.on('end', () => resolve({ bytes: Buffer.concat(chunks), cut: false }))
    response.on('error', reject)
    // Whatever else ends it has ended it too early.
    response.on('close', () => {
      if (!response.readableEnded) reject(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
    })
  })
}

async function decode(bytes: Buffer, encodings: string, limitBytes: number): Promise<Bytes> {
  let result: Bytes = { bytes, cut: false }
  if (bytes.length === 0 || encodings === '') return result
  // The last one named was applied last.
  for (const encoding of encodings.toLowerCase().split(',').reverse()) {
    result = await decodeOne(result.bytes, encoding.trim(), limitBytes)
    if (result.cut) return result
  }
  return result
}

async function decodeOne(bytes: Buffer, encoding: string, limitBytes: number): Promise<Bytes> {
  const zlib = await import('node:zlib')
  // What was cut off is decoded as far as it goes.
  const options = { maxOutputLength: limitBytes, finishFlush: zlib.constants.Z_SYNC_FLUSH }
  try {
    switch (encoding) {
      case 'gzip':
      case 'x-gzip':
        return whole(await promisify(zlib.gunzip)(bytes, options))
      case 'deflate':
        // Some servers leave out the header of two bytes; its first half-byte tells.
        return whole(await promisify(((bytes[0] ?? 0) & 0x0f) === 8 ? zlib.inflate : zlib.inflateRaw)(bytes, options))
      case 'br':
        return whole(await promisify(zlib.brotliDecompress)(bytes, { maxOutputLength: limitBytes }))
      default:
        return whole(bytes)
    }
  } catch (cause) {
    // A few bytes that unfold to more than anyone asked for.
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return { bytes: Buffer.alloc(0), cut: true }
    throw cause
  }
}

const whole = (bytes: Buffer): Bytes => ({ bytes, cut: false })

function decoderFor(contentType: string): { decode(bytes: Uint8Array): string } {
  const [, charset = 'utf-8'] = /charset="?([\w-]+)/i.exec(contentType) ?? []
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder() // a charset that nobody knows
  }
}
