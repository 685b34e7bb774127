import type { AskingJob, DeploymentWords, WantedDeployment } from '../core/deployments/deployment.js'
import type { Listed, RunJob } from '../core/deployments/own.js'
import { MOST_CHARACTERS } from '../core/deployments/status.js'
import { unavailable } from '../core/errors.js'
import { isObject, parseJson } from '../core/json.js'
import type { GitHub } from './github.js'
import { entriesIn, type Members, membersOf } from './members.js'
import { readJobs } from './runs.js'

/** `byJob`: written with the token that GitHub gives to jobs. */
export type Status = Readonly<{ state: string; description: string; logUrl: string; byJob: boolean }>

/** GitHub's operations on deployments, one request each, which decide nothing. */
export type DeploymentsApi = ReturnType<typeof openDeploymentsApi>

const ALL = '/repos/{owner}/{repo}/deployments'
const ONE = `${ALL}/{deployment_id}`
/** Under this name the payload of one that we made says whose it is. */
const MARK = 'deploy-checklist'

export function openDeploymentsApi(github: GitHub) {
  return {
    /** Newest first, the newest hundred. */
    list: async (filter: Readonly<{ environment?: string; sha?: string }>, level: 'read' | 'write' = 'write') => {
      const { data } = await github.ask<unknown>({
        method: 'GET',
        path: ALL,
        parameters: { ...filter, per_page: 100 },
        needs: `deployments: ${level}`,
        what: `list the deployments${filter.environment === undefined ? '' : ` to ${filter.environment}`}`
      })
      return entriesIn({ deployments: data }, 'deployments').map(listedFrom)
    },
    /** Newest first, the newest hundred. */
    statuses: async (id: string, level: 'read' | 'write' = 'write'): Promise<readonly Status[]> => {
      const { data } = await github.ask<unknown>({
        method: 'GET',
        path: `${ONE}/statuses`,
        parameters: { deployment_id: Number(id), per_page: 100 },
        needs: `deployments: ${level}`,
        what: `tell the statuses of deployment ${id}`
      })
      return entriesIn({ statuses: data }, 'statuses').map(statusFrom)
    },
    jobs: async ({ runId, runAttempt }: AskingJob): Promise<readonly RunJob[]> =>
      await readJobs(github, runId, runAttempt),
    create: async ({ execution, environment, commit, description }: WantedDeployment): Promise<Listed> => {
      const { data } = await github.ask<unknown>({
        method: 'POST',
        path: ALL,
        parameters: {
          ...{ ref: commit, environment, description: description.slice(0, MOST_CHARACTERS) },
          // Nothing is merged, and whether the commit's checks passed was asked before, as the checklist has it.
          ...{ auto_merge: false, required_contexts: [] },
          ...{ payload: { [MARK]: execution }, production_environment: isProduction(environment) }
        },
        needs: 'deployments: write',
        what: `create a deployment to ${environment}`
      })
      const made = listedFrom(membersOf(data))
      // 202: GitHub has merged something, and deployed nothing.
      if (made.id === '') throw notMade(environment)
      return made
    },
    /** False where `orGone` and there is no such deployment any more. */
    report: async (id: string, words: DeploymentWords, orGone = false): Promise<boolean> => {
      const { state, description, environmentUrl, logUrl, endsOthers } = words
      const { status } = await github.ask<unknown>({
        method: 'POST',
        path: `${ONE}/statuses`,
        parameters: {
          ...{ deployment_id: Number(id), state, description: description.slice(0, MOST_CHARACTERS) },
          ...(environmentUrl !== '' && { environment_url: environmentUrl }),
          ...(logUrl !== '' && { log_url: logUrl }),
          auto_inactive: endsOthers
        },
        needs: 'deployments: write',
        what: `write a status of deployment ${id}`,
        ...(orGone && { expect: [404] })
      })
      return status !== 404
    },
    remove: async (id: string): Promise<void> => {
      await github.ask({
        method: 'DELETE',
        path: ONE,
        parameters: { deployment_id: Number(id) },
        needs: 'deployments: write',
        what: `delete deployment ${id}, which was made twice`,
        expect: [404],
        repeatable: true
      })
    }
  }
}

/** As GitHub itself takes it where nobody says. */
export const isProduction = (environment: string): boolean => environment === 'production'

const notMade = (environment: string) =>
  unavailable(
    'github_unavailable',
    `GitHub did not create a deployment to ${environment}: expected one, found something else`,
    'Look at the deployments of the environment on GitHub.'
  )

const listedFrom = (deployment: Members): Listed => ({
  id: deployment.number('id'),
  sha: deployment.text('sha'),
  environment: deployment.text('environment'),
  app: deployment.inner('performed_via_github_app').text('slug'),
  execution: executionIn(deployment)
})

/** A payload comes as it was sent, or as JSON text. */
function executionIn(deployment: Members): string {
  const text = deployment.text('payload')
  if (text === '') return deployment.inner('payload').text(MARK)
  const parsed = parseJson(text)
  const execution = isObject(parsed) ? parsed[MARK] : undefined
  return typeof execution === 'string' ? execution : ''
}

const statusFrom = (status: Members): Status => ({
  state: status.text('state'),
  description: status.text('description'),
  logUrl: status.text('log_url') || status.text('target_url'),
  byJob: status.inner('creator').text('login') === 'github-actions[bot]'
})
