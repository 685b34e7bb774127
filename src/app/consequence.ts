import { type Checkpoint, consequenceOf, failedIn, failureOf, namesOf, owedIn } from '../core/checkpoints.js'
import { builtIns, liveOf } from '../core/engine/bench.js'
import { page } from '../core/engine/page.js'
import { planOf, stateOf } from '../core/engine/state.js'
import { ChecklistError, messageOf } from '../core/errors.js'
import type { EventBody } from '../core/events.js'
import { type ExecutionRecord, isEnded, isPaused } from '../core/execution.js'
import { wayBackOf } from '../core/notify/message.js'
import type { Ledger, Stored } from '../core/ports.js'
import { addAfterEnd } from './after-end.js'
import { invocationOf } from './answer.js'
import { mustRead } from './begin.js'
import { lifeOf } from './life.js'
import { recordsOf } from './records.js'
import type { Request } from './request.js'
import { closeUndone, rollback } from './rollback.js'
import type { Shop } from './shop.js'
import { resultFor } from './views.js'
import { workshopFor } from './workshop.js'

type Scene = Readonly<{ request: Request; ledger: Ledger; shop: Shop }>
type Owed = Extract<EventBody, { type: 'owed' }>

/** What came of a failed checkpoint. */
export type Followed = Readonly<{
  /** The rollback that the checklist asked for. */
  rolledBack?: string
  /** The checklist asks for a rollback, and another job makes it. */
  handedOver?: boolean
  /** What more there is to say of what failed. */
  said?: string
}>

/**
 * Written with the checkpoints that failed, so that a kill after them loses nothing. What is handed over is the whole
 * run's: the job that looked is over by then.
 */
export async function owedBy({ liveness }: Shop, to: Owed['to']): Promise<Owed> {
  const { runner, ...process } = await liveness.self()
  const job = to === 'hand-over' || runner === undefined ? {} : { runner }
  return { type: 'owed', to, process: { ...process, ...job } }
}

/** Does what a failed checkpoint leads to. Whatever stands in the way of a rollback is a person's, and is not tried again. */
export async function follow(stored: Stored, failed: readonly Checkpoint[], scene: Scene): Promise<Followed> {
  const { to, why } = consequenceOf(planOf(stored.events), scene.request.onFailure)
  if (to === 'hand-over') return { handedOver: true }
  return to === 'rollback' ? await takeBack(stored, failed, scene) : await call(stored, failed, why, scene)
}

/**
 * Does what an earlier look has left: its process died between the record and what follows from it, or another job did not
 * make the rollback. Undefined: somebody sees to it. A rollback that was begun is not begun again.
 */
export async function catchUp(
  stored: Stored,
  scene: Scene
): Promise<(Followed & Readonly<{ checkpoints: readonly Checkpoint[] }>) | undefined> {
  const { record, events } = stored
  const { request, ledger, shop } = scene
  const owed = owedIn(events)
  const back = await rollbackOf(record, ledger)
  const working = [owed?.body, back && !isEnded(back) && !isPaused(back) ? back : undefined]
  for (const each of working) if (each && (await lifeOf(each, shop)) === 'alive') return undefined
  const mine = await owedBy(shop, consequenceOf(planOf(events), request.onFailure).to)
  const isLeft = (now: Stored) => now.record.owed !== undefined && owedIn(now.events)?.hash === owed?.hash
  if ((await addAfterEnd(record.id, now => (isLeft(now) ? [mine] : []), ledger, shop)).length === 0) return undefined
  const checkpoints = failedIn(events)
  if (back?.status === 'SUCCESS') {
    await closeUndone(record, back, `checkpoint ${failureOf(checkpoints)}`, ledger, shop)
    return { checkpoints, rolledBack: back.id }
  }
  const why =
    back !== undefined
      ? `its rollback ${back.id} is ${back.status}, and no other is made by itself`
      : owed?.body.to === 'hand-over'
        ? 'another job was to roll it back, and did not'
        : undefined
  const found = why ? await call(stored, checkpoints, why, scene) : await follow(stored, checkpoints, scene)
  return { checkpoints, ...found }
}

async function rollbackOf({ id, key, startedAt }: ExecutionRecord, ledger: Ledger) {
  for await (const record of recordsOf(ledger, { key, since: startedAt }))
    if (record.undoesExecutionId === id) return record
  return undefined
}

async function takeBack(stored: Stored, failed: readonly Checkpoint[], scene: Scene): Promise<Followed> {
  const { request, ledger, shop } = scene
  const { id } = stored.record
  const because = `checkpoint ${failureOf(failed)}`
  const by = await rollback({ ...request, surface: 'cli', execution: id, because }, shop).catch(error => error)
  if (by instanceof Error) {
    const found = await call(stored, failed, `it was not rolled back: ${messageOf(by)}`, scene)
    if (!(by instanceof ChecklistError)) throw by
    return found
  }
  const { status, errorMessage } = (await mustRead(by, ledger)).record
  if (status === 'SUCCESS') return { rolledBack: by }
  return {
    rolledBack: by,
    ...(await call(stored, failed, `its rollback ${by} is ${status}: ${errorMessage}`, { ...scene, by }))
  }
}

/** A failed checkpoint pages as a failed run does, with the same names; beside a reason stands the line that takes it back. */
async function call(
  stored: Stored,
  failed: readonly Checkpoint[],
  why: string | undefined,
  { request, ledger, shop, by = '' }: Scene & Readonly<{ by?: string }>
): Promise<Followed> {
  const { record, events } = stored
  const plan = planOf(events)
  const workshop = workshopFor(plan, shop)
  const names = workshop.values(plan, builtIns(record.id, plan.key.environment, liveOf(plan)))
  const line = why && wayBackOf(await resultFor(stored, ledger, invocationOf(request, shop)))
  const said = why && shop.redactor.redact(line === '' ? why : `${why}; to take it back: ${line}`)
  const message = shop.redactor.redact([failureOf(failed), ...(said ? [said] : [])].join('; '))
  // A cut off process pages nobody; whoever looks next does.
  if (shop.signal.aborted) return {}
  // A rollback that stopped has called a person itself.
  if (by === '' || !stateOf((await mustRead(by, ledger)).events).paged)
    await page({ text: plan.monitor?.page, folder: shop.host.folder, names, message }, workshop)
  await addAfterEnd(record.id, now => (now.record.owed === undefined ? [] : [{ type: 'answered' }]), ledger, shop)
  return said ? { said: `${namesOf(failed)} of ${record.id}: ${said}` } : {}
}
