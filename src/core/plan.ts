import { createHash } from 'node:crypto'
import type { Checklist, EnvironmentRules, MonitorPlan, RollbackPolicy, StageTimeouts } from './checklist.js'
import type { Key } from './execution.js'
import { withSecondPerson } from './gate/second-person.js'
import type { DatabasePlan, PlannedItem } from './item.js'
import { canonical, type Json } from './json.js'
import type { ForwardStage } from './stages.js'

/**
 * What would happen, before interpolation: the first event keeps it whole, so that a rollback needs nothing but the
 * journal and the repository.
 */
export type Plan = Readonly<{
  format: 1
  tool: string
  key: Key
  commit: string
  release: string
  /** The last execution that succeeded here and is not marked bad, or null: then only `undo` leads back. */
  previous: Readonly<{ execution: string; commit: string }> | null
  vars: Readonly<Record<string, string>>
  secrets: readonly string[]
  people: Readonly<Record<string, string>>
  rules: EnvironmentRules
  databases: Readonly<Record<string, DatabasePlan>>
  rollback: RollbackPolicy
  stages: Readonly<Record<ForwardStage, readonly PlannedItem[]>>
  monitor: MonitorPlan | null
  timeouts?: StageTimeouts
  /** SHA-256 of every file that an item names as its own, such as SQL files; by path relative to the folder. */
  files: Readonly<Record<string, string>>
  digest: string
}>

export type PlanFacts = Readonly<{
  tool: string
  key: Key
  rules: EnvironmentRules
  commit: string
  release: string
  previous: Plan['previous']
  files: Readonly<Record<string, string>>
}>

/** Joins a checklist with what is deployed where; the digest has no value of the environment and no clock in it. */
export function makePlan(checklist: Checklist, facts: PlanFacts): Plan {
  const { rules, ...rest } = facts
  const plan: Omit<Plan, 'digest'> = {
    format: 1,
    ...rest,
    vars: { ...checklist.vars, ...rules.vars },
    secrets: checklist.secrets,
    people: checklist.people,
    rules,
    databases: checklist.databases,
    rollback: checklist.rollback,
    stages: { ...checklist.stages, preflight: withSecondPerson(checklist.stages.preflight, rules.gate) },
    monitor: checklist.monitor ?? null,
    ...(checklist.timeouts && { timeouts: checklist.timeouts })
  }
  return { ...plan, digest: digestOf(plan) }
}

/** SHA-256 of the plan's canonical JSON, in lower-case hex. */
export const digestOf = (plan: Omit<Plan, 'digest'>): string => sha256(canonical(asJson(plan)))

export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

// Undefined members vanish and the rest is checked to be plain data, so that what is stored is what was hashed.
const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value))
