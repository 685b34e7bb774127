import { benchFor, builtIns, liveOf } from '../core/engine/bench.js'
import type { Journal } from '../core/engine/journal.js'
import { leftBehind } from '../core/engine/left-behind.js'
import { preparable } from '../core/engine/preparable.js'
import { runItems } from '../core/engine/run-stage.js'
import { ChecklistError, refused } from '../core/errors.js'
import { type ExecutionRecord, isEnded } from '../core/execution.js'
import { asked, resolveNames } from '../core/names.js'
import type { Plan } from '../core/plan.js'
import type { Ledger, Survey } from '../core/ports.js'
import { admit } from './admit.js'
import { addAfterEnd } from './after-end.js'
import { declareEmergency } from './emergency.js'
import { isPrepared, tellIfDone } from './life.js'
import { giveReason } from './marked.js'
import type { Prepared } from './prepare.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'
import { workshopFor } from './workshop.js'

const TRIES = 50

/**
 * Opens an execution without the environment's lock and looks at those checks of preflight whose names have values here,
 * so that who approves sees a plan and what was found. Returns its id; `work` ends it where a check failed.
 */
export async function prepareExecution(
  prepared: Prepared,
  ledger: Ledger,
  shop: Shop,
  { request, work }: Readonly<{ request: Request; work(journal: Journal): Promise<void> }>
): Promise<string> {
  if (request.ledger === 'run') throw withoutMemory()
  for (let tries = 1; tries <= TRIES; tries++) {
    const survey = await ledger.survey(prepared.key)
    const own = ofThisRun(survey, prepared)
    if (survey.newest !== undefined && tellIfDone(survey.newest, prepared, shop)) return survey.newest.id
    // Begun behind the gate by an attempt before this one: that job goes on with it.
    if (own !== undefined && !isPrepared(own)) {
      shop.terminal.say(`${own.id} was begun by an earlier attempt: the job behind the gate goes on with it.`)
      return own.id
    }
    if (own !== undefined) await setAside(own, 'prepared again by a later attempt of its run', ledger, shop)
    // Which values are there behind the gate, nobody can know here: none is demanded.
    const journal = await admit(request, prepared, survey, { ledger, shop }, { hold: false, stages: [] })
    if (journal === undefined) continue
    await giveReason(request, journal, ledger, shop)
    await declareEmergency(request, journal, ledger, shop)
    if (await lookAhead(journal, shop)) return journal.record.id
    await work(journal)
    return journal.record.id
  }
  throw refused('ledger_unavailable', 'the ledger changed each time this run tried to write to it', 'Try again.')
}

const ofThisRun = ({ holder, newest }: Survey, { identity }: Prepared): ExecutionRecord | undefined =>
  [holder, newest].find(
    record => record !== undefined && identity.runId !== '' && record.runId === identity.runId && !isEnded(record)
  )

/** Ends one that was prepared and is not wanted any more. */
export const setAside = ({ id }: ExecutionRecord, why: string, ledger: Ledger, shop: Shop): Promise<void> =>
  addAfterEnd(id, [{ type: 'ended', status: 'CANCELLED', reason: 'superseded', message: why }], ledger, shop)

/** True when nothing blocks so far; a check that failed is the end of its stage. */
async function lookAhead(journal: Journal, shop: Shop): Promise<boolean> {
  const { plan } = journal.state
  const items = preparable(plan.stages.preflight, lackingIn(plan, shop), shop.kinds)
  const workshop = workshopFor(plan, shop)
  const errand = { folder: shop.host.folder, acceptedLoss: [] }
  const bench = benchFor('preflight', journal, workshop, errand, { plan, live: liveOf(plan) })
  const began = shop.clock.now().getTime()
  const passed = await runItems(items, { bench, workshop, journal }, true)
  if (shop.signal.aborted) {
    const why = `the run was cancelled (${String(shop.signal.reason)})`
    await journal.commit(...leftBehind(journal.state, why, why))
    return true
  }
  const later = plan.stages.preflight.filter(item => !items.includes(item)).map(({ id }) => id)
  if (later.length > 0) shop.terminal.say(`Left to the job behind the gate: ${later.join(', ')}.`)
  if (passed) {
    await journal.commit()
    return true
  }
  const durationMs = shop.clock.now().getTime() - began
  journal.keep({ type: 'stage-started', stage: 'preflight' })
  await journal.commit({ type: 'stage-ended', stage: 'preflight', passed, durationMs })
  return false
}

/** Items whose names have no value here; an `env` item only declares its names, and looks whether they have one. */
function lackingIn(plan: Plan, { kinds, host }: Shop): readonly string[] {
  const known = builtIns('none', plan.key.environment, liveOf(plan))
  const { values, missing } = resolveNames({ plan, kinds, stages: ['preflight'], env: host.env, builtIns: known })
  const undeclared = plan.stages.preflight.filter(item =>
    asked(item, kinds, 'declares').some(name => !Object.hasOwn(values, name))
  )
  return [...missing.flatMap(({ by }) => by), ...undeclared.map(({ id }) => id)]
}

const withoutMemory = () =>
  new ChecklistError('REFUSED', 'ledger_missing', {
    message:
      'ledger `run` is the memory of one job: what is prepared here would be gone in the job behind the gate, which runs elsewhere',
    hint: 'Give the calling job `permissions: { contents: write }` and leave `ledger` out, or set `ledger: env:NAME` with a Postgres URL in that variable. With `ledger: run` use the action itself, in one job of your own.'
  })
