import type { Clock } from '../core/ports.js'
import { formatDuration } from '../core/units.js'
import { cancelled, faultOf } from './answer-faults.js'
import type { ApiRequest } from './github.js'
import { isLimited, retryInMs } from './retry.js'
import { type Answered, type Call, type Outcome, openWire, type WireOptions } from './wire.js'

export type PersistOptions = WireOptions &
  Readonly<{ owner: string; repo: string; clock: Clock; patienceMs: number; onWait: (line: string) => void }>

const MOST_REDIRECTS = 3

/** Asks until there is an answer, or none to be had: then it throws. A limit and 5xx are no answers. */
export function openPersistence(options: PersistOptions) {
  const { url, owner, repo, clock, signal, patienceMs, onWait } = options
  const { host } = new URL(url)
  const send = openWire(options)
  let sent = 0

  async function persist(request: ApiRequest): Promise<Answered> {
    const { method, path, parameters = {}, repeatable = method === 'GET' } = request
    const own = path.includes('{owner}') ? { owner, repo } : {}
    let maybeDone = false
    let waitedMs = 0
    for (let tries = 1; ; tries++) {
      if (signal?.aborted) throw cancelled(request, maybeDone)
      const outcome = await follow({ method, path, parameters: { ...own, ...parameters } })
      if (isAnswer(outcome)) return outcome
      maybeDone ||= method !== 'GET' && mayBeDone(outcome)
      const waitMs = retryInMs({ outcome, repeatable, tries, waitedMs, patienceMs, now: clock.now() })
      if (waitMs === undefined) throw faultOf(outcome, { request, host, maybeDone })
      onWait(`GitHub did not ${request.what} yet: it is asked again in ${formatDuration(waitMs)}`)
      waitedMs += waitMs
      await clock.sleep(waitMs, signal)
    }
  }

  /** What was renamed sends on. Followed for reads, and never to another server: the token is for this one. */
  async function follow(call: Call): Promise<Outcome> {
    let outcome = await counted(call)
    for (let hops = 0; hops < MOST_REDIRECTS; hops++) {
      const target = call.method === 'GET' ? redirectOf(outcome, url) : undefined
      if (target === undefined) return outcome
      outcome = await counted({ method: 'GET', path: target, parameters: {} })
    }
    return outcome
  }

  async function counted(call: Call): Promise<Outcome> {
    const outcome = await send(call)
    if (outcome.kind !== 'unsent') sent += 1
    return outcome
  }

  return { persist, sent: () => sent }
}

const isAnswer = (outcome: Outcome): outcome is Answered =>
  outcome.kind === 'answered' && outcome.status < 500 && !isLimited(outcome)

const mayBeDone = (outcome: Outcome): boolean =>
  outcome.kind === 'answered' ? outcome.status >= 500 : outcome.kind !== 'unsent'

function redirectOf(outcome: Outcome, url: string): string | undefined {
  if (outcome.kind !== 'answered' || ![301, 302, 307, 308].includes(outcome.status)) return undefined
  const location = outcome.headers['location']
  if (location === undefined || !URL.canParse(location, url)) return undefined
  const target = new URL(location, url)
  return target.origin === new URL(url).origin ? target.href : undefined
}
