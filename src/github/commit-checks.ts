import type { CheckRun, CommitChecks, CommitFacts, CommitRun } from '../core/commit-checks.js'
import type { GitHub } from './github.js'
import { entriesIn, type Members } from './members.js'

/** A commit's checks, statuses and workflow runs, every page of them. */
export const openCommitChecks = (github: GitHub): CommitChecks => ({
  read: async (commit): Promise<CommitFacts> => {
    const [checks, statuses, runs] = await Promise.all([
      readChecks(github, commit),
      readStatuses(github, commit),
      readRuns(github, commit)
    ])
    return { commit, checks: checks.map(checkFrom), statuses, runs: runs.map(commitRunFrom) }
  }
})

const readChecks = async (github: GitHub, commit: string): Promise<readonly Members[]> =>
  await github.all(
    {
      method: 'GET',
      path: '/repos/{owner}/{repo}/commits/{ref}/check-runs',
      parameters: { ref: commit, filter: 'latest' },
      needs: 'checks: read',
      what: `tell the checks of ${commit.slice(0, 12)}`
    },
    page => entriesIn(page, 'check_runs')
  )

// The combined status has the newest one of each context; its own word is `pending` where there is none at all.
async function readStatuses(github: GitHub, commit: string): Promise<CommitFacts['statuses']> {
  const found = await github.all(
    {
      method: 'GET',
      path: '/repos/{owner}/{repo}/commits/{ref}/status',
      parameters: { ref: commit },
      needs: 'statuses: read',
      what: `tell the statuses of ${commit.slice(0, 12)}`
    },
    page => entriesIn(page, 'statuses')
  )
  return found.map(status => ({ context: status.text('context'), state: status.text('state') }))
}

const readRuns = async (github: GitHub, commit: string): Promise<readonly Members[]> =>
  await github.all(
    {
      method: 'GET',
      path: '/repos/{owner}/{repo}/actions/runs',
      parameters: { head_sha: commit },
      needs: 'actions: read',
      what: `tell the workflow runs of ${commit.slice(0, 12)}`
    },
    page => entriesIn(page, 'workflow_runs')
  )

/** Of a check that a job of Actions made, its address names the run. */
const checkFrom = (check: Members): CheckRun => ({
  name: check.text('name'),
  status: check.text('status'),
  conclusion: check.text('conclusion'),
  suite: check.inner('check_suite').number('id'),
  runId:
    check.inner('app').text('slug') === 'github-actions'
      ? (/\/actions\/runs\/(\d+)(?:\/|$)/.exec(check.text('details_url'))?.[1] ?? '')
      : ''
})

const OURS = /\/deploy-checklist\/\.github\/workflows\/(?:deploy|rollback|monitor|sign-off)\.ya?ml(?:@|$)/

const commitRunFrom = (run: Members): CommitRun => ({
  id: run.number('id'),
  name: run.text('name'),
  workflow: run.number('workflow_id'),
  status: run.text('status'),
  conclusion: run.text('conclusion'),
  suite: run.number('check_suite_id'),
  ours: run.list('referenced_workflows').some(called => OURS.test(called.text('path')))
})
