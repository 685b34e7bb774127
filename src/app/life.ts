import { stateOf } from '../core/engine/state.js'
import { refused } from '../core/errors.js'
import { type ExecutionRecord, isPaused } from '../core/execution.js'
import type { Ledger } from '../core/ports.js'
import { mustRead } from './begin.js'
import type { Shop } from './shop.js'

export type Life = 'alive' | 'dead' | 'unknown'

/**
 * Whether the execution's last process lives. A step of this very attempt came before us, so its run says nothing of it:
 * whether its process is over, only the host knows, or GitHub when its job has died.
 */
export async function lifeOf(
  { process }: Pick<ExecutionRecord, 'process'>,
  { liveness }: Pick<Shop, 'liveness'>
): Promise<Life> {
  const self = await liveness.self()
  const { runId, runAttempt, ...alone } = process
  const sameAttempt = runId !== undefined && runId === self.runId && runAttempt === self.runAttempt
  const state = await liveness.state(sameAttempt ? alone : process)
  // On another machine of this attempt: only its job can have ended.
  return sameAttempt && state === 'unknown' ? ((await liveness.ofJob?.(process)) ?? state) : state
}

/**
 * Whether another process of this machine works for it: outside Actions one may run every stage, and between two of them
 * it has only not begun the next.
 */
export async function isLed({ process }: ExecutionRecord, { liveness }: Pick<Shop, 'liveness'>): Promise<boolean> {
  const self = await liveness.self()
  const isOurs = process.pid === self.pid && process.startedAt === self.startedAt && process.bootId === self.bootId
  return process.runId === undefined && !isOurs && (await liveness.state(process)) === 'alive'
}

/** Opened ahead of the gate and not taken up yet: it has done nothing, and the environment is not its own. */
export const isPrepared = ({ purpose, acted, holdsEnvironment, status }: ExecutionRecord): boolean =>
  purpose === 'deploy' && status === 'PLANNED' && !acted && !holdsEnvironment

/** Between two stages, or before the first: nothing has begun that did not end. */
export async function isBetween(record: ExecutionRecord, ledger: Ledger): Promise<boolean> {
  const { events } = await mustRead(record.id, ledger)
  const { stages, rollback } = stateOf(events)
  if (isPrepared(record)) return true
  if (rollback !== undefined || [...stages.values()].includes('started')) return false
  return stages.size > 0 && ![...stages.values()].includes('failed')
}

/** Refuses while somebody may still work for that execution: unknown is not dead, unless a person says so by its id. */
export async function mustBeOver(record: ExecutionRecord, takeover: string, shop: Shop): Promise<void> {
  const life = isPaused(record) || takeover === record.id ? 'dead' : await lifeOf(record, shop)
  if (life === 'dead') return
  const { id, status, process, heartbeatAt } = record
  const where = `${id} (${status}, last sign of life ${heartbeatAt})`
  const said = shop.liveness.because?.(process) ?? ''
  if (life === 'alive') {
    throw refused(
      'environment_held',
      `${where} is still running on ${process.host}${said === '' ? '' : `: ${said}`}`,
      'Wait for it to end, or cancel it.'
    )
  }
  throw refused(
    'holder_unknown',
    `nobody here can tell whether ${where} still lives on ${process.host}${said === '' ? '' : `: ${said}`}`,
    `If you know that it is dead, say so with --takeover ${id} (input takeover).`
  )
}
