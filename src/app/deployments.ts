import type { Making, WantedDeployment } from '../core/deployments/deployment.js'
import { descriptionOf } from '../core/deployments/status.js'
import { isTurn } from '../core/deployments/turn.js'
import type { Journal } from '../core/engine/journal.js'
import type { ForwardStage } from '../core/stages.js'
import { missed, sayMissed, type Wish, wordsFor } from './deployment-words.js'
import type { Actions } from './host.js'
import type { Shop } from './shop.js'

/** Before a stage: finds or makes what stands for the execution on GitHub, and says that it is under way. */
export async function beginDeployment(stage: ForwardStage, journal: Journal, wish: Wish, shop: Shop): Promise<void> {
  if (shop.actions === undefined || journal.record.purpose !== 'deploy') return
  if (isTurn(stage, journal.state, shop.actions)) await begin(journal, wish, shop.actions, shop)
}

/** The same for a rollback by hand, whose job may have a deployment of its own as well. */
export async function beginRollback(journal: Journal, wish: Wish, shop: Shop): Promise<void> {
  const { actions } = shop
  const { deployment } = journal.state
  if (actions === undefined) return
  if (deployment?.runId === actions.runId && deployment.runAttempt === actions.runAttempt) return
  await begin(journal, wish, actions, shop)
}

// Whatever comes of it, the deployment goes on: GitHub tells of it, and decides nothing.
async function begin(journal: Journal, wish: Wish, actions: Actions, shop: Shop): Promise<void> {
  const { deployments } = shop
  const { runId, runAttempt } = actions
  if (deployments === undefined || wish.recordDeployment === 'never') return
  try {
    const found = (await deployments.take(wantedBy(journal, wish, actions, shop))) ?? journal.state.deployment
    if (found === undefined) return
    const { id, environment, sha, own, logUrl } = found
    const taken = { id, environment, sha, own, logUrl, page: pageOf(actions, environment), runId, runAttempt }
    // Rides along with the first action's intent: should that be lost, GitHub's own list leads back to it.
    journal.keep({ type: 'deployment-taken', ...taken })
    // Without a head: not everything is durable yet, and what was told must be found in the ledger.
    const words = wordsFor({ ...journal, record: journal.record, state: journal.state, head: '' }, taken, wish, shop)
    await deployments.report(id, { ...words, state: 'in_progress', endsOthers: false })
  } catch (error) {
    sayMissed(error, shop)
    journal.keep({ type: 'deployment-missed', ...missed(error), runId, runAttempt })
  }
}

function wantedBy({ record, state }: Journal, wish: Wish, actions: Actions, { host }: Shop): WantedDeployment {
  const { runId, runAttempt, sha } = actions
  const { commit } = state.plan
  const { id, key } = record
  // One that is known stays what it is; only a job that has its own is told of there.
  const isKnown = state.deployment !== undefined || commit === ''
  const make: Making = isKnown ? 'never' : wish.recordDeployment === 'always' ? 'unless-certain' : 'where-none'
  return {
    ...{ execution: id, environment: key.environment, commit, make },
    description: descriptionOf({ id, status: 'DEPLOYING', head: '' }),
    job: { runId, runAttempt, sha, runner: host.env['RUNNER_NAME'] ?? '' }
  }
}

const pageOf = ({ serverUrl, repository }: Actions, environment: string): string =>
  `${serverUrl}/${repository}/deployments/${encodeURIComponent(environment)}`
