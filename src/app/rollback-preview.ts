import { deedsToUndo } from '../core/engine/rollback.js'
import { type State, stateOf } from '../core/engine/state.js'
import { refused } from '../core/errors.js'
import type { ExecutionRecord } from '../core/execution.js'
import type { PlannedItem } from '../core/item.js'
import type { Receipt } from '../core/records.js'
import { type WayBack, wayBackOf } from '../core/result/way-back.js'
import { mustRead } from './begin.js'
import type { Request } from './request.js'
import { withEarlierUndos } from './rollback.js'
import { chosen, keyFor } from './rollback-choice.js'
import { targetFor } from './rollback-target.js'
import type { Shop } from './shop.js'
import { lastRollbackSeconds } from './views.js'

/** One thing that would be taken back, in this order. `undo`: the command's text, `redeploy`, or undefined for none. */
export type UndoStep = Readonly<{ item: string; stage: string; undo: string | undefined }>

export type RollbackPreview = Readonly<{
  undone: Pick<ExecutionRecord, 'id' | 'number' | 'key' | 'commit' | 'status'>
  /** What would be live afterwards; undefined: nothing that succeeded came before it. */
  target: Readonly<{ execution: string; commit: string; proof: readonly string[] }> | undefined
  steps: readonly UndoStep[]
  restores: readonly Receipt[]
  acceptedLoss: readonly string[]
  wayBack: WayBack
}>

/** What a rollback would do, by the same choice as a real one; undefined where there is nothing to take back. */
export async function previewRollback(request: Request, shop: Shop): Promise<RollbackPreview | undefined> {
  const ledger = await shop.ledger()
  const key = await keyFor(request, ledger, shop)
  const undone = await chosen(request, key, await ledger.survey(key), ledger, shop)
  if (undone === undefined) return undefined
  const state = await withEarlierUndos(undone, '', ledger)
  const { plan } = stateOf((await mustRead(undone.id, ledger)).events)
  const target = await targetFor(request.to, undone, ledger)
  const seconds = await lastRollbackSeconds(undone, ledger)
  const { receipts, migrations } = undone
  const measured = seconds === undefined ? {} : { lastRollbackSeconds: seconds }
  return {
    undone,
    target: target && {
      execution: target.execution,
      commit: target.plan.commit,
      proof: target.plan.stages['smoke-test'].map(({ id }) => id)
    },
    steps: stepsOf(state, request.restore),
    restores: request.restore.map(name => receiptOf(name, undone)),
    acceptedLoss: request.acceptLoss,
    wayBack: wayBackOf({ plan, receipts, migrations, ...measured })
  }
}

/** A database that is restored needs no undo of its migrations. */
function stepsOf(state: State, restore: readonly string[]): readonly UndoStep[] {
  const items = new Map(
    Object.values(state.plan.stages)
      .flat()
      .map(item => [item.id, item])
  )
  return deedsToUndo(state, 'all')
    .filter(({ settled }) => !restore.includes(settled?.migration?.database ?? ''))
    .map(({ item, stage }) => ({ item, stage, undo: undoOf(items.get(item)) }))
}

function undoOf(item: PlannedItem | undefined): string | undefined {
  if (item?.undo !== undefined) return item.undo
  // A migration by files has its undo beside them.
  return item?.kind === 'migrate' && 'undo' in item.spec ? JSON.stringify(item.spec['undo']) : undefined
}

function receiptOf(name: string, { id, receipts }: ExecutionRecord): Receipt {
  const found = receipts.find(({ subject }) => subject === name)
  if (found !== undefined) return found
  throw refused(
    'usage',
    `--restore ${name}: ${id} made no backup of that name; it has ${receipts.map(({ subject }) => subject).join(', ') || 'none'}`,
    'Name one of them, or leave it out.'
  )
}
