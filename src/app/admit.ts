import type { Journal } from '../core/engine/journal.js'
import type { ChecklistError } from '../core/errors.js'
import type { ExecutionRecord } from '../core/execution.js'
import type { Plan } from '../core/plan.js'
import type { Ledger, Survey } from '../core/ports.js'
import type { StageName } from '../core/stages.js'
import { create } from './begin.js'
import { tellWeakened } from './gate.js'
import { objections, refuseAll } from './guards.js'
import { mustHoldLastHead } from './last-head.js'
import { rulesFor } from './notify-said.js'
import { lastGood, type Prepared, planFor, previousOf } from './prepare.js'
import type { Request } from './request.js'
import { closedByRules } from './rules.js'
import type { Shop } from './shop.js'
import { mustFit } from './sign-off.js'

/** How a deployment begins: with the lock or ahead of the gate without it, and which stages' values are demanded here. */
export type Admission = Readonly<{
  hold: boolean
  stages: readonly StageName[]
  /** What else may refuse this plan. */
  refusedBy?: (plan: Plan) => ChecklistError | undefined
  takingOver?: ExecutionRecord | undefined
}>

/** Everything that may refuse does so before the execution exists: a refusal leaves no trace and frees nobody's lock. */
export async function admit(
  request: Pick<Request, 'signs' | 'emergency' | 'because' | 'ledger' | 'recordDeployment'>,
  prepared: Prepared,
  survey: Survey,
  { ledger, shop }: Readonly<{ ledger: Ledger; shop: Shop }>,
  { hold, stages, refusedBy, takingOver }: Admission
): Promise<Journal | undefined> {
  const { signs, emergency, because } = request
  const plan = await planFor(prepared, shop, previousOf(await lastGood(ledger, prepared.key)))
  mustFit(signs, plan)
  const applied = survey.newest?.applied ?? {}
  const closed =
    (await closedByRules(plan, ledger, shop, { prepared, emergency, because })) ??
    // What the default branch demands is known by now.
    refusedBy?.(plan) ??
    refuseAll(await objections({ plan, stages, applied, ahead: !hold }, shop))
  if (closed !== undefined) throw closed
  await mustHoldLastHead({ wish: request, key: prepared.key, behindGate: hold }, ledger, shop)
  const { identity } = prepared
  const weakened = await tellWeakened(prepared, shop)
  const begun = { plan, identity, purpose: 'deploy', hold, applied, weakened, ...rulesFor(prepared) } as const
  return await create(begun, survey, ledger, shop, takingOver)
}
