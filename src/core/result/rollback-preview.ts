import { deedsToUndo } from '../engine/rollback.js'
import type { RollbackState, State } from '../engine/state.js'
import type { ExecutionRecord } from '../execution.js'
import type { Receipt } from '../records.js'
import { undoOf, type WayBack, type WayBackFacts } from './way-back.js'

/** One thing that would be taken back. `undo`: how, in words or as the command's text; undefined: nothing does it. */
export type UndoStep = Readonly<{ item: string; stage: string; undo: string | undefined }>

/** What a rollback would do: from where, to what, in which order, how it is proven. */
export type RollbackPreview = Readonly<{
  undone: Pick<ExecutionRecord, 'id' | 'number' | 'key' | 'commit' | 'status'>
  /** What would be live afterwards; undefined: nothing that succeeded came before it. */
  target: Readonly<{ execution: string; commit: string; proof: readonly string[] }> | undefined
  steps: readonly UndoStep[]
  restores: readonly Receipt[]
  acceptedLoss: readonly string[]
  wayBack: WayBack
}>

/** What is still to be taken back, in that order. A database that is restored needs no undo of its migrations. */
export function undoSteps(state: State, facts: WayBackFacts, restore: RollbackState['restore']): readonly UndoStep[] {
  const items = Object.values(facts.plan.stages).flat()
  return deedsToUndo(state, 'all')
    .filter(({ settled }) => !restore.includes(settled?.migration?.database ?? ''))
    .map(({ item, stage }) => {
      const planned = items.find(({ id }) => id === item)
      return { item, stage, undo: planned && undoOf(planned, stage, facts) }
    })
}
