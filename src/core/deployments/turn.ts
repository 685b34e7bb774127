import type { State } from '../engine/state.js'
import type { ForwardStage } from '../stages.js'

/** One attempt of a workflow run. */
export type Attempt = Readonly<{ runId: string; runAttempt: number }>

/** What changes what is live, and what proves it: GitHub hears of the first that there is, and has a second chance. */
const TELLING: readonly ForwardStage[] = ['migrate', 'deploy', 'smoke-test']

/**
 * Whether GitHub is told, before this stage, that the execution deploys: once in each attempt of a run, since each has a
 * job of its own. What failed for a while is tried once more before the smoke test; a missing permission is not.
 */
export function isTurn(stage: ForwardStage, { plan, deployment, deploymentMissed }: State, now: Attempt): boolean {
  const deploys = plan.stages.migrate.length + plan.stages.deploy.length > 0
  if (!deploys || !TELLING.includes(stage) || plan.stages[stage].length === 0) return false
  if (isOf(deployment, now)) return false
  if (!isOf(deploymentMissed, now)) return true
  return stage === 'smoke-test' && deploymentMissed?.reason !== 'missing_permission'
}

/** Whether GitHub may be told at all: a permission that is missing is missing to the end of the job. */
export const mayTell = ({ deploymentMissed }: Pick<State, 'deploymentMissed'>, now: Attempt): boolean =>
  !isOf(deploymentMissed, now) || deploymentMissed?.reason !== 'missing_permission'

const isOf = (one: Attempt | undefined, { runId, runAttempt }: Attempt): boolean =>
  one?.runId === runId && one.runAttempt === runAttempt
