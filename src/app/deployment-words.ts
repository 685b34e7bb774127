import type { DeploymentWords, TakenDeployment } from '../core/deployments/deployment.js'
import { missedWords } from '../core/deployments/missed.js'
import { descriptionOf, stateFor } from '../core/deployments/status.js'
import { urlOf } from '../core/deployments/url.js'
import type { Journal } from '../core/engine/journal.js'
import { type State, stateOf } from '../core/engine/state.js'
import { ChecklistError, messageOf } from '../core/errors.js'
import type { ExecutionRecord } from '../core/execution.js'
import type { Stored } from '../core/ports.js'
import type { Reason } from '../core/reasons.js'
import { headOf } from '../core/result/result.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'

export type Wish = Pick<Request, 'recordDeployment' | 'ledger'>

/** How an execution stands; `head` is `ID:SEQ:HASH`, and empty while not everything is durable. */
export type Standing = Readonly<{ record: ExecutionRecord; state: State; head: string }>

/** Of a journal whose last commit has resolved. */
export const standingOf = ({ record, state, head, seq }: Journal): Standing => ({
  ...{ record, state },
  head: `${record.id}:${seq}:${head}`
})

export const storedStanding = ({ record, events }: Stored): Standing => ({
  ...{ record, state: stateOf(events) },
  head: headOf(record.id, events)
})

/** A status that says how the execution stands. A ledger that ends with its run is nothing that a head can be held to. */
export function wordsFor(
  { record, state, head }: Standing,
  { logUrl, own }: TakenDeployment,
  { ledger }: Wish,
  { redactor }: Shop,
  more = ''
): DeploymentWords {
  const { id, status } = record
  const url = urlOf(state.plan, id) ?? ''
  return {
    state: stateFor(record),
    description: descriptionOf({ id, status, head: ledger === 'run' ? '' : head }, more),
    environmentUrl: redactor.redact(url) === url ? url : '',
    logUrl: logUrl || record.logUrl,
    // GitHub does that by itself once the job has ended.
    endsOthers: !own
  }
}

/** What could not be told, for the journal or for the result; a cancel and a bug do not fail what was deployed either. */
export function missed(error: unknown): Readonly<{ reason: Reason; message: string }> {
  if (!(error instanceof ChecklistError)) return { reason: 'bug', message: messageOf(error) }
  return { reason: error.reason, message: error.message }
}

/** Said in the log; returns the words. */
export function sayMissed(error: unknown, { terminal, redactor }: Shop): string {
  const words = redactor.redact(missedWords(missed(error)))
  terminal.say(`Note: the deployment was ${words}. It goes on all the same.`)
  return words
}
