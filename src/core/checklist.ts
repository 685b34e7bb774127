import type { DatabasePlan, PlannedItem } from './item.js'
import type { NotifyRule } from './notify/notifier.js'
import type { ForwardStage } from './stages.js'

/** A checklist without errors, before interpolation: what the plan, its digest and the first event are made of. */
export type Checklist = Readonly<{
  /** Path as it was named, for messages. */
  file: string
  /** Absent: the repository's name. */
  name?: string
  vars: Readonly<Record<string, string>>
  secrets: readonly string[]
  /** Role to person or team, as `@alice` or `@org/team`. */
  people: Readonly<Record<string, string>>
  release?: ReleasePlan
  environments: Readonly<Record<string, EnvironmentRules>>
  databases: Readonly<Record<string, DatabasePlan>>
  rollback: RollbackPolicy
  stages: Readonly<Record<ForwardStage, readonly PlannedItem[]>>
  monitor?: MonitorPlan
  /** How long a stage may take, in milliseconds; absent means no limit but its items'. */
  timeouts?: StageTimeouts
  /** Who is told how a deployment goes; no part of the plan. */
  notify?: readonly NotifyRule[]
}>

export type StageTimeouts = Readonly<Partial<Record<ForwardStage, number>>>

export type ReleasePlan = Readonly<{ artifact?: string; image?: string }>

export type EnvironmentRules = Readonly<{
  vars: Readonly<Record<string, string>>
  /** The environment in which the same release must have succeeded. */
  after?: string
  /** Where the deployed application is seen, before interpolation. */
  url?: string
  gate?: GateRules
  /** What the commit's checks and statuses must say; absent: they are not asked. */
  ci?: CiRule
  /** The ref must still be at the commit; absent: where a gate is promised. */
  newest?: boolean
  /** How old, in milliseconds, what an earlier job of the run has checked or saved may be; absent: an hour. */
  maxAgeMs?: number
  window?: WindowRules
  freeze?: Readonly<{ until: string; because: string }>
}>

/**
 * What the environment's protection on GitHub must really be. `reviewers: sign-off` promises less, for where GitHub has no
 * reviewers: a second person's word in the ledger. `branches` are patterns whose wildcards do not cross `/`.
 */
export type GateRules = Readonly<{
  reviewers?: 'required' | 'sign-off'
  preventSelfReview?: boolean
  preventAdminBypass?: boolean
  /** The least time that GitHub must let pass before the job begins. */
  waitMs?: number
  branches?: readonly string[]
}>

/**
 * `green`: all of them passed, and there is one; `if-any`: all that there are; names: these checks, statuses or workflows
 * have passed, whatever the others say.
 */
export type CiRule = 'green' | 'if-any' | readonly string[]

/** Days as ISO numbers (1 = Monday), minutes since midnight in `zone` (an IANA name); `to` is exclusive. */
export type WindowRules = Readonly<{ days: readonly number[]; fromMinute: number; toMinute: number; zone: string }>

/**
 * What may happen without a person. `schema: lossless` undoes a migration only where nothing would be lost; data is
 * never restored by itself. `withinMs`: a rollback that takes longer is a failed one.
 */
export type RollbackPolicy = Readonly<{
  code: 'auto' | 'ask'
  schema: 'lossless' | 'auto' | 'never'
  data: 'never'
  withinMs?: number
}>

/** Checkpoints as offsets from the end of smoke-test, in milliseconds, ascending; `items` are the stage's. */
export type MonitorPlan = Readonly<{
  checkpoints: readonly Readonly<{ name: string; afterMs: number }>[]
  settleMs: number
  onFailure: 'page' | 'rollback'
  /** Shell text that is run to page a person. */
  page?: string
}>

export const NO_RULES: EnvironmentRules = { vars: {} }
