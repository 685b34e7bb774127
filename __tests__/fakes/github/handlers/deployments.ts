import { ciOf } from '../ci-state.js'
import { bodyOf, jobBody, statusBody } from '../deployment-bodies.js'
import { absent, failure, type Handler, type HandlerRequest, type Handlers, paged } from '../handler.js'
import type { FakeState } from '../state.js'

export type FakeStatusOfDeployment = Readonly<{
  id: number
  state: string
  description: string
  environmentUrl: string
  logUrl: string
  at: number
  /** Who wrote it; absent: a job's token. */
  by?: string
}>
export type FakeDeployment = Readonly<{
  id: number
  sha: string
  ref: string
  environment: string
  payload: unknown
  description: string
  transient: boolean
  production: boolean
  /** Empty for a person's own. */
  app: string
  at: number
  /** Oldest first. */
  statuses: FakeStatusOfDeployment[]
}>
export type FakeJob = Readonly<{
  id: number
  run: number
  attempt: number
  runner: string
  status: string
  conclusion?: string
}>
export type Deployed = {
  all: FakeDeployment[]
  jobs: FakeJob[]
  /** Refs that GitHub does not know. */
  unknownRefs: Set<string>
  /** True: the ref lacks commits of the default branch, which GitHub merges unless it is told not to. */
  behind: boolean
}

export const deployedOf = (state: FakeState): Deployed =>
  state.area<Deployed>('deployments', () => ({ all: [], jobs: [], unknownRefs: new Set(), behind: false }))

/** What GitHub does when a job with `environment:` begins: a deployment of its own, in progress, with the job's log. */
export function beginJob(
  state: FakeState,
  { environment = '', sha = '', ...job }: Partial<FakeJob> & Readonly<{ environment?: string; sha?: string }>
): FakeDeployment | undefined {
  const { all, jobs } = deployedOf(state)
  const begun = { id: state.nextId(), run: 77, attempt: 1, runner: 'runner 1', status: 'in_progress', ...job }
  jobs.push(begun)
  if (environment === '') return undefined
  const made = deployment(state, { sha, ref: 'main', environment, app: ACTIONS })
  all.push(made)
  const logUrl = `https://github.com/${state.repository}/actions/runs/${begun.run}/job/${begun.id}`
  for (const word of ['queued', 'in_progress']) push(state, made, { state: word, logUrl })
  return made
}

/** And when it ends: the last status, and those that were live before are inactive. */
export function endJob(state: FakeState, made: FakeDeployment, word: 'success' | 'failure', environmentUrl = ''): void {
  const logUrl = made.statuses[0]?.logUrl ?? ''
  push(state, made, { state: word, logUrl, environmentUrl })
  if (word === 'success')
    for (const other of liveBeside(state, made)) push(state, other, { state: 'inactive', logUrl: '' })
}

export const lastOf = ({ statuses }: FakeDeployment): string => statuses.at(-1)?.state ?? ''

const ACTIONS = 'github-actions'
const LONGEST = 140

const deployment = (
  state: FakeState,
  some: Pick<FakeDeployment, 'sha' | 'ref' | 'environment' | 'app'> & Partial<FakeDeployment>
): FakeDeployment => ({
  ...{ id: state.nextId(), payload: '', description: '', transient: false, at: state.now(), statuses: [] },
  production: some.environment === 'production',
  ...some
})

function push(state: FakeState, to: FakeDeployment, some: Partial<FakeStatusOfDeployment>): FakeStatusOfDeployment {
  const status = {
    ...{ id: state.nextId(), state: '', description: '', environmentUrl: '', logUrl: '', at: state.now() },
    ...some
  }
  to.statuses.push(status)
  return status
}

const liveBeside = (state: FakeState, made: FakeDeployment): readonly FakeDeployment[] =>
  deployedOf(state).all.filter(
    other => other !== made && other.environment === made.environment && lastOf(other) === 'success'
  )

/** Deployments with their statuses, and the jobs of runs: a job with an environment makes its own by `beginJob`. */
export const handlers: Handlers = {
  'repos/list-deployments': (request, state) => {
    const { sha, ref, environment } = request.query
    const found = deployedOf(state).all.filter(
      one =>
        (sha === undefined || one.sha === sha) &&
        (ref === undefined || one.ref === ref) &&
        (environment === undefined || one.environment === environment)
    )
    return paged(
      request,
      found.toReversed().map(one => bodyOf(one, state, request.base))
    )
  },
  'repos/get-deployment': named((one, request, state) => ({ status: 200, body: bodyOf(one, state, request.base) })),
  'repos/create-deployment': created,
  'repos/delete-deployment': named((one, _, state) => {
    const { all } = deployedOf(state)
    if (all.length > 1 && lastOf(one) !== 'inactive')
      return failure(
        422,
        'We cannot delete an active deployment unless it is the only deployment in a given environment.'
      )
    all.splice(all.indexOf(one), 1)
    return { status: 204 }
  }),
  'repos/list-deployment-statuses': named((one, request, state) =>
    paged(
      request,
      one.statuses.toReversed().map(status => statusBody(status, one, state, request.base))
    )
  ),
  'repos/create-deployment-status': named((one, request, state) => {
    const {
      state: word,
      description = '',
      environment_url = '',
      log_url = '',
      target_url = '',
      auto_inactive = true
    } = request.body
    if (description.length > LONGEST) return failure(422, `description is too long (maximum is ${LONGEST} characters)`)
    const status = push(state, one, {
      state: word,
      description,
      environmentUrl: environment_url,
      logUrl: log_url || target_url
    })
    const others = word === 'success' && auto_inactive ? liveBeside(state, one) : []
    for (const other of others.filter(({ transient, production }) => !transient && !production))
      push(state, other, { state: 'inactive' })
    return { status: 201, body: statusBody(status, one, state, request.base) }
  }),
  'actions/list-jobs-for-workflow-run-attempt': (request, state) => {
    const { run_id, attempt_number } = request.params
    const own = deployedOf(state).jobs.filter(
      ({ run, attempt }) => String(run) === run_id && String(attempt) === attempt_number
    )
    return paged(
      request,
      own.map(job => jobBody(job, state, request.base)),
      (page, total) => ({ total_count: total, jobs: page })
    )
  }
}

function named(
  answer: (one: FakeDeployment, request: HandlerRequest, state: FakeState) => ReturnType<Handler>
): Handler {
  return (request, state) => {
    const one = deployedOf(state).all.find(({ id }) => String(id) === request.params['deployment_id'])
    return one === undefined ? absent() : answer(one, request, state)
  }
}

function created({ body, base, token }: HandlerRequest, state: FakeState): ReturnType<Handler> {
  const { ref, environment = 'production', payload = '', description = '', auto_merge = true, required_contexts } = body
  const { all, unknownRefs, behind } = deployedOf(state)
  if (unknownRefs.has(ref)) return failure(422, `No ref found for: ${ref}`)
  if ((description ?? '').length > LONGEST) return failure(422, 'description is too long (maximum is 140 characters)')
  if (auto_merge && behind) return { status: 202, body: { message: 'Auto-merged main into it on deployment.' } }
  const pending = ciOf(state).statuses.some(({ sha, state: word }) => sha === ref && word !== 'success')
  if (required_contexts === undefined && pending)
    return failure(409, `Conflict: Commit status checks failed for ${ref}.`)
  const made = deployment(state, {
    ...{ sha: ref, ref, environment, payload, description: description ?? '' },
    transient: body.transient_environment ?? false,
    production: body.production_environment ?? environment === 'production',
    app: state.tokens.get(token)?.kind === 'installation' ? ACTIONS : ''
  })
  all.push(made)
  return { status: 201, body: bodyOf(made, state, base) }
}
