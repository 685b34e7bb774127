import { type ChecklistError, refused } from './errors.js'
import { type ExecutionRecord, isSuccess } from './execution.js'

/** A commit, and by whom it is on GitHub; logins are empty where GitHub knows nobody. */
export type CommitOnGitHub = Readonly<{ sha: string; author: string; committer: string }>

/** The commit that a ref stands at now; undefined when there is no such ref any more. */
export interface Refs {
  newest(ref: string): Promise<CommitOnGitHub | undefined>
}

/** The ref must not have moved on since the run began: else what is deployed is not what the ref says. */
export function decideNewest(
  { ref, commit }: Readonly<{ ref: string; commit: string }>,
  newest: string | undefined
): ChecklistError | undefined {
  if (newest === commit) return undefined
  const now =
    newest === undefined
      ? 'is not there any more, or may not be seen by this token'
      : `is at ${newest.slice(0, 12)} by now`
  return refused(
    'not_newest',
    `expected ${commit.slice(0, 12)} to be the newest commit of ${ref}, which ${now}`,
    'Start a new run on what is newest (re-running this one brings its old commit again). To deploy an older commit, run on a tag or branch that points there, or say `newest: false` in the checklist.'
  )
}

/** A run that is run again. `createdAt`: of its first attempt, as GitHub says it; empty where that is not known. */
export type Rerun = Readonly<{ runId: string; runAttempt: number; createdAt: string }>

/**
 * A run that is run again goes on with what it began; it must not bring an old release over what other runs have done
 * since. `records` are those of its environment, in any order.
 */
export function decideRerun(
  { runId, runAttempt, createdAt }: Rerun,
  records: readonly ExecutionRecord[]
): ChecklistError | undefined {
  if (runId === '' || runAttempt <= 1) return undefined
  const own = records.filter(record => record.runId === runId)
  const last = Math.max(0, ...own.map(({ number }) => number))
  const isLater = ({ number, startedAt }: ExecutionRecord) =>
    own.length > 0 ? number > last : Date.parse(startedAt) > Date.parse(createdAt)
  const newer = records.filter(record => changedIt(record) && isLater(record)).sort((a, b) => b.number - a.number)[0]
  if (newer === undefined) return undefined
  const what = `${newer.id} (${newer.purpose}, commit ${newer.commit.slice(0, 12)}, ${newer.status})`
  return refused(
    'superseded',
    `attempt ${runAttempt} of run ${runId} is outdated: ${what} has come since on ${newer.key.environment}`,
    'Start a new run instead of running this one again.'
  )
}

const changedIt = (record: ExecutionRecord): boolean =>
  record.purpose !== 'observe' && (record.acted || isSuccess(record.status))
