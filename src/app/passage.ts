import { judgePassage, type Passage } from '../core/approval.js'
import type { Journal } from '../core/engine/journal.js'
import { type ChecklistError, refused } from '../core/errors.js'
import type { ExecutionRecord } from '../core/execution.js'
import type { Plan } from '../core/plan.js'
import type { Ledger } from '../core/ports.js'
import { FORWARD_STAGES } from '../core/stages.js'
import type { OnGitHub } from './on-github.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'

/** Stages that change what is deployed: only a job behind the gate runs them. */
const BEHIND = FORWARD_STAGES.slice(FORWARD_STAGES.indexOf('migrate'))

const isBehindGate = ({ stage, prepare, observe }: Request): boolean =>
  !prepare && !observe && (stage === undefined || BEHIND.some(name => name === stage))

const asksReviewers = ({ rules }: Plan): boolean => rules.gate?.reviewers === 'required'

/** Writes down how this attempt came through the gate: who approved what, or that nobody did. */
export async function recordPassage(request: Request, journal: Journal, ledger: Ledger, shop: Shop): Promise<void> {
  const { plan } = journal.state
  const { onGitHub } = shop
  const { runId, runAttempt } = await shop.identity()
  if (onGitHub === undefined || runId === '' || !asksReviewers(plan) || !isBehindGate(request)) return
  if (journal.record.gate?.attempt === runAttempt) return
  const before = runAttempt > 1 ? await givenBefore(journal.record, ledger) : 0
  const passage = await lookAt(journal, onGitHub, before, shop)
  if (passage.how === 'bypassed') shop.terminal.say(`Note: ${passage.why}. It is recorded.`)
  await journal.commit({ type: 'gate-passed', digest: plan.digest, ...passage })
}

/** How many approvals earlier attempts of this run have seen, whichever execution they worked for. */
async function givenBefore({ key, runId }: ExecutionRecord, ledger: Ledger): Promise<number> {
  const { records } = await ledger.list({ key }, { limit: 100 })
  return Math.max(0, ...records.filter(record => record.runId === runId).map(({ gate }) => gate?.given ?? 0))
}

async function lookAt({ state }: Journal, { approvals, runs }: OnGitHub, before: number, shop: Shop): Promise<Passage> {
  const { key, commit } = state.plan
  const { runId, runAttempt } = await shop.identity()
  const [gate, reviews, answer, known] = await Promise.all([
    shop.gate.read(key.environment),
    approvals.read(runId),
    runs.read(runId, runAttempt),
    approvals.commit(commit)
  ])
  return judgePassage({
    environment: key.environment,
    attempt: runAttempt,
    hasReviewers: gate.kind === 'read' ? gate.facts.reviewers.length > 0 : undefined,
    reviews,
    before,
    run: 'run' in answer ? answer.run : undefined,
    commit: known,
    now: shop.clock.now().toISOString()
  })
}

/**
 * Who approves a job sees the commit that its run is for. Where another one is checked out behind the gate, nobody has
 * approved it, unless a job before the gate has shown the plan.
 */
export function approvedAnother(
  { rules, commit }: Plan,
  { actions }: Pick<Shop, 'actions'>
): ChecklistError | undefined {
  const sha = actions?.sha ?? ''
  if (rules.gate?.reviewers !== 'required' || sha === '' || sha === commit) return undefined
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
