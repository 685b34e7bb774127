import type { RollbackScope } from '../events.js'
import type { Plan } from '../plan.js'
import type { Repository } from '../ports.js'
import type { Reason } from '../reasons.js'
import { benchFor, type Errand, type Live, liveOf } from './bench.js'
import type { Witnesses } from './effects.js'
import type { Bench } from './run-item.js'
import type { Shift } from './run-stage.js'
import type { DeedState, State } from './state.js'

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
export type Back = Readonly<{ kind: 'undone' | 'kept' | 'stuck'; detail: string }>

/** The database that a migration is about. */
export function databaseOf(deed: DeedState, { undoing }: RollbackOrder): string {
  const item = undoing.plan.stages.migrate.find(({ id }) => id === deed.item)
  return deed.settled?.migration?.database ?? item?.in ?? Object.keys(undoing.plan.databases)[0] ?? ''
}

/** Commands of an undo see the undone release as DEPLOY_COMMIT and what should be live as DEPLOY_PREVIOUS_COMMIT. */
export function undoBench(
  { undoing, target }: RollbackOrder,
  { journal, workshop }: Shift,
  { errand }: Pick<RollbackTools, 'errand'>
): Bench {
  const { plan } = undoing
  const live: Live = { ...liveOf(plan), previousCommit: target?.plan.commit ?? plan.previous?.commit ?? '' }
  return benchFor('rollback', journal, workshop, errand, { plan, undoing, live })
}

/** What a probe of the undone deeds is asked with: their own execution is the one whose effect it looks for. */
export function probeBench(order: RollbackOrder, shift: Shift, tools: Pick<RollbackTools, 'errand'>): Bench {
  const bench = undoBench(order, shift, tools)
  const { id, undoesExecutionId } = shift.journal.record
  return { ...bench, names: { ...bench.names, DEPLOY_EXECUTION: undoesExecutionId || id } }
}
