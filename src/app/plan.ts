import type { CommitsBetween } from '../core/commits.js'
import { ChecklistError } from '../core/errors.js'
import type { Evidence } from '../core/evidence.js'
import type { ExecutionRecord } from '../core/execution.js'
import type { Plan } from '../core/plan.js'
import type { Ledger, Objection } from '../core/ports.js'
import { FORWARD_STAGES } from '../core/stages.js'
import { sayWeakened } from './gate.js'
import { objections } from './guards.js'
import { lastGood, planFor, prepare, previousOf } from './prepare.js'
import type { Request } from './request.js'
import { closedByRules } from './rules.js'
import type { Shop } from './shop.js'
import { commitsFrom } from './surroundings.js'
import { lastRollbackSeconds } from './views.js'

export type Outlook = Readonly<{
  file: string
  plan: Plan
  objections: readonly Objection[]
  /** What this checklist asks less of than that of the default branch, in one line; absent when there is nothing. */
  weakened?: string
  lastRollbackSeconds?: number
  commits?: CommitsBetween
  /** SQL files in force, per database. */
  applied: ExecutionRecord['applied']
  evidence: Evidence
}>

/** What would happen, the way back and what stands in the way today. Nothing is touched: the ledger is only read. */
export async function outlook(request: Request, shop: Shop): Promise<Outlook> {
  const prepared = await prepare(shop, request)
  const ledger = await shop.ledger()
  const plan = await planFor(prepared, shop, previousOf(await lastGood(ledger, prepared.key)))
  const { emergency, because } = request
  const closed = await closedByRules(plan, ledger, shop, { prepared, emergency, because, looking: true })
  const found = [
    ...(closed === undefined ? [] : [asObjection(closed)]),
    ...(await inTheWay(plan, request, ledger, shop))
  ]
  const weakened = await sayWeakened(prepared, shop)
  const seconds = await lastRollbackSeconds(prepared, ledger)
  return {
    file: prepared.file,
    plan,
    objections: found,
    applied: (await ledger.survey(plan.key)).newest?.applied ?? {},
    evidence: { ...shop.seen },
    ...(plan.previous && { commits: await commitsFrom(plan, plan.previous.commit, shop) }),
    ...(weakened !== '' && { weakened }),
    ...(seconds !== undefined && { lastRollbackSeconds: seconds })
  }
}

async function inTheWay(plan: Plan, { prepare }: Request, ledger: Ledger, shop: Shop): Promise<readonly Objection[]> {
  try {
    const { newest } = await ledger.survey(plan.key)
    // Ahead of the gate the secrets are not here, and that is no obstacle.
    const stages = prepare ? [] : FORWARD_STAGES
    return await objections({ plan, stages, applied: newest?.applied ?? {}, ahead: prepare }, shop)
  } catch (error) {
    // A plan is made on any machine: that a secret is not there is said, and the plan is shown all the same.
    if (error instanceof ChecklistError) return [asObjection(error)]
    throw error
  }
}

const asObjection = ({ reason, message, hint, problems }: ChecklistError): Objection => ({
  reason,
  message: problems.length === 0 ? message : `${message} (${problems.join('; ')})`,
  hint
})
