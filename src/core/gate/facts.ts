/** An environment's protection as GitHub tells it; of one that does not exist everything else is its default. */
export type EnvironmentFacts = Readonly<{
  /** `owner/name`. */
  repository: string
  environment: string
  /** The page on which an admin changes it. */
  settingsUrl: string
  exists: boolean
  /** Whether the plan of GitHub has reviewers, wait timers and the like for this repository. */
  plan: 'has-reviewers' | 'no-reviewers' | 'unknown'
  /** One approval by any of them is enough. */
  reviewers: readonly Reviewer[]
  preventSelfReview: boolean
  /** Undefined where GitHub does not say, as older servers do not. */
  preventAdminBypass: boolean | undefined
  waitMs: number
  branches: BranchPolicy
}>

/** `name` as it is written in a checklist: `@alice`, `@org/team`. */
export type Reviewer = Readonly<{ type: 'User' | 'Team'; id: number; name: string }>

/** `protected`: those that a rule protects, which are all of them as long as no branch is protected. */
export type BranchPolicy =
  | Readonly<{ kind: 'all' }>
  | Readonly<{ kind: 'protected'; branches: readonly string[] }>
  | Readonly<{ kind: 'custom'; policies: readonly RefPolicy[] }>

export type RefPolicy = Readonly<{ id: number; pattern: string; type: 'branch' | 'tag' }>
