import { ciOf, type FakeCheck, type FakeCommit, type FakeRun, type FakeStatus } from '../ci-state.js'
import { absent, failure, type Handlers, paged } from '../handler.js'
import { minimalRepository } from '../minimal-repository.js'
import { account, type FakeState } from '../state.js'

const AT = '2026-01-05T09:30:00Z'

/** Runs with their reviews, and what is known of a commit: who made it, checks, statuses. */
export const handlers: Handlers = {
  'actions/list-workflow-runs-for-repo': (request, state) => {
    const { runs } = ciOf(state)
    const wanted = request.query['head_sha']
    const newest = runs.filter(run => !runs.some(other => other.id === run.id && other.attempt > run.attempt))
    const found = newest.filter(({ sha }) => wanted === undefined || sha === wanted)
    const bodies = found.map(run => runBody(run, state, request.base))
    return paged(request, bodies, (page, total) => ({ total_count: total, workflow_runs: page }))
  },
  'actions/get-workflow-run': ({ params, base }, state) => {
    const attempts = ciOf(state).runs.filter(({ id }) => String(id) === params['run_id'])
    const run = attempts.sort((a, b) => b.attempt - a.attempt)[0]
    return run === undefined ? absent() : { status: 200, body: runBody(run, state, base) }
  },
  'actions/get-workflow-run-attempt': ({ params, base }, state) => {
    const run = ciOf(state).runs.find(
      ({ id, attempt }) => String(id) === params['run_id'] && String(attempt) === params['attempt_number']
    )
    return run === undefined ? absent() : { status: 200, body: runBody(run, state, base) }
  },
  'actions/re-run-workflow-failed-jobs': ({ params }, state) => {
    const { runs } = ciOf(state)
    const attempts = runs.filter(({ id }) => String(id) === params['run_id'])
    const run = attempts.sort((a, b) => b.attempt - a.attempt)[0]
    if (run === undefined) return absent()
    if (run.status !== 'completed') return failure(403, 'This workflow is already running')
    runs.push({ ...run, attempt: run.attempt + 1, status: 'queued', conclusion: null })
    return { status: 201, body: {} }
  },
  'actions/get-reviews-for-run': ({ params, base }, state) => {
    const { runs, reviews } = ciOf(state)
    if (!runs.some(({ id }) => String(id) === params['run_id'])) return absent()
    const own = reviews.filter(({ run }) => String(run) === params['run_id'])
    return {
      status: 200,
      body: own.map(({ state: word, who, words, environments }) => ({
        state: word,
        comment: words,
        user: account(who, base),
        environments: environments.map((name, index) => ({ id: index + 1, node_id: `E_${index}`, name }))
      }))
    }
  },
  'checks/list-for-ref': (request, state) => {
    const own = ciOf(state).checks.filter(({ sha }) => sha === request.params['ref'])
    const bodies = own.map((check, index) => checkBody(check, index + 1, state, request.base))
    return paged(request, bodies, (page, total) => ({ total_count: total, check_runs: page }))
  },
  'repos/get-combined-status-for-ref': (request, state) => {
    const { params, base } = request
    const sha = params['ref'] ?? ''
    const own = ciOf(state).statuses.filter(status => status.sha === sha)
    const bodies = own.map((status, index) => statusBody(status, index + 1, base))
    const word = own.every(status => status.state === 'success') && own.length > 0 ? 'success' : 'pending'
    return paged(request, bodies, (page, total) => ({
      ...{ state: word, sha, total_count: total, statuses: page, repository: minimalRepository(state, base) },
      ...{ commit_url: `${base}/commits/${sha}`, url: `${base}/commits/${sha}/status` }
    }))
  },
  'repos/get-commit': ({ params, base }, state) => {
    const commit = ciOf(state).commits.get(params['ref'] ?? '')
    if (commit === undefined) return failure(422, `No commit found for SHA: ${params['ref']}`)
    return { status: 200, body: commitBody(commit, base) }
  }
}

function runBody(run: FakeRun, state: FakeState, base: string) {
  const url = `${base}/repos/${state.repository}/actions/runs/${run.id}`
  const repository = minimalRepository(state, base)
  const person = { name: run.actor, email: `${run.actor}@example.com` }
  const links = ['jobs', 'logs', 'check_suite', 'cancel', 'rerun', 'artifacts', 'workflow']
  return {
    ...Object.fromEntries(links.map(link => [`${link}_url`, `${url}/${link}`])),
    ...{ id: run.id, node_id: `WFR_${run.id}`, name: run.name, head_branch: 'main', head_sha: run.sha },
    ...{ run_number: 1, run_attempt: run.attempt, display_title: run.name, event: run.event },
    ...{ status: run.status, conclusion: run.conclusion, path: '.github/workflows/a.yml', workflow_id: run.workflow },
    ...{ check_suite_id: run.id * 10, url, html_url: url, pull_requests: [], repository, head_repository: repository },
    ...{ created_at: run.createdAt, updated_at: run.createdAt, run_started_at: run.createdAt },
    ...{ actor: account(run.actor, base), triggering_actor: account(run.triggeredBy, base) },
    referenced_workflows: run.calls.map(path => ({ path, sha: run.sha })),
    head_commit: { id: run.sha, tree_id: run.sha, message: 'm', timestamp: AT, author: person, committer: person }
  }
}

function checkBody({ sha, name, status, conclusion, suite }: FakeCheck, id: number, state: FakeState, base: string) {
  const made = `https://github.com/${state.repository}/actions/runs/${suite}/job/${id}`
  const output = { title: null, summary: null, text: null, annotations_count: 0, annotations_url: base }
  return {
    ...{ id, node_id: `CR_${id}`, head_sha: sha, name, url: `${base}/check-runs/${id}`, html_url: made },
    ...{ details_url: made, status, conclusion, started_at: AT, completed_at: conclusion === null ? null : AT },
    ...{ external_id: '', check_suite: { id: suite * 10 }, output, app: app(base), pull_requests: [] }
  }
}

/** The app that a job's token belongs to. */
export const app = (base: string) => ({
  ...{ id: 15368, slug: 'github-actions', node_id: 'A_1', owner: account('github', base), name: 'GitHub Actions' },
  ...{ description: '', external_url: 'https://help.github.com', html_url: 'https://github.com/apps/github-actions' },
  ...{ created_at: AT, updated_at: AT, permissions: {}, events: [] }
})

const statusBody = ({ context, state }: FakeStatus, id: number, base: string) => ({
  ...{ id, node_id: `S_${id}`, context, state, description: null, target_url: null, avatar_url: null },
  ...{ url: `${base}/statuses/${id}`, created_at: AT, updated_at: AT }
})

/** A commit whose author or committer is nobody on GitHub has null there. */
function commitBody({ sha, author, committer }: FakeCommit, base: string) {
  const url = `${base}/commits/${sha}`
  const person = (login: string) => ({ name: login || 'x', email: 'x@example.com', date: AT })
  const known = (login: string) => (login === '' ? null : account(login, base))
  return {
    ...{ url, sha, node_id: `C_${sha}`, html_url: url, comments_url: url, parents: [] },
    commit: {
      ...{ url, message: 'm', comment_count: 0, tree: { sha, url } },
      ...{ author: person(author), committer: person(committer) }
    },
    ...{ author: known(author), committer: known(committer) }
  }
}
