import type { CiRule } from './checklist.js'
import { type ChecklistError, refused } from './errors.js'
import { oneLine } from './text.js'

/** What is known of a commit's CI, in GitHub's own words; of reruns only the newest, as GitHub lists it. */
export type CommitFacts = Readonly<{
  commit: string
  checks: readonly CheckRun[]
  statuses: readonly CommitStatus[]
  runs: readonly CommitRun[]
}>

/** `suite` and `runId` say which workflow run it belongs to; empty for checks of other apps. */
export type CheckRun = Readonly<{ name: string; status: string; conclusion: string; suite: string; runId: string }>
export type CommitStatus = Readonly<{ context: string; state: string }>
/** A workflow run on the commit: its jobs get their checks only when they begin, so the run itself counts too. */
export type CommitRun = Readonly<{
  id: string
  name: string
  workflow: string
  status: string
  conclusion: string
  suite: string
  /** True for runs of our own reusable workflows: a monitor or a rollback says nothing of the commit. */
  ours: boolean
}>

/** CI of a commit. Throws the refusal that names the missing permission, or UNAVAILABLE. */
export interface CommitChecks {
  read(commit: string): Promise<CommitFacts>
}

export type CheckState = 'passed' | 'skipped' | 'pending' | 'failed' | 'unknown'
export const CI_PASSED: CheckState = 'passed'
type Entry = Readonly<{ name: string; state: CheckState; said: string }>

const CONCLUSIONS: Readonly<Record<string, CheckState>> = {
  success: 'passed',
  neutral: 'skipped',
  skipped: 'skipped',
  failure: 'failed',
  cancelled: 'failed',
  timed_out: 'failed',
  action_required: 'failed',
  stale: 'failed',
  startup_failure: 'failed'
}
const PENDING = ['queued', 'in_progress', 'waiting', 'requested', 'pending']
const STATUSES: Readonly<Record<string, CheckState>> = {
  success: 'passed',
  pending: 'pending',
  failure: 'failed',
  error: 'failed'
}

// Only its own members: an object also knows words that nobody wrote down.
const stateIn = (known: Readonly<Record<string, CheckState>>, word: string): CheckState =>
  (Object.hasOwn(known, word) ? known[word] : undefined) ?? 'unknown'

/** A check or a workflow run, by its two words. A word that we do not know is no pass. */
export function stateOfCheck(status: string, conclusion: string): CheckState {
  if (status === 'completed') return stateIn(CONCLUSIONS, conclusion)
  return PENDING.includes(status) ? 'pending' : 'unknown'
}

/**
 * Whether the commit's CI is what the checklist asks for; the refusal otherwise. Left out is what belongs to our own
 * workflow, since a deployment cannot wait for itself, nor does an earlier try of it speak of the commit.
 */
export function decideCi(rule: CiRule, facts: CommitFacts, runId: string): ChecklistError | undefined {
  const entries = ciEntries(facts, runId)
  if (typeof rule === 'object') return decideNamed(rule, entries, facts.commit)
  const bad = entries.filter(({ state }) => state !== 'passed' && state !== 'skipped')
  if (bad.length > 0) return notGreen(facts.commit, bad)
  if (rule === 'if-any' || entries.some(({ state }) => state === 'passed')) return undefined
  return refused(
    'ci_not_green',
    `expected a check that passed for ${facts.commit.slice(0, 12)}, found none`,
    'Let CI run on this commit; where there is none, say `ci: if-any` in the checklist.'
  )
}

/** Whatever speaks of the commit and is none of our own workflow's. */
export function ciEntries({ checks, statuses, runs }: CommitFacts, runId: string): readonly Entry[] {
  const own = runs.find(({ id }) => runId !== '' && id === runId)
  const isOwn = (run: CommitRun) =>
    run.ours || (own !== undefined && (run.id === own.id || (own.workflow !== '' && run.workflow === own.workflow)))
  const left = runs.filter(isOwn)
  const apart = (check: CheckRun) =>
    (check.runId !== '' && (check.runId === runId || left.some(({ id }) => id === check.runId))) ||
    (check.suite !== '' && left.some(({ suite }) => suite === check.suite))
  return [
    ...checks.filter(check => !apart(check)).map(({ name, status, conclusion }) => entry(name, status, conclusion)),
    ...runs.filter(run => !isOwn(run)).map(({ name, status, conclusion }) => entry(name, status, conclusion)),
    ...statuses.map(({ context, state }) => ({ name: context, state: stateIn(STATUSES, state), said: state }))
  ]
}

const entry = (name: string, status: string, conclusion: string): Entry => ({
  name,
  state: stateOfCheck(status, conclusion),
  said: (status === 'completed' ? conclusion : status) || 'nothing'
})

/** Each name must be there and have passed; what is skipped proves nothing. Names are those of checks, statuses, workflows. */
function decideNamed(names: readonly string[], entries: readonly Entry[], commit: string): ChecklistError | undefined {
  const bad = names.flatMap((name): readonly Entry[] => {
    const found = entries.filter(other => other.name === name)
    if (found.length === 0) return [{ name, state: 'unknown', said: 'not there' }]
    return found.filter(({ state }) => state !== 'passed')
  })
  return bad.length === 0 ? undefined : notGreen(commit, bad)
}

const SHOWN = 10

function notGreen(commit: string, bad: readonly Entry[]): ChecklistError {
  const shown = bad.slice(0, SHOWN).map(({ name, said }) => `${oneLine(name)} is ${oneLine(said)}`)
  const more = bad.length > SHOWN ? `, and ${bad.length - SHOWN} more` : ''
  const pending = bad.every(({ state }) => state === 'pending')
  return refused(
    'ci_not_green',
    `expected the checks of ${commit.slice(0, 12)} to have passed: ${shown.join(', ')}${more}`,
    pending
      ? 'Wait until they are done, then re-run this job.'
      : 'Mend them or run them again, then re-run this job; `ci: [NAMES]` in the checklist asks for some only.'
  )
}
