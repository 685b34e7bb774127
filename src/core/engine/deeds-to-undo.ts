import type { RollbackScope } from '../events.js'
import type { PlannedItem } from '../item.js'
import type { Plan } from '../plan.js'
import { type DeedState, deedKey, mayRunAgain, type State } from './state.js'

/** Every deed whose effect may still be there, newest first: deploy's, then the migration's, then what came before it. */
export const deedsToUndo = (state: State, scope: RollbackScope): readonly DeedState[] =>
  effectsOf(state, scope).filter(deed => !isUndone(state, deed.item) && !isRestored(state, deed))

export const isUndone = ({ deeds }: State, item: string): boolean =>
  deeds.get(deedKey('rollback', item, 'undo'))?.settled?.outcome === 'pass'

/** A restored database has no migration of that execution any more, whatever its own undo would do. */
function isRestored(state: State, { stage, settled }: DeedState): boolean {
  const database = settled?.migration?.database
  if (stage !== 'migrate' || database === undefined) return false
  const item = backupOf(state.plan, database)
  return item !== undefined && isUndone(state, item.id)
}

export const backupOf = ({ stages, databases }: Plan, name: string): PlannedItem | undefined =>
  stages.backup.find(
    ({ kind, spec, in: at }) => kind === 'backup' && (spec['backup'] ?? at ?? Object.keys(databases)[0]) === name
  )

/**
 * Of backup what a command takes back, such as a maintenance page; what it saves is a copy and stays, and takes a
 * database's place only where somebody names that.
 */
export const isTakenBack = ({ kind, undo }: PlannedItem): boolean =>
  undo !== undefined && kind !== 'backup' && kind !== 'migrate'

export function effectsOf({ deeds, plan }: State, scope: RollbackScope): readonly DeedState[] {
  const did = [...deeds.values()]
    .filter(({ deed, intended }) => deed === 'run' && intended)
    .filter(deed => !mayRunAgain(deed) || deed.settled?.migration?.moved === true)
  const of = (stage: DeedState['stage']) => did.filter(deed => deed.stage === stage).reverse()
  const migrated = of('migrate').filter(({ settled }) => settled?.migration?.moved !== false)
  const before = of('backup').filter(({ item }) => plan.stages.backup.some(one => one.id === item && isTakenBack(one)))
  const first = scope === 'migrate' ? [] : [...of('monitor'), ...of('smoke-test'), ...of('deploy')]
  return [...first, ...migrated, ...before]
}
