import type { ExecutionView } from './item.js'
import type { Journal } from './journal.js'
import type { Plan } from './plan.js'
import type { Bench, Workshop } from './run-item.js'
import type { StageName } from './stages.js'
import { migrationsOf, receiptsOf, type State } from './state.js'

/** What a process was asked for beside the plan: where it works and what somebody accepted. */
export type Errand = Readonly<{ folder: string; acceptedLoss: readonly string[] }>

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

/** Where the items of one stage run. `about` is whose deeds they see: for a rollback by hand, the undone execution's. */
export function benchFor(
  stage: StageName,
  journal: Journal,
  workshop: Workshop,
  errand: Errand,
  about: Readonly<{ plan: Plan; state: State; live: Live }>
): Bench {
  const { plan, live } = about
  const names = workshop.values(plan, builtIns(journal.record.id, plan.key.environment, live))
  return { stage, names, captures: new Map(), view: viewOf(journal, errand, about) }
}

function viewOf(
  journal: Journal,
  errand: Errand,
  { plan, state, live }: Readonly<{ plan: Plan; state: State; live: Live }>
): ExecutionView {
  return {
    id: journal.record.id,
    environment: plan.key.environment,
    folder: errand.folder,
    commit: live.commit,
    previousCommit: live.previousCommit,
    // Getters, because items of one stage see what the items before them have done.
    get receipts() {
      return receiptsOf(state === journal.state ? journal.state : state)
    },
    get migrations() {
      return migrationsOf(state)
    },
    get applied() {
      return journal.record.applied
    },
    databases: plan.databases,
    get signOffs() {
      return journal.state.signOffs
    },
    acceptedLoss: errand.acceptedLoss
  }
}
