import { backupOf } from '../engine/deeds-to-undo.js'
import { planOf } from '../engine/state.js'
import type { Event, RollbackScope } from '../events.js'
import { REASONS, type Reason } from '../reasons.js'

export type ResultRollback = Readonly<{
  /** `migrate`: only the schema went back, since nothing else had been changed. */
  scope: RollbackScope
  cause: Reason
  /** Why, in words; never empty. */
  because: string
  toExecution: string
  toCommit: string
  restored: readonly string[]
  /** Of those, the ones that were refused since rows would be lost; absent where none was. */
  wouldLose?: readonly string[]
  /** Null while it runs, or when its process ended first. */
  verified: boolean | null
  detail: string
  durationMs: number
  /** What was left as it is, such as a schema whose undo would lose rows. */
  remains: readonly string[]
}>

/** The rollback that this execution was, or that was part of it; null where there was none. */
export function rollbackOf(events: readonly Event[]): ResultRollback | null {
  const started = events.findLast(({ body }) => body.type === 'rollback-started')
  if (started?.body.type !== 'rollback-started') return null
  const { scope, cause, toExecution, toCommit, restore: restored } = started.body
  const because = started.body.because || REASONS[cause]
  const end = events.find(({ seq, body }) => seq > started.seq && body.type === 'rollback-ended')?.body
  const lost = restored.filter(name => isRefusedForLoss(name, events))
  const wouldLose = lost.length === 0 ? {} : { wouldLose: lost }
  const begun = { scope, cause, because, toExecution, toCommit, restored, ...wouldLose }
  if (end?.type !== 'rollback-ended') return { ...begun, verified: null, detail: '', durationMs: 0, remains: [] }
  const { verified, detail, durationMs, remains } = end
  return { ...begun, verified, detail, durationMs, remains }
}

function isRefusedForLoss(name: string, events: readonly Event[]): boolean {
  const item = backupOf(planOf(events), name)?.id
  const came = events.findLast(
    ({ body }) => body.type === 'outcome' && body.deed === 'undo' && body.item === item
  )?.body
  return came?.type === 'outcome' && came.reason === 'would_lose_rows'
}
