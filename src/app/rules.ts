import { type ChecklistError, refused } from '../core/errors.js'
import type { Plan } from '../core/plan.js'
import type { Ledger } from '../core/ports.js'
import { closedBy } from '../core/window.js'
import type { Shop } from './shop.js'

/** What the environment's rules say against deploying now; all that is asked is what the ledger and the gate answer. */
export async function closedByRules(
  plan: Plan,
  ledger: Ledger,
  { gate, clock }: Shop
): Promise<ChecklistError | undefined> {
  const { rules, key } = plan
  if (rules.gate !== undefined) {
    const facts = await gate.read(key.environment)
    if (facts.kind === 'unreadable')
      return refused('gate_unreadable', `the gate of ${key.environment} cannot be read: ${facts.why}`, facts.hint)
  }
  return closedBy(key.environment, rules, clock.now()) ?? (await notPromoted(plan, ledger))
}

/** The same release must have succeeded where the checklist says, and not have been taken back there. */
async function notPromoted({ rules, key, commit, release }: Plan, ledger: Ledger): Promise<ChecklistError | undefined> {
  if (rules.after === undefined) return undefined
  const there = { ...key, environment: rules.after }
  const { records } = await ledger.list({ key: there, commit, status: ['SUCCESS', 'PARTIAL'] }, { limit: 20 })
  if (
    records.some(
      record =>
        record.purpose === 'deploy' && record.release === release && !record.rolledBack && record.markedBad === ''
    )
  )
    return undefined
  const message = `${commit.slice(0, 12)} has not succeeded on ${rules.after}, which has to come before ${key.environment}`
  return refused(
    'not_promoted',
    message,
    `Deploy this very commit to ${rules.after} first: \`deploy-checklist run --environment ${rules.after}\`.`
  )
}
