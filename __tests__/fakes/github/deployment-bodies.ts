import type { FakeDeployment, FakeJob, FakeStatusOfDeployment } from './handlers/deployments.js'
import { app } from './handlers/runs.js'
import { account, type FakeState } from './state.js'

const timeOf = (at: number): string => new Date(at).toISOString().replace('.000', '')

export function bodyOf(one: FakeDeployment, { repository }: FakeState, base: string) {
  const url = `${base}/repos/${repository}/deployments/${one.id}`
  const by = one.app === '' ? 'ada' : 'github-actions[bot]'
  return {
    ...{ url, id: one.id, node_id: `DE_${one.id}`, sha: one.sha, ref: one.ref, task: 'deploy', payload: one.payload },
    ...{ original_environment: one.environment, environment: one.environment, description: one.description },
    ...{
      creator: account(by, base),
      created_at: timeOf(one.at),
      updated_at: timeOf(one.statuses.at(-1)?.at ?? one.at)
    },
    ...{ statuses_url: `${url}/statuses`, repository_url: `${base}/repos/${repository}` },
    ...{ transient_environment: one.transient, production_environment: one.production },
    performed_via_github_app: one.app === '' ? null : app(base)
  }
}

export function statusBody(
  status: FakeStatusOfDeployment,
  one: FakeDeployment,
  { repository }: FakeState,
  base: string
) {
  const url = `${base}/repos/${repository}/deployments/${one.id}`
  return {
    ...{ url: `${url}/statuses/${status.id}`, id: status.id, node_id: `DES_${status.id}`, state: status.state },
    ...{ creator: account(status.by ?? 'github-actions[bot]', base), description: status.description },
    ...{ environment: one.environment, environment_url: status.environmentUrl },
    ...{ target_url: status.logUrl, log_url: status.logUrl, deployment_url: url },
    ...{ repository_url: `${base}/repos/${repository}`, created_at: timeOf(status.at), updated_at: timeOf(status.at) },
    performed_via_github_app: one.app === '' ? null : app(base)
  }
}

export function jobBody(job: FakeJob, { repository }: FakeState, base: string) {
  const url = `${base}/repos/${repository}/actions`
  return {
    ...{
      id: job.id,
      run_id: job.run,
      run_url: `${url}/runs/${job.run}`,
      run_attempt: job.attempt,
      node_id: `J_${job.id}`
    },
    ...{
      head_sha: 'a'.repeat(40),
      url: `${url}/jobs/${job.id}`,
      html_url: null,
      status: job.status,
      conclusion: job.conclusion ?? null
    },
    ...{ created_at: '2026-01-05T09:30:00Z', started_at: '2026-01-05T09:30:00Z', completed_at: null, name: 'deploy' },
    ...{ check_run_url: `${base}/check-runs/${job.id}`, labels: [], runner_id: 1, runner_name: job.runner },
    ...{ runner_group_id: 1, runner_group_name: 'Default', workflow_name: 'deploy', head_branch: 'main' }
  }
}
