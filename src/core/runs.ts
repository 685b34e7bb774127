/** One workflow run as GitHub tells of it; logins and times are empty where it says nothing. */
export type WorkflowRun = Readonly<{
  id: string
  attempt: number
  /** Such as `in_progress` or `completed`. */
  status: string
  conclusion: string
  /** When the first attempt was made. */
  createdAt: string
  event: string
  /** Who started the first attempt: for a push, who pushed. */
  actor: string
  /** Who started this attempt. */
  triggeredBy: string
  /** `owner/name`. */
  repository: string
}>

/** What came of asking for a run. `why` says what kept us from knowing, in words for a refusal. */
export type RunAnswer = Readonly<{ run: WorkflowRun } | { unknown: string }>

/** A job of one attempt of a run; empty is what GitHub does not say. */
export type JobOfRun = Readonly<{ name: string; status: string; conclusion: string; runner: string }>
export type JobsAnswer = Readonly<{ jobs: readonly JobOfRun[] } | { unknown: string }>

/** Workflow runs of our own repository. Never throws for what GitHub did not tell: that is an answer here. */
export interface Runs {
  /** That attempt of the run; without one, its newest. */
  read(runId: string, attempt?: number): Promise<RunAnswer>
  jobs(runId: string, attempt: number): Promise<JobsAnswer>
}

export type HolderRun = Readonly<{ runId: string; runAttempt?: number; repository?: string }>
export type RunLife = Readonly<{ state: 'alive' | 'dead' | 'unknown'; because: string }>

/** Where a holder's run cannot be asked for at all. */
export function notOurs({ runId, repository }: HolderRun, ours: string): RunLife | undefined {
  if (repository === undefined || repository.toLowerCase() === ours.toLowerCase()) return undefined
  return { state: 'unknown', because: `its run ${runId} belongs to ${repository}, and only ${ours} can be asked here` }
}

/** A holder is dead when its run is over. An answer about something else, or a word that we do not know, is no death. */
export function lifeOfRun({ runId, runAttempt }: HolderRun, answer: RunAnswer): RunLife {
  if ('unknown' in answer) return { state: 'unknown', because: answer.unknown }
  const { run } = answer
  if (run.id !== runId) return { state: 'unknown', because: `asked for run ${runId}, GitHub told of run ${run.id}` }
  const named = `attempt ${run.attempt} of run ${runId}`
  // A later attempt can only be there when the holder's own is over.
  if (runAttempt !== undefined && run.attempt > runAttempt) return { state: 'dead', because: `${named} came after it` }
  if (runAttempt !== undefined && run.attempt < runAttempt)
    return { state: 'unknown', because: `asked for attempt ${runAttempt}, GitHub told of ${named}` }
  if (run.status === 'completed')
    return { state: 'dead', because: `${named} is over (${run.conclusion || 'completed'})` }
  if (GOING.includes(run.status)) return { state: 'alive', because: `${named} is ${run.status}` }
  return { state: 'unknown', because: `${named} is ${JSON.stringify(run.status)}, which says nothing` }
}

const GOING = ['queued', 'in_progress', 'waiting', 'requested', 'pending']

/**
 * Whether the job that was on that runner has died while its run goes on. One that succeeded has left what it began to a
 * later job of its run, and one that GitHub does not tell of may be any. A runner takes one job at a time, and may have
 * had several: `isRunner` knows its name, also where that is concealed.
 */
export function lifeOfJob(isRunner: (name: string) => boolean, answer: JobsAnswer): RunLife {
  if ('unknown' in answer) return { state: 'unknown', because: answer.unknown }
  const own = answer.jobs.filter(({ runner }) => runner !== '' && isRunner(runner))
  const last = own.at(-1)
  if (last === undefined) return { state: 'unknown', because: 'none of the jobs of its run was on its runner' }
  const going = own.find(({ status }) => status !== 'completed')
  if (going !== undefined) return { state: 'alive', because: `its job ${going.name} is ${going.status}` }
  const left = own.find(({ conclusion }) => conclusion === 'success')
  if (left !== undefined) return { state: 'unknown', because: `its job ${left.name} succeeded, and its run goes on` }
  return { state: 'dead', because: `its job ${last.name} is over (${last.conclusion || 'completed'})` }
}
