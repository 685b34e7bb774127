import { createContext, Script } from 'node:vm'
import type { Match } from '../core/condition.js'
import { ChecklistError, messageOf } from '../core/errors.js'

/** How long one pattern may search one text: far more than any honest one needs. */
const LIMIT_MS = 500

const search = new Script('pattern.test(text)')
const place: { pattern?: RegExp; text?: string } = {}
let ready: object | undefined

/**
 * A pattern with nested repeats can search for ages in a few dozen characters, and nothing in JavaScript stops it; the
 * watchdog of node:vm does. Throws (ChecklistError) when the time is over.
 */
export const boundedMatch: Match = (pattern, text) => {
  ready ??= createContext(place)
  Object.assign(place, { pattern, text })
  try {
    return search.runInContext(ready, { timeout: LIMIT_MS }) === true
  } catch (cause) {
    const message = `the pattern ${pattern} did not come to an end within ${LIMIT_MS} ms: ${messageOf(cause)}`
    const hint = 'Write it without a repeat inside a repeat, such as (a+)+.'
    throw new ChecklistError('FAILED', 'usage', { message, hint, cause })
  } finally {
    Object.assign(place, { pattern: undefined, text: undefined })
  }
}
