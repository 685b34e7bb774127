import type { Deployment, Deployments, DeploymentWords, WantedDeployment } from '../core/deployments/deployment.js'
import { jobOn, type Listed, madeFor, madeTooLate, matchOf, ofJobs, type RunJob } from '../core/deployments/own.js'
import { headIn } from '../core/deployments/status.js'
import { ChecklistError } from '../core/errors.js'
import { type DeploymentsApi, openDeploymentsApi } from './deployments-api.js'
import type { GitHub } from './github.js'
import { onceOnly } from './once-only.js'
import { unreadable } from './unreadable.js'

// So many are looked into: older ones are of other runs, or behind the newest by their chain.
const MOST = 30

/** Deployments of our repository: they take `deployments: write`, and for verify `deployments: read`. */
export function openDeployments(github: GitHub): Deployments {
  const api = openDeploymentsApi(github)
  return {
    take: async wanted => {
      const listed = await listFor(api, wanted.environment, wanted.job.sha || wanted.commit)
      const own = await findOwn(api, wanted, ofJobs(listed).slice(0, MOST))
      if (own !== undefined) return own
      const made = madeFor(wanted.execution, listed)
      if (made !== undefined) return known(made, false, '')
      if (wanted.make === 'never') return undefined
      return await make(api, wanted)
    },
    report: async (id, words, how) => {
      if (how === 'unless-said' && (await isSaid(api, id, words))) return
      await onceOnly(
        () => api.report(id, words),
        async () => ((await isSaid(api, id, words)) ? true : undefined)
      )
    },
    heads: async environments => {
      try {
        return await readHeads(api, environments)
      } catch (error) {
        const { why, hint } = unreadable(error)
        return { kind: 'unreadable', why, hint }
      }
    }
  }
}

/**
 * To GitHub an environment's name is the same in capitals, and a job may have written it otherwise than the checklist:
 * before there is none, all of the commit's are looked through.
 */
async function listFor(api: DeploymentsApi, environment: string, sha: string): Promise<readonly Listed[]> {
  const named = await api.list({ environment, sha })
  if (named.length > 0) return named
  return (await api.list({ sha })).filter(one => one.environment.toLowerCase() === environment.toLowerCase())
}

/** The newest one whose log is that of our job; where nobody can say which job is ours, that of our run. */
async function findOwn(
  api: DeploymentsApi,
  { job, make: making }: WantedDeployment,
  candidates: readonly Listed[]
): Promise<Deployment | undefined> {
  if (candidates.length === 0 || job.runId === '') return undefined
  const jobId = jobOn(job.runner, await jobsOf(api, job))
  const ofRun: Deployment[] = []
  for (const candidate of candidates) {
    const logs = (await api.statuses(candidate.id)).map(({ logUrl }) => logUrl).filter(url => url !== '')
    const match = matchOf(logs, job, jobId)
    if (match === 'another') continue
    const found = known(candidate, true, logs[0] ?? '')
    if (match === 'this-job') return found
    ofRun.push(found)
  }
  // A later attempt's own one is newer than those of the attempts before it.
  return making === 'unless-certain' && ofRun.length > 1 ? undefined : ofRun[0]
}

/** Without `actions: read` nobody knows which job is ours, which is no reason to do without the deployment. */
async function jobsOf(api: DeploymentsApi, job: WantedDeployment['job']): Promise<readonly RunJob[]> {
  try {
    return job.runner === '' ? [] : await api.jobs(job)
  } catch (error) {
    if (error instanceof ChecklistError && error.reason === 'missing_permission') return []
    throw error
  }
}

/** Makes one; where two at once did, the first one stays, whoever made it. */
async function make(api: DeploymentsApi, wanted: WantedDeployment): Promise<Deployment> {
  const { commit: sha, environment, execution } = wanted
  const listed = async () => await listFor(api, environment, sha)
  // Listed under another commit than the run's, it may be there from before.
  const before = sha === (wanted.job.sha || sha) ? undefined : madeFor(execution, await listed())
  if (before !== undefined) return known(before, false, '')
  const made = await onceOnly(
    () => api.create(wanted),
    async () => madeFor(execution, await listed())
  )
  const all = await listed()
  for (const late of madeTooLate(execution, all)) await retire(api, late)
  return known(madeFor(execution, all) ?? made, false, '')
}

/** GitHub deletes only what is not active. Whoever else retires it at this moment is welcome to. */
async function retire(api: DeploymentsApi, { id }: Listed): Promise<void> {
  const words = {
    state: 'inactive',
    description: 'made twice',
    environmentUrl: '',
    logUrl: '',
    endsOthers: false
  } as const
  if (await api.report(id, words, true)) await api.remove(id)
}

/** Whether the newest status of ours, or of GitHub's after it, is this one. */
async function isSaid(api: DeploymentsApi, id: string, { state, description }: DeploymentWords): Promise<boolean> {
  const statuses = await api.statuses(id)
  return statuses.some(status => status.state === state && status.description === description)
}

async function readHeads(api: DeploymentsApi, environments: readonly string[]) {
  const lists =
    environments.length === 0
      ? [await api.list({}, 'read')]
      : await Promise.all(environments.map(environment => api.list({ environment }, 'read')))
  const newest = lists.flatMap(list => list.slice(0, MOST))
  const heads = []
  for (const { id } of newest) {
    const found = (await api.statuses(id, 'read')).map(({ description }) => headIn(description))
    heads.push(...found.filter(head => head !== undefined))
  }
  const unique = new Map(heads.map(head => [`${head.id}:${head.seq}:${head.hash}`, head]))
  return { kind: 'read', heads: [...unique.values()], deployments: newest.length } as const
}

const known = ({ id, environment, sha }: Listed, own: boolean, logUrl: string): Deployment => ({
  ...{ id, environment, sha, own, logUrl }
})
