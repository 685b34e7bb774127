import type { ChecklistError } from '../core/errors.js'
import type { Plan } from '../core/plan.js'
import type { Ledger } from '../core/ports.js'
import { closedByGate } from './gate.js'
import { refusedAsBad } from './marked.js'
import { closedOnGitHub } from './on-github.js'
import type { Prepared } from './prepare.js'
import { closedForNow } from './promotion.js'
import type { Shop } from './shop.js'

/** `looking`: nothing would be deployed, so that any ref may ask. */
export type Circumstances = Readonly<{
  prepared: Prepared
  emergency?: string | undefined
  /** Why it is deployed now, in words or empty. */
  because: string
  looking?: true
}>

/**
 * What the environment's rules say against deploying now, asked of the ledger, the calendar and GitHub. A named emergency
 * sets the calendar and the order aside (app/promotion.ts), nothing else.
 */
export async function closedByRules(
  plan: Plan,
  ledger: Ledger,
  shop: Shop,
  { prepared, emergency = '', because, looking }: Circumstances
): Promise<ChecklistError | undefined> {
  const ajar = await closedByGate(prepared, looking ? '' : prepared.identity.ref, shop)
  if (ajar !== undefined) return ajar
  const bad = await refusedAsBad(plan, because, ledger)
  if (bad !== undefined) return bad
  const [closed] = emergency === '' ? await closedForNow(plan, ledger, shop) : []
  // A pull request's own checks still run, and its ref is none that is deployed.
  return closed ?? (looking ? undefined : await closedOnGitHub(plan, ledger, shop))
}
