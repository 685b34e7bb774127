import { type ChecklistError, refused } from '../core/errors.js'
import type { Plan } from '../core/plan.js'
import type { Ledger } from '../core/ports.js'
import { closedOnGitHub } from './on-github.js'
import { closedForNow } from './promotion.js'
import type { Shop } from './shop.js'

/**
 * What the environment's rules say against deploying now, asked of the ledger, the calendar and GitHub. A named emergency
 * sets the calendar and the order aside (app/promotion.ts), nothing else.
 */
export async function closedByRules(
  plan: Plan,
  ledger: Ledger,
  shop: Shop,
  emergency = ''
): Promise<ChecklistError | undefined> {
  const { rules, key } = plan
  if (rules.gate !== undefined) {
    const facts = await shop.gate.read(key.environment)
    if (facts.kind === 'unreadable')
      return refused('gate_unreadable', `the gate of ${key.environment} cannot be read: ${facts.why}`, facts.hint)
  }
  const [closed] = emergency === '' ? await closedForNow(plan, ledger, shop.clock) : []
  return closed ?? (await closedOnGitHub(plan, ledger, shop))
}
