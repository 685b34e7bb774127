import { describe, expect, test } from '@jest/globals'
import type { ExecutionRecord } from '../../src/core/execution.js'
import { decideNewest, decideRerun, type Rerun } from '../../src/core/outdated.js'
import { executionRecord } from '../fakes/executions.js'

test.each([
  ['stands at the commit', 'aaa', undefined],
  ['has moved on', 'bbb', 'not_newest'],
  ['is gone', undefined, 'not_newest'],
  ['is at nothing', '', 'not_newest']
])('a ref that %s', (_, newest, reason) => {
  const closed = decideNewest({ ref: 'refs/heads/main', commit: 'aaa' }, newest)
  expect(closed?.reason).toBe(reason)
  expect(closed?.hint ?? 'Start a new run').toMatch(/^Start a new run/)
})

describe('a run that is run again', () => {
  const [early, late] = ['2026-01-01T10:00:00Z', '2026-01-01T12:00:00.000Z']
  const again: Rerun = { runId: '7', runAttempt: 2, createdAt: '2026-01-01T11:00:00Z' }
  const made = (some: Partial<ExecutionRecord>): ExecutionRecord => ({
    ...executionRecord(),
    ...{ number: 2, runId: '8', startedAt: late, acted: true, status: 'FAILED' },
    ...some
  })
  const own = made({ number: 1, runId: '7', startedAt: late })
  test.each<[string, Rerun, readonly ExecutionRecord[], string | undefined]>([
    ['with nothing in the ledger', again, [], undefined],
    ['with only its own execution', again, [own], undefined],
    ['when another run came after its execution', again, [made({}), own], 'superseded'],
    [
      'when another run came before its execution',
      again,
      [made({ number: 1 }), made({ number: 2, runId: '7' })],
      undefined
    ],
    ['when what came after did nothing', again, [made({ acted: false }), own], undefined],
    [
      'when what came after succeeded with nothing to do',
      again,
      [made({ acted: false, status: 'SUCCESS' }), own],
      'superseded'
    ],
    ['when what came after only looked', again, [made({ purpose: 'observe', status: 'SUCCESS' }), own], undefined],
    [
      'when what came after was a rollback',
      again,
      [made({ purpose: 'rollback', status: 'SUCCESS' }), own],
      'superseded'
    ],
    ['that began nothing, when another one came after its first attempt', again, [made({})], 'superseded'],
    ['that began nothing, when the other one came before', again, [made({ startedAt: early })], undefined],
    ['that began nothing, when nobody knows its first attempt', { ...again, createdAt: '' }, [made({})], undefined],
    ['for the first time', { ...again, runAttempt: 1 }, [made({})], undefined],
    ['outside Actions', { ...again, runId: '' }, [made({})], undefined]
  ])('%s', (_, rerun, records, reason) => {
    expect(decideRerun(rerun, records)?.reason).toBe(reason)
  })

  test('is told what came last', () => {
    const message = decideRerun(again, [own, made({ number: 2, id: 'two' }), made({ number: 3, id: 'three' })])?.message
    expect(message).toMatch(/attempt 2 of run 7 is outdated: three /)
  })
})
