import type { Passage } from '../core/approval.js'
import type { Journal } from '../core/engine/journal.js'
import { messageOf } from '../core/errors.js'
import type { ExecutionRecord } from '../core/execution.js'
import type { Ledger } from '../core/ports.js'
import { gateObjections } from './gate.js'
import type { OnGitHub } from './on-github.js'
import { demandsIn, givenBefore, lookAt } from './passage.js'
import { prepare } from './prepare.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'

/** Nobody waits longer for the way back than this for what only tells who approved it. */
const PATIENCE_MS = 20_000

/**
 * Writes down how a rollback by hand came through the gate of what it takes back. Nobody is kept from the way back by an
 * answer that GitHub does not give: it is kept and shown as what it is.
 */
export async function recordWayThrough(
  request: Request,
  undone: ExecutionRecord,
  journal: Journal,
  ledger: Ledger,
  shop: Shop
): Promise<void> {
  const { runId, runAttempt } = await shop.identity()
  if (runId === '' || journal.record.gate?.attempt === runAttempt) return
  const unknown = (why: string): Passage => ({ how: 'unknown', why, attempt: runAttempt, given: 0, approvals: [] })
  const look = async () => {
    if (!(await asksReviewers(request, undone, journal, shop))) return undefined
    if (shop.onGitHub === undefined) return unknown('who approved this run cannot be asked: this step has no token')
    return await passageOf(journal, shop.onGitHub, ledger, shop)
  }
  const found = look().catch(error => unknown(`who approved this run cannot be told: ${messageOf(error)}`))
  const passage = await orLate(found, unknown('GitHub did not tell in time who approved this run'), shop)
  if (passage === undefined) return
  if (passage.how !== 'approved') shop.terminal.say(`Note: ${passage.why}. It is recorded.`)
  // Rides along with the first action's intent.
  journal.keep({ type: 'gate-passed', digest: journal.state.plan.digest, ...passage })
}

/** By the plan that is taken back, by what was seen then, or by the checklist of today, here or on the default branch. */
async function asksReviewers(
  { checklist }: Request,
  undone: ExecutionRecord,
  { state }: Journal,
  shop: Shop
): Promise<boolean> {
  if (demandsIn({ record: undone, state }).reviewers) return true
  try {
    await gateObjections(await prepare(shop, { checklist, environment: undone.key.environment }), '', shop)
  } catch {} // One that cannot be read asks for nobody.
  return shop.seen.demands?.reviewers === true
}

async function passageOf(journal: Journal, onGitHub: OnGitHub, ledger: Ledger, shop: Shop): Promise<Passage> {
  const { runId, runAttempt } = await shop.identity()
  const before = runAttempt > 1 ? await givenBefore(journal.record, ledger) : 0
  const { closed: _, ...passage } = (await lookAt(journal, onGitHub, before, shop)).passage
  if (passage.how !== 'unknown') return passage
  const found = await onGitHub.approvals.read(runId)
  // The job may have stood behind another environment's gate, one with a faster approval.
  const elsewhere = ('reviews' in found ? found.reviews : []).filter(
    ({ state, environments }) => state === 'approved' && !environments.includes(journal.record.key.environment)
  )
  const said = elsewhere.map(({ who, environments }) => `; ${who} approved it for ${environments.join(', ')}`)
  return { ...passage, why: `${passage.why}${said.join('')}` }
}

async function orLate<T>(work: Promise<T>, late: T, { clock }: Shop): Promise<T> {
  const over = new AbortController()
  try {
    return await Promise.race([work, clock.sleep(PATIENCE_MS, over.signal).then(() => late)])
  } finally {
    over.abort()
  }
}
