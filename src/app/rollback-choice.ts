import { refused } from '../core/errors.js'
import { type ExecutionRecord, isEnded, isSuccess, type Key } from '../core/execution.js'
import type { Ledger, Survey } from '../core/ports.js'
import { mustBeAskedFor } from './asked-for.js'
import { mustBeOver } from './life.js'
import { prepare } from './prepare.js'
import { recordsOf } from './records.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'

const isNamed = (execution: string): boolean => execution !== '' && execution !== 'newest'

/** The execution of that id, or the refusal of a word that somebody mistyped. */
export async function mustKnow(id: string, ledger: Ledger): Promise<ExecutionRecord> {
  const stored = await ledger.read(id)
  if (stored !== undefined) return stored.record
  throw refused(
    'no_way_back',
    `the ledger (${ledger.name}) knows no execution ${id}`,
    'Look at `deploy-checklist history`.'
  )
}

/** A named execution says itself what it belongs to; otherwise the checklist says which environment is meant. */
export async function keyFor(request: Request, ledger: Ledger, shop: Shop): Promise<Key> {
  const { execution, checklist, environment } = request
  if (isNamed(execution)) {
    const named = await mustKnow(execution, ledger)
    await mustBeAskedFor(named, request, shop)
    return named.key
  }
  const named = await prepare(shop, { checklist, environment }).catch(error => error)
  return named instanceof Error ? await onlyKey(environment, named, ledger, shop) : named.key
}

/** A checklist that is broken or gone must not stand between a maintainer and the way back: the ledger knows too. */
async function onlyKey(environment: string, why: Error, ledger: Ledger, shop: Shop): Promise<Key> {
  const { repository } = await shop.identity()
  const { records } = await ledger.list(
    { key: environment === '' ? { repository } : { repository, environment } },
    { limit: 100 }
  )
  const names = new Map(records.map(({ key }) => [`${key.checklist} on ${key.environment}`, key]))
  const [only, ...more] = names.values()
  if (only === undefined) throw why
  if (more.length === 0) return only
  const known = [...names.keys()].sort().join(', ')
  throw refused(
    'usage',
    `it is not clear what is to be taken back: without a checklist that can be read (${why.message}) the ledger has ${known}`,
    'Say which with --environment, or name the execution: `deploy-checklist history`.'
  )
}

/** What is taken back. Undefined: a stage of its own run, and there is nothing that failed. */
export async function chosen(
  request: Request,
  key: Key,
  survey: Survey,
  ledger: Ledger,
  shop: Shop
): Promise<ExecutionRecord | undefined> {
  const { execution, surface } = request
  const named = isNamed(execution) ? await leading(execution, ledger) : await newestDeployment(key, ledger)
  const ownRun = surface === 'action' && execution === ''
  if (ownRun && (named === undefined || !(await failedInThisRun(named, shop)))) {
    shop.terminal.say(
      'Nothing to roll back: no execution of this run failed after it had acted, or it was rolled back already.'
    )
    return undefined
  }
  if (named === undefined)
    throw refused(
      'no_way_back',
      `nothing was deployed to ${key.environment} yet`,
      'Look at `deploy-checklist history`.'
    )
  mustBeUndoable(named)
  await mustBeNewest(named, key, ledger)
  await mustBeFree(named, survey, request, shop)
  return named
}

/** A rollback that was cut off stands for what it undoes: naming it means going on with it. */
async function leading(id: string, ledger: Ledger): Promise<ExecutionRecord> {
  const record = await mustKnow(id, ledger)
  const goesOn = record.purpose === 'rollback' && !isEnded(record) && record.undoesExecutionId !== ''
  return goesOn ? await mustKnow(record.undoesExecutionId, ledger) : record
}

/** `stage: rollback` of a workflow touches only a failed execution of its own run; a passed or undone one needs nothing. */
async function failedInThisRun(named: ExecutionRecord, shop: Shop): Promise<boolean> {
  const { runId } = await shop.identity()
  const { acted, rolledBack, status } = named
  return named.runId === runId && acted && !rolledBack && !isSuccess(status)
}

function mustBeUndoable({ id, purpose, rolledBack, rollbackReason, acted }: ExecutionRecord): void {
  if (purpose !== 'deploy')
    throw refused(
      'no_way_back',
      `${id} is no deployment but ${{ rollback: 'a rollback', adopt: 'an adoption', observe: 'a look' }[purpose]}`,
      'Name the deployment that is to be taken back.'
    )
  if (rolledBack)
    throw refused(
      'already_done',
      `${id} was rolled back already: ${rollbackReason}`,
      'Nothing is left to do; `deploy-checklist history` shows what is live, and an earlier one can be named.'
    )
  if (!acted)
    throw refused(
      'no_way_back',
      `${id} changed nothing: it ended before its first action`,
      'Nothing has to be taken back.'
    )
}

async function mustBeNewest(named: ExecutionRecord, key: Key, ledger: Ledger): Promise<void> {
  const newest = await newestDeployment(key, ledger)
  if (newest === undefined || newest.id === named.id || newest.rolledBack || !newest.acted) return
  if (newest.number < named.number) return
  throw refused(
    'superseded',
    `${named.id} is not the newest: ${newest.id} (number ${newest.number}) stands on top of it`,
    `Take ${newest.id} back first.`
  )
}

export async function newestDeployment(key: Key, ledger: Ledger): Promise<ExecutionRecord | undefined> {
  for await (const record of recordsOf(ledger, { key }))
    if (record.purpose === 'deploy' && (record.acted || record.rolledBack)) return record
  return undefined
}

/** The environment is nobody's, the undone one's own, or that of a rollback of it which was cut off. */
async function mustBeFree(
  named: ExecutionRecord,
  { holder }: Survey,
  { takeover }: Request,
  shop: Shop
): Promise<void> {
  if (holder === undefined) return
  if (holder.id === named.id || holder.undoesExecutionId === named.id) return await mustBeOver(holder, takeover, shop)
  throw refused(
    'environment_held',
    `${holder.key.environment} is held by ${holder.id} (${holder.status}, begun by ${holder.actor} at ${holder.startedAt})`,
    holder.purpose === 'rollback'
      ? `Wait for it, or go on with it: \`deploy-checklist rollback ${holder.undoesExecutionId}\`.`
      : 'Wait for it, or take that one back.'
  )
}
