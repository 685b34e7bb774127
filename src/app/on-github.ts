import type { Approvals } from '../core/approval.js'
import { type CommitChecks, decideCi } from '../core/commit-checks.js'
import type { LastHead } from '../core/deployments/last-head.js'
import { type ChecklistError, refused } from '../core/errors.js'
import { ciSeen } from '../core/evidence.js'
import type { ExecutionRecord } from '../core/execution.js'
import { decideNewest, decideRerun, type Refs } from '../core/outdated.js'
import type { Plan } from '../core/plan.js'
import type { Ledger } from '../core/ports.js'
import type { Runs } from '../core/runs.js'
import type { Identity } from './identity.js'
import { recordsOf } from './records.js'
import type { Shop } from './shop.js'

/** What GitHub is asked beside the gate; absent where this run has no GitHub to ask. */
export type OnGitHub = Readonly<{
  commitChecks: CommitChecks
  refs: Refs
  runs: Runs
  approvals: Approvals
  lastHead: LastHead
}>

/** What GitHub says against deploying this commit now, cheapest first. None of it is waived by an emergency. */
export async function closedOnGitHub(plan: Plan, ledger: Ledger, shop: Shop): Promise<ChecklistError | undefined> {
  const identity = await shop.identity()
  return (
    (await isOutdated(plan, identity, ledger, shop)) ??
    (await isBehind(plan, identity, shop)) ??
    (await isRed(plan, identity, shop))
  )
}

/** An old run that is run again must not bring its release over a newer one. */
async function isOutdated(
  { key }: Plan,
  { runId, runAttempt }: Identity,
  ledger: Ledger,
  { onGitHub }: Shop
): Promise<ChecklistError | undefined> {
  if (runAttempt <= 1) return undefined
  const records: ExecutionRecord[] = []
  for await (const record of recordsOf(ledger, { key })) {
    records.push(record)
    if (record.runId === runId) break
  }
  const begun = records.some(record => record.runId === runId)
  const answer = begun || records.length === 0 ? undefined : await onGitHub?.runs.read(runId)
  const createdAt = answer !== undefined && 'run' in answer ? answer.run.createdAt : ''
  return decideRerun({ runId, runAttempt, createdAt }, records)
}

async function isBehind({ rules, commit }: Plan, { ref }: Identity, { onGitHub }: Shop) {
  // By default where a gate is promised, which nothing can prove without GitHub anyway.
  if (!(rules.newest ?? (rules.gate !== undefined && onGitHub !== undefined))) return undefined
  if (onGitHub === undefined) return cannotAsk('not_newest', `whether ${commit.slice(0, 12)} is the newest of ${ref}`)
  const newest = await onGitHub.refs.newest(ref)
  return decideNewest({ ref, commit }, newest?.sha)
}

async function isRed({ rules, commit }: Plan, { runId }: Identity, { onGitHub, seen }: Shop) {
  if (rules.ci === undefined) return undefined
  if (onGitHub === undefined) return cannotAsk('ci_not_green', `whether the checks of ${commit.slice(0, 12)} passed`)
  const facts = await onGitHub.commitChecks.read(commit)
  seen.ci = ciSeen(rules.ci, facts, runId)
  return decideCi(rules.ci, facts, runId)
}

const cannotAsk = (reason: 'not_newest' | 'ci_not_green', what: string) =>
  refused(reason, `the checklist asks ${what}, and there is no GitHub to ask here`, 'Run it in GitHub Actions.')
