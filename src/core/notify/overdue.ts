import type { Event, EventBody } from '../events.js'
import type { ExecutionRecord } from '../execution.js'
import { type Notice, noticesOf } from './notices.js'
import type { NotifyRule } from './notifier.js'

/** Something that waits for a person, and since when nobody has done anything about it. */
export type Pending = Readonly<{ notice: Notice; since: string }>

/** An escalation that is due: for those who want it after so long. */
export type Overdue = Pending & Readonly<{ afterMs: number }>

/** What of this execution waits for a person now: a pause that keeps the environment or needs a word, a page of the monitor. */
export function pendingOf(record: ExecutionRecord, events: readonly Event[]): Pending | undefined {
  const last = noticesOf(events).at(-1)
  if (last === undefined || record.rolledBack || record.markedBad !== '') return undefined
  const open = record.status === 'WAITING' || (record.status === 'CANCELLED' && record.holdsEnvironment)
  if (last.cause.startsWith('failure:checkpoint:')) return isStanding(last, events) ? since(last, events) : undefined
  return open && (last.kind === 'waiting' || last.kind === 'failure') ? since(last, events) : undefined
}

// A later look that passed is as good as a person's.
const isStanding = ({ seq }: Notice, events: readonly Event[]): boolean =>
  !events.some(event => event.seq > seq && event.body.type === 'checkpoint' && event.body.passed)

/** A sign-off is a reaction, though it may not be the last one that is needed; so is a resume that paused again. */
function since(notice: Notice, events: readonly Event[]): Pending {
  const reactions = events.filter(
    ({ seq, body }) => seq >= notice.seq && (seq === notice.seq || ['signed', 'joined', 'paused'].includes(body.type))
  )
  return { notice, since: reactions.at(-1)?.at ?? notice.at }
}

/** The escalations that are due at `now` and were not told yet, one for each time limit that somebody has set. */
export function overdueOf(
  record: ExecutionRecord,
  events: readonly Event[],
  rules: readonly NotifyRule[],
  now: Date
): readonly Overdue[] {
  const pending = pendingOf(record, events)
  if (pending === undefined) return []
  const limits = new Set(rules.filter(({ on }) => on.includes('escalation')).map(({ afterMs }) => afterMs))
  const waitedMs = now.getTime() - Date.parse(pending.since)
  const told = (afterMs: number) =>
    events.some(({ body }) => isEscalation(body) && body.cause === pending.notice.cause && body.afterMs === afterMs)
  return [...limits]
    .filter(afterMs => waitedMs >= afterMs && !told(afterMs))
    .sort((a, b) => a - b)
    .map(afterMs => ({ ...pending, afterMs }))
}

const isEscalation = (body: EventBody): body is Extract<EventBody, { type: 'told' }> =>
  body.type === 'told' && body.kind === 'escalation'
