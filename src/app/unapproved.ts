import { reviewsFor } from '../core/approval.js'
import { type ExecutionRecord, isEnded } from '../core/execution.js'
import { addAfterEnd } from './after-end.js'
import { isPrepared } from './life.js'
import { settle } from './settle.js'
import type { Shop } from './shop.js'

/**
 * The last job of a run, behind no gate: what was prepared and never taken up, since its job was rejected or cancelled
 * while it waited, is ended, or it would stand open for ever. A job that died after it had begun is settled as one that
 * did: that it is over is why this one runs.
 */
export async function settleUnapproved(id: string, shop: Shop): Promise<void> {
  const ledger = await shop.ledger()
  const stored = await ledger.read(id)
  if (stored === undefined || isEnded(stored.record)) return
  if (!isPrepared(stored.record)) return void (await settle(id, shop, true))
  const message = shop.redactor.redact(await whyNot(stored.record, shop))
  await addAfterEnd(id, [{ type: 'ended', status: 'REFUSED', reason: 'not_approved', message }], ledger, shop)
}

/** Who rejected it, in their words; or that nobody has said anything. */
async function whyNot({ key, runId }: ExecutionRecord, { onGitHub }: Shop): Promise<string> {
  const found = runId === '' ? undefined : await onGitHub?.approvals.read(runId)
  const [rejected] = found !== undefined && 'reviews' in found ? reviewsFor(found, key.environment, 'rejected') : []
  if (rejected === undefined)
    return `its job behind the gate of ${key.environment} never began: it was not approved, or cancelled while it waited`
  return `${rejected.who} rejected it for ${key.environment}${rejected.words === '' ? '' : `: ${rejected.words}`}`
}
