import { type Condition, holds, parseCondition, type Scalar } from '../core/condition.js'
import { ChecklistError } from '../core/errors.js'
import { boundedMatch } from './bounded-match.js'

/** A condition as a spec has it after interpolation. */
export type Wanted = string | number | boolean

/** Whether a value meets a condition whose form the shape has checked already. */
export const meets = (wanted: Wanted, found: Scalar): boolean => holds(read(wanted), found, boundedMatch)

function read(wanted: Wanted): Condition {
  const parsed = parseCondition(String(wanted))
  if ('condition' in parsed) return parsed.condition
  const hint = 'Look at the values of its names.'
  throw new ChecklistError('FAILED', 'usage', { message: parsed.problem, hint })
}
