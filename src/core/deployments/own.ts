import type { AskingJob } from './deployment.js'

/** A deployment as GitHub lists it. `execution`: whose it is, where we made it; otherwise empty. */
export type Listed = Readonly<{ id: string; sha: string; environment: string; app: string; execution: string }>

/** A job of our own attempt. */
export type RunJob = Readonly<{ id: string; status: string; runner: string }>

/** The app that GitHub's own deployments are made by; also ours, which are made with the job's token. */
const ACTIONS = 'github-actions'

/** The one that was made for this execution; of several, which two at once may have made, the first. */
export const madeFor = (execution: string, listed: readonly Listed[]): Listed | undefined =>
  [...listed].filter(one => one.execution === execution).sort(byAge)[0]

/** Those that were made for this execution too late: another one stands for it already. */
export const madeTooLate = (execution: string, listed: readonly Listed[]): readonly Listed[] =>
  [...listed]
    .filter(one => one.execution === execution)
    .sort(byAge)
    .slice(1)

// Numbers that grow, and that may be longer than what a number holds exactly.
const byAge = (one: Listed, other: Listed): number =>
  one.id.length - other.id.length || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)

/** Those that GitHub may have made for a job, newest first as they came. */
export const ofJobs = (listed: readonly Listed[]): readonly Listed[] =>
  listed.filter(({ app, execution }) => app === ACTIONS && execution === '')

/** A runner has one job at a time, so that the one under way on ours is our own; undefined where that is not one. */
export function jobOn(runner: string, jobs: readonly RunJob[]): string | undefined {
  const found = jobs.filter(job => runner !== '' && job.runner === runner && job.status === 'in_progress')
  return found.length === 1 ? found[0]?.id : undefined
}

const LOG = /\/actions\/runs\/(\d+)(?:\/attempts\/\d+)?(?:\/jobs?\/(\d+))?(?:[/?#]|$)/

export type Match = 'this-job' | 'this-run' | 'another'

/** Whose log the statuses of a deployment lead to. Without the job's id it can only be told whether the run is ours. */
export function matchOf(
  logUrls: readonly string[],
  { runId }: Pick<AskingJob, 'runId'>,
  job: string | undefined
): Match {
  const named = logUrls.flatMap(url => {
    const [, run, ofJob] = LOG.exec(url) ?? []
    return run === runId ? [ofJob] : []
  })
  if (named.length === 0) return 'another'
  if (job === undefined) return 'this-run'
  if (named.includes(job)) return 'this-job'
  return named.every(ofJob => ofJob !== undefined) ? 'another' : 'this-run'
}
