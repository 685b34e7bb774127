import type { ExecutionRecord } from '../execution.js'
import type { Plan } from '../plan.js'
import { STAGES } from '../stages.js'
import type { ResultStage } from './result-stages.js'

type Failed = Pick<ExecutionRecord, 'status' | 'rolledBack'>

/** Whether it would have rolled back by itself, had the checklist let it (core/engine/decide.ts), and nobody has done it since. */
export function leftToPerson(
  { rollback, monitor }: Plan,
  { status, rolledBack }: Failed,
  stages: readonly ResultStage[]
): Readonly<{ leftToPerson?: true }> {
  if (rollback.code !== 'ask' || status !== 'FAILED' || rolledBack) return {}
  const failed = stages.find(({ state }) => state === 'failed')?.name
  if (failed === undefined) return {}
  const onFailure = failed === 'monitor' ? monitor?.onFailure : STAGES[failed].onFailure
  return onFailure === 'roll-back' || onFailure === 'rollback' ? { leftToPerson: true } : {}
}
