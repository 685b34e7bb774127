import { refused } from '../errors.js'
import type { Repository } from '../ports.js'
import type { ForwardStage, StageName } from '../stages.js'
import { benchFor, type Errand, liveOf } from './bench.js'
import { decide, type Wish } from './decide.js'
import { settleDeeds, type Witnesses } from './effects.js'
import type { Journal } from './journal.js'
import { leftBehind } from './left-behind.js'
import { page } from './page.js'
import { rollBack } from './rollback.js'
import { probeBench, type RollbackOrder, type Target } from './rollback-order.js'
import type { Workshop } from './run-item.js'
import { runStage, type Shift } from './run-stage.js'
import { type DeedState, deedKey, unresolved } from './state.js'

/** What one process does for one execution. */
export type Work = Readonly<{
  wish: Wish
  journal: Journal
  workshop: Workshop
  witnesses: Witnesses
  repository: Repository
  errand: Errand
  /** What an automatic rollback leads to; read from the ledger when it is needed. */
  target(): Promise<Target | undefined>
  /** Told before a stage begins; what it keeps rides along with the stage's first write. It never rejects. */
  before?(stage: ForwardStage): Promise<void>
  /** For a rollback by hand: what it undoes. Absent for everything else. */
  order?: RollbackOrder
}>

/**
 * Asks what is next and obeys, until there is nothing left for this process. How it stands then is in the journal; a
 * killed process, a stage of its own, a re-run and a resumed execution all come through here.
 */
export async function execute(work: Work): Promise<void> {
  const { journal, workshop, wish } = work
  let paged = false
  for (;;) {
    if (workshop.signal.aborted) return await cancelled(work)
    const step = decide(journal.state, wish, paged || journal.state.paged)
    switch (step.do) {
      case 'nothing':
        return await journal.commit()
      case 'refuse':
        throw refused(step.reason, step.message, step.hint)
      case 'settle':
        if (!(await settle(work))) return
        break
      case 'stage':
        await stage(step.stage, work)
        break
      case 'roll-back':
        await back(work, work.order ?? (await ownOrder(work, step)))
        break
      case 'page':
        await callPerson(work, step.message)
        paged = true
        break
      case 'pause':
        return await journal.commit({ type: 'paused', status: 'WAITING', reason: step.reason, message: step.message })
      case 'end':
        return await journal.commit({ type: 'ended', status: step.status, reason: step.reason, message: step.message })
    }
  }
}

const shiftFor = (stage: StageName, { journal, workshop, errand }: Work): Shift => {
  const { plan } = journal.state
  const about = { plan, live: liveOf(plan) }
  return { bench: benchFor(stage, journal, workshop, errand, about), workshop, journal }
}

/** What an interrupted undo of a rollback by hand is asked with: the undone release, as its undo saw it. */
function shiftOf({ stage, deed }: DeedState, work: Work): Shift {
  const shift = shiftFor(stage, work)
  return deed === 'undo' && work.order !== undefined ? { ...shift, bench: probeBench(work.order, shift, work) } : shift
}

async function settle(work: Work): Promise<boolean> {
  const { journal, workshop, witnesses } = work
  const deeds = unresolved(journal.state)
  for (const deed of deeds) {
    if (await settleDeeds([deed], shiftOf(deed, work), witnesses)) continue
    if (workshop.signal.aborted) return true
    const found = journal.state.deeds.get(deedKey(deed.stage, deed.item, deed.deed))?.settled
    const message = `nobody knows whether ${deed.item} took effect: ${found?.detail ?? ''}`
    await journal.commit({ type: 'paused', status: 'WAITING', reason: found?.reason ?? 'unknown_effect', message })
    return false
  }
  return true
}

async function stage(name: ForwardStage, work: Work): Promise<void> {
  const { monitor } = work.journal.state.plan
  const checkpointNow = monitor?.checkpoints.some(({ afterMs }) => afterMs === 0) === true
  if (name === 'monitor' && !checkpointNow) return pass(name, work.journal)
  if (name === 'monitor') await work.workshop.clock.sleep(monitor?.settleMs ?? 0, work.workshop.signal)
  await work.before?.(name)
  await runStage(name, shiftFor(name, work))
}

// The later checkpoints are due events on a finished execution; there is nothing to look at now.
function pass(stage: StageName, journal: Journal): void {
  journal.keep({ type: 'stage-started', stage })
  journal.keep({ type: 'stage-ended', stage, passed: true, durationMs: 0 })
}

type Failure = Pick<RollbackOrder, 'scope' | 'cause'>

async function ownOrder({ journal, target }: Work, { scope, cause }: Failure): Promise<RollbackOrder> {
  const because = journal.state.rollback?.because ?? firstFailure(journal)
  return { scope, cause, because, undoing: journal.state, target: await target(), restore: [] }
}

function firstFailure({ state }: Journal): string {
  const failed = [...state.stages].find(([, how]) => how === 'failed')?.[0]
  const deed = [...state.deeds.values()].find(
    ({ stage, settled }) => stage === failed && settled && settled.outcome !== 'pass'
  )
  return `${deed?.item ?? failed ?? 'a stage'}: ${deed?.settled?.detail ?? 'it did not pass'}`
}

async function back(work: Work, order: RollbackOrder): Promise<void> {
  const { witnesses, repository, errand } = work
  await rollBack(order, shiftFor('rollback', work), { witnesses, repository, errand })
}

async function callPerson(work: Work, message: string): Promise<void> {
  const { workshop, journal, errand } = work
  const { names } = shiftFor('monitor', work).bench
  const text = journal.state.plan.monitor?.page
  // Written before it is done, so that a process which resumes calls nobody twice.
  if (text !== undefined) await journal.commit({ type: 'told', kind: 'page', cause: 'page', afterMs: 0 })
  await page({ text, folder: errand.folder, names, message }, workshop)
}

/**
 * A cancelled run: what did not end by itself is unknown, and after an action the environment stays held until somebody
 * resumes or rolls back.
 */
async function cancelled({ journal, workshop }: Work): Promise<void> {
  const why = workshop.signal.reason
  const message = typeof why === 'string' ? `the run was cancelled (${why})` : 'the run was cancelled'
  if (journal.state.stopped !== undefined) return await journal.commit()
  await journal.commit(...leftBehind(journal.state, message, 'cut off by a cancel'))
}
