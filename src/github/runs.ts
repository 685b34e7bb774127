import type { Untold } from '../core/approval.js'
import type { RunJob } from '../core/deployments/own.js'
import { ChecklistError } from '../core/errors.js'
import { isRunner } from '../core/kept.js'
import type { Liveness } from '../core/ports.js'
import type { ProcessIdentity } from '../core/records.js'
import {
  type HolderRun,
  type JobOfRun,
  lifeOfJob,
  lifeOfRun,
  notOurs,
  type RunAnswer,
  type RunLife,
  type Runs,
  type WorkflowRun
} from '../core/runs.js'
import type { GitHub } from './github.js'
import { entriesIn, type Members, membersOf } from './members.js'

/** Workflow runs of the repository. What GitHub told once of an attempt that is over is not asked for again. */
export function openRuns(github: GitHub): Runs {
  const over = new Map<string, RunAnswer>()
  return {
    read: async (runId, attempt) => {
      const key = `${runId}/${attempt ?? ''}`
      const known = over.get(key)
      if (known !== undefined) return known
      const answer = await orUnknown(() => readRun(github, runId, attempt))
      if (attempt !== undefined && 'run' in answer && answer.run.status === 'completed') over.set(key, answer)
      return answer
    },
    jobs: async (runId, attempt) => await orUnknown(async () => ({ jobs: await readJobs(github, runId, attempt) }))
  }
}

async function readRun(github: GitHub, runId: string, attempt: number | undefined): Promise<RunAnswer> {
  if (!/^\d+$/.test(runId)) return { unknown: `${JSON.stringify(runId)} is no id of a workflow run` }
  const whole = '/repos/{owner}/{repo}/actions/runs/{run_id}'
  const { status, data } = await github.ask<unknown>({
    method: 'GET',
    path: attempt === undefined ? whole : `${whole}/attempts/{attempt_number}`,
    parameters: { run_id: Number(runId), ...(attempt !== undefined && { attempt_number: attempt }) },
    needs: 'actions: read',
    what: `tell of the workflow run ${runId}`,
    expect: [404]
  })
  // A deleted run, a run of another repository and a token that must not know of it all look like this.
  if (status === 404) return { unknown: `GitHub knows no run ${runId} of ${github.repository}` }
  const run = runFrom(membersOf(data))
  const elsewhere = notOurs({ runId, repository: run.repository || github.repository }, github.repository)
  return elsewhere === undefined ? { run } : { unknown: elsewhere.because }
}

/** The jobs of one attempt of a run. */
export async function readJobs(
  github: GitHub,
  runId: string,
  attempt: number
): Promise<readonly (JobOfRun & RunJob)[]> {
  const entries = await github.all<Members>(
    {
      method: 'GET',
      path: '/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs',
      parameters: { run_id: Number(runId), attempt_number: attempt },
      needs: 'actions: read',
      what: `tell the jobs of the workflow run ${runId}`
    },
    page => entriesIn(page, 'jobs')
  )
  return entries.map(job => ({
    id: job.number('id'),
    name: job.text('name'),
    status: job.text('status'),
    conclusion: job.text('conclusion'),
    runner: job.text('runner_name')
  }))
}

/** A workflow run as the API's answers and lists have it. */
export const runFrom = (run: Members): WorkflowRun => ({
  id: run.number('id'),
  attempt: Number(run.number('run_attempt') || '1'),
  status: run.text('status'),
  conclusion: run.text('conclusion'),
  createdAt: run.text('created_at'),
  event: run.text('event'),
  actor: run.inner('actor').text('login'),
  triggeredBy: run.inner('triggering_actor').text('login'),
  repository: run.inner('repository').text('full_name')
})

/** What GitHub would not or could not tell is an answer here: who asks must not take it for anything else. */
export async function orUnknown<T>(ask: () => Promise<T>): Promise<T | Untold> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof ChecklistError)) throw error
    const { message, hint, reason } = error
    return { unknown: `${message}. ${hint}`, reason, hint }
  }
}

/**
 * The machine's own answer, and where it has none GitHub's: a holder of Actions is dead when its run is over, and when the
 * job that it was in has died while its run goes on. A later attempt of the same run knows that without asking.
 */
export function livenessOnGitHub(machine: Liveness, runs: Runs, repository: string): Liveness {
  const said = new Map<string, string>()
  // Without the host: a ledger that everybody can read conceals it.
  const keyOf = ({ runId, runAttempt, pid, startedAt }: ProcessIdentity) =>
    [runId, runAttempt, pid, startedAt].join(' ')
  const tell = (process: ProcessIdentity, { state, because }: RunLife) => {
    said.set(keyOf(process), because)
    return state
  }
  return {
    self: async () => {
      const self = await machine.self()
      return self.runId === undefined ? self : { ...self, repository }
    },
    state: async process => {
      said.delete(keyOf(process))
      const state = await machine.state(process)
      const { runId, runAttempt } = process
      if (state !== 'unknown' || runId === undefined) return state
      const run = { runId, ...(runAttempt !== undefined && { runAttempt }), ...owner(process) }
      const life = await askRun(run, runs, repository)
      const job = life.state === 'alive' ? await askJob(process, runs) : undefined
      return tell(process, job?.state === 'dead' ? job : life)
    },
    ofJob: async process => {
      // A name that is ours may have been another machine's before.
      const { runner } = await machine.self()
      const known = process.runner !== undefined && runner !== undefined && isRunner(process.runner, runner)
      const life = known ? undefined : await askJob(process, runs)
      return life === undefined ? 'unknown' : tell(process, life)
    },
    because: process => said.get(keyOf(process)) ?? machine.because?.(process) ?? ''
  }
}

const owner = ({ repository }: ProcessIdentity) => (repository === undefined ? {} : { repository })

async function askRun(run: HolderRun, runs: Runs, repository: string): Promise<RunLife> {
  return notOurs(run, repository) ?? lifeOfRun(run, await runs.read(run.runId, run.runAttempt))
}

async function askJob({ runId, runAttempt, runner }: ProcessIdentity, runs: Runs): Promise<RunLife | undefined> {
  if (runId === undefined || runAttempt === undefined || runner === undefined) return undefined
  return lifeOfJob(name => isRunner(runner, name), await runs.jobs(runId, runAttempt))
}
