import type { ExecutionView } from '../item.js'
import type { Plan } from '../plan.js'
import type { StageName } from '../stages.js'
import type { Journal } from './journal.js'
import type { Bench, Workshop } from './run-item.js'
import { migrationsOf, receiptsOf, type State } from './state.js'

/** What a process was asked for beside the plan: where it works and what somebody accepted. */
export type Errand = Readonly<{ folder: string; acceptedLoss: readonly string[]; ahead?: true }>

/** A release as commands see it: what should be live, and what was before. */
export type Live = Readonly<{ commit: string; previousCommit: string; release: string }>

export const liveOf = ({ commit, previous, release }: Plan): Live => ({
  commit,
  previousCommit: previous?.commit ?? '',
  release
})

/** The names that every command knows (DESIGN, Rules). */
export const builtIns = (execution: string, environment: string, live: Live): Readonly<Record<string, string>> => ({
  DEPLOY_ENVIRONMENT: environment,
  DEPLOY_EXECUTION: execution,
  DEPLOY_COMMIT: live.commit,
  DEPLOY_PREVIOUS_COMMIT: live.previousCommit,
  DEPLOY_RELEASE: live.release
})

/** Whose items run: their plan and release; `undoing` is the execution that is taken back, where it is another one. */
export type About = Readonly<{ plan: Plan; live: Live; undoing?: State }>

/** Where the items of one stage run. */
export function benchFor(stage: StageName, journal: Journal, workshop: Workshop, errand: Errand, about: About): Bench {
  const { plan, live } = about
  const names = workshop.values(plan, builtIns(journal.record.id, plan.key.environment, live))
  const limitMs = stage === 'rollback' ? undefined : plan.timeouts?.[stage]
  const until = limitMs === undefined ? {} : { untilMs: workshop.clock.now().getTime() + limitMs }
  return { stage, names, captures: new Map(), view: viewOf(journal, errand, about), ...until }
}

function viewOf(
  journal: Journal,
  { folder, acceptedLoss, ahead }: Errand,
  { plan, live, undoing }: About
): ExecutionView {
  return {
    id: journal.record.id,
    environment: plan.key.environment,
    folder,
    commit: live.commit,
    previousCommit: live.previousCommit,
    // Getters, because items of one stage see what the items before them have done.
    get receipts() {
      return receiptsOf(undoing ?? journal.state)
    },
    get migrations() {
      return migrationsOf(undoing ?? journal.state)
    },
    get applied() {
      return journal.record.applied
    },
    databases: plan.databases,
    ...(ahead && { ahead }),
    get signOffs() {
      return journal.state.signOffs
    },
    starter: journal.record.actor,
    acceptedLoss
  }
}
