import type { CommitsBetween } from '../commits.js'
import type { Evidence } from '../evidence.js'
import type { ExecutionRecord } from '../execution.js'
import type { Plan } from '../plan.js'
import type { Objection } from '../ports.js'
import { aheadOf, demandsOf } from './ahead.js'
import { refusalOf } from './result.js'
import { stagesOf } from './result-stages.js'
import { wayBackOf } from './way-back.js'

export type PlanFacts = Readonly<{
  plan: Plan
  /** What stands in its way today; empty when it could start. */
  objections: readonly Objection[]
  /** SQL files in force, per database. */
  applied: ExecutionRecord['applied']
  evidence: Evidence
  commits?: CommitsBetween
  weakened?: string
  lastRollbackSeconds?: number
  now: string
}>

/** A plan in the words of a result, so that whoever decides finds the same answers in the same places. */
export function planView({ plan, objections, applied, evidence, commits, weakened, now, ...measured }: PlanFacts) {
  const { previous, key, commit, release } = plan
  return {
    ...refusalOf({ status: 'PLANNED', reason: 'planned', message: '', hint: '' }),
    ...{ previous, objections, evidence, commits: commits ?? null, toldAt: now },
    stages: stagesOf(plan, [], false),
    ahead: aheadOf({ plan, applied, receipts: [], begun: new Set() }),
    demands: demandsOf(plan),
    wayBack: wayBackOf({ plan, applied, receipts: [], migrations: [], ...measured }),
    ...(weakened !== undefined && { weakened }),
    execution: { key, commit, release, actor: '', purpose: 'deploy', completedAt: '' } as const
  }
}
