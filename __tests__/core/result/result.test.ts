import { expect, test } from '@jest/globals'
import type { MonitorPlan } from '../../../src/core/checklist.js'
import type { EventBody } from '../../../src/core/events.js'
import { headOf, refusalOf, resultOf } from '../../../src/core/result/result.js'
import type { StageName } from '../../../src/core/stages.js'
import * as sample from '../../report/sample.js'

const {
  chain,
  intent,
  invocation,
  opened,
  outcome,
  record,
  resultFor,
  rolledBack,
  rolledBackResult,
  started,
  success,
  untilDeployed
} = sample

const LEFT = /^The checklist leaves the rollback to a person. Take it back: npx deploy-checklist rollback x2$/

test('a good execution says what is live, and how it would be taken back', () => {
  expect(resultFor(success)).toMatchObject({
    format: 1,
    status: 'SUCCESS',
    reason: 'ok',
    exitCode: 0,
    verdict: 'SUCCESS: bbbbbbb is live on production, in 12 s',
    rollback: null,
    wayBack: { kind: 'undo', seconds: null },
    rollbackCommand: 'npx deploy-checklist rollback x2',
    nextSteps: []
  })
})

test('a rolled-back one says where it is now, why, and what was left', () => {
  const result = rolledBackResult()
  expect(result).toMatchObject({
    exitCode: 1,
    rollback: { toExecution: 'x1', verified: true, durationMs: 3200 },
    rollbackCommand: '',
    hint: 'Look at the log of the service.'
  })
  expect(result.verdict).toMatch(
    /^ROLLED_BACK: production is back at aaaaaaa, verified, in 3.2 s, since with bbbbbbb the smoke test failed/
  )
  expect(result.verdict).toMatch(/left as it is$/)
  expect(result.nextSteps).toHaveLength(2)
})

test('the stages stand in their order with every item, reached or not', () => {
  const { stages } = resultFor(untilDeployed, { status: 'TESTING', reason: '', completedAt: '' })
  expect(stages.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'preflight passed',
    'backup passed',
    'migrate passed',
    'deploy passed',
    'smoke-test running'
  ])
  expect(stages[4]?.items.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
    'smoke-test/health not-run',
    'smoke-test/version not-run'
  ])
})

test('a stage that is not planned and did nothing is not there', () => {
  expect(resultFor([opened, started('monitor'), sample.ended('monitor')]).stages.map(({ name }) => name)).not.toContain(
    'monitor'
  )
})

test('the rollback is a stage of its own, and its items keep what they are in the checklist', () => {
  const rollback = rolledBackResult().stages.at(-1)
  expect(rollback).toMatchObject({ name: 'rollback', state: 'passed' })
  expect(rollback?.items.map(({ id, deed, at }) => [id, deed, at?.line])).toEqual([
    ['deploy/deploy', 'undo', 17],
    ['smoke-test/health', 'run', 20]
  ])
})

test.each<[string, readonly EventBody[], string]>([
  ['still runs', [], 'running'],
  ['has ended', [{ type: 'ended', status: 'FAILED', reason: 'unknown_effect', message: '' }], 'unknown'],
  ['is paused', [{ type: 'paused', status: 'CANCELLED', reason: 'cancelled', message: 'SIGTERM' }], 'unknown']
])('an action without an outcome, in an execution that %s', (_, more, expected) => {
  const { stages } = resultFor([opened, started('deploy'), intent('deploy', 'deploy/deploy'), ...more])
  const [item] = stages.find(({ name }) => name === 'deploy')?.items ?? []
  expect(item).toMatchObject({ outcome: expected, startedAt: expect.any(String) })
})

test('a resumed execution runs again, and the newest attempt counts', () => {
  const again = [
    opened,
    started('deploy'),
    outcome({ stage: 'deploy', item: 'deploy/deploy', outcome: 'unknown', detail: 'interrupted' }),
    { type: 'paused', status: 'CANCELLED', reason: 'cancelled', message: '' },
    { type: 'joined', process: record.process, why: 'resume' },
    { ...intent('deploy', 'deploy/deploy'), attempt: 2 } as EventBody,
    outcome({ stage: 'deploy', item: 'deploy/deploy', outcome: 'pass' })
  ] satisfies readonly EventBody[]
  const { stages } = resultFor(again)
  expect(stages.find(({ name }) => name === 'deploy')).toMatchObject({
    state: 'running',
    items: [{ attempt: 2, outcome: 'pass' }]
  })
})

test('an undo within its stage stands behind what ran there, with its own state', () => {
  const { stages } = resultFor([
    opened,
    started('migrate'),
    outcome({ stage: 'migrate', item: 'migrate/sql', outcome: 'fail' }),
    outcome({ stage: 'migrate', item: 'migrate/sql', deed: 'undo', outcome: 'pass' }),
    sample.ended('migrate', false)
  ])
  const migrate = stages.find(({ name }) => name === 'migrate')
  expect(migrate?.state).toBe('failed')
  expect(migrate?.items.map(({ deed, outcome }) => [deed, outcome])).toEqual([
    ['run', 'fail'],
    ['undo', 'pass']
  ])
})

test('an item that the plan does not know is shown by its id, a skipped one with its reason', () => {
  const skipped = sample.item('preflight/x', { skip: 'not today' })
  const body = {
    ...opened,
    plan: { ...sample.plan, stages: { ...sample.plan.stages, preflight: [skipped] } }
  } as EventBody
  const { stages } = resultFor([
    body,
    started('deploy'),
    outcome({ stage: 'deploy', item: 'deploy/other', outcome: 'pass' })
  ])
  expect(stages[0]?.items[0]).toMatchObject({ outcome: 'not-run', detail: 'to be skipped: not today' })
  expect(stages.find(({ name }) => name === 'deploy')?.items.at(-1)).toMatchObject({
    id: 'deploy/deploy',
    outcome: 'not-run'
  })
  expect(stages.find(({ name }) => name === 'deploy')?.items[0]).toMatchObject({ name: 'deploy/other', at: null })
})

const waits = (item: string): readonly EventBody[] => [
  opened,
  started('preflight'),
  outcome({ stage: 'preflight', item, outcome: 'waiting', detail: 'nobody was asked' }),
  { type: 'paused', status: 'WAITING', reason: 'waiting_for_person', message: '' }
]
const waiting = { status: 'WAITING', reason: 'waiting_for_person' } as const

test('whoever is waited for is named, with the command that signs', () => {
  const result = resultFor(waits('preflight/told'), waiting)
  expect(result.waitingFor).toMatchObject([{ item: 'preflight/told', by: 'product-owner (@alice)' }])
  expect(result.exitCode).toBe(4)
  expect(result.verdict).toBe('WAITING: production waits for "told" by product-owner (@alice)')
  expect(result.nextSteps).toEqual([
    'Sign and go on: npx deploy-checklist run --resume --environment production --sign preflight/told=NAME:WORDS'
  ])
})

test('somebody waited for without a role is only the item, and in Actions an input signs', () => {
  const result = resultOf({
    record: { ...record, ...waiting },
    events: chain(waits('preflight/database-url')),
    invocation: { program: 'x', actions: true }
  })
  expect(result?.verdict).toBe('WAITING: production waits for "database-url"')
  expect(result?.nextSteps[0]).toMatch(/^Sign from a clone, .*: x sign .* --sign /)
})

test.each([
  ['FAILED', 'preflight_failed', [opened], /nothing was touched$/, /^Fix what is red/],
  ['FAILED', 'deploy_failed', untilDeployed, /a deploy item failed$/, /^Fix what is red/],
  ['CANCELLED', 'cancelled', [opened], /nothing was touched$/, /^Nothing was touched/],
  [
    'CANCELLED',
    'cancelled',
    untilDeployed,
    /the run was cancelled$/,
    /^Go on where it stopped: npx deploy-checklist run --resume/
  ],
  ['UNAVAILABLE', 'ledger_unavailable', [opened], /cannot be reached/, /^Bring back/],
  ['UNAVAILABLE', 'service_unavailable', [opened], /: something outside is down; nothing was touched$/, /^Bring back/],
  ['WAITING', 'unknown_effect', [opened], /production waits: an action was interrupted/, /^Look at what is undecided/],
  ['DEPLOYING', '', untilDeployed, /bbbbbbb is on its way to production$/, undefined],
  ['PARTIAL', 'optional_failed', success, /is live on production, in 12 s, but only optional/, undefined]
] as const)('%s %s has its sentence and its next step', (status, reason, events, verdict, next) => {
  const result = resultFor(events, { status, reason })
  expect(result.verdict).toMatch(verdict)
  if (next === undefined) expect(result.nextSteps).toEqual([])
  else expect(result.nextSteps[0]).toMatch(next)
})

test.each<[string, StageName, MonitorPlan['onFailure'], RegExp, RegExp]>([
  [
    'a smoke test',
    'smoke-test',
    'page',
    /: the smoke test failed; the checklist leaves the rollback to a person$/,
    LEFT
  ],
  ['a checkpoint that would roll back', 'monitor', 'rollback', /failed; the checklist leaves the rollback/, LEFT],
  ['a checkpoint that only pages', 'monitor', 'page', /the smoke test failed$/, /^Fix what is red/],
  ['a migration', 'migrate', 'page', /the smoke test failed$/, /^Fix what is red/]
])(
  'where `code: ask` leaves it to a person, %s that failed says so, with the line',
  (_, stage, onFailure, says, next) => {
    const asks: EventBody = {
      ...(opened as Extract<EventBody, { type: 'opened' }>),
      plan: {
        ...sample.plan,
        rollback: { ...sample.plan.rollback, code: 'ask' },
        monitor: { checkpoints: [], settleMs: 0, onFailure }
      }
    }
    const events = [asks, ...untilDeployed.slice(1).filter(body => !('stage' in body && body.stage === stage))]
    const failed = [
      ...events,
      started(stage),
      outcome({ stage, item: 'x', outcome: 'fail' }),
      sample.ended(stage, false)
    ]
    const result = resultFor(failed, { status: 'FAILED', reason: 'smoke_test_failed' })
    expect([result.verdict, result.nextSteps[0]]).toEqual([expect.stringMatching(says), expect.stringMatching(next)])
    const since = resultFor(failed, { status: 'FAILED', reason: 'smoke_test_failed', rolledBack: true })
    expect(since.nextSteps).toEqual([expect.stringMatching(/^Fix what is red/)])
  }
)

test.each([
  ['rollback', /production is back at bbbbbbb, verified/],
  ['adopt', /was live on production already/],
  ['observe', /was looked at and nothing else/]
] as const)('an execution that is a %s says so, and leads to no rollback', (purpose, verdict) => {
  const result = resultFor(success, { purpose })
  expect(result.verdict).toMatch(verdict)
  expect([result.rollbackCommand, result.wayBack]).toEqual(['', null])
})

test('one that was rolled back since says so', () => {
  expect(resultFor(success, { rolledBack: true }).verdict).toMatch(/has been rolled back since$/)
})

test.each([
  ['stopped', false, /the way back of production stopped and needs a person: no$/],
  ['stopped without words', false, /needs a person: a rollback stopped/]
])('a rollback that %s asks for a person', (how, verified, verdict) => {
  const detail = how === 'stopped' ? 'no' : ''
  const end = { type: 'rollback-ended', verified, detail, durationMs: 5, remains: [] } as const
  const result = resultFor([...rolledBack.slice(0, -2), end], { status: 'FAILED', reason: 'rollback_failed' })
  expect(result.verdict).toMatch(verdict)
  expect(result.nextSteps[0]).toMatch(/^A person has to look/)
  expect(result.rollbackCommand).toBe('npx deploy-checklist rollback x2')
})

test('a rollback under way is not verified yet, and one to nothing names no commit', () => {
  const begun = rolledBack.slice(0, -3)
  const result = resultFor(begun, { status: 'DEPLOYING' })
  expect(result.rollback?.verified).toBeNull()
  expect(result.verdict).toMatch(/is being taken back at aaaaaaa/)
  const first = rolledBack.map(body => (body.type === 'rollback-started' ? { ...body, toCommit: '' } : body))
  expect(resultFor(first, { status: 'ROLLED_BACK', reason: 'smoke_test_failed' }).verdict).toMatch(
    /is back where it was, verified/
  )
})

test('a failed migration that was undone never was a rollback of the code', () => {
  const undone = rolledBack.map(body =>
    body.type === 'rollback-started' ? { ...body, scope: 'migrate' as const } : body
  )
  expect(resultFor(undone, { status: 'FAILED', reason: 'migration_failed' }).verdict).toBe(
    'FAILED: bbbbbbb on production: a migration failed; what it had changed was undone'
  )
})

test('an exit code of a cancelled run is that of its signal', () => {
  expect(resultFor([opened], { status: 'CANCELLED', reason: 'cancelled', errorMessage: 'SIGTERM' }).exitCode).toBe(143)
  expect(resultFor([opened], { status: 'CANCELLED', reason: 'cancelled', errorMessage: 'SIGINT' }).exitCode).toBe(130)
})

test('checkpoints keep when they were looked at', () => {
  const checkpoint = { type: 'checkpoint', checkpoint: '1h', dueAt: 'x', lateMs: 0, passed: true, results: [] } as const
  expect(resultFor([...success, checkpoint]).checkpoints).toMatchObject([{ checkpoint: '1h', at: expect.any(String) }])
})

test('commands carry what must be said again, quoted', () => {
  const flags = '--ledger file:/tmp/x'
  const found = resultOf({
    record: { ...record, id: "it's" },
    events: chain(success),
    invocation: { ...invocation, flags },
    lastRollbackSeconds: 7
  })
  expect(found?.rollbackCommand).toBe(`npx deploy-checklist rollback 'it'\\''s' ${flags}`)
  expect(found?.wayBack?.seconds).toBe(7)
})

test('without a plan there is no result, and without events no head', () => {
  expect(resultOf({ record, events: chain([started('deploy')]), invocation })).toBeUndefined()
  expect(headOf('x', [])).toBe('')
  expect(resultFor(success).head).toBe(`x2:22:${'22'.padStart(64, '0')}`)
})

test('a refusal without an execution keeps every problem', () => {
  const refusal = refusalOf({
    status: 'REFUSED',
    reason: 'checklist_invalid',
    message: 'm',
    hint: 'h',
    problems: ['a:1:1 x: y']
  })
  expect(refusal).toMatchObject({ exitCode: 2, execution: null, problems: ['a:1:1 x: y'], nextSteps: ['h'] })
  expect(refusal.verdict).toBe('REFUSED: the checklist has errors')
  expect(refusalOf({ status: 'FAILED', reason: 'bug', message: 'm', hint: '' })).toMatchObject({
    exitCode: 70,
    nextSteps: []
  })
})
