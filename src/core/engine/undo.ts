import type { Done, Finding, PlannedItem } from '../item.js'
import { formatDuration } from '../units.js'
import { benchFor, type Live } from './bench.js'
import { timeoutOf, withLimit } from './limits.js'
import type { Back, RollbackOrder, RollbackTools } from './rollback-order.js'
import { contextOf, fill, guarded, unlessCancelled } from './run-item.js'
import { outcomeOf, type Shift } from './run-stage.js'
import { type DeedState, deedKey, mayRunAgain } from './state.js'

/** Intent, deed, outcome. What an earlier process of this rollback has finished is not done again. */
export async function perform(
  item: PlannedItem,
  shift: Shift,
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
  const finding = unlessCancelled(await guarded(workshop, item.id, () => deed(shift)), workshop)
  await journal.commit(outcomeOf(finding, named, workshop.clock.now().getTime() - began))
  if (finding.outcome === 'pass') return { kind: 'undone', detail: finding.detail }
  return { kind: 'stuck', detail: `the undo of ${item.id} failed: ${finding.detail}` }
}

/** Takes one item back: by deploying the last good release again, by its kind's own way, or by its command. */
export async function undo(
  item: PlannedItem,
  deed: DeedState,
  order: RollbackOrder,
  shift: Shift,
  tools: RollbackTools
): Promise<Finding> {
  if (item.undo === 'redeploy') return await redeploy(item, order, shift, tools)
  const { workshop, bench, journal } = shift
  const kind = workshop.kinds.get(item.kind)
  const limit = withLimit(workshop.signal, { ms: timeoutOf(item) }, workshop.clock)
  try {
    if (kind?.undo === undefined) return await byCommand(item.undo ?? '', item, shift, limit.signal)
    const filled = fill(item, kind, bench)
    if ('outcome' in filled) return filled
    return await kind.undo(filled.spec, contextOf(item, 'undo', bench, workshop, journal, limit.signal), doneOf(deed))
  } finally {
    limit.done()
  }
}

/** What the journal says of what is undone. */
export const doneOf = ({ settled, notes }: DeedState): Done => ({
  outcome: 'unknown',
  detail: 'it was interrupted',
  ...settled,
  notes
})

async function byCommand(
  text: string,
  item: PlannedItem,
  { bench, workshop, journal }: Shift,
  signal: AbortSignal
): Promise<Finding> {
  const { began } = contextOf(item, 'undo', bench, workshop, journal, signal)
  const exit = await workshop.shell.run({
    what: { text, shell: 'sh' },
    env: { ...workshop.baseEnv, ...bench.names, DEPLOY_ITEM: item.id },
    folder: bench.view.folder,
    timeoutMs: timeoutOf(item),
    signal,
    onAbort: 'interrupt',
    onStart: program => void began(program).catch(() => {}),
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
  const limit = withLimit(workshop.signal, { ms: timeoutOf(item) }, workshop.clock)
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
