import { describe, expect, test } from '@jest/globals'
import { link } from '../../src/core/chain.js'
import { type Checkpoint, consequenceOf, failedIn, failureOf, owedIn, toWatch } from '../../src/core/checkpoints.js'
import { type EventBody, GENESIS } from '../../src/core/events.js'
import type { ExecutionRecord } from '../../src/core/execution.js'
import { executionRecord, PROCESS } from '../fakes/executions.js'

describe('consequenceOf', () => {
  const AUTO = { code: 'auto', schema: 'lossless', data: 'never' } as const
  const ASK = { ...AUTO, code: 'ask' } as const
  const monitor = (onFailure: 'page' | 'rollback') => ({ checkpoints: [], settleMs: 0, onFailure })

  test.each([
    ['page', AUTO, undefined, 'page'],
    ['page', AUTO, 'hand-over', 'page'],
    ['rollback', AUTO, undefined, 'rollback'],
    ['rollback', AUTO, 'page', 'page'],
    ['rollback', AUTO, 'hand-over', 'hand-over']
  ] as const)('on-failure: %s with %j, and %s asked for: %s', (onFailure, rollback, asked, to) => {
    expect(consequenceOf({ monitor: monitor(onFailure), rollback }, asked)).toEqual({ to })
  })

  test.each([undefined, 'page', 'hand-over'] as const)('what is left to a person is not done, with %s', asked => {
    const found = consequenceOf({ monitor: monitor('rollback'), rollback: ASK }, asked)
    expect(found).toEqual({ to: 'page', why: expect.stringMatching(/code: ask/) })
  })
})

describe('what failed and was not seen to', () => {
  const RED: Checkpoint['results'] = [
    { item: 'monitor/a', outcome: 'pass', detail: '' },
    { item: 'monitor/b', outcome: 'fail', detail: 'status 500' },
    { item: 'monitor/c', outcome: 'error', detail: '' }
  ]
  const at = (checkpoint: string, passed: boolean): Checkpoint => ({
    ...{ type: 'checkpoint', checkpoint, dueAt: '', lateMs: 0, passed },
    results: passed ? [] : RED
  })
  const owed = (to: 'page' | 'rollback'): EventBody => ({ type: 'owed', to, process: PROCESS })
  const chain = (...bodies: EventBody[]) => link(bodies, { head: GENESIS, seq: 0, at: '', token: 1 })

  test.each<[string, EventBody[], string[]]>([
    ['nothing', [], []],
    ['what passed is none of it', [at('1h', true)], []],
    ['several of one look', [at('1h', false), at('24h', false), owed('page')], ['1h', '24h']],
    ['what somebody was called for is none of it', [at('1h', false), owed('page'), { type: 'answered' }], []],
    ['what came later is', [at('1h', false), { type: 'answered' }, at('24h', false)], ['24h']]
  ])('%s', (_, bodies, names) => {
    expect(failedIn(chain(...bodies)).map(({ checkpoint }) => checkpoint)).toEqual(names)
  })

  test('the last who took it on sees to it', () => {
    expect(owedIn(chain(at('1h', false)))).toBeUndefined()
    expect(owedIn(chain(owed('page'), owed('rollback')))).toMatchObject({ seq: 2, body: { to: 'rollback' } })
  })

  test('in one line, also where no words were kept', () => {
    expect(failureOf([at('1h', false), at('24h', false)])).toBe('1h, 24h: monitor/b (status 500); monitor/c')
  })
})

describe('what there is to watch', () => {
  const to = (id: string, number: number, more: Partial<ExecutionRecord> = {}) => ({
    ...executionRecord({ id, number, purpose: 'deploy', status: 'SUCCESS', acted: true }),
    due: [{ checkpoint: '1h', dueAt: '2026-01-05T11:00:00.000Z' }],
    ...more
  })
  const other = { repository: 'org/shop', checklist: 'other', environment: 'production' }
  const none = { due: [] }

  test.each<[string, ExecutionRecord[], string[]]>([
    ['nothing', [to('a', 1, none)], []],
    ['what is to come', [to('a', 1)], ['a']],
    ['what was taken back is none of it', [to('a', 1, { rolledBack: true })], []],
    ['a newer one that acted makes it void', [to('b', 2, none), to('a', 1)], []],
    ['one that did not act does not', [to('b', 2, { ...none, acted: false }), to('a', 1)], ['a']],
    ['nor one that only looked', [to('b', 2, { ...none, purpose: 'observe' }), to('a', 1)], ['a']],
    ['nor one of another checklist', [to('b', 2, { ...none, key: other }), to('a', 1)], ['a']],
    [
      'what is due sooner comes first',
      [to('b', 2, { key: other, due: [{ checkpoint: '1h', dueAt: '2026-01-05T10:00:00.000Z' }] }), to('a', 1)],
      ['b', 'a']
    ],
    ['what is owed before that', [to('b', 2, { key: other }), to('a', 1, { ...none, owed: 'page' })], ['a', 'b']],
    [
      'its own rollback that was cut off leaves what is owed',
      [to('b', 2, { purpose: 'rollback', undoesExecutionId: 'a' }), to('a', 1, { owed: 'rollback' })],
      ['a']
    ]
  ])('%s', (_, records, ids) => {
    expect(toWatch(records).map(({ id }) => id)).toEqual(ids)
  })
})
