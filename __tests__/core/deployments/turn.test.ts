import { expect, test } from '@jest/globals'
import type { MissedDeployment, TakenDeployment } from '../../../src/core/deployments/deployment.js'
import { isTurn, mayTell } from '../../../src/core/deployments/turn.js'
import { startOf } from '../../../src/core/engine/state.js'
import type { ForwardStage } from '../../../src/core/stages.js'
import { item, plan } from '../../fakes/engine.js'

const NOW = { runId: '77', runAttempt: 2 }
const BEFORE = { runId: '77', runAttempt: 1 }
const taken = (run: object): { deployment: TakenDeployment } => ({
  deployment: { id: '1', environment: 'production', sha: '', own: true, logUrl: '', page: '', ...NOW, ...run }
})
const missed = (reason: MissedDeployment['reason'], run: object = {}): { deploymentMissed: MissedDeployment } => ({
  deploymentMissed: { reason, message: '', ...NOW, ...run }
})
const ALL = {
  preflight: [item('preflight', { named: 'x' })],
  migrate: [item('migrate', { named: 'x' })],
  deploy: [item('deploy', { named: 'x' })],
  'smoke-test': [item('smoke-test', { named: 'x' })]
}

test.each([
  ['preflight', {}, false],
  ['migrate', {}, true],
  ['deploy', {}, true],
  ['smoke-test', {}, true],
  ['monitor', {}, false],
  ['deploy', taken({}), false],
  ['deploy', taken(BEFORE), true],
  ['deploy', taken({ runId: '76' }), true],
  ['deploy', missed('github_unavailable'), false],
  ['smoke-test', missed('github_unavailable'), true],
  ['smoke-test', missed('missing_permission'), false],
  ['smoke-test', missed('missing_permission', BEFORE), true],
  ['smoke-test', { ...missed('github_unavailable'), ...taken({}) }, false]
] as const satisfies readonly (readonly [ForwardStage, object, boolean])[])(
  'before %s, after %j, GitHub is told: %s',
  (stage, known, expected) => {
    expect(isTurn(stage, { ...startOf(plan(ALL)), ...known }, NOW)).toBe(expected)
  }
)

test('a checklist that neither migrates nor deploys tells nothing, nor does a stage without items', () => {
  expect(isTurn('smoke-test', startOf(plan({ 'smoke-test': ALL['smoke-test'] })), NOW)).toBe(false)
  expect(isTurn('migrate', startOf(plan({ deploy: ALL.deploy })), NOW)).toBe(false)
})

test('a permission is missing to the end of its attempt, an outage is not', () => {
  expect(mayTell({}, NOW)).toBe(true)
  expect(mayTell(missed('github_unavailable'), NOW)).toBe(true)
  expect(mayTell(missed('missing_permission'), NOW)).toBe(false)
  expect(mayTell(missed('missing_permission', BEFORE), NOW)).toBe(true)
})
