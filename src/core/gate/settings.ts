import type { GateRules } from '../checklist.js'
import type { GateDemands } from '../evidence.js'
import { isCovered } from './branch-pattern.js'
import type { BranchPolicy, EnvironmentFacts, RefPolicy, Reviewer } from './facts.js'

/** The settings that keep what is promised and lower nothing of what is: all of them, since writing them replaces them. */
export type GateSettings = Readonly<{
  reviewers: readonly Reviewer[]
  preventSelfReview: boolean
  /** Undefined: not to be spoken of, which leaves it as it is by default: an admin may. */
  preventAdminBypass: true | undefined
  waitMs: number
  branches: 'all' | 'protected' | 'custom'
  addBranches: readonly string[]
  removePolicies: readonly RefPolicy[]
}>

/** True if the promise needs somebody who reviews on GitHub. */
export const asksForReviewers = ({ reviewers, preventSelfReview }: GateRules): boolean =>
  reviewers === 'required' || (preventSelfReview === true && reviewers !== 'sign-off')

/** What of these promises holds a job back before it begins. */
export function demandsOf(...promises: readonly GateRules[]): GateDemands {
  const reviewers = promises.some(asksForReviewers)
  const wait = promises.some(({ waitMs = 0 }) => waitMs > 0)
  return { ...(reviewers && { reviewers }), ...(wait && { wait }) }
}

/** True if anything is promised that GitHub must enforce; a second person's word in the ledger is none of its matter. */
export const asksGitHub = (rules: GateRules): boolean =>
  asksForReviewers(rules) ||
  rules.preventAdminBypass === true ||
  (rules.waitMs ?? 0) > 0 ||
  rules.branches !== undefined

/** Who or what GitHub lets in although it was not promised: patterns of branches and tags. */
export function strayPolicies(policy: BranchPolicy, promised: readonly string[]): readonly string[] {
  switch (policy.kind) {
    case 'all':
      return isCovered('**/*', promised) ? [] : ['every branch and tag']
    case 'protected':
      if (policy.branches.length === 0) return strayPolicies({ kind: 'all' }, promised)
      return policy.branches.filter(branch => !isCovered(asLiteral(branch), promised))
    case 'custom':
      return policy.policies.filter(each => !isPromised(each, promised)).map(sayPolicy)
  }
}

const isPromised = ({ type, pattern }: RefPolicy, promised: readonly string[]): boolean =>
  type === 'branch' && isCovered(pattern, promised)

const sayPolicy = ({ type, pattern }: RefPolicy): string => (type === 'tag' ? `tags ${pattern}` : pattern)

const asLiteral = (branch: string): string => branch.replace(/[*?[\]\\]/g, '\\$&')

/** What the settings would have to be; `named` are reviewers to add to those that there are. */
export function settingsFor(rules: GateRules, facts: EnvironmentFacts, named: readonly Reviewer[] = []): GateSettings {
  const reviewers = [...facts.reviewers, ...named].filter(
    ({ type, id }, index, all) => all.findIndex(other => other.type === type && other.id === id) === index
  )
  return {
    reviewers,
    preventSelfReview: facts.preventSelfReview || (rules.preventSelfReview === true && asksForReviewers(rules)),
    preventAdminBypass: facts.preventAdminBypass === true || rules.preventAdminBypass === true ? true : undefined,
    waitMs: Math.max(facts.waitMs, rules.waitMs ?? 0),
    ...branchesFor(rules.branches, facts.branches)
  }
}

type Branches = Pick<GateSettings, 'branches' | 'addBranches' | 'removePolicies'>

function branchesFor(promised: readonly string[] | undefined, real: BranchPolicy): Branches {
  if (promised === undefined || strayPolicies(real, promised).length === 0)
    return { branches: real.kind, addBranches: [], removePolicies: [] }
  const there = real.kind === 'custom' ? real.policies : []
  const removePolicies = there.filter(policy => !isPromised(policy, promised))
  const kept = there.filter(policy => !removePolicies.includes(policy)).map(({ pattern }) => pattern)
  return { branches: 'custom', addBranches: promised.filter(pattern => !kept.includes(pattern)), removePolicies }
}

/** The body of `PUT /repos/{owner}/{repo}/environments/{environment_name}`. */
export function bodyFor(settings: GateSettings, { plan }: Pick<EnvironmentFacts, 'plan'>): SettingsBody {
  const { reviewers, preventSelfReview, preventAdminBypass, waitMs, branches } = settings
  const isPlain = reviewers.length === 0 && waitMs === 0 && !preventSelfReview
  return {
    // Where the plan has none of them GitHub refuses even their defaults.
    ...(!(isPlain && plan !== 'has-reviewers') && {
      wait_timer: Math.ceil(waitMs / 60_000),
      prevent_self_review: preventSelfReview,
      reviewers: reviewers.map(({ type, id }) => ({ type, id }))
    }),
    ...(preventAdminBypass === true && { can_admins_bypass: false }),
    deployment_branch_policy:
      branches === 'all'
        ? null
        : { protected_branches: branches === 'protected', custom_branch_policies: branches === 'custom' }
  }
}

export type SettingsBody = Readonly<{
  wait_timer?: number
  prevent_self_review?: boolean
  reviewers?: readonly Readonly<{ type: 'User' | 'Team'; id: number }>[]
  can_admins_bypass?: false
  deployment_branch_policy: Readonly<{ protected_branches: boolean; custom_branch_policies: boolean }> | null
}>
