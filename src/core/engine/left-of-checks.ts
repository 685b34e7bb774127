import type { Event } from '../events.js'
import { isObject } from '../json.js'
import type { Leftover } from '../ports.js'
import { isTheProgram } from './effects.js'
import { type State, stateOf } from './state.js'

/**
 * Of what a dead process of an execution left alive: the programs of checks, which are run again and would meet
 * themselves. Actions are waited for and asked about instead (effects.ts); a service that a check started is none.
 */
export function leftOfChecks(events: readonly Event[], alive: readonly Leftover[]): readonly Leftover[] {
  const state = stateOf(events)
  const actions = new Set([...state.deeds.values()].filter(({ intended }) => intended).map(({ item }) => item))
  const ofChecks = alive.filter(({ item }) => item !== '' && !actions.has(item))
  return ofChecks.filter(found => {
    const notes = notesOf(found.item, events)
    const isNoted = notes.some(note => isObject(note['program']))
    return (isNoted || !hasEnded(found.item, state)) && isTheProgram(found, notes)
  })
}

/** What was noted of the item since it last came to an outcome, or since the execution was last resumed. */
function notesOf(item: string, events: readonly Event[]) {
  const before = events.findLastIndex(
    ({ body }) => (body.type === 'outcome' && body.item === item) || (body.type === 'joined' && body.why === 'resume')
  )
  return events.slice(before + 1).flatMap(({ body }) => (body.type === 'note' && body.item === item ? [body.data] : []))
}

// A rollback runs checks of the smoke test once more, under its own stage.
const hasEnded = (item: string, { deeds, rollback }: State): boolean =>
  [...deeds.values()].some(
    deed => deed.item === item && deed.settled && (deed.stage === 'rollback') === (rollback !== undefined)
  )
