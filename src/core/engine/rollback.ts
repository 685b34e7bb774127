import { proofOf } from '../can-fail.js'
import { markOfRollback } from '../mark.js'
import type { Plan } from '../plan.js'
import { formatDuration } from '../units.js'
import { benchFor, type Live } from './bench.js'
import { backupOf, deedsToUndo, effectsOf, isUndone } from './deeds-to-undo.js'
import { tookEffect, type Witnesses } from './effects.js'
import { reasonToKeep } from './keep.js'
import { openAgain } from './open-again.js'
import {
  type Back,
  databaseOf,
  probeBench,
  type RollbackOrder,
  type RollbackTools,
  type Target,
  undoBench
} from './rollback-order.js'
import { runItems, type Shift } from './run-stage.js'
import { type DeedState, deedKey, mayRunAgain, type State } from './state.js'
import { perform, undo } from './undo.js'

/** Undoes in reverse order, then runs the target's smoke test. Written to the journal step by step; tried once. */
export async function rollBack(order: RollbackOrder, shift: Shift, tools: RollbackTools): Promise<void> {
  const { journal, workshop } = shift
  const began = workshop.clock.now().getTime()
  if (journal.state.rollback === undefined) await begin(order, shift)
  const remains: string[] = []
  const stuck = (await openAgain(order, shift, tools)) ?? (await undoAll(order, shift, tools, remains))
  if (workshop.signal.aborted) return await journal.commit()
  const verdict = stuck ?? (await verify(order, shift, tools, remains))
  const durationMs = workshop.clock.now().getTime() - began
  const tooLate = late(order.undoing.plan, durationMs)
  // The checklist promised a time: what took longer is no success, although nothing is left to do.
  const verified = verdict.kind === 'undone' && tooLate === ''
  const detail = `${verdict.detail}${tooLate}`
  await journal.commit(
    { type: 'rollback-ended', verified, detail, durationMs, remains },
    { type: 'stage-ended', stage: 'rollback', passed: verified, durationMs },
    ...(verified ? markOfRollback(order, journal.record) : [])
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

/** Deploy's undos, then the databases that are restored by name, then the migration's, then those of what came before. */
async function undoAll(
  order: RollbackOrder,
  shift: Shift,
  tools: RollbackTools,
  remains: string[]
): Promise<Back | undefined> {
  const left = deedsToUndo(order.undoing, order.scope)
  const isLater = ({ stage }: DeedState) => stage === 'migrate' || stage === 'backup'
  const takenBack = async (deeds: readonly DeedState[]): Promise<Back | undefined> => {
    for (const deed of deeds) {
      const back = await undoOne(deed, order, shift, tools)
      if (back.kind === 'stuck') return back
      if (back.kind === 'kept') remains.push(back.detail)
    }
    return undefined
  }
  const stuck = await takenBack(left.filter(deed => !isLater(deed)))
  if (stuck !== undefined) return stuck
  for (const name of order.restore) {
    const back = await restore(name, order, shift, tools)
    if (back.kind === 'stuck') return back
  }
  const isRestored = (deed: DeedState) => deed.stage === 'migrate' && order.restore.includes(databaseOf(deed, order))
  return await takenBack(left.filter(deed => isLater(deed) && !isRestored(deed)))
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
    const asked = { ...shift, bench: { ...probeBench(order, shift, tools), stage: deed.stage } }
    const probe = await tookEffect(deed, asked, silent(tools.witnesses))
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
  return await perform(item, { ...shift, bench }, inner => undo(item, deed, order, inner, tools))
}

const silent = ({ leftovers }: Witnesses): Witnesses => ({ leftovers, interview: { ask: async () => undefined } })

/** The proven backup takes the database's place: the backup item's own way back. */
async function restore(name: string, order: RollbackOrder, shift: Shift, tools: RollbackTools): Promise<Back> {
  const item = backupOf(order.undoing.plan, name)
  const deed = item === undefined ? undefined : order.undoing.deeds.get(deedKey('backup', item.id, 'run'))
  const receipt = deed?.settled?.receipt
  if (item === undefined || deed === undefined || receipt === undefined) {
    return { kind: 'stuck', detail: `there is no proven backup of ${name} in the execution that is undone` }
  }
  if (isUndone(order.undoing, item.id)) return { kind: 'undone', detail: `${name} was restored by an earlier rollback` }
  const bench = undoBench(order, shift, tools)
  return await perform(item, { ...shift, bench }, async inner => {
    const finding = await undo(item, deed, order, inner, tools)
    return finding.outcome === 'pass' ? { ...finding, migration: unapplied(name, order) } : finding
  })
}

/** A restored database has what it had before: every SQL file that the undone execution applied is gone again. */
function unapplied(database: string, { undoing }: RollbackOrder) {
  const all = [...undoing.deeds.values()].flatMap(({ deed, settled }) => (deed === 'run' && settled?.migration) || [])
  const records = all.filter(record => record.database === database)
  const applied = records.flatMap(record => record.applied)
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
    return { kind: 'undone', detail: remains.length === 0 ? asBefore(undoing) : remains.join('; ') }
  const deployed = effectsOf(undoing, 'all').filter(({ stage }) => stage === 'deploy')
  const undone = deployed.some(({ item }) => isUndone(shift.journal.state, item) || isUndone(undoing, item))
  if (deployed.length > 0 && !undone && remains.length > 0)
    return { kind: 'stuck', detail: `nothing could be undone: ${remains.join('; ')}` }
  if (target === undefined)
    return {
      kind: 'stuck',
      detail: 'what could be undone is undone, but there is no earlier good release whose smoke test could prove it'
    }
  // What a person has said was about the other release, and a way back must not wait for one.
  const items = target.plan.stages['smoke-test'].filter(({ kind }) => kind !== 'manual')
  const live: Live = { commit: target.plan.commit, previousCommit: undoing.plan.commit, release: target.plan.release }
  const bench = benchFor('rollback', shift.journal, shift.workshop, tools.errand, {
    plan: target.plan,
    undoing,
    live
  })
  const passed = await runItems(items, { ...shift, bench }, true)
  if (proofOf(items).length === 0) return { kind: 'stuck', detail: unproven(target) }
  const stays = remains.length === 0 ? '' : `; ${remains.join('; ')}`
  if (passed)
    return { kind: 'undone', detail: `${short(target.plan.commit)} is live again and passed its smoke test${stays}` }
  return { kind: 'stuck', detail: `${short(target.plan.commit)} does not pass its own smoke test${stays}` }
}

const asBefore = (undoing: State): string =>
  effectsOf(undoing, 'migrate').some(({ stage }) => stage === 'backup')
    ? 'what backup and migrate have changed is undone'
    : 'the schema is as it was before'
const unproven = ({ execution, plan }: Target): string =>
  `what could be undone is undone, but ${execution} stored no smoke test that could prove it: look whether ${short(plan.commit)} is live, and give smoke-test an item that can fail and asks nobody`
const short = (commit: string): string => commit.slice(0, 12)
