import { advance, type State, startOf, unresolved } from '../engine/state.js'
import type { Event, EventBody } from '../events.js'
import { isSuccess } from '../execution.js'
import type { NoticeKind } from './notifier.js'

/**
 * A transition that somebody is told of. `cause` is its identity within the execution, made of ids and codes only, so
 * that it may stand in any ledger; what has the same cause is told once, however many processes come to it.
 */
export type Notice = Readonly<{ kind: Exclude<NoticeKind, 'escalation'>; cause: string; seq: number; at: string }>

/**
 * What there is to tell of an execution, oldest first, each cause once. It follows from the events alone: whoever writes
 * the event tells it, and a write is a compare-and-swap, so that no two processes tell the same.
 */
export function noticesOf(events: readonly Event[]): readonly Notice[] {
  const [first] = events
  if (first?.body.type !== 'opened' || !TOLD.includes(first.body.purpose)) return []
  const { plan, purpose, prepared = false } = first.body
  let state = startOf(plan)
  const found = new Map<string, Notice>()
  let resumed = 0
  for (const { body, seq, at } of events) {
    if (body.type === 'joined' && body.why === 'resume') resumed += 1
    // The state before a resume counts: it forgets what it looks at again.
    state = seq === first.seq ? state : advance(state, body)
    const known = { purpose, prepared, state, resumed, looked: () => looks(events, at) }
    const notice = noticeOf(body, known)
    if (notice !== undefined && !found.has(notice.cause)) found.set(notice.cause, { ...notice, seq, at })
  }
  return [...found.values()]
}

const TOLD: readonly string[] = ['deploy', 'rollback']

/** Whether an event may be one that is told of: most are not, and a long journal is not read again for each of them. */
export const mayBeTold = ({ type }: EventBody): boolean => TELLING.includes(type)
const TELLING: readonly EventBody['type'][] = ['opened', 'joined', 'paused', 'told', 'ended', 'checkpoint']

type Known = Readonly<{
  purpose: string
  prepared: boolean
  state: State
  resumed: number
  /** Names of the checkpoints that one look at this moment answered. */
  looked(): string
}>

function noticeOf(body: EventBody, known: Known): Pick<Notice, 'kind' | 'cause'> | undefined {
  switch (body.type) {
    case 'opened':
      // Ahead of the gate nothing starts yet: the job behind it joins.
      return known.prepared ? undefined : { kind: 'start', cause: 'start' }
    case 'joined':
      return known.prepared ? { kind: 'start', cause: 'start' } : undefined
    case 'paused':
      return body.status === 'WAITING'
        ? { kind: 'waiting', cause: waitingCause(waitingFor(known.state) || body.reason) }
        : { kind: 'failure', cause: `failure:cancelled:${known.resumed}` }
    case 'told':
      return body.kind === 'waiting' ? { kind: 'waiting', cause: body.cause } : undefined
    case 'ended':
      return endOf(body, known.purpose)
    case 'checkpoint':
      return body.passed ? undefined : { kind: 'failure', cause: `failure:checkpoint:${known.looked()}` }
    default:
      return undefined
  }
}

function endOf({ status, reason }: Extract<EventBody, { type: 'ended' }>, purpose: string) {
  // Set aside for a newer one, whose own start is told.
  if (reason === 'superseded') return undefined
  if (status === 'ROLLED_BACK') return { kind: 'rollback', cause: 'rollback' } as const
  if (!isSuccess(status)) return { kind: 'failure', cause: `failure:${reason}` } as const
  return purpose === 'rollback'
    ? ({ kind: 'rollback', cause: 'rollback' } as const)
    : ({ kind: 'success', cause: 'success' } as const)
}

/** The cause of a process that waits for an answer to this item. */
export const waitingCause = (item: string): string => `waiting:${item}`

/** Items that a person has to settle, or actions of which nobody knows how they went. */
function waitingFor(state: State): string {
  const waiting = [...state.deeds.values()].filter(({ settled }) => settled?.outcome === 'waiting')
  return [...waiting, ...unresolved(state)].map(({ item }) => item).join(',')
}

/** Several late checkpoints that one look has answered are one thing to tell. */
const looks = (events: readonly Event[], moment: string): string =>
  events
    .flatMap(({ body, at }) => (body.type === 'checkpoint' && at === moment && !body.passed ? [body.checkpoint] : []))
    .join(',')
