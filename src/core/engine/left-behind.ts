import type { EventBody } from '../events.js'
import { type State, unresolved } from './state.js'

/**
 * What is written when an execution is left in the middle: an action without an outcome is `unknown`, and after an action
 * the environment stays held until somebody resumes or rolls back. `how` says what cut the actions off.
 */
export function leftBehind(state: State, message: string, how: string): readonly EventBody[] {
  const cutOff = unresolved(state).filter(({ settled }) => settled === undefined)
  const outcomes = cutOff.map(
    ({ stage, item, attempt, deed }): EventBody => ({
      ...{ type: 'outcome', target: '', stage, item, attempt, deed },
      ...{ outcome: 'unknown', detail: how, hint: '', durationMs: 0 }
    })
  )
  const end: EventBody = state.acted
    ? { type: 'paused', status: 'CANCELLED', reason: 'cancelled', message }
    : { type: 'ended', status: 'CANCELLED', reason: 'cancelled', message }
  return [...outcomes, end]
}
