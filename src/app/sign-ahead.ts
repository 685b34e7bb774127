import type { Journal } from '../core/engine/journal.js'
import { preparable } from '../core/engine/preparable.js'
import { planOf } from '../core/engine/state.js'
import type { ExecutionRecord } from '../core/execution.js'
import type { PlannedItem } from '../core/item.js'
import type { Ledger } from '../core/ports.js'
import { questionsOf, standingOf } from '../core/sign-offs/questions.js'
import { mustRead, openAgain } from './begin.js'
import { lackingIn, lookAhead } from './look-ahead.js'
import { lastGood, type Prepared, planFor } from './prepare.js'
import type { Request } from './request.js'
import { closedByRules } from './rules.js'
import type { Shop } from './shop.js'
import { mustFit } from './sign-off.js'

/** Prepared, and left by its process because people have to answer first: nobody is asked to approve it before. */
export const waitsAhead = ({ purpose, acted, holdsEnvironment, status }: ExecutionRecord): boolean =>
  purpose === 'deploy' && status === 'WAITING' && !acted && !holdsEnvironment

/**
 * The execution that waited for people, gone on with by a later attempt of its run: who answered, stays. Undefined where
 * it has to be prepared anew, since something else is to be deployed, or went live meanwhile.
 */
export async function takeUpAhead(
  { id }: ExecutionRecord,
  prepared: Prepared,
  ledger: Ledger,
  shop: Shop,
  { because, emergency, signs }: Pick<Request, 'because' | 'emergency' | 'signs'>
): Promise<Journal | undefined> {
  const stored = await mustRead(id, ledger)
  const { record, events } = stored
  const begun = planOf(events)
  const good = await lastGood(ledger, record.key)
  const plan = await planFor(prepared, shop, begun.previous)
  const isOutlived = good !== undefined && good.id !== begun.previous?.execution
  if (isOutlived || plan.digest !== begun.digest) return undefined
  mustFit(signs, plan)
  const circumstances = { prepared, because, emergency: emergency || record.emergency }
  const closed = await closedByRules(plan, ledger, shop, circumstances)
  if (closed !== undefined) throw closed
  const journal = openAgain(stored, ledger, shop)
  await journal.commit({ type: 'joined', process: await shop.liveness.self(), why: 'resume' })
  return journal
}

/**
 * Looks at preflight before the gate: first whatever can be looked at here, then, where people can be asked here, those
 * whom its manual items ask, so that they see what was found. False when something blocks.
 */
export async function lookAtPreflight(journal: Journal, shop: Shop): Promise<boolean> {
  const { plan } = journal.state
  shop.clerk?.attend(journal)
  const lacking = lackingIn(plan, 'preflight', shop)
  const checks = preparable(plan.stages.preflight, lacking, shop.kinds)
  const asks = preparable(plan.stages.preflight, lacking, shop.kinds, 'asks').filter(item => !checks.includes(item))
  const canAsk = asks.length > 0 && shop.clerk !== undefined
  if (!(await lookAhead(journal, checks, 'preflight', shop, canAsk ? asks : []))) return false
  if (!canAsk || shop.signal.aborted) return true
  if (!isAnswered(journal, asks) && !(await shop.clerk?.canAsk())) {
    shop.terminal.say(`Left to the job behind the gate: ${asks.map(({ id }) => id).join(', ')}.`)
    return true
  }
  return await lookAhead(journal, asks, 'preflight', shop, checks)
}

/** Nobody has to be asked whose word stands in the ledger. */
const isAnswered = ({ state }: Journal, items: readonly PlannedItem[]): boolean =>
  questionsOf(state.plan)
    .filter(({ id }) => items.some(item => item.id === id))
    .every(question => standingOf(state, question).is !== 'waits')
