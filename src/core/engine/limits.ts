import { ChecklistError } from '../errors.js'
import type { PlannedItem } from '../item.js'
import { joinSignals } from '../join-signals.js'
import type { Clock } from '../ports.js'
import { formatDuration } from '../units.js'

/** When a stage's own time is over, in milliseconds since 1970; absent when it has no limit. */
type Until = Readonly<{ untilMs?: number }>

const CHECK_TIMEOUT_MS = 60_000
/** Shorter than the time a nested check polls, or one answer that never comes would use all of it up. */
export const NESTED_TIMEOUT_MS = 10_000
const LONG_TIMEOUT_MS = 30 * 60_000
// What starts programs, lets time pass, or asks a person.
const TAKES_LONG: readonly string[] = ['run', 'wait', 'manual']
/** One attempt is bounded by the item's own limit; what starts programs or moves data gets half an hour. */
export const timeoutOf = ({ timeoutMs, effect, kind }: PlannedItem): number =>
  timeoutMs ?? (effect === 'action' || TAKES_LONG.includes(kind) ? LONG_TIMEOUT_MS : CHECK_TIMEOUT_MS)

/** True once the stage's own time is over: nothing of it is begun any more. */
export const isOver = ({ untilMs }: Until, clock: Clock): boolean =>
  untilMs !== undefined && clock.now().getTime() >= untilMs

/** How long an attempt may take; `of`, whose limit that is, where it is not the item's own. */
export type Limit = Readonly<{ ms: number; of?: 'stage' }>

/** What is left of the stage's time bounds each attempt as well. */
export function limitOf(item: PlannedItem, { untilMs }: Until, clock: Clock): Limit {
  const left = untilMs === undefined ? Number.POSITIVE_INFINITY : Math.max(1, untilMs - clock.now().getTime())
  return left < timeoutOf(item) ? { ms: left, of: 'stage' } : { ms: timeoutOf(item) }
}

/** What an attempt is ended with whose time is over. */
const tooLate = ({ ms, of }: Limit): ChecklistError =>
  new ChecklistError(
    'FAILED',
    'cancelled',
    of === 'stage'
      ? {
          message: `no end within ${formatDuration(ms)}, which was what its stage had left`,
          hint: 'Raise the stage in `timeouts`, or find out what took so long.'
        }
      : {
          message: `no end within ${formatDuration(ms)}`,
          hint: 'Raise its `timeout`, or find out what it waits for.'
        }
  )

/** Joins the run's cancel signal with a time limit of this attempt. */
export function withLimit(
  cancel: AbortSignal,
  limit: Limit,
  clock: Clock
): Readonly<{ signal: AbortSignal; done(): void }> {
  const stop = new AbortController()
  const joined = joinSignals(cancel)
  void clock.sleep(limit.ms, stop.signal).then(() => {
    if (!stop.signal.aborted) joined.abort(tooLate(limit))
  })
  const done = () => {
    stop.abort('done')
    joined.done()
  }
  return { signal: joined.signal, done }
}
