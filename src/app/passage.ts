import { type Judged, judgeHeld, judgePassage, type Untold } from '../core/approval.js'
import type { Journal } from '../core/engine/journal.js'
import { ChecklistError, refused } from '../core/errors.js'
import type { GateDemands } from '../core/evidence.js'
import type { ExecutionRecord } from '../core/execution.js'
import { demandsOf } from '../core/gate/settings.js'
import type { Plan } from '../core/plan.js'
import type { GateFacts, Ledger } from '../core/ports.js'
import { FORWARD_STAGES } from '../core/stages.js'
import type { OnGitHub } from './on-github.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'

/** Stages that change what is deployed: only a job behind the gate runs them. */
const BEHIND = FORWARD_STAGES.slice(FORWARD_STAGES.indexOf('migrate'))

const isBehindGate = ({ stage, prepare, observe }: Request): boolean =>
  !prepare && !observe && (stage === undefined || BEHIND.some(name => name === stage))

/** What has to hold this execution's job back: of its own checklist, and of the default branch's as it was seen last. */
export function demandsIn({ record, state }: Pick<Journal, 'record' | 'state'>): GateDemands {
  return { ...record.demands, ...demandsOf(state.plan.rules.gate ?? {}) }
}

/**
 * Writes down how this attempt came through the gate: who approved what, or that an admin let it pass. What cannot be told
 * is closed: then the execution ends refused, unless GitHub is only down, which passes.
 */
export async function recordPassage(request: Request, journal: Journal, ledger: Ledger, shop: Shop): Promise<void> {
  const { plan } = journal.state
  const { onGitHub } = shop
  const { runId, runAttempt } = await shop.identity()
  const demands = demandsIn(journal)
  if (runId === '' || !isBehindGate(request) || Object.keys(demands).length === 0) return
  const { gate } = journal.record
  if (gate?.attempt === runAttempt && !gate.closed) return
  if (onGitHub === undefined) throw withoutToken(plan)
  const before = runAttempt > 1 ? await givenBefore(journal.record, ledger) : 0
  const { passage, closed } = demands.reviewers
    ? await lookAt(journal, onGitHub, before, shop)
    : judgeHeld(plan.key.environment, runAttempt, await wasHeld(journal, shop))
  if (passage.how === 'bypassed') shop.terminal.say(`Note: ${passage.why}. It is recorded.`)
  const passed = { type: 'gate-passed', digest: plan.digest, ...passage } as const
  if (closed === undefined) return await journal.commit(passed)
  const { status, reason, message } = closed
  const end = { type: 'ended', status: 'REFUSED', reason, message } as const
  // What has acted is held until somebody decides; whoever waits for GitHub goes on from here.
  await journal.commit(passed, ...(status === 'REFUSED' && !journal.record.acted ? [end] : []))
  throw closed
}

const withoutToken = ({ key }: Plan) =>
  refused(
    'missing_permission',
    `who approved this run for ${key.environment} cannot be asked: this step has no token`,
    'Leave the input `github-token` as it is, and give the job `permissions: { actions: read, contents: read }`.'
  )

/** How many approvals earlier attempts of this run have seen, whichever execution they worked for. */
export async function givenBefore({ key, runId }: ExecutionRecord, ledger: Ledger): Promise<number> {
  const { records } = await ledger.list({ key }, { limit: 100 })
  return Math.max(0, ...records.filter(record => record.runId === runId).map(({ gate }) => gate?.given ?? 0))
}

export async function lookAt(
  journal: Journal,
  { approvals, runs }: OnGitHub,
  before: number,
  shop: Shop
): Promise<Judged> {
  const { key, commit } = journal.state.plan
  const { runId, runAttempt } = await shop.identity()
  const [gate, reviews, answer, known] = await Promise.all([
    shop.gate.read(key.environment),
    approvals.read(runId),
    runs.read(runId, runAttempt),
    approvals.commit(commit)
  ])
  const facts = {
    environment: key.environment,
    attempt: runAttempt,
    hasReviewers: gate.kind === 'read' ? gate.facts.reviewers.length > 0 : untold(gate),
    held: false,
    reviews,
    before,
    run: 'run' in answer ? answer.run : undefined,
    commit: known,
    now: shop.clock.now().toISOString()
  }
  const judged = judgePassage(facts)
  // Only where nobody approved: whether the job was held back at all is asked of its own deployment.
  if (judged.closed?.reason !== 'not_approved') return judged
  return judgePassage({ ...facts, held: await wasHeld(journal, shop) })
}

const untold = ({ why, hint, reason }: Extract<GateFacts, { kind: 'unreadable' }>): Untold => ({
  ...{ unknown: why, hint },
  ...(reason !== undefined && { reason })
})

/** Whether GitHub made a deployment to the environment for this very job, as it does behind its rules alone. */
async function wasHeld({ record, state }: Journal, shop: Shop): Promise<boolean> {
  const { runId, runAttempt } = await shop.identity()
  const job = { runId, runAttempt, sha: shop.actions?.sha ?? '', runner: shop.host.env['RUNNER_NAME'] ?? '' }
  const { environment } = record.key
  const none = { execution: record.id, description: '', make: 'never' } as const
  try {
    const found = await shop.deployments?.take({ ...none, environment, commit: state.plan.commit, job })
    return found?.own === true
  } catch (error) {
    if (error instanceof ChecklistError && error.status === 'REFUSED') return false
    throw error
  }
}

/**
 * Who approves a job sees the commit that its run is for. Where another one is checked out behind the gate, nobody has
 * approved it, unless a job before the gate has shown the plan.
 */
export function approvedAnother(
  { rules, commit }: Plan,
  { actions, seen }: Pick<Shop, 'actions' | 'seen'>
): ChecklistError | undefined {
  const sha = actions?.sha ?? ''
  const { reviewers } = { ...seen.demands, ...demandsOf(rules.gate ?? {}) }
  if (reviewers === undefined || sha === '' || sha === commit) return undefined
  return refused(
    'approval_outdated',
    `who approved this run saw ${sha.slice(0, 12)}, and ${commit.slice(0, 12)} is checked out`,
    'Check out what the run is for (actions/checkout without `ref`), or prepare in a job before the gate, so that the plan is what is approved.'
  )
}

/** The plan that was approved is not the one that would be run: what is different, and what to do. */
export function changedSince(record: ExecutionRecord, begun: Plan, now: Plan): ChecklistError {
  const what =
    begun.commit === now.commit
      ? 'the checklist, its files or this tool changed'
      : `it began with ${begun.commit.slice(0, 12)}, here is ${now.commit.slice(0, 12)}`
  const differ = `${begun.digest.slice(0, 12)}, now it would be ${now.digest.slice(0, 12)}: ${what}`
  if (begun.rules.gate !== undefined && !record.acted) {
    return refused(
      'approval_outdated',
      `what was shown for approval of ${record.id} is the plan ${differ}`,
      'Start a new run, so that what is approved is what runs.'
    )
  }
  const hint = `Check out what it began with and resume, or take it back: \`deploy-checklist rollback ${record.id}\`.`
  return refused('plan_changed', `${record.id} was begun with the plan ${differ}`, hint)
}
