import type { Journal } from '../core/engine/journal.js'
import { ChecklistError, refused } from '../core/errors.js'
import { type ExecutionRecord, isEnded } from '../core/execution.js'
import type { Ledger, Survey } from '../core/ports.js'
import { admit } from './admit.js'
import { addAfterEnd } from './after-end.js'
import { cleanAhead } from './clean-ahead.js'
import { isDoneBefore } from './done-before.js'
import { declareEmergency } from './emergency.js'
import { isPrepared } from './life.js'
import { giveReason } from './marked.js'
import type { Prepared } from './prepare.js'
import { prepareBackup } from './prepare-backup.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'
import { lookAtPreflight, takeUpAhead, waitsAhead } from './sign-ahead.js'
import { sign } from './sign-off.js'
import { closePage } from './sign-page.js'

const TRIES = 50

/** `work` goes on with the execution, to its end where something failed. */
export type Preparing = Readonly<{ request: Request; work(journal: Journal): Promise<void> }>

/**
 * Opens an execution without the environment's lock and looks at those checks of preflight whose names have values here,
 * so that who approves sees a plan and what was found. Returns its id; `work` ends it where a check failed.
 */
export async function prepareExecution(
  prepared: Prepared,
  ledger: Ledger,
  shop: Shop,
  { request, work }: Preparing
): Promise<string> {
  if (request.ledger === 'run') throw withoutMemory()
  if (request.stage === 'backup') return await prepareBackup(prepared, ledger, shop, { request, work })
  for (let tries = 1; tries <= TRIES; tries++) {
    const survey = await ledger.survey(prepared.key)
    const own = ofThisRun(survey, prepared)
    const { newest } = survey
    if (newest !== undefined && (await isDoneBefore(newest, prepared, { wish: request, ledger, shop })))
      return newest.id
    // Begun behind the gate by an attempt before this one: that job goes on with it.
    if (own !== undefined && !isPrepared(own) && !waitsAhead(own)) {
      shop.terminal.say(`${own.id} was begun by an earlier attempt: the job behind the gate goes on with it.`)
      return own.id
    }
    const waited = own && waitsAhead(own) ? await takeUpAhead(own, prepared, ledger, shop, request) : undefined
    if (waited !== undefined) return await lookAndLeave(waited, shop, { request, work })
    if (own !== undefined) {
      await cleanAhead(own, ledger, shop)
      await setAside(own, 'prepared again by a later attempt of its run', ledger, shop)
    }
    // Which values are there behind the gate, nobody can know here: none is demanded.
    const journal = await admit(request, prepared, survey, { ledger, shop }, { hold: false, stages: [] })
    if (journal === undefined) continue
    await giveReason(request, journal, ledger, shop)
    await declareEmergency(request, journal, ledger, shop)
    return await lookAndLeave(journal, shop, { request, work })
  }
  throw refused('ledger_unavailable', 'the ledger changed each time this run tried to write to it', 'Try again.')
}

async function lookAndLeave(journal: Journal, shop: Shop, { request, work }: Preparing): Promise<string> {
  await sign(request.signs, journal, shop)
  if (!(await lookAtPreflight(journal, shop))) await work(journal)
  await shop.clerk?.leave()
  return journal.record.id
}

/** The execution that this run has opened and not ended. */
export const ofThisRun = ({ holder, newest }: Survey, { identity }: Prepared): ExecutionRecord | undefined =>
  [holder, newest].find(
    record => record !== undefined && identity.runId !== '' && record.runId === identity.runId && !isEnded(record)
  )

/** Ends one that was prepared and is not wanted any more. */
export async function setAside({ id }: ExecutionRecord, why: string, ledger: Ledger, shop: Shop): Promise<void> {
  await addAfterEnd(id, [{ type: 'ended', status: 'CANCELLED', reason: 'superseded', message: why }], ledger, shop)
  await closePage(id, shop)
}

const withoutMemory = () =>
  new ChecklistError('REFUSED', 'ledger_missing', {
    message:
      'ledger `run` is the memory of one job: what is prepared here would be gone in the job behind the gate, which runs elsewhere',
    hint: 'Give the calling job `permissions: { contents: write }` and leave `ledger` out, or set `ledger: env:NAME` with a Postgres URL in that variable. With `ledger: run` use the action itself, in one job of your own.'
  })
