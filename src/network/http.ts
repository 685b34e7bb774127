import type { Agent } from 'node:http'
import type { Http, HttpRequest, HttpResponse } from '../core/ports.js'
import { type Answer, exchange, type Wire } from './exchange.js'
import { notAnswered, redirectFault, timeLimitFault } from './faults.js'
import { afterRedirect } from './redirect.js'

const BODY_LIMIT_BYTES = 5 * 1024 * 1024
const MOST_REDIRECTS = 10
/** An idle connection is reused within a burst of checks, but a check that polls sees who answers new connections. */
const IDLE_MS = 500
const SAFE = ['GET', 'HEAD', 'OPTIONS']

/**
 * HTTP over node:http: no fetch, whose start alone costs more than a hundred exchanges. One time limit covers the whole
 * of it: name, connection, TLS, redirects, warm-up and body. Bodies are kept up to 5 MiB, then `cut` is set.
 */
export function openHttp(options: Readonly<{ bodyLimitBytes?: number; idleMs?: number }> = {}): Http {
  const { bodyLimitBytes: limitBytes = BODY_LIMIT_BYTES, idleMs = IDLE_MS } = options
  const agents = openAgents(idleMs)
  return {
    send: request => withTimeLimit(request, signal => converse({ request, signal, limitBytes }, agents))
  }
}

/** One for each protocol, opened by the first request that speaks it: a command that sends nothing starts faster. */
type Agents = (protocol: string) => Promise<Agent>
type Talk = Readonly<{ request: HttpRequest; signal: AbortSignal; limitBytes: number }>

function openAgents(idleMs: number): Agents {
  const opened = new Map<string, Promise<Agent>>()
  const open = async (protocol: string) => {
    const { Agent } = await (protocol === 'https:' ? import('node:https') : import('node:http'))
    return new Agent({ keepAlive: true, timeout: idleMs })
  }
  return protocol => {
    const agent = opened.get(protocol) ?? open(protocol)
    opened.set(protocol, agent)
    return agent
  }
}

async function converse(talk: Talk, agents: Agents): Promise<HttpResponse> {
  const { request } = talk
  const first = firstWire(talk)
  if (request.warm === true) await warmUp(first, agents)
  const urls = [first.url.href]
  let wire = first
  let answer = await reach(wire, agents)
  const { startedAt } = answer
  while (request.followRedirects) {
    const next = afterRedirect(wire, answer)
    if (next === undefined) break
    if ('problem' in next) throw redirectFault(wire.url, next.problem)
    if (urls.length > MOST_REDIRECTS) throw redirectFault(wire.url, `is redirected more than ${MOST_REDIRECTS} times`)
    wire = next.wire
    urls.push(wire.url.href)
    answer = await reach(wire, agents)
  }
  const { status, headers, body, cut } = answer
  return { status, headers, body, ms: answer.endedAt - startedAt, urls, ...(cut ? { cut } : {}) }
}

// What is not safe must not happen twice, so an OPTIONS opens the connection for it. (After a HEAD without a length Node closes it.).
async function warmUp(wire: Wire, agents: Agents): Promise<void> {
  await reach(SAFE.includes(wire.method) ? wire : { ...wire, method: 'OPTIONS', body: undefined }, agents)
  // The agent takes the connection back only after the answer's end has been told.
  await new Promise(resolve => setImmediate(resolve))
}

const firstWire = ({ request, signal, limitBytes }: Talk): Wire => ({
  url: new URL(request.url),
  method: request.method,
  headers: request.headers,
  body: request.body,
  ca: request.tls?.ca,
  // A server may close an idle connection just when it is used again; what is not safe cannot be sent again then.
  reuse: request.warm === true || SAFE.includes(request.method),
  signal,
  limitBytes
})

async function reach(wire: Wire, agents: Agents): Promise<Answer> {
  const agent = wire.reuse && (await agents(wire.url.protocol))
  try {
    return await exchange(wire, { agent }).catch(fault => {
      if (fault?.stale !== true || wire.signal.aborted || !SAFE.includes(wire.method)) throw fault
      return exchange(wire, { agent: false })
    })
  } catch (cause) {
    throw notAnswered(wire.url, cause)
  }
}

/** Ends the work when the time is over or the caller gives up; then its own words say so, not those of a torn socket. */
async function withTimeLimit<T>(request: HttpRequest, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ended = new AbortController()
  const giveUp = () => ended.abort()
  const timer = setTimeout(giveUp, request.timeoutMs)
  request.signal.addEventListener('abort', giveUp, { once: true })
  if (request.signal.aborted) giveUp()
  try {
    return await work(ended.signal)
  } catch (cause) {
    if (ended.signal.aborted && !request.signal.aborted)
      throw timeLimitFault(new URL(request.url), request.timeoutMs, cause)
    throw cause
  } finally {
    clearTimeout(timer)
    request.signal.removeEventListener('abort', giveUp)
  }
}
