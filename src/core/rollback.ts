import { benchFor, type Errand, type Live, liveOf } from './bench.js'
import { itemOf, tookEffect, type Witnesses } from './effects.js'
import type { RollbackScope } from './events.js'
import type { Done, Finding, PlannedItem } from './item.js'
import { isObject } from './json.js'
import type { Plan } from './plan.js'
import type { Repository } from './ports.js'
import type { Reason } from './reasons.js'
import type { MigrationRecord } from './records.js'
import type { Bench } from './run-item.js'
import { contextOf, fill, guarded, timeoutOf, withLimit } from './run-item.js'
import { outcomeOf, runItems, type Shift } from './run-stage.js'
import { type DeedState, deedKey, mayRunAgain, type State } from './state.js'
import { formatDuration } from './units.js'

/** What should be live again: the execution that proved it, with the smoke test that it stored. */
export type Target = Readonly<{ execution: string; plan: Plan }>

/**
 * Whose deeds go back and where to. For an automatic rollback `undoing` is the execution itself; by hand it is another
 * one, read from the ledger: nothing else is needed but the repository.
 */
export type RollbackOrder = Readonly<{
  scope: RollbackScope
  cause: Reason
  because: string
  undoing: State
  target: Target | undefined
  /** Databases to restore from their proven backups, by name. */
  restore: readonly string[]
}>
export type RollbackTools = Readonly<{ witnesses: Witnesses; repository: Repository; errand: Errand }>

/** What one step back came to: `kept` stays as it is on purpose, and a person reads why. */
type Back = Readonly<{ kind: 'undone' | 'kept' | 'stuck'; detail: string }>

/** Undoes in reverse order, then runs the target's smoke test. Written to the journal step by step; tried once. */
export async function rollBack(order: RollbackOrder, shift: Shift, tools: RollbackTools): Promise<void> {
  const { journal, workshop } = shift
  const began = workshop.clock.now().getTime()
  if (journal.state.rollback === undefined) await begin(order, shift)
  const remains: string[] = []
  const stuck = await undoAll(order, shift, tools, remains)
  if (workshop.signal.aborted) return await journal.commit()
  const verdict = stuck ?? (await verify(order, shift, tools, remains))
  const durationMs = workshop.clock.now().getTime() - began
  const verified = verdict.kind === 'undone'
  const detail = `${verdict.detail}${late(order.undoing.plan, durationMs)}`
  await journal.commit(
    { type: 'rollback-ended', verified, detail, durationMs, remains },
    { type: 'stage-ended', stage: 'rollback', passed: verified, durationMs }
  )
}

async function begin({ scope, cause, because, target, restore }: RollbackOrder, { journal }: Shift): Promise<void> {
  const to = { toExecution: target?.execution ?? '', toCommit: target?.plan.commit ?? '' }
  await journal.commit(
    { type: 'rollback-started', scope, cause, because, ...to, restore },
    { type: 'stage-started', stage: 'rollback' }
  )
}

const late = ({ rollback }: Plan, ms: number): string =>
  rollback.withinMs !== undefined && ms > rollback.withinMs
    ? `; it took ${formatDuration(ms)}, longer than the promised ${formatDuration(rollback.withinMs)}`
    : ''

/** Every deed that may have changed something, newest first: deploy's, then the migration's. */
export function deedsToUndo({ deeds }: State, scope: RollbackScope): readonly DeedState[] {
  const did = [...deeds.values()]
    .filter(({ deed, intended }) => deed === 'run' && intended)
    .filter(deed => !mayRunAgain(deed) || deed.settled?.migration?.moved === true)
  const of = (stage: DeedState['stage']) => did.filter(deed => deed.stage === stage).reverse()
  const migrated = of('migrate').filter(({ settled }) => settled?.migration?.moved !== false)
  return scope === 'migrate' ? migrated : [...of('monitor'), ...of('smoke-test'), ...of('deploy'), ...migrated]
}

async function undoAll(
  order: RollbackOrder,
  shift: Shift,
  tools: RollbackTools,
  remains: string[]
): Promise<Back | undefined> {
  const deeds = deedsToUndo(order.undoing, order.scope)
  for (const deed of deeds.filter(({ stage }) => stage !== 'migrate')) {
    const back = await undoOne(deed, order, shift, tools)
    if (back.kind === 'stuck') return back
    if (back.kind === 'kept') remains.push(back.detail)
  }
  for (const name of order.restore) {
    const back = await restore(name, order, shift, tools)
    if (back.kind === 'stuck') return back
  }
  for (const deed of deeds.filter(({ stage }) => stage === 'migrate')) {
    if (order.restore.includes(databaseOf(deed, order))) continue
    const back = await undoOne(deed, order, shift, tools)
    if (back.kind === 'stuck') return back
    if (back.kind === 'kept') remains.push(back.detail)
  }
  return undefined
}

function databaseOf(deed: DeedState, { undoing }: RollbackOrder): string {
  const item = undoing.plan.stages.migrate.find(({ id }) => id === deed.item)
  return deed.settled?.migration?.database ?? item?.in ?? Object.keys(undoing.plan.databases)[0] ?? ''
}

async function undoOne(found: DeedState, order: RollbackOrder, shift: Shift, tools: RollbackTools): Promise<Back> {
  const item = Object.values(order.undoing.plan.stages)
    .flat()
    .find(({ id }) => id === found.item)
  if (item === undefined) return { kind: 'stuck', detail: `${found.item} is not in the plan that it ran by` }
  const bench = undoBench(order, shift, tools)
  let deed = found
  if (deed.settled === undefined || (deed.settled.outcome === 'unknown' && !mayRunAgain(deed))) {
    // Killed in the middle: what had no effect needs no undo. What nobody knows is undone, that is what an undo is for.
    const probe = await tookEffect(deed, { ...shift, bench: { ...bench, stage: deed.stage } }, silent(tools.witnesses))
    const migration = probe.finding?.migration
    if (probe.took === 'no-effect' && migration?.moved !== true)
      return { kind: 'undone', detail: `${deed.item} had no effect: ${probe.detail}` }
    if (migration !== undefined) {
      deed = { ...deed, settled: { outcome: 'unknown', detail: probe.detail, hint: '', durationMs: 0, migration } }
    }
    if (/^still running/.test(probe.detail)) return { kind: 'stuck', detail: `${deed.item} is ${probe.detail}` }
  }
  const kept = await reasonToKeep(item, deed, order, { ...shift, bench }, tools)
  if (kept !== undefined) return { kind: 'kept', detail: kept }
  return await perform(item, { ...shift, bench }, tools, inner => undo(item, deed, order, inner, tools))
}

const silent = ({ leftovers }: Witnesses): Witnesses => ({ leftovers, interview: { ask: async () => undefined } })

/** Commands of an undo see the undone release as DEPLOY_COMMIT and what should be live as DEPLOY_PREVIOUS_COMMIT. */
function undoBench({ undoing, target }: RollbackOrder, { journal, workshop }: Shift, { errand }: RollbackTools): Bench {
  const { plan } = undoing
  const live: Live = { ...liveOf(plan), previousCommit: target?.plan.commit ?? plan.previous?.commit ?? '' }
  return benchFor('rollback', journal, workshop, errand, { plan, undoing, live })
}

/** Why an effect stays although the release goes back: the policy forbids it, or there is no undo. */
async function reasonToKeep(
  item: PlannedItem,
  deed: DeedState,
  order: RollbackOrder,
  shift: Shift,
  tools: RollbackTools
) {
  const kind = shift.workshop.kinds.get(item.kind)
  if (item.undo === undefined && kind?.undo === undefined) return `${item.id} has no \`undo\`: what it changed stays`
  if (deed.stage !== 'migrate') return undefined
  if (item.undo === undefined && lacksDown(deed.settled?.migration))
    return `${item.id} has no \`undo\` and not every file has a down file: the schema stays`
  const { schema } = order.undoing.plan.rollback
  const how =
    item.undo === undefined ? '' : `; by hand: SCHEMA_BEFORE=${deed.settled?.migration?.before ?? '…'} ${item.undo}`
  if (schema === 'never') return `the schema stays, because the checklist says \`schema: never\`${how}`
  if (schema === 'auto' || tools.errand.acceptedLoss.includes(databaseOf(deed, order))) return undefined
  const assessed = await assess(item, deed, shift)
  if (assessed.lossless) return undefined
  return `the schema stays, because undoing ${item.id} would lose ${assessed.losses.join(', ')}${how}`
}

// A command without an `undo` has no down files either.
const lacksDown = (record: MigrationRecord | undefined): boolean => {
  if (record === undefined) return false
  const downs = record.catalog['downs']
  return record.applied.length === 0 || record.applied.some(({ file }) => !isObject(downs) || !(file in downs))
}

/** Lossless only when the kind says so; not being able to tell is not lossless. */
async function assess(item: PlannedItem, deed: DeedState, { workshop, bench, journal }: Shift) {
  const kind = workshop.kinds.get(item.kind)
  const filled = kind === undefined ? undefined : fill(item, kind, bench)
  const unknown = (why: string) => ({ lossless: false, losses: [why] })
  if (kind?.assess === undefined || filled === undefined || 'outcome' in filled) return unknown('what nobody can count')
  const context = contextOf(item, 'undo', bench, workshop, journal, workshop.signal)
  try {
    return await kind.assess(filled.spec, context, doneOf(deed))
  } catch (error) {
    const { detail } = await guarded(workshop, item.id, () => Promise.reject(error))
    return unknown(`what could not be counted (${detail})`)
  }
}

const doneOf = ({ settled, notes }: DeedState): Done => ({
  outcome: 'unknown',
  detail: 'it was interrupted',
  ...settled,
  notes
})

/** Intent, deed, outcome. What an earlier process of this rollback has finished is not done again. */
async function perform(
  item: PlannedItem,
  shift: Shift,
  tools: RollbackTools,
  deed: (shift: Shift) => Promise<Finding>
): Promise<Back> {
  const { journal, workshop } = shift
  const before = journal.state.deeds.get(deedKey('rollback', item.id, 'undo'))
  if (before?.settled?.outcome === 'pass') return { kind: 'undone', detail: before.settled.detail }
  if (before?.settled !== undefined && !mayRunAgain(before))
    return { kind: 'stuck', detail: `the undo of ${item.id} failed: ${before.settled.detail}` }
  const named = { stage: 'rollback', item: item.id, attempt: (before?.attempt ?? 0) + 1, deed: 'undo' } as const
  await journal.commit({ type: 'intent', target: '', ...named })
  const began = workshop.clock.now().getTime()
  const finding = await guarded(workshop, item.id, () => deed(shift))
  await journal.commit(outcomeOf(finding, named, workshop.clock.now().getTime() - began))
  if (finding.outcome === 'pass') return { kind: 'undone', detail: finding.detail }
  return { kind: 'stuck', detail: `the undo of ${item.id} failed: ${finding.detail}` }
}

async function undo(
  item: PlannedItem,
  deed: DeedState,
  order: RollbackOrder,
  shift: Shift,
  tools: RollbackTools
): Promise<Finding> {
  if (item.undo === 'redeploy') return await redeploy(item, order, shift, tools)
  const { workshop, bench, journal } = shift
  const kind = workshop.kinds.get(item.kind)
  const limit = withLimit(workshop.signal, timeoutOf(item), workshop.clock)
  try {
    if (kind?.undo === undefined) return await byCommand(item.undo ?? '', item, shift, limit.signal)
    const filled = fill(item, kind, bench)
    if ('outcome' in filled) return filled
    return await kind.undo(filled.spec, contextOf(item, 'undo', bench, workshop, journal, limit.signal), doneOf(deed))
  } finally {
    limit.done()
  }
}

async function byCommand(
  text: string,
  item: PlannedItem,
  { bench, workshop, journal }: Shift,
  signal: AbortSignal
): Promise<Finding> {
  const { note } = contextOf(item, 'undo', bench, workshop, journal, signal)
  const exit = await workshop.shell.run({
    what: { text, shell: 'sh' },
    env: { ...workshop.baseEnv, ...bench.names, DEPLOY_ITEM: item.id },
    folder: bench.view.folder,
    timeoutMs: timeoutOf(item),
    signal,
    onAbort: 'interrupt',
    onStart: program => void note({ program }).catch(() => {}),
    onLine: line => workshop.say(item.id, line)
  })
  if (exit.kind === 'exited' && exit.code === 0) return { outcome: 'pass', detail: 'its undo ended with 0' }
  if (exit.kind === 'aborted' && !exit.byItself)
    return { outcome: 'unknown', detail: 'its undo was cut off by a cancel' }
  const detail =
    exit.kind === 'timed-out'
      ? `its undo did not end within ${formatDuration(timeoutOf(item))}`
      : `its undo ended with ${exit.code}, expected 0`
  return { outcome: 'fail', detail, hint: 'Finish it by hand; the undo is in the checklist and in the journal.' }
}

/** The same item, run by the last good release: from a worktree of its commit, with that commit as DEPLOY_COMMIT. */
async function redeploy(
  item: PlannedItem,
  { undoing, target }: RollbackOrder,
  shift: Shift,
  { repository, errand }: RollbackTools
): Promise<Finding> {
  const { journal, workshop } = shift
  if (target === undefined) {
    const hint = 'Record what is live with `adopt --commit SHA`, or give the item an `undo` of its own.'
    return { outcome: 'fail', detail: 'there is no earlier good release to deploy again', hint, reason: 'no_way_back' }
  }
  const tree = await repository.worktree(target.plan.commit)
  const limit = withLimit(workshop.signal, timeoutOf(item), workshop.clock)
  try {
    const live: Live = { commit: target.plan.commit, previousCommit: undoing.plan.commit, release: target.plan.release }
    const there = { ...errand, folder: tree.folder }
    const bench = benchFor('rollback', journal, workshop, there, { plan: undoing.plan, undoing, live })
    const kind = workshop.kinds.get(item.kind)
    const filled = kind === undefined ? undefined : fill(item, kind, bench)
    if (kind === undefined || filled === undefined)
      return { outcome: 'error', detail: `no kind is called ${item.kind}` }
    if ('outcome' in filled) return filled
    return await kind.run(filled.spec, contextOf(item, 'undo', bench, workshop, journal, limit.signal))
  } finally {
    limit.done()
    await tree.remove()
  }
}

/** The proven backup takes the database's place: the backup item's own way back. */
async function restore(name: string, order: RollbackOrder, shift: Shift, tools: RollbackTools): Promise<Back> {
  const { plan } = order.undoing
  const first = Object.keys(plan.databases)[0]
  const item = plan.stages.backup.find(
    ({ kind, spec, in: at }) => kind === 'backup' && (spec['backup'] ?? at ?? first) === name
  )
  const deed = item === undefined ? undefined : order.undoing.deeds.get(deedKey('backup', item.id, 'run'))
  const receipt = deed?.settled?.receipt
  if (item === undefined || deed === undefined || receipt === undefined) {
    return { kind: 'stuck', detail: `there is no proven backup of ${name} in the execution that is undone` }
  }
  const bench = undoBench(order, shift, tools)
  return await perform(item, { ...shift, bench }, tools, async inner => {
    const finding = await undo(item, deed, order, inner, tools)
    return finding.outcome === 'pass' ? { ...finding, migration: unapplied(name, order) } : finding
  })
}

/** A restored database has what it had before: every SQL file that the undone execution applied is gone again. */
function unapplied(database: string, { undoing }: RollbackOrder) {
  const records = [...undoing.deeds.values()].flatMap(({ settled }) => settled?.migration ?? [])
  const applied = records.filter(record => record.database === database).flatMap(record => record.applied)
  return { database, before: '', after: records[0]?.before ?? '', moved: true, applied, catalog: {} }
}

/** ROLLED_BACK only when the target's own smoke test passes, with DEPLOY_COMMIT being what should be live now. */
async function verify(
  order: RollbackOrder,
  shift: Shift,
  tools: RollbackTools,
  remains: readonly string[]
): Promise<Back> {
  const { scope, target, undoing } = order
  if (scope === 'migrate')
    return { kind: 'undone', detail: remains.length === 0 ? 'the schema is as it was before' : remains.join('; ') }
  const deployed = deedsToUndo(undoing, 'all').filter(({ stage }) => stage === 'deploy')
  const undone = deployed.some(
    ({ item }) => shift.journal.state.deeds.get(deedKey('rollback', item, 'undo'))?.settled?.outcome === 'pass'
  )
  if (deployed.length > 0 && !undone && remains.length > 0)
    return { kind: 'stuck', detail: `nothing could be undone: ${remains.join('; ')}` }
  if (target === undefined)
    return {
      kind: 'stuck',
      detail: 'what could be undone is undone, but there is no earlier good release whose smoke test could prove it'
    }
  const items = target.plan.stages['smoke-test']
  if (items.length === 0)
    return {
      kind: 'stuck',
      detail: `what could be undone is undone, but ${target.execution} stored no smoke test that could prove it`
    }
  const live: Live = { commit: target.plan.commit, previousCommit: undoing.plan.commit, release: target.plan.release }
  const bench = benchFor('rollback', shift.journal, shift.workshop, tools.errand, {
    plan: target.plan,
    undoing,
    live
  })
  const passed = await runItems(items, { ...shift, bench }, true)
  const stays = remains.length === 0 ? '' : `; ${remains.join('; ')}`
  if (passed)
    return { kind: 'undone', detail: `${short(target.plan.commit)} is live again and passed its smoke test${stays}` }
  return { kind: 'stuck', detail: `${short(target.plan.commit)} does not pass its own smoke test${stays}` }
}

const short = (commit: string): string => commit.slice(0, 12)
