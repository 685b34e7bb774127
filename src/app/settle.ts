import { openJournal, startFrom } from '../core/engine/journal.js'
import { leftBehind } from '../core/engine/left-behind.js'
import { isEnded } from '../core/execution.js'
import type { Shop } from './shop.js'

/**
 * What a post step does: whatever ended the stage's process, the journal says so. A process that ended as it should has
 * left nothing to settle. The dead one's action is `unknown`, and the environment stays held when something was begun.
 * `died`: known from elsewhere; a stage that only looks has written nothing until it ends. True when it wrote something.
 */
export async function settle(id: string, shop: Shop, died = false): Promise<boolean> {
  const ledger = await shop.ledger()
  const stored = await ledger.read(id)
  if (stored === undefined || isEnded(stored.record)) return false
  const start = startFrom(stored)
  const { state, record } = start
  const midway =
    died ||
    [...state.stages.values()].includes('started') ||
    (state.rollback !== undefined && state.rollback.ended === undefined)
  if (!midway || state.stopped !== undefined) return false
  if ((await shop.liveness.state(record.process)) === 'alive' && record.process.runId === undefined) return false
  const { clock, redactor } = shop
  const journal = openJournal(start, { ledger, clock, redactor, observers: [] })
  const message = 'the process of this stage ended without a word'
  await journal.commit(...leftBehind(state, message, message))
  return true
}
