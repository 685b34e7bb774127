import type { EndStatus } from './execution.js'
import type { Reason } from './reasons.js'

/** What a fault looks like from outside: refused (nothing begun), unavailable (something outside is down) or failed. */
type FaultStatus = Extract<EndStatus, 'REFUSED' | 'UNAVAILABLE' | 'FAILED' | 'CANCELLED'>
type Wording = Readonly<{ message: string; hint: string; cause?: unknown; problems?: readonly string[] }>

/**
 * A known fault. `reason` is of the closed list and decides nothing by itself; `status` does, through the one table of
 * exit codes. `message` says what was expected and what was found, `hint` what to do next. A failed item is no fault but
 * a finding; anything else thrown is a bug and keeps its stack.
 */
export class ChecklistError extends Error {
  override readonly name = 'ChecklistError'
  readonly status: FaultStatus
  readonly reason: Reason
  readonly hint: string
  /** For a checklist with errors: every one of them, as `file:line:col path: problem`. */
  readonly problems: readonly string[]

  constructor(status: FaultStatus, reason: Reason, { message, hint, problems = [], ...options }: Wording) {
    super(message, options)
    this.status = status
    this.reason = reason
    this.hint = hint
    this.problems = problems
  }
}

/** Refused before anything was touched. */
export const refused = (reason: Reason, message: string, hint: string, cause?: unknown): ChecklistError =>
  new ChecklistError('REFUSED', reason, { message, hint, cause })

/** Something outside cannot be reached. */
export const unavailable = (reason: Reason, message: string, hint: string, cause?: unknown): ChecklistError =>
  new ChecklistError('UNAVAILABLE', reason, { message, hint, cause })

/** The fault that the engine ends an item with whose time is over; undefined on a cancel, and while it may run. */
export const timeOver = ({ reason }: AbortSignal): ChecklistError | undefined =>
  reason instanceof ChecklistError && reason.status !== 'CANCELLED' ? reason : undefined

/** The text of anything thrown, for messages; never its stack. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))
