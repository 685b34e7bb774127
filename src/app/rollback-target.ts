import type { Journal } from '../core/engine/journal.js'
import type { Target } from '../core/engine/rollback-order.js'
import { planOf } from '../core/engine/state.js'
import { refused } from '../core/errors.js'
import { type ExecutionRecord, isSuccess } from '../core/execution.js'
import type { Ledger } from '../core/ports.js'
import { mustRead } from './begin.js'
import { lastGood, targetBefore } from './prepare.js'
import { recordsOf } from './records.js'
import { mustKnow } from './rollback-choice.js'

/** Named by `--to`, else the last good one before it; further back than one only where nothing between them migrated. */
export async function targetFor(to: string, undone: ExecutionRecord, ledger: Ledger): Promise<Target | undefined> {
  const near = await lastGood(ledger, undone.key, undone.number)
  const wanted = to === '' ? near : await mustKnow(to, ledger)
  if (wanted === undefined) return undefined
  if (wanted.id !== near?.id) await mustBeReachable(wanted, undone, ledger)
  return await asTarget(wanted, ledger)
}

async function asTarget({ id }: ExecutionRecord, ledger: Ledger): Promise<Target> {
  const { events } = await mustRead(id, ledger)
  return { execution: id, plan: planOf(events) }
}

async function mustBeReachable(wanted: ExecutionRecord, undone: ExecutionRecord, ledger: Ledger): Promise<void> {
  const why = whyUnfit(wanted, undone)
  if (why !== undefined)
    throw refused(
      'no_way_back',
      `${wanted.id} is no release to go back to: ${why}`,
      'Name one that succeeded here before, or none for the last one.'
    )
  const migrated = await migratedBetween(wanted, undone, ledger)
  if (migrated === undefined) return
  throw refused(
    'no_way_back',
    `${migrated.id} migrated a database between ${wanted.id} and ${undone.id}, and that way has not been rehearsed`,
    'Go back one release at a time.'
  )
}

function whyUnfit(wanted: ExecutionRecord, undone: ExecutionRecord): string | undefined {
  const [there, here] = [wanted.key, undone.key]
  if (there.environment !== here.environment) return `it ran on ${there.environment}, not on ${here.environment}`
  if (there.checklist !== here.checklist || there.repository !== here.repository)
    return `it belongs to ${there.checklist} of ${there.repository}`
  if (wanted.number >= undone.number) return `it is not older than ${undone.id}`
  if (wanted.purpose !== 'deploy' && wanted.purpose !== 'adopt') return `it deployed nothing (${wanted.purpose})`
  if (!isSuccess(wanted.status)) return `it ended ${wanted.status}`
  if (wanted.rolledBack) return `it was rolled back: ${wanted.rollbackReason}`
  return wanted.markedBad === '' ? undefined : `it is marked bad: ${wanted.markedBad}`
}

async function migratedBetween(wanted: ExecutionRecord, undone: ExecutionRecord, ledger: Ledger) {
  for await (const record of recordsOf(ledger, { key: undone.key })) {
    const { number, migrations, rolledBack } = record
    const isBetween = number > wanted.number && number < undone.number
    if (isBetween && !rolledBack && migrations.some(({ moved }) => moved)) return record
  }
  return undefined
}

/** Found again by the commit that the rollback's own plan names, so that a resumed one goes to the same place. */
export async function targetOfRollback(
  { state }: Journal,
  undone: ExecutionRecord,
  ledger: Ledger
): Promise<Target | undefined> {
  const { commit } = state.plan
  const record = commit === '' ? undefined : await targetBefore(ledger, undone, commit)
  return record === undefined ? undefined : await asTarget(record, ledger)
}
