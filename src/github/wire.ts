import { joinSignals } from '../core/join-signals.js'
import { once } from '../core/once.js'
import { formatDuration } from '../core/units.js'
import { withoutAnswer } from './without-answer.js'

/** One request on the wire; `path` is a template of the description, or a whole address after a redirect. */
export type Call = Readonly<{ method: string; path: string; parameters: Readonly<Record<string, unknown>> }>

export type Answered = Readonly<{
  kind: 'answered'
  status: number
  data: unknown
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
}>
/** `unsent`: there was no connection, so GitHub knows nothing of it; `final` where another try would not get one either. */
export type Unsent = Readonly<{ kind: 'unsent'; why: string; final: boolean }>
/** It may have been done, and there is no whole answer. */
export type Lost = Readonly<{ kind: 'lost'; why: string }>
/** `aborted`: the run was cancelled while it was on its way, so that it may have been done too. */
export type Outcome = Answered | Unsent | Lost | Readonly<{ kind: 'aborted' }>

export type WireOptions = Readonly<{
  url: string
  token: string
  /** Only to see whether the runner has a proxy. */
  env: Readonly<Record<string, string | undefined>> | undefined
  timeoutMs: number
  signal: AbortSignal | undefined
}>

const HEADERS = { 'x-github-api-version': '2022-11-28' }
const PROXIES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY']
const SILENT = { debug() {}, info() {}, warn() {}, error() {} }

/**
 * Sends single requests, each within the time limit and through the runner's proxy if there is one. Never rejects for
 * what happens on the wire, and never repeats: octokit's plug-ins would repeat writes, and send one a second.
 */
export function openWire(options: WireOptions): (call: Call) => Promise<Outcome> {
  const octokit = once(() => openOctokit(options))

  return async ({ method, path, parameters }) => {
    const { request } = await octokit()
    const limited = withinLimit(options)
    try {
      const how = { signal: limited.signal, redirect: 'manual' as const, log: SILENT }
      return answered(await request({ ...parameters, method, url: path, headers: HEADERS, request: how }))
    } catch (thrown) {
      const answer = (thrown as { response?: RawAnswer }).response
      if (answer !== undefined) return answered(answer)
      if (options.signal?.aborted) return { kind: 'aborted' }
      if (limited.signal.aborted) return { kind: 'lost', why: `no answer within ${formatDuration(options.timeoutMs)}` }
      return withoutAnswer(thrown, options.token)
    } finally {
      limited.done()
    }
  }
}

// Only @actions/github knows the runner's proxy. It brings an undici of its own, and loading that takes longer than all
// that a stage asks: where there is no proxy, Node's own fetch does.
async function openOctokit({ url, token, env }: WireOptions) {
  const options = { baseUrl: url, userAgent: 'deploy-checklist', log: SILENT }
  const isProxied = env === undefined || PROXIES.some(name => env[name])
  if (isProxied) return (await import('@actions/github')).getOctokit(token, options)
  return new (await import('@octokit/core')).Octokit({ ...options, auth: token })
}

function withinLimit({ timeoutMs, signal }: WireOptions) {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), timeoutMs)
  const joined = joinSignals(limit.signal, ...(signal === undefined ? [] : [signal]))
  const done = () => {
    clearTimeout(timer)
    joined.done()
  }
  return { signal: joined.signal, done }
}

type RawAnswer = Readonly<{
  status: number
  data: unknown
  headers: Readonly<Record<string, string | number | undefined>>
}>

function answered({ status, data, headers }: RawAnswer): Outcome {
  // Where a body is torn, or is no JSON, octokit hands it on as text and calls it a success.
  const torn = status < 300 && typeof data === 'string' && 'content-type' in headers
  if (torn) return { kind: 'lost', why: 'what it answered is not whole, or no JSON' }
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])
  return { kind: 'answered', status, data, headers: Object.fromEntries(named) }
}
