import { ChecklistError, messageOf } from '../core/errors.js'
import { withWords } from '../core/kept.js'
import type { Invocation } from '../core/result/next-steps.js'
import { type Result, refusalOf } from '../core/result/result.js'
import { mustRead } from './begin.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'
import { surroundingsOf } from './surroundings.js'
import { resultFor } from './views.js'

/** What a command came to: the execution's result, or a text of its own. Everything a person reads is made from it. */
export type Answer = Readonly<{
  result: Result
  /** What to print instead of the result's own ending. */
  text?: string
  /** The same for the summary of a step, in Markdown. */
  page?: string
  /** What `--json` prints instead of the result. */
  json?: unknown
}>

/** How the reader calls this program again: the options that were given stay. */
export function invocationOf(
  { ledger, checklist }: Pick<Request, 'ledger' | 'checklist'>,
  { actions }: Pick<Shop, 'actions'>
): Invocation {
  // What is pasted on a machine of somebody's own names the branch, which is the default in Actions alone.
  const kept = ledger === '' && actions !== undefined ? 'branch' : ledger
  const flags = [kept === '' ? '' : `--ledger ${kept}`, checklist === '' ? '' : `--checklist ${checklist}`]
  return {
    program: 'deploy-checklist',
    flags: flags.filter(flag => flag !== '').join(' '),
    actions: actions !== undefined,
    fleeting: actions !== undefined && ledger === 'run'
  }
}

export async function answerFor(id: string, request: Request, shop: Shop): Promise<Answer> {
  if (id === '') return { result: fine('already_done', 'Nothing had to be done.') }
  const ledger = await shop.ledger()
  const stored = await mustRead(id, ledger)
  const events = withWords(stored.events, shop.told)
  const surroundings = await surroundingsOf(stored, shop)
  const result = await resultFor({ ...stored, events }, ledger, invocationOf(request, shop), surroundings)
  return { result: withMissed(result, shop) }
}

/** What GitHub could not be told at the end, which the ledger does not know. */
function withMissed(result: Result, { missedDeployments }: Shop): Result {
  const missed = missedDeployments.at(-1)
  return missed === undefined ? result : { ...result, deployment: { taken: result.deployment?.taken ?? null, missed } }
}

/** A result without an execution for what went well: a list that was shown, a plan that was made. */
export const fine = (reason: 'planned' | 'already_done' | 'ok', message = ''): Result => ({
  ...refusalOf({ status: 'SUCCESS', reason, message, hint: '' }),
  nextSteps: []
})

/** The result of whatever was thrown; only a bug is not a ChecklistError, and it keeps its stack on stderr. */
export function resultOfFault(thrown: unknown): Result {
  if (thrown instanceof ChecklistError) {
    const { status, reason, message, hint, problems } = thrown
    return refusalOf({ status, reason, message, hint, problems })
  }
  const hint =
    'This is a fault of deploy-checklist. What was begun is in the journal: `deploy-checklist show`. Please report it.'
  return refusalOf({ status: 'FAILED', reason: 'bug', message: messageOf(thrown), hint })
}
