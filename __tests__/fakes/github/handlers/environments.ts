import { absent, failure, type HandlerRequest, type Handlers, paged } from '../handler.js'
import { account, type FakeState } from '../state.js'

export type FakeReviewer = Readonly<{ type: 'User' | 'Team'; login: string }>
export type FakePolicy = Readonly<{ id: number; node_id: string; name: string; type: 'branch' | 'tag' }>
export type FakeEnvironment = {
  id: number
  waitMinutes: number
  preventSelfReview: boolean
  adminsBypass: boolean
  reviewers: readonly FakeReviewer[]
  branches: 'all' | 'protected' | 'custom'
  policies: readonly FakePolicy[]
}
export type Environments = {
  /** False: a private repository whose plan has neither reviewers nor wait timers. */
  hasReviewers: boolean
  /** False: an older server, which neither tells nor takes it. */
  knowsBypass: boolean
  all: Map<string, FakeEnvironment>
}

export const environmentsOf = (state: FakeState): Environments =>
  state.area('environments', () => ({ hasReviewers: true, knowsBypass: true, all: new Map() }))

/** As the settings page would make it; by default it is as open as one that a job has named. */
export function addEnvironment(state: FakeState, name: string, more: Partial<FakeEnvironment> = {}): FakeEnvironment {
  const made: FakeEnvironment = {
    id: state.nextId(),
    waitMinutes: 0,
    preventSelfReview: false,
    adminsBypass: true,
    reviewers: [],
    branches: 'all',
    policies: [],
    ...more
  }
  environmentsOf(state).all.set(name, made)
  return made
}

export const policy = (id: number, name: string, type: 'branch' | 'tag' = 'branch'): FakePolicy => ({
  id,
  node_id: `P_${id}`,
  name,
  type
})

export const handlers: Handlers = {
  'repos/get-all-environments': (request, state) =>
    paged(request, [...environmentsOf(state).all.keys()], (names, total) => ({
      total_count: total,
      environments: names.map(name => shown(name, request, state))
    })),
  'repos/get-environment': (request, state) => {
    const name = request.params['environment_name'] ?? ''
    return environmentsOf(state).all.has(name) ? { status: 200, body: shown(name, request, state) } : absent()
  },
  'repos/create-or-update-environment': written,
  'repos/list-deployment-branch-policies': (request, state) => {
    const found = named(request, state)
    if (found === undefined) return absent()
    return paged(request, found.policies, (page, total) => ({ total_count: total, branch_policies: page }))
  },
  'repos/create-deployment-branch-policy': (request, state) => {
    const found = named(request, state)
    if (found?.branches !== 'custom') return absent()
    const { name, type = 'branch' } = request.body
    if (found.policies.some(each => each.name === name && each.type === type)) return { status: 303 }
    const made = policy(state.nextId(), name, type)
    found.policies = [...found.policies, made]
    return { status: 200, body: made }
  },
  'repos/delete-deployment-branch-policy': (request, state) => {
    const found = named(request, state)
    const id = Number(request.params['branch_policy_id'])
    if (found === undefined || found.policies.every(each => each.id !== id)) return absent()
    found.policies = found.policies.filter(each => each.id !== id)
    return { status: 204 }
  },
  'repos/get-all-deployment-protection-rules': (request, state) =>
    named(request, state) === undefined
      ? absent()
      : { status: 200, body: { total_count: 0, custom_deployment_protection_rules: [] } }
}

const named = ({ params }: HandlerRequest, state: FakeState): FakeEnvironment | undefined =>
  environmentsOf(state).all.get(params['environment_name'] ?? '')

/** What is not named is set to its default, as GitHub does; a plan without reviewers refuses even defaults. */
function written(request: HandlerRequest, state: FakeState) {
  const body = request.body ?? {}
  const { hasReviewers, knowsBypass, all } = environmentsOf(state)
  const planBound = ['wait_timer', 'prevent_self_review', 'reviewers'].filter(field => field in body)
  if (!hasReviewers && planBound.length > 0) {
    return failure(
      422,
      'Failed to create the environment protection rule. Please ensure the billing plan supports the required reviewers protection rule.'
    )
  }
  if (!knowsBypass && 'can_admins_bypass' in body)
    return failure(422, 'Invalid request.\n\n"can_admins_bypass" is not a permitted key.')
  const { protected_branches: ofRules, custom_branch_policies: own } = body.deployment_branch_policy ?? {}
  if (body.deployment_branch_policy && ofRules === own)
    return failure(422, 'protected_branches and custom_branch_policies cannot have the same value')
  const name = request.params['environment_name'] ?? ''
  const before = all.get(name)
  addEnvironment(state, name, {
    ...(before === undefined ? {} : { id: before.id }),
    waitMinutes: body.wait_timer ?? 0,
    preventSelfReview: body.prevent_self_review ?? false,
    adminsBypass: body.can_admins_bypass ?? true,
    reviewers: (body.reviewers ?? []).map(({ type, id }: { type: 'User' | 'Team'; id: number }) => reviewer(type, id)),
    branches: own ? 'custom' : ofRules ? 'protected' : 'all',
    policies: own ? (before?.policies ?? []) : []
  })
  return { status: 200, body: shown(name, request, state) }
}

export const PEOPLE = ['ada', 'alice', 'bob', 'carol', 'dave']
export const TEAMS = ['devops', 'release']

const idOf = (login: string): number => account(login, '').id
function reviewer(type: 'User' | 'Team', id: number): FakeReviewer {
  const login = (type === 'User' ? PEOPLE : TEAMS).find(each => idOf(each) === id)
  if (login === undefined) throw new Error(`the fake knows no ${type} ${id}`)
  return { type, login }
}

function shown(name: string, { base }: HandlerRequest, state: FakeState) {
  const found = environmentsOf(state).all.get(name) ?? addEnvironment(state, name)
  const { id, waitMinutes, reviewers, preventSelfReview, adminsBypass, branches } = found
  const rule = (place: number, type: string) => ({ id: id * 10 + place, node_id: `R_${id}_${place}`, type })
  const rules = [
    ...(waitMinutes > 0 ? [{ ...rule(1, 'wait_timer'), wait_timer: waitMinutes }] : []),
    ...(reviewers.length > 0
      ? [
          {
            ...rule(2, 'required_reviewers'),
            prevent_self_review: preventSelfReview,
            reviewers: reviewers.map(each => ({ type: each.type, reviewer: person(each, base, state) }))
          }
        ]
      : []),
    ...(branches === 'all' ? [] : [rule(3, 'branch_policy')])
  ]
  return {
    id,
    node_id: `E_${id}`,
    name,
    url: `${base}/repos/${state.repository}/environments/${encodeURIComponent(name)}`,
    html_url: `https://github.com/${state.repository}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
    created_at: '2026-01-05T10:00:00Z',
    updated_at: '2026-01-05T10:00:00Z',
    ...(environmentsOf(state).knowsBypass && { can_admins_bypass: adminsBypass }),
    protection_rules: rules,
    deployment_branch_policy:
      branches === 'all'
        ? null
        : { protected_branches: branches === 'protected', custom_branch_policies: branches === 'custom' }
  }
}

const person = ({ type, login }: FakeReviewer, base: string, state: FakeState) =>
  type === 'User' ? account(login, base) : team(login, base, state.repository.split('/')[0] ?? '')

export function team(slug: string, base: string, org: string) {
  const id = idOf(slug)
  const url = `${base}/organizations/1/team/${id}`
  return {
    id,
    node_id: `T_${id}`,
    name: slug,
    slug,
    description: null,
    privacy: 'closed',
    notification_setting: 'notifications_enabled',
    permission: 'pull',
    url,
    html_url: `https://github.com/orgs/${org}/teams/${slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: 'organization',
    organization_id: 1,
    parent: null
  }
}
