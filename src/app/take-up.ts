import type { Opening } from '../core/engine/opening.js'
import { planOf } from '../core/engine/state.js'
import { refused } from '../core/errors.js'
import type { ExecutionRecord } from '../core/execution.js'
import type { Ledger, Survey } from '../core/ports.js'
import { mustRead } from './begin.js'
import { isPrepared } from './life.js'
import { lastGood } from './prepare.js'
import { setAside } from './prepare-execution.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'

/**
 * What becomes of an execution that was prepared ahead of the gate, now that this process may act; what it found is made
 * afresh when it is old (app/evidence.ts). Where something else went live since, nobody has seen the way back that it
 * would have now: it is begun anew where the checklist promises no reviewers, and otherwise refused (by `run`, as for any
 * other).
 */
export async function takenUp(
  opening: Opening,
  { stage }: Pick<Request, 'stage'>,
  { holder }: Survey,
  ledger: Ledger,
  shop: Shop
): Promise<Opening> {
  if ((opening.do !== 'join' && opening.do !== 'resume') || !isPrepared(opening.record)) return opening
  const { record } = opening
  if (stage !== undefined && stage !== 'preflight') throw tooEarly(stage, record)
  if (holder !== undefined && holder.id !== record.id) throw heldBy(holder, record)
  const { events } = await mustRead(record.id, ledger)
  const plan = planOf(events)
  const good = await lastGood(ledger, record.key)
  if (good !== undefined && good.id !== plan.previous?.execution && plan.rules.gate?.reviewers === undefined) {
    await setAside(record, `${good.id} went live after it was prepared`, ledger, shop)
    shop.terminal.say(`${record.id} was prepared before ${good.id} went live: begun anew.`)
    return { do: 'create' }
  }
  return opening
}

const tooEarly = (stage: string, { id }: ExecutionRecord) =>
  refused(
    'stage_out_of_order',
    `${stage} was asked for, but ${id} is only prepared`,
    'Run preflight first, in this job: it takes the environment.'
  )

const heldBy = (holder: ExecutionRecord, { id }: ExecutionRecord) =>
  refused(
    'environment_held',
    `${id} is prepared, but ${holder.key.environment} is held by ${holder.id} (${holder.status}, begun by ${holder.actor} at ${holder.startedAt}, ${holder.logUrl})`,
    'Wait for it to end, or resume it or take it back; then run the failed jobs of this run again.'
  )
