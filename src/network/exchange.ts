import type { ClientRequest, ClientRequestArgs, IncomingMessage } from 'node:http'
import type { RequestOptions } from 'node:https'
import type { Socket } from 'node:net'
import { once } from '../core/once.js'
import { readBody } from './body.js'

/** One request as it goes out, and what may become of its connection. */
export type Wire = Readonly<{
  url: URL
  method: string
  headers: Readonly<Record<string, string>>
  body: string | undefined
  ca: string | undefined
  reuse: boolean
  signal: AbortSignal
  limitBytes: number
}>

/** Moments on the monotonic clock, in milliseconds; `startedAt` is when the connection stood and the request went out. */
export type Answer = Readonly<{
  status: number
  headers: Readonly<Record<string, readonly string[]>>
  body: string
  cut: boolean
  startedAt: number
  endedAt: number
}>

const DEFAULT_HEADERS = { accept: '*/*', 'accept-encoding': 'gzip, deflate, br', 'user-agent': 'deploy-checklist' }

// Asked for once: each import() of a bundle makes its module's names anew, which a burst of checks would feel.
const http = once(() => import('node:http'))
const https = once(() => import('node:https'))

/** One exchange without redirects. Rejects with what Node says; `stale` is set when an idle connection had been closed. */
export async function exchange(wire: Wire, options: ClientRequestArgs): Promise<Answer> {
  const { request: open } = await (wire.url.protocol === 'https:' ? https() : http())
  return new Promise<Answer>((resolve, reject) => {
    if (wire.signal.aborted) return reject(new Error('aborted'))
    const request = open(wire.url, { ...options, ...argsOf(wire) })
    const startedAt = whenConnected(request, wire.url.protocol === 'https:')
    const stop = () => request.destroy(new Error('aborted'))
    wire.signal.addEventListener('abort', stop, { once: true })
    const settled = () => wire.signal.removeEventListener('abort', stop)
    request.on('error', (fault: NodeJS.ErrnoException) => {
      settled()
      reject(Object.assign(fault, { stale: request.reusedSocket && isClosed(fault) }))
    })
    request.on('response', response => {
      read(response, wire, startedAt()).then(resolve, reject).finally(settled)
    })
    request.end(wire.body)
  })
}

function argsOf({ method, headers, body, ca }: Wire): RequestOptions {
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
  // Said aloud, since NODE_TLS_REJECT_UNAUTHORIZED=0 of the environment would switch it off in silence.
  const tls = { rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) }
  return { method, headers: { ...DEFAULT_HEADERS, ...length, ...own }, ...tls }
}

/** The moment from which the server can have seen the request: connecting is not part of its answer. */
function whenConnected(request: ClientRequest, secure: boolean): () => number {
  let at = performance.now()
  request.on('socket', (socket: Socket) => {
    const mark = () => {
      at = performance.now()
    }
    if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', mark)
    else mark()
  })
  return () => at
}

async function read(response: IncomingMessage, { limitBytes }: Wire, startedAt: number): Promise<Answer> {
  const { body, cut, endedAt } = await readBody(response, limitBytes)
  return { status: response.statusCode ?? 0, headers: headersOf(response), body, cut, startedAt, endedAt }
}

function headersOf({ headersDistinct }: IncomingMessage): Answer['headers'] {
  return Object.fromEntries(Object.entries(headersDistinct).map(([name, values]) => [name, values ?? []]))
}

const isClosed = ({ code }: NodeJS.ErrnoException): boolean => code === 'ECONNRESET' || code === 'EPIPE'
