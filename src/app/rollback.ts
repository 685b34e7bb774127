import { refused } from '../core/errors.js'
import { type ExecutionRecord, isEnded, type Key } from '../core/execution.js'
import type { Journal } from '../core/journal.js'
import type { Plan } from '../core/plan.js'
import { digestOf } from '../core/plan.js'
import type { Ledger, Survey } from '../core/ports.js'
import type { RollbackOrder, Target } from '../core/rollback-order.js'
import { stateOf } from '../core/state.js'
import { addAfterEnd } from './after-end.js'
import { create, goOn, mustRead } from './begin.js'
import { demandValues } from './guards.js'
import { keyOf, nameOf } from './identity.js'
import { lastGood, prepare, targetBefore } from './prepare.js'
import type { Request } from './request.js'
import { work } from './run.js'
import type { Shop } from './shop.js'

const TRIES = 50

/**
 * Takes an execution back: by hand an execution of its own, linked to the one that it undoes. Works from the journal and
 * the repository alone, so the checklist of today is only asked for its name. Returns the id of what it worked for.
 */
export async function rollback(request: Request, shop: Shop): Promise<string> {
  const ledger = await shop.ledger()
  const key = await keyFor(request, ledger, shop)
  for (let tries = 1; tries <= TRIES; tries++) {
    const survey = await ledger.survey(key)
    const undone = await chosen(request, key, survey, ledger, shop)
    if (undone === undefined) return ''
    const again = await unfinished(undone, survey, ledger, shop)
    const journal = again ?? (await begin(request, undone, survey, ledger, shop))
    if (journal === undefined) continue
    const order = await orderFor(request, undone, journal, ledger)
    await work({ ...request, stage: undefined }, journal, ledger, shop, order)
    if (journal.record.status === 'SUCCESS') await close(undone, journal, request, ledger, shop)
    return journal.record.id
  }
  throw refused(
    'environment_held',
    `${key.environment} changed hands while this rollback tried to take it`,
    'Try again.'
  )
}

/** A named execution says itself what it belongs to; otherwise the checklist says which environment is meant. */
async function keyFor({ execution, checklist, environment }: Request, ledger: Ledger, shop: Shop): Promise<Key> {
  if (execution !== '' && execution !== 'newest') {
    const found = await ledger.read(execution)
    if (found !== undefined) return found.record.key
    throw refused('no_way_back', `the ledger knows no execution ${execution}`, 'Look at `deploy-checklist history`.')
  }
  const named = await prepare(shop, { checklist, environment }).catch(error => error)
  if (!(named instanceof Error)) return named.key
  // A broken checklist must not stand between a maintainer and the way back.
  if (environment === '') throw named
  const { repository } = await shop.identity()
  const { records } = await ledger.list({ key: { repository, environment } }, { limit: 1 })
  return records[0]?.key ?? keyOf(repository, nameOf(repository), environment)
}

/** What is taken back. Undefined: a stage of its own run, and there is nothing that failed. */
async function chosen(
  { execution, surface }: Request,
  key: Key,
  survey: Survey,
  ledger: Ledger,
  shop: Shop
): Promise<ExecutionRecord | undefined> {
  const named =
    execution !== '' && execution !== 'newest'
      ? (await mustRead(execution, ledger)).record
      : await newestDeployment(key, ledger)
  if (named === undefined)
    throw refused(
      'no_way_back',
      `nothing was deployed to ${key.environment} yet`,
      'Look at `deploy-checklist history`.'
    )
  if (surface === 'action' && execution === '') return await failedOfThisRun(named, shop)
  if (named.purpose !== 'deploy')
    throw refused(
      'no_way_back',
      `${named.id} is no deployment but ${named.purpose === 'rollback' ? 'a rollback' : `of purpose ${named.purpose}`}`,
      'Name the deployment that is to be taken back.'
    )
  if (named.rolledBack)
    throw refused(
      'already_done',
      `${named.id} was rolled back already: ${named.rollbackReason}`,
      'Nothing is left to do; `deploy-checklist history` shows what is live.'
    )
  if (!named.acted)
    throw refused(
      'no_way_back',
      `${named.id} changed nothing: it ended before its first action`,
      'Nothing has to be taken back.'
    )
  const newest = await newestDeployment(key, ledger)
  if (newest !== undefined && newest.id !== named.id && !newest.rolledBack && newest.acted) {
    throw refused(
      'superseded',
      `${named.id} is not the newest: ${newest.id} (number ${newest.number}) stands on top of it`,
      `Take ${newest.id} back first.`
    )
  }
  await notHeldByAnother(named, survey, shop)
  return named
}

/** `stage: rollback` of a workflow touches only a failed execution of its own run; a passed or undone one needs nothing. */
async function failedOfThisRun(named: ExecutionRecord, shop: Shop): Promise<ExecutionRecord | undefined> {
  const { runId } = await shop.identity()
  const failed =
    named.runId === runId &&
    named.acted &&
    !named.rolledBack &&
    named.status !== 'SUCCESS' &&
    named.status !== 'PARTIAL'
  if (failed) return named
  shop.terminal.say(
    'Nothing to roll back: no execution of this run failed after it had acted, or it was rolled back already.'
  )
  return undefined
}

async function newestDeployment(key: Key, ledger: Ledger): Promise<ExecutionRecord | undefined> {
  let cursor: string | undefined
  do {
    const page = await ledger.list({ key }, cursor === undefined ? { limit: 50 } : { limit: 50, cursor })
    const found = page.records.find(({ purpose, acted, rolledBack }) => purpose === 'deploy' && (acted || rolledBack))
    if (found !== undefined) return found
    cursor = page.next
  } while (cursor !== undefined)
  return undefined
}

async function notHeldByAnother(named: ExecutionRecord, { holder }: Survey, shop: Shop): Promise<void> {
  if (holder === undefined || holder.purpose === 'rollback') return
  if (holder.id !== named.id)
    throw refused(
      'environment_held',
      `${holder.key.environment} is held by ${holder.id} (${holder.status})`,
      'Wait for it, or take that one back.'
    )
  const paused = holder.status === 'CANCELLED' || holder.status === 'WAITING'
  const life = paused ? 'dead' : await shop.liveness.state(holder.process)
  if (life === 'alive')
    throw refused('environment_held', `${holder.id} is still running on ${holder.process.host}`, 'Cancel it first.')
}

/** A rollback of this very execution that was killed or cancelled is gone on with, not begun again. */
async function unfinished(
  undone: ExecutionRecord,
  { holder }: Survey,
  ledger: Ledger,
  shop: Shop
): Promise<Journal | undefined> {
  if (holder === undefined || holder.purpose !== 'rollback' || holder.undoesExecutionId !== undone.id) return undefined
  if (isEnded(holder)) return undefined
  const life = await shop.liveness.state(holder.process)
  const paused = holder.status === 'CANCELLED' || holder.status === 'WAITING'
  if (life !== 'dead' && !paused)
    throw refused(
      'environment_held',
      `${holder.id} is rolling ${undone.id} back already, and its process is ${life}`,
      'Wait for it.'
    )
  return await goOn({ do: 'resume', record: holder }, ledger, shop, await ledger.survey(holder.key))
}

async function begin(
  request: Request,
  undone: ExecutionRecord,
  survey: Survey,
  ledger: Ledger,
  shop: Shop
): Promise<Journal | undefined> {
  const { events } = await mustRead(undone.id, ledger)
  const begun = stateOf(events).plan
  const target = await targetFor(request, undone, ledger)
  const plan = planBack(begun, undone, target)
  if (request.restore.some(name => !(name in begun.databases))) throw unknownDatabase(request.restore, begun)
  demandValues(begun, ['deploy'], shop, undone.id)
  const identity = await shop.identity()
  const holder = survey.holder?.id === undone.id ? survey.holder : undefined
  return await create(
    { plan, identity, purpose: 'rollback', hold: true, undoes: undone, applied: undone.applied },
    survey,
    ledger,
    shop,
    holder
  )
}

const unknownDatabase = (names: readonly string[], { databases }: Plan) =>
  refused(
    'usage',
    `--restore ${names.join(', ')}: the undone execution knows the databases ${Object.keys(databases).join(', ') || 'none'}`,
    'Name one of them.'
  )

/** The undone execution's own plan with what should be live now: what a rollback of a rollback would need is in it too. */
function planBack(begun: Plan, undone: ExecutionRecord, target: Target | undefined): Plan {
  const { digest: _, ...rest } = begun
  const plan = {
    ...rest,
    commit: target?.plan.commit ?? begun.previous?.commit ?? '',
    release: target?.plan.release ?? '',
    previous: { execution: undone.id, commit: undone.commit }
  }
  return { ...plan, digest: digestOf(plan) }
}

/** Named by `--to`, else the last good one before it; further back than one only where nothing between them migrated. */
async function targetFor({ to }: Request, undone: ExecutionRecord, ledger: Ledger): Promise<Target | undefined> {
  const near = await lastGood(ledger, undone.key, undone.number)
  const wanted = to === '' ? near : (await mustRead(to, ledger)).record
  if (wanted === undefined) return undefined
  if (wanted.id !== near?.id) await assertReachable(wanted, undone, ledger)
  const { events } = await mustRead(wanted.id, ledger)
  return { execution: wanted.id, plan: stateOf(events).plan }
}

async function assertReachable(wanted: ExecutionRecord, undone: ExecutionRecord, ledger: Ledger): Promise<void> {
  const good = wanted.status === 'SUCCESS' || wanted.status === 'PARTIAL'
  if (!good || wanted.rolledBack || wanted.markedBad !== '' || wanted.number >= undone.number) {
    throw refused(
      'no_way_back',
      `${wanted.id} is no release to go back to: ${wanted.status}${wanted.rolledBack ? ', rolled back' : ''}`,
      'Name one that succeeded before, or none for the last one.'
    )
  }
  const migrated = await migratedBetween(wanted, undone, ledger)
  if (migrated === undefined) return
  throw refused(
    'no_way_back',
    `${migrated.id} migrated a database between ${wanted.id} and ${undone.id}, and that way has not been rehearsed`,
    'Go back one release at a time.'
  )
}

async function migratedBetween(
  { number: from }: ExecutionRecord,
  { number: to, key }: ExecutionRecord,
  ledger: Ledger
) {
  const { records } = await ledger.list({ key }, { limit: 100 })
  return records.find(
    ({ number, migrations, rolledBack }) =>
      number > from && number < to && !rolledBack && migrations.some(({ moved }) => moved)
  )
}

async function orderFor(
  { restore, because }: Request,
  undone: ExecutionRecord,
  journal: Journal,
  ledger: Ledger
): Promise<RollbackOrder> {
  const begun = journal.state.rollback
  const target = await targetOfRollback(journal, undone, ledger)
  const undoing = stateOf((await mustRead(undone.id, ledger)).events)
  return {
    scope: 'all',
    cause: 'ok',
    because: begun?.because ?? (because === '' ? `asked for by ${journal.record.actor}` : because),
    undoing,
    target,
    restore: begun?.restore ?? restore
  }
}

/** Found again by the commit that the rollback's own plan names, so that a resumed one goes to the same place. */
async function targetOfRollback(
  { state }: Journal,
  undone: ExecutionRecord,
  ledger: Ledger
): Promise<Target | undefined> {
  const { commit } = state.plan
  const record = commit === '' ? undefined : await targetBefore(ledger, undone, commit)
  if (record === undefined) return undefined
  return { execution: record.id, plan: stateOf((await mustRead(record.id, ledger)).events).plan }
}

/** Both executions say what became of them, so that either one leads to the other. */
async function close(
  undone: ExecutionRecord,
  { record }: Journal,
  { because }: Request,
  ledger: Ledger,
  shop: Shop
): Promise<void> {
  const why = because === '' ? `rolled back by ${record.actor}` : because
  await addAfterEnd(undone.id, [{ type: 'rolled-back', by: record.id, because: why }], ledger, shop)
}
