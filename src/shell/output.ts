import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import type { Clock } from '../core/ports.js'
import type { SearchingRedactor } from '../core/redact/redact.js'
import { createLineRedactor } from '../core/redact/redact-lines.js'

export type OutputOptions = Readonly<{
  redactor: SearchingRedactor
  clock: Clock
  keep: 'redacted' | 'raw'
  keepBytes: number
  onLine: (line: string) => void
  onMask: ((value: string) => void) | undefined
}>

/** What comes out of one pipe. */
export interface Output {
  /** Bytes so far. */
  received(): number
  /** No more is read: what was held back is shown. Returns the end of all that came. */
  close(): string
}

export const NO_OUTPUT: Output = { received: () => 0, close: () => '' }

// Without a word Node would make an error with its stack, once for each.
const OVER = 'over'
/** A line that may be half of a secret waits so long for the other half; what is wrapped comes at once. */
const WAITS_MS = 300

export function readOutput(
  pipe: Readable,
  { redactor, clock, keep, keepBytes, onLine, onMask }: OutputOptions
): Output {
  const kept = createTail(keepBytes)
  // Bytes of one character may come in two chunks.
  const decoder = new StringDecoder('utf8')
  let received = 0
  const lines = createLineRedactor({
    redactor,
    onLine: (line, ending) => {
      if (keep === 'redacted') kept.add(line + ending)
      onLine(line)
    },
    ...(onMask && { onMask })
  })
  const take = (text: string) => {
    if (keep === 'raw') kept.add(text)
    lines.write(text)
  }
  let waiting: AbortController | undefined
  const letOutLater = () => {
    waiting?.abort(OVER)
    waiting = lines.waits() ? new AbortController() : undefined
    if (waiting !== undefined) void letOutAfter(waiting.signal)
  }
  const letOutAfter = async (signal: AbortSignal) => {
    await clock.sleep(WAITS_MS, signal)
    if (!signal.aborted) lines.letOut()
  }
  pipe.on('data', (chunk: Buffer) => {
    received += chunk.length
    take(decoder.write(chunk))
    letOutLater()
  })
  // A pipe that breaks has ended, nothing more: the exit code says how the program fared.
  pipe.on('error', () => {})
  return {
    received: () => received,
    close: () => {
      pipe.destroy()
      pipe.removeAllListeners('data')
      waiting?.abort(OVER)
      take(decoder.end())
      lines.end()
      // Again, for what became known as secret after it had been said.
      return keep === 'raw' ? kept.text() : redactor.redact(kept.text())
    }
  }
}

/** Keeps the last `limit` bytes (as UTF-8) of all that is added, in memory of about twice that. */
export function createTail(limit: number): Readonly<{ add(text: string): void; text(): string }> {
  let parts: Buffer[] = []
  let size = 0
  const whole = () => {
    const bytes = Buffer.concat(parts)
    return bytes.subarray(characterStart(bytes, bytes.length - limit))
  }
  return {
    add: text => {
      const bytes = Buffer.from(text, 'utf8')
      parts.push(bytes)
      size += bytes.length
      if (size <= 2 * limit && parts.length < 10_000) return
      parts = [Buffer.from(whole())]
      size = parts[0]?.length ?? 0
    },
    text: () => (size === 0 ? '' : whole().toString('utf8'))
  }
}

function characterStart(bytes: Buffer, from: number): number {
  let start = Math.max(0, from)
  while (start < bytes.length && ((bytes[start] ?? 0) & 0b1100_0000) === 0b1000_0000) start++
  return start
}
