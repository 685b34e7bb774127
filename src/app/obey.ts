import { refused } from '../core/errors.js'
import { EXIT_CODES } from '../core/execution.js'
import { changed } from '../core/result/result-stages.js'
import type { Layout } from '../report/layout.js'
import { adopt } from './adopt.js'
import { type Answer, answerFor, fine, invocationOf } from './answer.js'
import { mustBeAskedFor } from './asked-for.js'
import { ghName } from './host.js'
import { isForDue, monitor, watchedStatus, watchedText } from './monitor.js'
import { escalate } from './notify-escalate.js'
import { outlook } from './plan.js'
import type { Request } from './request.js'
import { rollback } from './rollback.js'
import { run } from './run.js'
import type { Shop } from './shop.js'
import { signOnly } from './sign.js'
import { verify } from './verify.js'
import { find, history, resultFor } from './views.js'

/** One command to its answer. Throws what refuses it; everything else is in the answer. */
export async function obey(request: Request, shop: Shop, layout: Layout): Promise<Answer> {
  switch (request.command) {
    case 'run':
      if (await isForDue(request, shop)) return await watched(request, shop)
      return ahead(request, await answerFor(await run(request, shop), request, shop))
    case 'rollback':
      if (request.dryRun) return await previewed(request, shop, layout)
      return await answerFor(await rollback(request, shop), request, shop)
    case 'adopt':
      return await answerFor(await adopt(request, shop), request, shop)
    case 'plan':
      return await planned(request, shop, layout)
    case 'monitor':
      return await watched(request, shop)
    case 'history':
      return await listed(request, shop, layout)
    case 'show':
      return await shown(request, shop, layout)
    case 'verify':
      return await verify(request, shop, layout)
    case 'sign': {
      const id = await signOnly(request, shop)
      const { result } = await answerFor(id, request, shop)
      return { result: { ...result, exitCode: 0 }, text: `Signed. Go on with: deploy-checklist run --resume ${id}` }
    }
    case 'gate': {
      const { gate } = await import('./gate-command.js')
      return await gate(request, shop, layout)
    }
    case 'notify': {
      const { notify } = await import('./notify-command.js')
      return await notify(request, shop, layout)
    }
    case 'delete':
      return await removed(request, shop)
    case 'sign-off': {
      const { signFromEvent } = await import('./sign-event.js')
      return await signFromEvent(shop)
    }
    case 'settle':
      throw refused('usage', 'settle is for the post step of the actions', 'See `deploy-checklist --help`.')
  }
}

/** Ahead of the gate an execution that stands open is what was wanted, also one that an earlier attempt left midway. */
function ahead({ prepare }: Request, answer: Answer): Answer {
  const { result } = answer
  // People are to answer first: nobody is asked to approve what still waits for them.
  const isAsking = result.status === 'WAITING' && result.askedIn !== undefined && !changed(result.stages)
  const isOpened = prepare && result.execution?.completedAt === '' && !isAsking
  return isOpened ? { ...answer, result: { ...result, exitCode: 0 } } : answer
}

async function planned(request: Request, shop: Shop, layout: Layout): Promise<Answer> {
  const [{ planText }, { planPage }] = await Promise.all([
    import('../report/plan.js'),
    import('../report/plan-page.js')
  ])
  const { plan, ...rest } = await outlook(request, shop)
  const result = fine('planned')
  // A plan for a pull request: what stands in the way today is shown, and is no fault of the change.
  const blocked = rest.objections.length > 0 && !request.prepare
  const exit = blocked
    ? ({ status: 'REFUSED', exitCode: EXIT_CODES.REFUSED, reason: rest.objections[0]?.reason ?? 'usage' } as const)
    : {}
  return {
    result: { ...result, ...exit },
    text: planText(plan, rest, layout),
    page: planPage(
      { plan, ...rest, now: shop.clock.now().toISOString() },
      { serverUrl: shop.actions?.serverUrl ?? '' }
    ),
    json: { format: 1, digest: plan.digest, plan, ...rest }
  }
}

/** The rollback that would be made, for whoever is about to click. */
async function previewed(request: Request, shop: Shop, layout: Layout): Promise<Answer> {
  const { previewRollback } = await import('./rollback-preview.js')
  const preview = await previewRollback(request, shop)
  if (preview === undefined) return { result: fine('already_done', 'There is nothing to take back.') }
  const { previewText } = await import('../report/rollback-preview.js')
  const { previewPage } = await import('../report/preview-page.js')
  return {
    result: fine('planned'),
    text: previewText(preview, layout),
    page: previewPage(preview, { to: request.to, repository: shop.actions === undefined ? '' : ghName(shop.actions) }),
    json: { format: 1, ...preview }
  }
}

async function watched(request: Request, shop: Shop): Promise<Answer> {
  await escalate(request, shop)
  const found = await monitor(request, shop)
  const { result } = await answerFor(found.rolledBack ?? found.execution, request, shop)
  if (found.rolledBack !== undefined) return { result }
  const failed = watchedStatus(found) === 'FAILED'
  const judged = failed
    ? ({
        ...result,
        status: 'FAILED',
        ...(found.said !== undefined && { message: found.said }),
        reason: found.handedOver === true ? 'rollback_due' : 'monitor_failed',
        exitCode: EXIT_CODES.FAILED
      } as const)
    : { ...result, exitCode: 0 }
  return { result: judged, text: watchedText(found) }
}

async function listed(request: Request, shop: Shop, layout: Layout): Promise<Answer> {
  const { historyText } = await import('../report/history.js')
  const page = await history(request, shop)
  return { result: fine('ok'), text: historyText(page, layout), json: { format: 1, ...page } }
}

async function shown(request: Request, shop: Shop, layout: Layout): Promise<Answer> {
  const { showText } = await import('../report/show.js')
  const stored = await find(request, shop)
  const result = await resultFor(stored, await shop.ledger(), invocationOf(request, shop))
  return {
    result: { ...result, exitCode: 0 },
    text: showText(result, stored.events, layout),
    json: { ...result, events: stored.events }
  }
}

async function removed(request: Request, shop: Shop): Promise<Answer> {
  const { execution, because } = request
  if (execution === '' || because === '') {
    throw refused(
      'usage',
      'delete takes the id of an execution and a reason',
      'deploy-checklist delete ID --because WORDS'
    )
  }
  const ledger = await shop.ledger()
  const named = (await ledger.read(execution))?.record
  if (named !== undefined) await mustBeAskedFor(named, request, shop)
  const { actor } = await shop.identity()
  const verdict = await ledger.remove(execution, `${actor}: ${because}`, shop.clock.now().toISOString())
  if (verdict === 'removed')
    return { result: fine('ok'), text: `${execution} is deleted; its tombstone keeps number, times and last hash.` }
  const why = {
    'not-ended': 'has not ended',
    newest: 'is the newest of its environment',
    absent: 'is not in the ledger'
  }[verdict]
  throw refused('usage', `${execution} ${why}`, 'Only an ended execution that is not the newest can be deleted.')
}
