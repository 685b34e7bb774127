import { refused } from '../core/errors.js'
import type { ExecutionRecord } from '../core/execution.js'
import type { Receipt } from '../core/records.js'
import { pathBack, type RollbackPreview, undoSteps } from '../core/result/rollback-preview.js'
import type { Request } from './request.js'
import { whatIsLeft } from './rollback.js'
import { chosen, keyFor } from './rollback-choice.js'
import { targetFor } from './rollback-target.js'
import type { Shop } from './shop.js'
import { lastRollbackSeconds } from './views.js'

/** What a rollback would do, by the same choice as a real one; undefined where there is nothing to take back. */
export async function previewRollback(request: Request, shop: Shop): Promise<RollbackPreview | undefined> {
  const ledger = await shop.ledger()
  const key = await keyFor(request, ledger, shop)
  const undone = await chosen(request, key, await ledger.survey(key), ledger, shop)
  if (undone === undefined) return undefined
  const found = await targetFor(request.to, undone, ledger)
  const state = await whatIsLeft(undone, found, '', ledger)
  const target = found && {
    execution: found.execution,
    commit: found.plan.commit,
    proof: found.plan.stages['smoke-test'].map(({ id }) => id)
  }
  const seconds = await lastRollbackSeconds(undone, ledger)
  const measured = seconds === undefined ? {} : { lastRollbackSeconds: seconds }
  const { receipts, migrations } = undone
  const steps = undoSteps(state, { plan: state.plan, receipts, migrations }, request)
  const restores = request.restore.map(name => receiptOf(name, undone))
  const acceptedLoss = request.acceptLoss
  return { undone, target, steps, restores, acceptedLoss, wayBack: pathBack({ target, steps, restores, ...measured }) }
}

function receiptOf(name: string, { id, receipts }: ExecutionRecord): Receipt {
  const found = receipts.find(({ subject }) => subject === name)
  if (found !== undefined) return found
  throw refused(
    'usage',
    `--restore ${name}: ${id} made no backup of that name; it has ${receipts.map(({ subject }) => subject).join(', ') || 'none'}`,
    'Name one of them, or leave it out.'
  )
}
