import type { Answered, Outcome } from './wire.js'

/** How far a try has come: `tries` were made, the last with `outcome`, and `waitedMs` were waited between them. */
export type Tried = Readonly<{
  outcome: Outcome
  repeatable: boolean
  tries: number
  waitedMs: number
  /** At most so much is waited in all. */
  patienceMs: number
  now: Date
}>

const MOST_TRIES = 4
// What GitHub asks for where it does not say how long: a minute at least, and longer each time.
const UNTOLD_MS = 60_000

/**
 * Milliseconds until the next try; undefined where there is none. What GitHub has not begun (no connection, a limit) may
 * always be sent again; what it may have done (5xx, a lost answer) only where twice does no more than once.
 */
export function retryInMs({ outcome, repeatable, tries, waitedMs, patienceMs, now }: Tried): number | undefined {
  if (tries >= MOST_TRIES) return undefined
  const waitMs = wanted(outcome, repeatable, tries, now)
  return waitMs === undefined || waitedMs + waitMs > patienceMs ? undefined : waitMs
}

function wanted(outcome: Outcome, repeatable: boolean, tries: number, now: Date): number | undefined {
  const backOffMs = tries ** 2 * 1000
  if (outcome.kind === 'aborted') return undefined
  if (outcome.kind === 'unsent') return outcome.final ? undefined : backOffMs
  if (outcome.kind === 'lost') return repeatable ? backOffMs : undefined
  if (isLimited(outcome)) return limitMs(outcome, tries, now)
  return outcome.status >= 500 && repeatable ? Math.max(backOffMs, retryAfterMs(outcome) ?? 0) : undefined
}

/** A refusal for asking too much, which GitHub gives as a 403 too; nothing was done. */
export function isLimited({ status, data, headers }: Answered): boolean {
  if (status === 429) return true
  const words = JSON.stringify(data ?? '')
  if (status !== 403 || words.includes('not accessible by')) return false
  return (
    headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0' || /rate limit|abuse/i.test(words)
  )
}

/** When the token has requests again, where the hour's are used up. */
export function resetAt({ headers }: Answered): Date | undefined {
  const seconds = Number(headers['x-ratelimit-reset'])
  return headers['x-ratelimit-remaining'] === '0' && seconds > 0 ? new Date(seconds * 1000) : undefined
}

function limitMs(answer: Answered, tries: number, now: Date): number {
  const told = retryAfterMs(answer)
  if (told !== undefined) return Math.max(1000, told)
  const reset = resetAt(answer)
  // A second more: the moment is told in whole ones.
  return reset === undefined ? UNTOLD_MS * 2 ** (tries - 1) : Math.max(1000, reset.getTime() - now.getTime() + 1000)
}

function retryAfterMs({ headers }: Answered): number | undefined {
  const seconds = Number(headers['retry-after'] ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds * 1000 : undefined
}
