import { expect, test } from '@jest/globals'
import { standingMark } from '../../src/core/mark.js'
import { executionRecord } from '../fakes/executions.js'

const [GOOD, BAD] = ['a'.repeat(40), 'b'.repeat(40)]
const deployed = (number: number, commit: string, more: object = {}) => ({
  ...executionRecord({ id: `e${number}`, number }),
  ...{ purpose: 'deploy' as const, status: 'SUCCESS' as const, commit, markedBad: '' },
  ...more
})
const back = (number: number, undoesExecutionId: string, status = 'SUCCESS') =>
  deployed(number, GOOD, { purpose: 'rollback', undoesExecutionId, status })
const marked = { markedBad: 'orders fail' }

test.each([
  ['of nothing', [], undefined],
  ['of what succeeded', [deployed(1, BAD)], undefined],
  ['of what was marked', [deployed(1, BAD, marked)], 'orders fail'],
  ['of what was marked although it had failed', [deployed(1, BAD, { ...marked, status: 'FAILED' })], 'orders fail'],
  ['whose writing was cut off after the rollback', [deployed(1, BAD), back(2, 'e1')], 'taken back by e2'],
  ['of what a rollback could not take back', [deployed(1, BAD), back(2, 'e1', 'FAILED')], undefined],
  ['that a later success has lifted', [deployed(1, BAD, marked), deployed(2, BAD)], undefined],
  ['that a later failure has not', [deployed(1, BAD, marked), deployed(2, BAD, { status: 'FAILED' })], 'orders fail'],
  ['that was set again', [deployed(1, BAD), deployed(2, BAD, { ...marked, status: 'ROLLED_BACK' })], 'orders fail'],
  ['of another commit', [deployed(1, GOOD, marked)], undefined],
  ['that an adoption cannot lift', [deployed(1, BAD, marked), deployed(2, BAD, { purpose: 'adopt' })], 'orders fail']
])('a mark %s', (_, records, because) => {
  expect(standingMark(BAD, records)?.because).toBe(because)
  expect(standingMark(BAD, [...records].reverse())?.because).toBe(because)
})
