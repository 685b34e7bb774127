import type { Journal } from '../core/engine/journal.js'
import { savableAhead } from '../core/engine/preparable.js'
import { planOf } from '../core/engine/state.js'
import { type ChecklistError, refused } from '../core/errors.js'
import type { ExecutionRecord } from '../core/execution.js'
import type { PlannedItem } from '../core/item.js'
import type { Plan } from '../core/plan.js'
import type { Ledger, Stored } from '../core/ports.js'
import { addAfterEnd } from './after-end.js'
import { mustBeAskedFor } from './asked-for.js'
import { mustRead, openAgain } from './begin.js'
import { objectionsAhead, refuseAll } from './guards.js'
import { isPrepared } from './life.js'
import { lackingIn, lookAhead } from './look-ahead.js'
import { changedSince } from './passage.js'
import { type Prepared, planFor } from './prepare.js'
import { ofThisRun, type Preparing } from './prepare-execution.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'

/**
 * Makes and proves the backups before the gate, without the lock, perhaps as a role that only reads: dump and receipt lie
 * in the store and in the journal, and who approves sees them. The job behind the gate takes them while they are young
 * enough (app/evidence.ts); what is written since is what a restore would lose.
 */
export async function prepareBackup(
  prepared: Prepared,
  ledger: Ledger,
  shop: Shop,
  { request, work }: Preparing
): Promise<string> {
  const record = await opened(request, prepared, ledger, shop)
  if (!isPrepared(record)) {
    shop.terminal.say(`${record.id} was begun by an earlier attempt: the job behind the gate goes on with it.`)
    return record.id
  }
  const stored = await mustRead(record.id, ledger)
  const plan = await samePlan(stored, prepared, shop)
  const items = await allowed(plan, record, ledger, shop)
  const journal = await joined(stored, ledger, shop)
  if (!(await lookAhead(journal, items, 'backup', shop))) await work(journal)
  return record.id
}

async function opened(request: Request, prepared: Prepared, ledger: Ledger, shop: Shop): Promise<ExecutionRecord> {
  if (request.execution !== '') {
    const { record } = await mustRead(request.execution, ledger)
    await mustBeAskedFor(record, { ...request, environment: prepared.key.environment }, shop)
    return record
  }
  const own = ofThisRun(await ledger.survey(prepared.key), prepared)
  if (own !== undefined) return own
  throw refused(
    'nothing_to_resume',
    `backup is to be prepared, but this run has opened no execution of ${prepared.key.environment}`,
    'Run preflight with `prepare: true` first, in this job.'
  )
}

async function samePlan({ record, events }: Stored, prepared: Prepared, shop: Shop): Promise<Plan> {
  const begun = planOf(events)
  const plan = await planFor(prepared, shop, begun.previous)
  if (plan.digest !== begun.digest) throw changedSince(record, begun, plan)
  return plan
}

/** The items that may be made here. What stands in the way ends the execution: nobody is asked to approve it. */
async function allowed(
  plan: Plan,
  { id, applied }: ExecutionRecord,
  ledger: Ledger,
  shop: Shop
): Promise<readonly PlannedItem[]> {
  const items = savableAhead(plan.stages.backup, lackingIn(plan, 'backup', shop), shop.kinds)
  const found = await Promise.all(
    items.map(async item => ({ item, stands: await objectionsAhead(item, 'backup', { plan, applied }, shop) }))
  )
  const closed = refuseAll(found.flatMap(({ stands }) => stands.filter(({ later }) => !later)))
  if (closed !== undefined) throw await endedBy(closed, id, ledger, shop)
  for (const { stands } of found) for (const { message } of stands) shop.terminal.say(`Note: ${message}.`)
  return found.filter(({ stands }) => stands.length === 0).map(({ item }) => item)
}

async function endedBy(closed: ChecklistError, id: string, ledger: Ledger, shop: Shop): Promise<ChecklistError> {
  const { status, reason, message } = closed
  await addAfterEnd(id, [{ type: 'ended', status, reason, message: shop.redactor.redact(message) }], ledger, shop)
  return closed
}

async function joined(stored: Stored, ledger: Ledger, shop: Shop): Promise<Journal> {
  const journal = openAgain(stored, ledger, shop)
  journal.keep({ type: 'joined', process: await shop.liveness.self(), why: 'stage' })
  return journal
}
