import { describe, expect, test } from '@jest/globals'
import { project } from '../../../src/core/engine/project.js'
import { advance, migrationsOf, receiptsOf, runOf, startOf, stateOf } from '../../../src/core/engine/state.js'
import { type EventBody, GENESIS } from '../../../src/core/events.js'
import type { ExecutionRecord } from '../../../src/core/execution.js'
import type { Plan } from '../../../src/core/plan.js'
import type { MigrationRecord, Receipt } from '../../../src/core/records.js'
import { item, plan, record } from '../../fakes/engine.js'

const OF = plan({ migrate: [item('migrate', { named: 'schema' })], deploy: [item('deploy', { named: 'a' })] })
const WATCHED = plan(OF.stages, {
  monitor: {
    settleMs: 0,
    onFailure: 'page',
    checkpoints: [
      { name: '0m', afterMs: 0 },
      { name: '1h', afterMs: 3_600_000 }
    ]
  }
})
const AT = '2026-01-05T10:00:30.000Z'
const PROCESS = { host: 'other', bootId: 'b', pid: 2, startedAt: '2' }

/** The record after these events, each at the same moment. */
function after(bodies: readonly EventBody[], more: Partial<ExecutionRecord> = {}, of: Plan = OF): ExecutionRecord {
  let state = startOf(of)
  return bodies.reduce(
    (current, body) => {
      state = advance(state, body)
      return project(current, state, { seq: 1, at: AT, token: 1, body, prev: GENESIS, hash: GENESIS })
    },
    record('e2', of, more)
  )
}

const started = (stage: 'preflight' | 'deploy' | 'smoke-test' | 'rollback'): EventBody => ({
  type: 'stage-started',
  stage
})
const intent: EventBody = { type: 'intent', stage: 'deploy', item: 'deploy/a', target: '', attempt: 1, deed: 'run' }
const ended: EventBody = { type: 'ended', status: 'SUCCESS', reason: 'ok', message: '' }
const paused: EventBody = { type: 'paused', status: 'WAITING', reason: 'waiting_for_person', message: 'm' }
const checkpoint: EventBody = { type: 'checkpoint', checkpoint: '1h', dueAt: AT, lateMs: 0, passed: true, results: [] }
const backStarted: EventBody = {
  type: 'rollback-started',
  scope: 'all',
  cause: 'deploy_failed',
  because: 'why',
  toExecution: '',
  toCommit: '',
  restore: []
}
const backEnded = (verified: boolean, remains: string[] = []): EventBody => ({
  type: 'rollback-ended',
  verified,
  detail: '',
  durationMs: 1,
  remains
})
const owed: EventBody = { type: 'owed', to: 'rollback', process: PROCESS }
const END = { completedAt: AT, durationSeconds: 30, holdsEnvironment: false }

describe('the record that follows from its events', () => {
  test.each<[string, readonly EventBody[], object]>([
    ['a stage names the status', [started('preflight')], { status: 'BUILDING' }],
    ['the newest one does', [started('preflight'), started('smoke-test')], { status: 'TESTING' }],
    ['a rollback is one that deploys', [started('smoke-test'), started('rollback')], { status: 'DEPLOYING' }],
    ['an intent is an act', [started('deploy'), intent], { acted: true, holdsEnvironment: true }],
    [
      'a pause before it frees the environment',
      [paused],
      { status: 'WAITING', errorMessage: 'm', holdsEnvironment: false }
    ],
    ['a pause after it keeps it', [intent, paused], { status: 'WAITING', holdsEnvironment: true }],
    [
      'who joins is its process',
      [started('preflight'), paused, { type: 'joined', process: PROCESS, why: 'resume' }],
      { process: PROCESS, status: 'BUILDING', errorMessage: '' }
    ],
    [
      'not after the end',
      [ended, { type: 'joined', process: PROCESS, why: 'monitor' }],
      { ...END, status: 'SUCCESS', process: { pid: 1 } }
    ],
    ['the end', [ended], { ...END, status: 'SUCCESS', reason: 'ok', due: [] }],
    ['what was taken over holds nothing', [{ type: 'took-over', from: 'e2', by: 'e3' }], { holdsEnvironment: false }],
    [
      'marked bad',
      [ended, { type: 'marked-bad', because: 'slow', by: 'ann' }],
      { markedBad: 'slow', status: 'SUCCESS' }
    ],
    [
      'rolled back by another one',
      [ended, { type: 'rolled-back', by: 'e3', because: 'orders' }],
      { rolledBack: true, rollbackReason: 'orders' }
    ],
    ['what a failed checkpoint leads to is owed', [ended, owed], { owed: 'rollback' }],
    ['linked', [ended, { type: 'linked', to: 'x', as: 'log' }], { ...END }],
    ['a rollback of its own, verified', [backStarted, backEnded(true)], { rolledBack: true, rollbackReason: 'why' }],
    ['one that stopped', [backStarted, backEnded(false)], { rolledBack: false }],
    [
      'only the schema, and some of it stays',
      [{ ...backStarted, scope: 'migrate' } as EventBody, backEnded(true, ['x'])],
      { rolledBack: false }
    ],
    [
      'only the schema, all of it',
      [{ ...backStarted, scope: 'migrate' } as EventBody, backEnded(true)],
      { rolledBack: true }
    ]
  ])('%s', (_, bodies, expected) => {
    expect(after(bodies)).toMatchObject(expected)
  })

  test.each<EventBody>([{ type: 'answered' }, { type: 'rolled-back', by: 'e3', because: 'x' }])(
    'what was owed is not any more: %j',
    body => {
      expect(after([ended, owed, body])).not.toHaveProperty('owed')
    }
  )

  test('checkpoints after the first are due from the end on, each until it is there', () => {
    const due = [{ checkpoint: '1h', dueAt: '2026-01-05T11:00:30.000Z' }]
    expect(after([ended], {}, WATCHED).due).toEqual(due)
    expect(after([ended, checkpoint], {}, WATCHED).due).toEqual([])
    expect(after([{ ...ended, status: 'FAILED' } as EventBody], {}, WATCHED).due).toEqual([])
    expect(after([ended], { purpose: 'adopt' }, WATCHED).due).toEqual([])
  })
})

const MIGRATION: MigrationRecord = {
  database: 'main',
  before: '0',
  after: '1',
  moved: true,
  applied: [{ file: '1.sql', sha256: 'aa' }],
  catalog: {}
}
const outcome = (deed: 'run' | 'undo', more: object): EventBody => ({
  ...{
    type: 'outcome',
    stage: 'migrate',
    item: 'migrate/schema',
    target: '',
    attempt: 1,
    deed,
    outcome: 'pass',
    detail: '',
    hint: '',
    durationMs: 1
  },
  ...more
})

test('files are in force from their migration to its undo', () => {
  const ran = outcome('run', { migration: MIGRATION })
  const before = { applied: { main: { '0.sql': '00' }, other: { '9.sql': '99' } } }
  expect(after([ran], before).applied).toEqual({ main: { '0.sql': '00', '1.sql': 'aa' }, other: { '9.sql': '99' } })
  expect(after([ran, outcome('undo', { migration: MIGRATION })], before).applied).toEqual(before.applied)
})

describe('the state', () => {
  test('receipts and migrations are those of runs', () => {
    const receipt = { subject: 'main' } as Receipt
    const state = [
      outcome('run', { migration: MIGRATION, receipt }),
      outcome('undo', { migration: MIGRATION, receipt })
    ].reduce(advance, startOf(OF))
    expect([receiptsOf(state).length, migrationsOf(state).length]).toEqual([1, 1])
    expect(runOf(state, 'migrate', 'migrate/schema')?.settled?.outcome).toBe('pass')
  })

  test('a note of what never began is dropped, others are kept in their order', () => {
    const note = (n: number): EventBody => ({ type: 'note', item: 'deploy/a', attempt: 1, deed: 'run', data: { n } })
    expect(advance(startOf(OF), note(1)).deeds.size).toBe(0)
    const state = [intent, note(1), note(2)].reduce(advance, startOf(OF))
    expect(state.deeds.get('deploy|deploy/a|run')?.notes).toEqual([{ n: 1 }, { n: 2 }])
  })

  test('what is legal after the end changes nothing but what it says', () => {
    const state = [ended, checkpoint, { type: 'linked', to: 'x', as: 'y' } as const].reduce(advance, startOf(OF))
    expect([state.stopped, state.checkpoints]).toEqual([ended, [checkpoint]])
    expect(advance(state, { type: 'joined', process: PROCESS, why: 'monitor' }).stopped).toEqual(ended)
  })

  test.each([[[]], [[{ seq: 1, at: AT, token: 1, body: ended, prev: GENESIS, hash: GENESIS }]]])(
    'a journal begins with its plan',
    events => {
      expect(() => stateOf(events)).toThrow(/begin with its plan/)
    }
  )
})
