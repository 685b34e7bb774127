import type { BranchPolicy, EnvironmentFacts, RefPolicy, Reviewer } from '../core/gate/facts.js'
import type { Gate } from '../core/ports.js'
import type { AboutRepository } from './about-repository.js'
import { planOf } from './billing-plan.js'
import type { GitHub } from './github.js'
import { readingOnce } from './unreadable.js'

export type GateOptions = Readonly<{ github: GitHub; about(): Promise<AboutRepository> }>

/** Reads an environment's protection, once: 2 to 4 requests, which need `actions: read` and `contents: read`. */
export const openGate = (options: GateOptions): Gate => ({
  read: readingOnce(async environment => ({ kind: 'read', facts: await readEnvironment(environment, options) }))
})

/** As it is now. Throws what refuses it. */
export async function readEnvironment(environment: string, { github, about }: GateOptions): Promise<EnvironmentFacts> {
  const [repository, answer] = await Promise.all([about(), askEnvironment(environment, github)])
  const data = answer ?? {}
  const rules = data.protection_rules ?? []
  const review = rules.find(({ type }) => type === 'required_reviewers')
  const facts = {
    repository: github.repository,
    environment,
    settingsUrl: `${repository.html_url}/settings/environments/${data.id === undefined ? 'new' : `${data.id}/edit`}`,
    exists: answer !== undefined,
    reviewers: (review?.reviewers ?? []).map(reviewerOf),
    preventSelfReview: review?.prevent_self_review === true,
    preventAdminBypass: data.can_admins_bypass === undefined ? undefined : !data.can_admins_bypass,
    waitMs: (rules.find(({ type }) => type === 'wait_timer')?.wait_timer ?? 0) * 60_000,
    branches: await branchesOf(environment, data, github)
  }
  return { ...facts, plan: await planOf(repository, facts, github) }
}

type Answer = Readonly<{
  id?: number
  protection_rules?: readonly Rule[]
  can_admins_bypass?: boolean
  deployment_branch_policy?: Readonly<{ protected_branches: boolean; custom_branch_policies: boolean }> | null
}>
type Rule = Readonly<{
  type: string
  wait_timer?: number
  prevent_self_review?: boolean
  reviewers?: readonly Readonly<{ type: 'User' | 'Team'; reviewer: Person }>[]
}>
type Person = Readonly<{ id: number; login?: string; slug?: string; html_url?: string }>

async function askEnvironment(environment: string, github: GitHub): Promise<Answer | undefined> {
  const { status, data } = await github.ask<Answer>({
    method: 'GET',
    path: '/repos/{owner}/{repo}/environments/{environment_name}',
    parameters: { environment_name: environment },
    needs: 'actions: read',
    what: `tell the environment ${environment}`,
    expect: [404]
  })
  return status === 404 ? undefined : data
}

/** A team's organization stands only in its address: https://github.com/orgs/ORG/teams/SLUG. */
function reviewerOf({ type, reviewer }: Readonly<{ type: 'User' | 'Team'; reviewer: Person }>): Reviewer {
  const { id, login, slug = '', html_url = '' } = reviewer
  if (type === 'User') return { type, id, name: `@${login ?? id}` }
  const [, org] = /\/orgs\/([^/]+)\//.exec(html_url) ?? []
  return { type, id, name: org === undefined ? `@${slug}` : `@${org}/${slug}` }
}

async function branchesOf(
  environment: string,
  { deployment_branch_policy: policy }: Answer,
  github: GitHub
): Promise<BranchPolicy> {
  if (policy?.custom_branch_policies === true)
    return { kind: 'custom', policies: await policiesOf(environment, github) }
  if (policy?.protected_branches === true) return { kind: 'protected', branches: await protectedBranches(github) }
  return { kind: 'all' }
}

type PolicyPage = Readonly<{
  branch_policies: readonly Readonly<{ id: number; name: string; type?: 'branch' | 'tag' }>[]
}>

async function policiesOf(environment: string, github: GitHub): Promise<readonly RefPolicy[]> {
  const all = await github.all<PolicyPage['branch_policies'][number]>(
    {
      method: 'GET',
      path: '/repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies',
      parameters: { environment_name: environment },
      needs: 'actions: read',
      what: `tell the branches of the environment ${environment}`
    },
    page => (page as PolicyPage).branch_policies
  )
  return all.map(({ id, name, type = 'branch' }) => ({ id, pattern: name, type }))
}

async function protectedBranches(github: GitHub): Promise<readonly string[]> {
  const all = await github.all<Readonly<{ name: string }>>({
    method: 'GET',
    path: '/repos/{owner}/{repo}/branches',
    parameters: { protected: true },
    needs: 'contents: read',
    what: 'tell the protected branches'
  })
  return all.map(({ name }) => name)
}
