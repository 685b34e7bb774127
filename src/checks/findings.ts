import { ChecklistError } from '../core/errors.js'
import type { Finding } from '../core/item.js'

export const pass = (detail: string): Finding => ({ outcome: 'pass', detail })
export const fail = (detail: string, hint: string): Finding => ({ outcome: 'fail', detail, hint })
/** The check itself could not be made. */
export const broken = (detail: string, hint: string): Finding => ({ outcome: 'error', detail, hint })

/** Every mismatch in one finding, or a pass that says what was seen. */
export const judged = (mismatches: readonly string[], seen: string, hint: string): Finding =>
  mismatches.length === 0 ? pass(seen) : fail(mismatches.join('; '), hint)

/**
 * A service that does not answer is a finding about the service, which may come up while the check polls; any other
 * fault is not for a check to judge and is thrown on.
 */
export function unanswered(thrown: unknown, signal: AbortSignal): Finding {
  const known = thrown instanceof ChecklistError && thrown.reason === 'service_unavailable'
  if (!known || signal.aborted) throw thrown
  return { outcome: 'fail', detail: thrown.message, hint: thrown.hint, reason: 'service_unavailable' }
}
