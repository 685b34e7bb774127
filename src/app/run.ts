import type { Errand } from '../core/engine/bench.js'
import type { Wish } from '../core/engine/decide.js'
import { execute, type Work } from '../core/engine/execute.js'
import type { Journal } from '../core/engine/journal.js'
import { decideOpening, type Known, type Opening } from '../core/engine/opening.js'
import type { Target } from '../core/engine/rollback-order.js'
import { planOf } from '../core/engine/state.js'
import { refused } from '../core/errors.js'
import type { Event } from '../core/events.js'
import { type ExecutionRecord, isEnded } from '../core/execution.js'
import type { Plan } from '../core/plan.js'
import type { Ledger, Survey } from '../core/ports.js'
import { FORWARD_STAGES, type ForwardStage, type StageName } from '../core/stages.js'
import { type Admission, admit } from './admit.js'
import { mustBeAskedFor } from './asked-for.js'
import { goOn, mustRead } from './begin.js'
import { endDeployment } from './deployment-end.js'
import { beginDeployment } from './deployments.js'
import { isDoneBefore } from './done-before.js'
import { declareEmergency } from './emergency.js'
import { expireEvidence } from './evidence.js'
import { demandValues, objections, refuseAll } from './guards.js'
import { withHeartbeat } from './heartbeat.js'
import { isBetween, isLed, isPrepared, lifeOf } from './life.js'
import { giveReason } from './marked.js'
import { observe } from './observe.js'
import { endOutlived } from './outlived.js'
import { approvedAnother, changedSince, recordPassage } from './passage.js'
import { lastGood, type Prepared, planFor, prepare } from './prepare.js'
import { prepareExecution } from './prepare-execution.js'
import type { Request } from './request.js'
import { closedByRules } from './rules.js'
import type { Shop } from './shop.js'
import { mustFit, sign } from './sign-off.js'
import { closePage } from './sign-page.js'
import { takenUp } from './take-up.js'
import { workshopFor } from './workshop.js'

const TRIES = 50

/** Runs the checklist, one stage of it, or what is left of an execution; returns the id of what it worked for. */
export async function run(request: Request, shop: Shop): Promise<string> {
  const prepared = await prepare(shop, request)
  if (prepared.identity.dirty)
    shop.terminal.say('Note: tracked files differ from the commit; what is recorded is the commit.')
  const ledger = await shop.ledger()
  if (request.prepare)
    return await prepareExecution(prepared, ledger, shop, {
      request,
      work: journal => work(request, journal, ledger, shop)
    })
  const journal = request.observe ? await observe(prepared, ledger, shop) : await open(request, prepared, ledger, shop)
  if (typeof journal === 'string') return journal
  await giveReason(request, journal, ledger, shop)
  await declareEmergency(request, journal, ledger, shop)
  await sign(request.signs, journal, shop)
  await recordPassage(request, journal, ledger, shop)
  shop.clerk?.attend(journal)
  await work(request, journal, ledger, shop)
  await endDeployment(journal, { wish: request, ledger, shop })
  await shop.clerk?.leave()
  await endOutlived(journal, ledger, shop)
  return journal.record.id
}

/** The execution that this process works for: begun, joined or resumed, by the rule of core/engine/opening.ts. An id: nothing is left to do. */
async function open(request: Request, prepared: Prepared, ledger: Ledger, shop: Shop): Promise<Journal | string> {
  for (let tries = 1; tries <= TRIES; tries++) {
    const survey = await ledger.survey(prepared.key)
    const decided = await decideOpening(
      asked(request, prepared),
      await knownFrom(request, prepared, survey, ledger, shop)
    )
    const opening = await takenUp(decided, request, survey, ledger, shop)
    if (opening.do === 'nothing') {
      await isDoneBefore(opening.record, prepared, { wish: request, ledger, shop })
      return opening.record.id
    }
    const journal =
      opening.do === 'create'
        ? await admit(request, prepared, survey, { ledger, shop }, beginning(request, opening, shop))
        : await rejoin(request, prepared, opening, survey, ledger, shop)
    if (journal !== undefined) {
      // Whoever was asked for the one that stood there is not asked any more.
      if (opening.do === 'create' && opening.takingOver !== undefined) await closePage(opening.takingOver.id, shop)
      return journal
    }
    // Somebody else was faster: look again who that is. A short pause, so that many newcomers do not stay in step.
    await shop.clock.sleep(Number.parseInt(shop.host.random(1), 16) / 4, shop.signal)
  }
  throw refused(
    'environment_held',
    `${prepared.key.environment} changed hands ${TRIES} times while this run tried to take it`,
    'Try again when fewer runs start at once.'
  )
}

const asked = ({ stage, resume, execution, takeover }: Request, { key, identity }: Prepared) => ({
  environment: key.environment,
  stage: stage === 'rollback' ? undefined : stage,
  ...{ resume, execution, takeover },
  runId: identity.runId,
  runAttempt: identity.runAttempt
})

async function knownFrom(
  request: Request,
  { key: { environment } }: Prepared,
  { newest, holder }: Survey,
  ledger: Ledger,
  shop: Shop
): Promise<Known> {
  const { execution } = request
  const named = execution === '' ? undefined : (await ledger.read(execution))?.record
  if (named !== undefined) await mustBeAskedFor(named, { ...request, environment }, shop)
  return {
    newest,
    holder,
    named,
    life: record => lifeOf(record, shop),
    because: ({ process }) => shop.liveness.because?.(process) ?? '',
    between: async record => isBetween(record, ledger),
    isLed: record => isLed(record, shop)
  }
}

const beginning = (request: Request, { takingOver }: Extract<Opening, { do: 'create' }>, shop: Shop): Admission => ({
  hold: true,
  stages: stagesOf(request),
  refusedBy: plan => approvedAnother(plan, shop),
  takingOver
})

/** The stages whose names have to have values here: those that this process may run, and those of its job after them. */
function stagesOf({ stage, wholeJob }: Pick<Request, 'stage' | 'wholeJob'>): readonly ForwardStage[] {
  const all: readonly (StageName | undefined)[] = FORWARD_STAGES
  const own = all.indexOf(stage)
  return FORWARD_STAGES.filter((name, place) => own < 0 || name === stage || (wholeJob && place > own))
}

async function rejoin(
  request: Request,
  prepared: Prepared,
  opening: Extract<Opening, { do: 'join' | 'resume' }>,
  survey: Survey,
  ledger: Ledger,
  shop: Shop
) {
  const { events } = await mustRead(opening.record.id, ledger)
  const begun = planOf(events)
  await mustStandOnNewest(opening.record, begun, ledger)
  mustFit(request.signs, begun)
  const plan = await planFor(prepared, shop, begun.previous)
  if (plan.digest !== begun.digest) throw changedSince(opening.record, begun, plan)
  demandValues(plan, leftOf(request, opening.record), shop, opening.record.id)
  const ahead = isPrepared(opening.record)
  const again = ahead || isAnew(opening, events, shop)
  if (opening.do === 'join' || again) {
    // What the first process could not ask of this stage, for want of a secret, is asked now; ahead of the gate, of any.
    const inquiry = { plan, stages: leftOf(request, opening.record), applied: opening.record.applied, others: ahead }
    const closed =
      (again
        ? await closedByRules(plan, ledger, shop, {
            prepared,
            emergency: request.emergency || opening.record.emergency,
            because: request.because || (opening.record.because ?? '')
          })
        : undefined) ?? refuseAll(await objections(inquiry, shop))
    if (closed !== undefined) throw closed
  }
  const journal = await goOn(opening, ledger, shop, survey)
  await expireEvidence(request, events, journal, shop)
  return journal
}

/** Nothing has acted, and the world has gone on since anybody asked it: people were waited for, or a job was left. */
function isAnew(opening: Extract<Opening, { do: 'join' | 'resume' }>, events: readonly Event[], { clock }: Shop) {
  if (opening.record.acted) return false
  const quietMs = clock.now().getTime() - Date.parse(events.at(-1)?.at ?? '')
  return opening.do === 'resume' || !(quietMs < QUIET_MS)
}

/** Stages of one job follow each other at once. */
const QUIET_MS = 10 * 60_000

/** Before it has acted it holds nothing, so a newer release may have come: that one is not overwritten by an older. */
async function mustStandOnNewest({ id, key, acted }: ExecutionRecord, { previous }: Plan, ledger: Ledger) {
  const good = acted ? undefined : await lastGood(ledger, key)
  if (good === undefined || good.id === previous?.execution) return
  throw refused(
    'superseded',
    `${id} was begun on ${previous?.execution ?? 'nothing'}, and since then ${good.id} (commit ${good.commit.slice(0, 12)}) succeeded`,
    'Start a new one with `deploy-checklist run`.'
  )
}

const leftOf = (request: Request, record: ExecutionRecord): readonly StageName[] =>
  isEnded(record) ? [] : stagesOf(request)

/** The engine's loop over this journal, with a heartbeat beside it. */
export async function work(
  request: Request,
  journal: Journal,
  ledger: Ledger,
  shop: Shop,
  order?: Work['order']
): Promise<void> {
  const { plan } = journal.state
  const { stage, observe: observing, acceptLoss } = request
  const errand: Errand = { folder: shop.host.folder, acceptedLoss: acceptLoss }
  const look = request.command === 'adopt' ? 'adopted' : observing ? 'observed' : undefined
  const wish: Wish = {
    ...(stage !== undefined && stage !== 'rollback' && { only: stage }),
    ...(look !== undefined && { look }),
    rollBack: order !== undefined
  }
  const { leftovers, interview, repository } = shop
  const witnesses = { leftovers, interview }
  const target = () => targetOf(plan, ledger)
  const whole: Work = {
    wish,
    journal,
    workshop: workshopFor(plan, shop),
    witnesses,
    repository,
    errand,
    target,
    ...(look === undefined && { before: stage => beginDeployment(stage, journal, request, shop) }),
    ...(order && { order })
  }
  await withHeartbeat(journal, ledger, shop, () => execute(whole))
}

/** The execution that a rollback leads to, with the plan that it stored; undefined if it was deleted since. */
export async function targetOf({ previous }: Plan, ledger: Ledger): Promise<Target | undefined> {
  const stored = previous === null ? undefined : await ledger.read(previous.execution)
  return stored && { execution: stored.record.id, plan: planOf(stored.events) }
}
