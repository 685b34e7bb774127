import { expect, test } from '@jest/globals'
import { refusalOf } from '../../../src/core/result/result.js'
import { resultWithin } from '../../../src/core/result/result-within.js'
import { failing, live } from '../../report/situations.js'

const ROOM = 400_000
const outcomes = (result: ReturnType<typeof failing>) =>
  result.stages.flatMap(({ items }) => items).map(({ outcome }) => outcome)

test('what has room is carried as it is', () => {
  expect(resultWithin(live(), ROOM)).toEqual(live())
})

test('catalogues go first, then what was found of what passed: what failed keeps its words', () => {
  const result = failing(700, 'no answer '.repeat(60))
  const carried = resultWithin(result, ROOM)
  expect([carried.cut, outcomes(carried)]).toEqual([true, outcomes(result)])
  const [failed] = carried.stages.flatMap(({ items }) => items).filter(({ outcome }) => outcome === 'fail')
  expect(failed?.detail).toBe(`${'no answer '.repeat(60)} 3`)
})

test.each([
  ['5,000 items', failing(5000, 'no answer '.repeat(60))],
  [
    '10,000 problems',
    refusalOf({
      status: 'REFUSED',
      reason: 'checklist_invalid',
      message: 'm',
      hint: '',
      problems: Array.from({ length: 10_000 }, (_, n) => `f:${n}:1 ${'x'.repeat(80)}`)
    })
  ],
  ['a megabyte of words', refusalOf({ status: 'FAILED', reason: 'bug', message: 'x'.repeat(1_000_000), hint: '' })]
])('%s are carried in the room that there is, with status and reason', (_, result) => {
  const carried = resultWithin(result, ROOM)
  expect(JSON.stringify(carried).length).toBeLessThanOrEqual(ROOM)
  const { status, reason, exitCode, head } = result
  expect(carried).toMatchObject({ status, reason, exitCode, head, cut: true })
})
