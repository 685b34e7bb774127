import { LEFT_TO_A_PERSON } from './engine/decide.js'
import type { Event, EventBody } from './events.js'
import { type ExecutionRecord, isSameKey } from './execution.js'
import type { Plan } from './plan.js'
import { byMoment } from './text.js'

export type Checkpoint = Extract<EventBody, { type: 'checkpoint' }>

/** What a failed checkpoint leads to; `hand-over`: another job rolls back. `why`: what a person is told beside it. */
export type Consequence = Readonly<{ to: 'page' | 'rollback' | 'hand-over'; why?: string }>

/** As the checklist says, or less where whoever looks asks for less; what it leaves to a person is not done by itself. */
export function consequenceOf(
  { monitor, rollback }: Pick<Plan, 'monitor' | 'rollback'>,
  asked: 'page' | 'hand-over' | undefined
): Consequence {
  if (monitor?.onFailure !== 'rollback') return { to: 'page' }
  if (rollback.code === 'ask') return { to: 'page', why: LEFT_TO_A_PERSON }
  return { to: asked ?? 'rollback' }
}

/**
 * Whether a newer execution stands in the place of this one, whose checkpoints are void then. A rollback of it that was cut
 * off leaves what it was begun for.
 */
export const replaces = (newer: ExecutionRecord, { key, number, id, owed }: ExecutionRecord): boolean =>
  isSameKey(newer.key, key) &&
  newer.number > number &&
  newer.acted &&
  newer.purpose !== 'observe' &&
  !(owed !== undefined && newer.undoesExecutionId === id)

/** Deployments of which something is to be done or to come, what is to be done soonest first. */
export function toWatch(records: readonly ExecutionRecord[]): readonly ExecutionRecord[] {
  return records
    .filter(({ purpose, rolledBack }) => purpose === 'deploy' && !rolledBack)
    .filter(record => turnOf(record) !== undefined && !records.some(newer => replaces(newer, record)))
    .sort((a, b) => byMoment(turnOf(a) ?? '', turnOf(b) ?? ''))
}

/** When it is its turn; what is owed is, at once. */
const turnOf = ({ due, owed }: ExecutionRecord): string | undefined =>
  owed === undefined ? due.map(({ dueAt }) => dueAt).sort(byMoment)[0] : ''

type OwedEvent = Event & Readonly<{ body: Extract<EventBody, { type: 'owed' }> }>

/** Who was the last to take on what a failed checkpoint leads to. */
export const owedIn = (events: readonly Event[]): OwedEvent | undefined =>
  events.findLast((event): event is OwedEvent => event.body.type === 'owed')

/** Those that failed and that nobody has been called for. */
export const failedIn = (events: readonly Event[]): readonly Checkpoint[] =>
  events
    .slice(events.findLastIndex(({ body }) => body.type === 'answered') + 1)
    .flatMap(({ body }) => (body.type === 'checkpoint' && !body.passed ? [body] : []))

export const namesOf = (checkpoints: readonly Pick<Checkpoint, 'checkpoint'>[]): string =>
  checkpoints.map(({ checkpoint }) => checkpoint).join(', ')

/** What one look found, in one line; a ledger that everybody can read has kept no words of it. */
export function failureOf(failed: readonly Checkpoint[]): string {
  const red = (failed.at(-1)?.results ?? []).filter(({ outcome }) => outcome !== 'pass')
  return `${namesOf(failed)}: ${red.map(({ item, detail }) => (detail === '' ? item : `${item} (${detail})`)).join('; ')}`
}
