import { describe, expect, test } from '@jest/globals'
import { decide, type Wish } from '../../../src/core/engine/decide.js'
import { advance, startOf } from '../../../src/core/engine/state.js'
import type { EventBody } from '../../../src/core/events.js'
import type { Outcome } from '../../../src/core/item.js'
import type { Plan } from '../../../src/core/plan.js'
import type { StageName } from '../../../src/core/stages.js'
import { item, plan } from '../../fakes/engine.js'

const WHOLE = plan({
  preflight: [item('preflight', { named: 'ready' })],
  deploy: [item('deploy', { named: 'a', undo: 'undo a' })],
  'smoke-test': [item('smoke-test', { named: 'alive' })]
})
const ASKS = plan(WHOLE.stages, { rollback: { code: 'ask', schema: 'lossless', data: 'never' } })

const after = (of: Plan, ...bodies: readonly EventBody[]) => bodies.reduce(advance, startOf(of))
const ended = (stage: StageName, passed = true): EventBody => ({ type: 'stage-ended', stage, passed, durationMs: 1 })
const outcome = (stage: StageName, id: string, to: Outcome, more = {}): EventBody => ({
  ...{
    type: 'outcome',
    stage,
    item: id,
    target: '',
    attempt: 1,
    deed: 'run',
    outcome: to,
    detail: 'so',
    hint: '',
    durationMs: 1
  },
  ...more
})
const back = {
  type: 'rollback-started',
  scope: 'all',
  cause: 'deploy_failed',
  because: '',
  toExecution: '',
  toCommit: '',
  restore: []
} as const
const backEnded = (verified: boolean): EventBody => ({
  type: 'rollback-ended',
  verified,
  detail: 'd',
  durationMs: 1,
  remains: []
})
const passed = (...stages: StageName[]): readonly EventBody[] => stages.map(stage => ended(stage))
const ALL = passed('preflight', 'backup', 'migrate', 'deploy', 'smoke-test', 'monitor')
const FAILED_DEPLOY = [
  ...passed('preflight', 'backup', 'migrate'),
  outcome('deploy', 'deploy/a', 'fail'),
  ended('deploy', false)
]

describe('what comes next', () => {
  test.each<[string, Plan, readonly EventBody[], Wish, object]>([
    ['at first, preflight', WHOLE, [], {}, { do: 'stage', stage: 'preflight' }],
    ['after all, success', WHOLE, ALL, {}, { do: 'end', status: 'SUCCESS', reason: 'ok' }],
    [
      'it has ended',
      WHOLE,
      [{ type: 'ended', status: 'FAILED', reason: 'bug', message: '' }],
      {},
      { do: 'nothing', because: 'it ended FAILED' }
    ],
    [
      'it waits',
      WHOLE,
      [{ type: 'paused', status: 'WAITING', reason: 'bug', message: '' }],
      {},
      { do: 'nothing', because: 'it is WAITING' }
    ],
    [
      'nobody knows of an action',
      WHOLE,
      [{ type: 'intent', stage: 'deploy', item: 'deploy/a', target: '', attempt: 1, deed: 'run' }],
      {},
      { do: 'settle' }
    ],
    ['a failed deploy', WHOLE, FAILED_DEPLOY, {}, { do: 'roll-back', cause: 'deploy_failed', scope: 'all' }],
    [
      'a failed deploy with `code: ask`',
      ASKS,
      FAILED_DEPLOY,
      {},
      { do: 'end', status: 'FAILED', message: expect.stringMatching(/leaves the rollback to a person/) }
    ],
    ['a rollback by hand', WHOLE, [], { rollBack: true }, { do: 'roll-back', cause: 'ok', scope: 'all' }],
    ['a rollback that was cut off', WHOLE, [...FAILED_DEPLOY, back], {}, { do: 'roll-back', cause: 'deploy_failed' }],
    [
      'a verified one',
      WHOLE,
      [...FAILED_DEPLOY, back, backEnded(true)],
      {},
      { do: 'end', status: 'ROLLED_BACK', reason: 'deploy_failed' }
    ],
    [
      'a verified one by hand',
      WHOLE,
      [back, backEnded(true)],
      { rollBack: true },
      { do: 'end', status: 'SUCCESS', reason: 'ok' }
    ],
    [
      'one that stopped',
      WHOLE,
      [...FAILED_DEPLOY, back, backEnded(false)],
      {},
      { do: 'end', status: 'FAILED', reason: 'rollback_failed' }
    ],
    ['a stage that was asked for', WHOLE, [], { only: 'preflight' }, { do: 'stage', stage: 'preflight' }],
    ['one that has passed', WHOLE, passed('preflight'), { only: 'preflight' }, { do: 'stage', stage: 'backup' }],
    [
      'one that has passed, and the next has items',
      WHOLE,
      passed('preflight', 'backup', 'migrate'),
      { only: 'preflight' },
      { do: 'nothing', because: 'preflight has passed' }
    ],
    ['one that is too early', WHOLE, [], { only: 'deploy' }, { do: 'refuse', reason: 'stage_out_of_order' }]
  ])('%s', (_, of, bodies, wish, step) => {
    expect(decide(after(of, ...bodies), wish, false)).toMatchObject(step)
  })
})

describe('where a person has to go on, the page command is run once before the end', () => {
  const monitor = { checkpoints: [], settleMs: 0, onFailure: 'rollback', page: 'call' } as const
  const stuck = [...FAILED_DEPLOY, back, backEnded(false)]
  const watched = [...ALL.slice(0, -1), outcome('monitor', 'monitor/m', 'fail'), ended('monitor', false)]
  test.each<[string, Plan, readonly EventBody[], Wish, string, RegExp]>([
    ['a rollback that stopped', WHOLE, stuck, {}, 'rollback_failed', /^a rollback stopped and needs a person: d$/],
    ['one by hand', WHOLE, [back, backEnded(false)], { rollBack: true }, 'rollback_failed', /needs a person: d$/],
    [
      'a failed deploy that nothing takes back',
      ASKS,
      FAILED_DEPLOY,
      {},
      'deploy_failed',
      /leaves the rollback to a person/
    ],
    ['a failed checkpoint', ASKS, watched, {}, 'monitor_failed', /leaves the rollback to a person/]
  ])('%s', (_, of, bodies, wish, reason, message) => {
    const state = after({ ...of, monitor }, ...bodies)
    expect(decide(state, wish, false)).toEqual({ do: 'page', message: expect.stringMatching(message) })
    expect(decide(state, wish, true)).toMatchObject({ do: 'end', status: 'FAILED', reason })
    const quiet = after({ ...of, monitor: { checkpoints: [], settleMs: 0, onFailure: 'rollback' } }, ...bodies)
    expect(decide(quiet, wish, false)).toMatchObject({ do: 'end', status: 'FAILED', reason })
  })
})

describe('a look goes through every stage, whatever it finds', () => {
  const found = (to: Outcome) => [
    outcome('preflight', 'preflight/ready', to),
    ...ALL.map(body => ('stage' in body && body.stage === 'preflight' ? ended('preflight', to === 'pass') : body))
  ]
  test.each<[string, readonly EventBody[], 'observed' | 'adopted', object]>([
    [
      'goes on behind what failed',
      [outcome('preflight', 'preflight/ready', 'fail'), ended('preflight', false)],
      'observed',
      { do: 'stage', stage: 'backup' }
    ],
    ['found nothing', found('pass'), 'observed', { do: 'end', status: 'SUCCESS', reason: 'observed' }],
    [
      'found something',
      found('fail'),
      'observed',
      { do: 'end', status: 'FAILED', reason: 'observed', message: 'preflight/ready fail (so)' }
    ],
    ['proves what is live', found('pass'), 'adopted', { do: 'end', status: 'SUCCESS', reason: 'adopted' }],
    ['does not prove it', found('fail'), 'adopted', { do: 'end', status: 'REFUSED', reason: 'smoke_test_failed' }]
  ])('%s', (_, bodies, look, step) => {
    expect(decide(after(WHOLE, ...bodies), { look }, false)).toMatchObject(step)
  })
})
