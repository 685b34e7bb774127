import { ChecklistError, timeOver } from '../core/errors.js'
import type { Finding } from '../core/item.js'

export const pass = (detail: string): Finding => ({ outcome: 'pass', detail })
export const fail = (detail: string, hint: string): Finding => ({ outcome: 'fail', detail, hint })
/** The check itself could not be made. */
export const broken = (detail: string, hint: string): Finding => ({ outcome: 'error', detail, hint })

/** Every mismatch in one finding, or a pass that says what was seen. */
export const judged = (mismatches: readonly string[], seen: string, hint: string): Finding =>
  mismatches.length === 0 ? pass(seen) : fail(mismatches.join('; '), hint)

/**
 * A service that does not answer, or not in the item's time, is a finding about the service, which may come up while the
 * check polls; a cancel and any other fault are not for a check to judge and are thrown on.
 */
export function unanswered(thrown: unknown, signal: AbortSignal): Finding {
  const fault = signal.aborted ? timeOver(signal) : thrown
  if (!(fault instanceof ChecklistError)) throw thrown
  if (!signal.aborted && fault.reason !== 'service_unavailable') throw thrown
  return { outcome: 'fail', detail: fault.message, hint: fault.hint, reason: 'service_unavailable' }
}
