import type { CiRule } from './checklist.js'
import { CI_PASSED, type CommitFacts, ciEntries } from './commit-checks.js'
import type { Event } from './events.js'
import type { ExecutionRecord, Status } from './execution.js'
import type { GateFacts } from './ports.js'
import type { Reason } from './reasons.js'

/**
 * What was seen of the world around while it was asked whether to deploy. It is kept with the execution, since by the next
 * look it may be another one; a member that is absent was not looked at.
 */
export type Evidence = Readonly<{ gate?: GateSeen; demands?: GateDemands; ci?: CiSeen; after?: PromotionSeen }>

/**
 * What has to hold a job back before the gate: the more of what this commit's checklist says and of what that of the default
 * branch does, so that no commit asks less of those who have to let it pass.
 */
export type GateDemands = Readonly<{ reviewers?: true; wait?: true }>

/** The environment's protection; of one that could not be read only why not, as a code. */
export type GateSeen =
  | Readonly<{
      kind: 'read'
      /** As they are written in a checklist: `@alice`, `@org/team`. One approval of any of them is enough. */
      reviewers: readonly string[]
      preventSelfReview: boolean
      /** Null where GitHub does not say. */
      preventAdminBypass: boolean | null
      waitMs: number
      settingsUrl: string
    }>
  | Readonly<{ kind: 'unreadable'; reason: Reason }>

/** The commit's checks, statuses and runs of others; it was good enough for the rule, or nothing would have begun. */
export type CiSeen = Readonly<{ rule: CiRule; passed: number; others: number }>

/** How the same release did in the environment that comes before; null: it has not been there. */
export type PromotionSeen = Readonly<{ environment: string; execution: PromotedExecution | null }>
export type PromotedExecution = Readonly<{
  id: string
  number: number
  status: Status
  completedAt: string
  logUrl: string
  smokeTest: Readonly<{ passed: number; of: number }>
  checkpoints: readonly Readonly<{ name: string; passed: boolean; at: string }>[]
  /** Names of those that are still to come. */
  due: readonly string[]
}>

export function gateSeen(found: GateFacts): GateSeen {
  if (found.kind === 'unreadable') return { kind: 'unreadable', reason: found.reason ?? 'gate_unreadable' }
  const { reviewers, preventSelfReview, preventAdminBypass = null, waitMs, settingsUrl } = found.facts
  const names = reviewers.map(({ name }) => name)
  return { kind: 'read', reviewers: names, preventSelfReview, preventAdminBypass, waitMs, settingsUrl }
}

export function ciSeen(rule: CiRule, facts: CommitFacts, runId: string): CiSeen {
  const asked = ciEntries(facts, runId).filter(({ name }) => typeof rule !== 'object' || rule.includes(name))
  const passed = asked.filter(({ state }) => state === CI_PASSED).length
  return { rule, passed, others: asked.length - passed }
}

export const promotionSeen = (
  { id, number, status, completedAt, logUrl, due, key }: ExecutionRecord,
  events: readonly Event[]
): PromotionSeen => ({
  environment: key.environment,
  execution: {
    ...{ id, number, status, completedAt, logUrl },
    smokeTest: smokeTestIn(events),
    checkpoints: events.flatMap(({ at, body }) =>
      body.type === 'checkpoint' ? [{ name: body.checkpoint, passed: body.passed, at }] : []
    ),
    due: due.map(({ checkpoint }) => checkpoint)
  }
})

/** Of each item the newest outcome counts. */
function smokeTestIn(events: readonly Event[]): PromotedExecution['smokeTest'] {
  const outcomes = new Map<string, boolean>()
  for (const { body } of events)
    if (body.type === 'outcome' && body.stage === 'smoke-test') outcomes.set(body.item, body.outcome === 'pass')
  return { passed: [...outcomes.values()].filter(Boolean).length, of: outcomes.size }
}
