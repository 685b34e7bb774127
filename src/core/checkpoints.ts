import { LEFT_TO_A_PERSON } from './engine/decide.js'
import type { Plan } from './plan.js'

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
