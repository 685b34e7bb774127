import { proofOf } from '../core/can-fail.js'
import { pathBack, type RollbackPreview, undoSteps } from '../core/result/rollback-preview.js'
import type { Request } from './request.js'
import { receiptOf, restoreObstacles } from './restore-ahead.js'
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
    proof: proofOf(found.plan.stages['smoke-test']).map(({ id }) => id)
  }
  const seconds = await lastRollbackSeconds(undone, ledger)
  const measured = seconds === undefined ? {} : { lastRollbackSeconds: seconds }
  const { receipts, migrations } = undone
  const steps = undoSteps(state, { plan: state.plan, receipts, migrations }, request)
  const restores = request.restore.map(name => receiptOf(name, undone))
  const obstacles = await restoreObstacles(request, undone, { left: state, shop })
  const wayBack = pathBack({ target, steps, restores, ...measured })
  return { undone, target, steps, restores, obstacles, acceptedLoss: request.acceptLoss, wayBack }
}
