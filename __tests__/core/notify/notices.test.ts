import { expect, test } from '@jest/globals'
import { link } from '../../../src/core/chain.js'
import { type Event, type EventBody, GENESIS } from '../../../src/core/events.js'
import { keptBody } from '../../../src/core/kept.js'
import { noticesOf } from '../../../src/core/notify/notices.js'
import type { NotifyRule } from '../../../src/core/notify/notifier.js'
import { overdueOf } from '../../../src/core/notify/overdue.js'
import { executionRecord, openedBody, PROCESS } from '../../fakes/executions.js'

const NOW = Date.parse('2026-01-05T10:00:00.000Z')
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString()
type Timed = EventBody | readonly [minutes: number, body: EventBody]

/** A chain of these events, each at its minute, or at that of the one before. */
function chain(...bodies: readonly Timed[]): readonly Event[] {
  let minutes = 0
  const events: Event[] = []
  for (const timed of bodies) {
    if (!('type' in timed)) minutes = timed[0]
    const last = events.at(-1)
    const before = { head: last?.hash ?? GENESIS, seq: last?.seq ?? 0, at: at(minutes), token: 1 }
    events.push(...link(['type' in timed ? timed : timed[1]], before))
  }
  return events
}

const opened = (more: object = {}): EventBody => ({ ...openedBody(), ...more }) as EventBody
const joined = (why: 'stage' | 'resume'): EventBody => ({ type: 'joined', process: PROCESS, why })
const waits = (item: string): readonly EventBody[] => [
  {
    ...{ type: 'outcome', stage: 'preflight', item, target: '', attempt: 1, deed: 'run', outcome: 'waiting' },
    ...{ detail: 'nobody has signed', hint: '', durationMs: 0 }
  },
  { type: 'paused', status: 'WAITING', reason: 'waiting_for_person', message: `waiting for ${item}` }
]
const cancelled: EventBody = { type: 'paused', status: 'CANCELLED', reason: 'cancelled', message: 'SIGTERM' }
const ended = (status: 'SUCCESS' | 'FAILED' | 'ROLLED_BACK' | 'CANCELLED' | 'PARTIAL', reason = 'ok'): EventBody =>
  ({ type: 'ended', status, reason, message: '' }) as EventBody
const checkpoint = (name: string, passed: boolean): EventBody => ({
  ...{ type: 'checkpoint', checkpoint: name, dueAt: at(0), lateMs: 0, passed, results: [] }
})
const toldOf = (...bodies: readonly Timed[]) => noticesOf(chain(...bodies)).map(({ kind, cause }) => `${kind} ${cause}`)

test.each<[string, readonly Timed[], readonly string[]]>([
  ['success', [opened(), ended('SUCCESS')], ['start start', 'success success']],
  ['only optional items failed', [opened(), ended('PARTIAL')], ['start start', 'success success']],
  ['failure', [opened(), ended('FAILED', 'deploy_failed')], ['start start', 'failure failure:deploy_failed']],
  ['back by itself', [opened(), ended('ROLLED_BACK')], ['start start', 'rollback rollback']],
  ['back by hand', [opened({ purpose: 'rollback' }), ended('SUCCESS')], ['start start', 'rollback rollback']],
  [
    'many processes',
    [opened(), joined('stage'), joined('stage'), ended('SUCCESS')],
    ['start start', 'success success']
  ],
  ['prepared and never taken up', [opened({ prepared: true })], []],
  ['prepared, then begun', [opened({ prepared: true }), joined('stage'), joined('stage')], ['start start']],
  ['set aside for a newer one', [opened({ prepared: true }), ended('CANCELLED', 'superseded')], []],
  [
    'cancelled before it acted',
    [opened(), ended('CANCELLED', 'cancelled')],
    ['start start', 'failure failure:cancelled']
  ],
  ['only looked at', [opened({ purpose: 'observe' }), ended('FAILED', 'observed')], []],
  ['live already', [opened({ purpose: 'adopt' }), ended('SUCCESS', 'adopted')], []],
  [
    'the same person twice, then another one',
    [opened(), ...waits('a'), joined('resume'), ...waits('a'), joined('resume'), ...waits('b')],
    ['start start', 'waiting waiting:a', 'waiting waiting:b']
  ],
  [
    'cancelled, resumed, cancelled again',
    [opened(), cancelled, joined('resume'), cancelled],
    ['start start', 'failure failure:cancelled:0', 'failure failure:cancelled:1']
  ],
  [
    'waited for within its process, and then stopped for it',
    [opened(), { type: 'told', kind: 'waiting', cause: 'waiting:a', afterMs: 0 }, ...waits('a')],
    ['start start', 'waiting waiting:a']
  ],
  [
    'two late checkpoints with one look, a later one by itself',
    [opened(), ended('SUCCESS'), [60, checkpoint('1h', false)], checkpoint('2h', false), [90, checkpoint('3h', false)]],
    ['start start', 'success success', 'failure failure:checkpoint:1h,2h', 'failure failure:checkpoint:3h']
  ],
  ['a checkpoint that passed', [opened(), ended('SUCCESS'), checkpoint('1h', true)], ['start start', 'success success']]
])('what is told of one that ended so: %s', (_, bodies, expected) => {
  expect(toldOf(...bodies)).toEqual(expected)
})

test('the same is told of what a public ledger has kept', () => {
  const bodies = [
    opened(),
    ...waits('a'),
    joined('resume'),
    cancelled,
    joined('resume'),
    ended('FAILED', 'deploy_failed')
  ]
  const kept = bodies.map(body => keptBody(body, { keeps: 'verdicts' }))
  expect(toldOf(...kept)).toEqual(toldOf(...bodies))
})

test('what is told once belongs to whoever wrote it first', () => {
  const events = chain(opened(), ...waits('a'), joined('resume'), ...waits('a'))
  expect(noticesOf(events).map(({ kind, seq }) => `${kind} ${seq}`)).toEqual(['start 1', 'waiting 3'])
})

test('of no events there is nothing to tell', () => {
  expect(noticesOf([])).toEqual([])
})

const rule = (afterMinutes: number, ...on: NotifyRule['on']): NotifyRule => ({
  to: { kind: 'issue-comment', issue: 1 },
  on,
  afterMs: afterMinutes * 60_000
})
const RULES = [rule(30, 'escalation'), rule(30, 'escalation'), rule(120, 'escalation'), rule(5, 'failure')]
const waiting = executionRecord({ status: 'WAITING' })
const told = (minutes: number, cause = 'waiting:a'): EventBody => ({
  ...{ type: 'told', kind: 'escalation', cause, afterMs: minutes * 60_000 }
})
const dueAt = (minutes: number, record: typeof waiting, ...bodies: readonly Timed[]) =>
  overdueOf(record, chain(...bodies), RULES, new Date(NOW + minutes * 60_000)).map(
    ({ notice, afterMs }) => `${notice.cause} ${afterMs / 60_000}`
  )

test.each<[string, number, readonly Timed[], readonly string[]]>([
  ['not yet', 29, [opened(), ...waits('a')], []],
  ['on time', 30, [opened(), ...waits('a')], ['waiting:a 30']],
  ['both, in their order', 121, [opened(), ...waits('a')], ['waiting:a 30', 'waiting:a 120']],
  ['once', 119, [opened(), ...waits('a'), told(30)], []],
  ['the later one by itself', 121, [opened(), ...waits('a'), told(30)], ['waiting:a 120']],
  ['told of something else', 40, [opened(), ...waits('b'), told(30), ...waits('a')], ['waiting:b,a 30']],
  [
    'a signature is a reaction',
    40,
    [
      opened(),
      ...waits('a'),
      [20, { type: 'signed', signOff: { item: 'x', who: 'x', words: '', at: '', claimed: true } }]
    ],
    []
  ]
])('nobody reacts to one that waits: %s', (_, minutes, bodies, expected) => {
  expect(dueAt(minutes, waiting, ...bodies)).toEqual(expected)
})

test('a failure that keeps the environment waits for somebody; one that freed it for nobody', () => {
  const bodies = [opened(), cancelled]
  expect(dueAt(60, executionRecord({ status: 'CANCELLED' }), ...bodies)).toEqual(['failure:cancelled:0 30'])
  expect(dueAt(60, executionRecord({ status: 'CANCELLED', holdsEnvironment: false }), ...bodies)).toEqual([])
  expect(dueAt(60, executionRecord({ status: 'FAILED' }), opened(), ended('FAILED', 'deploy_failed'))).toEqual([])
})

test('a page of the monitor waits until a checkpoint passes, it is taken back, or somebody calls it bad', () => {
  const record = executionRecord({ status: 'SUCCESS', holdsEnvironment: false })
  const failed = [opened(), ended('SUCCESS'), [60, checkpoint('1h', false)]] as const
  expect(dueAt(95, record, ...failed)).toEqual(['failure:checkpoint:1h 30'])
  expect(dueAt(95, record, ...failed, [80, checkpoint('2h', true)])).toEqual([])
  expect(dueAt(95, { ...record, rolledBack: true }, ...failed)).toEqual([])
  expect(dueAt(95, { ...record, markedBad: 'it is slow' }, ...failed)).toEqual([])
})
