import { withEarlierUndos } from '../core/engine/earlier-undos.js'
import type { Journal } from '../core/engine/journal.js'
import type { RollbackOrder, Target } from '../core/engine/rollback-order.js'
import { planOf, type State, stateOf } from '../core/engine/state.js'
import { refused } from '../core/errors.js'
import type { EventBody } from '../core/events.js'
import { type ExecutionRecord, isEnded } from '../core/execution.js'
import type { Plan } from '../core/plan.js'
import { digestOf } from '../core/plan.js'
import type { Ledger, Survey } from '../core/ports.js'
import { addAfterEnd } from './after-end.js'
import { create, goOn, mustRead } from './begin.js'
import { endRollback } from './deployment-end.js'
import { beginRollback } from './deployments.js'
import { demandValues, refuseAll } from './guards.js'
import { notifyOf } from './notify-watch.js'
import { recordsOf } from './records.js'
import type { Request } from './request.js'
import { restoreObstacles } from './restore-ahead.js'
import { chosen, keyFor } from './rollback-choice.js'
import { recordWayThrough } from './rollback-passage.js'
import { targetFor, targetOfRollback } from './rollback-target.js'
import { work } from './run.js'
import type { Shop } from './shop.js'
import { mustFit, sign } from './sign-off.js'

const TRIES = 50

/**
 * Takes an execution back: by hand an execution of its own, linked to the one that it undoes. Works from the journal and
 * the repository alone, so the checklist of today is only asked for its name. Returns the id of what it worked for.
 */
export async function rollback(request: Request, shop: Shop): Promise<string> {
  const ledger = await shop.ledger()
  const key = await keyFor(request, ledger, shop)
  for (let tries = 1; tries <= TRIES; tries++) {
    const survey = await ledger.survey(key)
    const undone = await chosen(request, key, survey, ledger, shop)
    if (undone === undefined) return ''
    mustFit(request.signs, planOf((await mustRead(undone.id, ledger)).events))
    const again = unfinished(undone, survey)
    if (again !== undefined) await mustLeadThere(request.to, undone, again, ledger)
    const journal =
      again === undefined
        ? await begin(request, undone, survey, ledger, shop)
        : await goOn({ do: 'resume', record: again }, ledger, shop, survey)
    if (journal === undefined) continue
    await sign(request.signs, journal, shop)
    await recordWayThrough(request, undone, journal, ledger, shop)
    const order = await orderFor(request, undone, journal, ledger)
    await beginRollback(journal, request, shop)
    await work({ ...request, stage: undefined }, journal, ledger, shop, order)
    await closeUndone(undone, journal.record, request.because, ledger, shop)
    await endRollback(undone, journal, { wish: request, ledger, shop })
    return journal.record.id
  }
  throw refused(
    'environment_held',
    `${key.environment} changed hands while this rollback tried to take it`,
    'Try again.'
  )
}

/** A rollback of this very execution that was killed or cancelled is gone on with, not begun again. */
const unfinished = (undone: ExecutionRecord, { holder }: Survey): ExecutionRecord | undefined =>
  holder?.purpose === 'rollback' && holder.undoesExecutionId === undone.id && !isEnded(holder) ? holder : undefined

/** What was begun leads where it was begun to: whoever names another release now is not led elsewhere in silence. */
async function mustLeadThere(to: string, undone: ExecutionRecord, again: ExecutionRecord, ledger: Ledger) {
  if (to === '' || (await targetFor(to, undone, ledger))?.plan.commit === again.commit) return
  throw refused(
    'usage',
    `expected to go on with ${again.id}, which has begun to take ${undone.id} back to ${again.commit.slice(0, 12)}, found --to ${to}, another release`,
    'Leave `--to` out to go on with it.'
  )
}

async function begin(
  request: Request,
  undone: ExecutionRecord,
  survey: Survey,
  ledger: Ledger,
  shop: Shop
): Promise<Journal | undefined> {
  const { events } = await mustRead(undone.id, ledger)
  const begun = planOf(events)
  const target = await targetFor(request.to, undone, ledger)
  const plan = planBack(begun, undone, target)
  const strange = request.restore.filter(name => !Object.hasOwn(begun.databases, name))
  if (strange.length > 0) throw unknownDatabase(strange, begun)
  // A way back that lacks a name in the middle is none: the undos' and those of the smoke test that proves it.
  demandValues(begun, ['rollback'], shop, undone.id)
  if (target !== undefined) demandValues(onlyProof(target.plan), ['smoke-test'], shop, undone.id)
  const closed = refuseAll(
    await restoreObstacles(request, undone, { left: await whatIsLeft(undone, target, '', ledger), shop })
  )
  if (closed !== undefined) throw closed
  const identity = await shop.identity()
  const holder = survey.holder?.id === undone.id ? survey.holder : undefined
  const applied = survey.newest?.applied ?? undone.applied
  const begin = {
    plan,
    identity,
    purpose: 'rollback',
    hold: true,
    undoes: undone,
    applied,
    notify: notifyOf(events)
  } as const
  const journal = await create(begin, survey, ledger, shop, holder)
  journal?.keep(linkTo(undone, 'undoes'))
  return journal
}

const linkTo = ({ id, logUrl }: ExecutionRecord, as: string): EventBody => ({
  ...{ type: 'linked', to: id, as },
  ...(logUrl !== '' && { url: logUrl })
})

const onlyProof = (plan: Plan): Plan => ({ ...plan, stages: { ...plan.stages, backup: [], deploy: [], migrate: [] } })

const unknownDatabase = (names: readonly string[], { databases }: Plan) =>
  refused(
    'usage',
    `--restore ${names.join(', ')}: the undone execution knows the databases ${Object.keys(databases).join(', ') || 'none'}`,
    'Name one of them.'
  )

/** The undone execution's own plan with what should be live now: what a rollback of a rollback would need is in it too. */
function planBack(begun: Plan, undone: ExecutionRecord, target: Target | undefined): Plan {
  const { digest: _, ...rest } = begun
  const plan = {
    ...rest,
    commit: target?.plan.commit ?? begun.previous?.commit ?? '',
    release: target?.plan.release ?? '',
    previous: { execution: undone.id, commit: undone.commit }
  }
  return { ...plan, digest: digestOf(plan) }
}

async function orderFor(
  { restore, because }: Request,
  undone: ExecutionRecord,
  journal: Journal,
  ledger: Ledger
): Promise<RollbackOrder> {
  const begun = journal.state.rollback
  const target = await targetOfRollback(journal, undone, ledger)
  const undoing = await whatIsLeft(undone, target, journal.record.id, ledger)
  return {
    scope: 'all',
    cause: 'ok',
    because: begun?.because ?? (because === '' ? `asked for by ${journal.record.actor}` : because),
    undoing,
    target,
    restore: begun?.restore ?? restore
  }
}

/** What an execution did, but for what an earlier rollback of it that stopped has taken back on the way to this target. */
export async function whatIsLeft(
  undone: ExecutionRecord,
  target: Target | undefined,
  own: string,
  ledger: Ledger
): Promise<State> {
  const stateIn = async (id: string) => stateOf((await mustRead(id, ledger)).events)
  const rollbacks: State[] = []
  for await (const { id, undoesExecutionId } of recordsOf(ledger, { key: undone.key, since: undone.startedAt }))
    if (undoesExecutionId === undone.id && id !== own) rollbacks.unshift(await stateIn(id))
  return withEarlierUndos(await stateIn(undone.id), rollbacks, target?.execution ?? '')
}

/**
 * Both executions say what became of them, so that either one leads to the other. Taken back, its commit is marked bad: it
 * is not deployed again without a reason.
 */
export async function closeUndone(
  undone: ExecutionRecord,
  record: ExecutionRecord,
  because: string,
  ledger: Ledger,
  shop: Shop
): Promise<void> {
  if (!isEnded(record)) return
  const { id: by, status, actor } = record
  const why = because === '' ? `rolled back by ${actor}` : because
  const back: EventBody[] = [
    { type: 'rolled-back', by, because: why },
    { type: 'marked-bad', by, because: why }
  ]
  const done = status === 'SUCCESS'
  const link = linkTo(record, done ? 'undone by' : 'not undone by')
  await addAfterEnd(undone.id, [...(done ? back : []), link], ledger, shop)
}
