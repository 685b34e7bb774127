import type { Passage } from '../approval.js'
import type { Event, EventBody, Waived } from '../events.js'
import type { Evidence } from '../evidence.js'
import type { Result } from './result.js'

export type ResultCheckpoint = Omit<Extract<EventBody, { type: 'checkpoint' }>, 'type'> & Readonly<{ at: string }>

export type ResultGate = Pick<Passage, 'how' | 'why' | 'approvals'> & Readonly<{ seenAt: string }>
export type ResultEmergency = Readonly<{ because: string; by: string; waived: readonly Waived[]; at: string }>

/** Ids of items that have begun, whatever came of them. */
export const begunIn = (events: readonly Event[]): ReadonlySet<string> =>
  new Set(events.flatMap(({ body }) => (body.type === 'intent' || body.type === 'outcome' ? [body.item] : [])))

/** What was seen last counts, of each that was looked at. */
export const evidenceIn = (events: readonly Event[]): Evidence =>
  Object.assign(
    {},
    ...events.map(({ body }) => (body.type === 'opened' || body.type === 'joined' ? body.evidence : {}))
  )

// Each reading tells of the whole run, so the newest one has all that there is.
export function gateOf(events: readonly Event[]): ResultGate | null {
  const found = events.findLast(({ body }) => body.type === 'gate-passed')
  if (found?.body.type !== 'gate-passed') return null
  const { how, why, approvals } = found.body
  return { how, why, approvals, seenAt: found.at }
}

export function weakenedIn([first]: readonly Event[]): Pick<Result, 'weakened'> {
  const weakened = first?.body.type === 'opened' ? first.body.weakened : undefined
  return weakened === undefined ? {} : { weakened }
}

export function emergencyOf(events: readonly Event[]): ResultEmergency | null {
  const found = events.findLast(({ body }) => body.type === 'emergency')
  if (found?.body.type !== 'emergency') return null
  const { because, by, waived } = found.body
  return { because, by, waived, at: found.at }
}

export const checkpointsOf = (events: readonly Event[]): readonly ResultCheckpoint[] =>
  events.flatMap(({ at, body }) => {
    if (body.type !== 'checkpoint') return []
    const { type: _, ...checkpoint } = body
    return [{ ...checkpoint, at }]
  })
