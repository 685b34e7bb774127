import { stateOf } from '../core/engine/state.js'
import { type ChecklistError, refused } from '../core/errors.js'
import { type PromotionSeen, promotionSeen } from '../core/evidence.js'
import type { ExecutionRecord } from '../core/execution.js'
import type { Plan } from '../core/plan.js'
import type { Ledger, Stored } from '../core/ports.js'
import { closedBy } from '../core/window.js'
import { mustRead } from './begin.js'
import type { Shop } from './shop.js'

/**
 * Every rule of the calendar and of the order that says no now: freeze, window, order, soak. These, and no others, are set
 * aside by a named emergency: it is a reason to hurry, and no proof of anything.
 */
export async function closedForNow(
  plan: Plan,
  ledger: Ledger,
  { clock, seen }: Pick<Shop, 'clock' | 'seen'>
): Promise<readonly ChecklistError[]> {
  const { key, rules } = plan
  const { window, freeze, ...others } = rules
  const now = clock.now()
  const found = [
    ...(freeze === undefined ? [] : [closedBy(key.environment, { ...others, freeze }, now)]),
    ...(window === undefined ? [] : [closedBy(key.environment, { ...others, window }, now)]),
    await notPromoted(plan, ledger, after => {
      seen.after = after
    })
  ]
  return found.filter(one => one !== undefined)
}

/** The same release must have succeeded where the checklist says, not have been taken back, and be well there since. */
export async function notPromoted(
  plan: Plan,
  ledger: Ledger,
  onSeen: (after: PromotionSeen) => void = () => {}
): Promise<ChecklistError | undefined> {
  const { rules, key, commit, release } = plan
  if (rules.after === undefined) return undefined
  const there = { ...key, environment: rules.after }
  const { records } = await ledger.list({ key: there, commit, status: ['SUCCESS', 'PARTIAL'] }, { limit: 20 })
  const found = records.find(
    record => record.purpose === 'deploy' && record.release === release && !record.rolledBack && record.markedBad === ''
  )
  if (found !== undefined) {
    const stored = await mustRead(found.id, ledger)
    onSeen(promotionSeen(found, stored.events))
    return notSoaked(found, stored, plan)
  }
  onSeen({ environment: rules.after, execution: null })
  const message = `${commit.slice(0, 12)} has not succeeded on ${rules.after}, which has to come before ${key.environment}`
  return refused(
    'not_promoted',
    message,
    `Deploy this very commit to ${rules.after} first: \`deploy-checklist run --environment ${rules.after}\`.`
  )
}

/**
 * Its first checkpoint there must have passed, and every one that was looked at since. One at minute 0 is part of the
 * execution, which would not have succeeded without it.
 */
function notSoaked(record: ExecutionRecord, { events }: Stored, { key }: Plan): ChecklistError | undefined {
  const { plan, checkpoints } = stateOf(events)
  const there = record.key.environment
  const failed = checkpoints.findLast(({ passed }) => !passed)
  if (failed !== undefined) {
    const message = `${record.id} succeeded on ${there}, but failed its checkpoint ${failed.checkpoint} there`
    return refused('not_promoted', message, `Mend the release, and deploy it to ${there} anew.`)
  }
  const [first] = plan.monitor?.checkpoints ?? []
  if (first === undefined || first.afterMs === 0) return undefined
  if (checkpoints.some(({ checkpoint }) => checkpoint === first.name)) return undefined
  const due = record.due.find(({ checkpoint }) => checkpoint === first.name)?.dueAt ?? ''
  const when = due === '' ? '' : `, which is due at ${due}`
  return refused(
    'not_promoted',
    `${record.id} succeeded on ${there}, but ${key.environment} needs its checkpoint ${first.name} there too${when}`,
    `When it is due: \`deploy-checklist monitor --environment ${there}\`, then run this again.`
  )
}
