import { expect, test } from '@jest/globals'
import { jobOn, type Listed, madeFor, madeTooLate, matchOf, ofJobs } from '../../../src/core/deployments/own.js'

const listed = (id: string, execution = '', app = 'github-actions'): Listed => ({
  ...{ id, execution, app, sha: 'a'.repeat(40), environment: 'production' }
})
const log = (rest: string) => `https://github.com/org/shop/actions/runs/${rest}`

test('of several that were made for one execution the first one stays, and the others came too late', () => {
  const all = [listed('1003', 'E1'), listed('999', 'E1'), listed('1002', 'E2'), listed('1000', 'E1'), listed('998')]
  expect(madeFor('E1', all)?.id).toBe('999')
  expect(madeTooLate('E1', all).map(({ id }) => id)).toEqual(['1000', '1003'])
  expect([madeFor('E3', all), madeTooLate('E2', all)]).toEqual([undefined, []])
})

test("a job's own is GitHub's, not one that we or a person made", () => {
  const all = [listed('3', 'E1'), listed('2', '', ''), listed('1'), listed('0', '', 'some-app')]
  expect(ofJobs(all).map(({ id }) => id)).toEqual(['1'])
})

test.each([
  ['r1', 'the one under way on our runner', '12'],
  ['r2', 'none is under way there', undefined],
  ['r3', 'two are under way under one name', undefined],
  ['', 'nobody knows our runner', undefined]
])('our job on %j: %s', (runner, _, expected) => {
  const job = (id: string, status: string, on: string) => ({ id, status, runner: on })
  const jobs = [
    ...[job('11', 'completed', 'r1'), job('12', 'in_progress', 'r1'), job('13', 'completed', 'r2')],
    ...[job('14', 'in_progress', 'r3'), job('15', 'in_progress', 'r3'), job('16', 'in_progress', '')]
  ]
  expect(jobOn(runner, jobs)).toBe(expected)
})

test.each([
  [[log('77/job/12')], '12', 'this-job'],
  [[log('77/job/12?pr=3')], '12', 'this-job'],
  [[log('77/attempts/2/job/12')], '12', 'this-job'],
  [[log('77/job/13')], '12', 'another'],
  [[log('78/job/12')], '12', 'another'],
  [[log('777/job/12')], '12', 'another'],
  [[log('77')], '12', 'this-run'],
  [[log('77/job/13')], undefined, 'this-run'],
  [['https://example.com/77/job/12'], '12', 'another'],
  [[], '12', 'another'],
  [[], undefined, 'another']
] as const)('statuses that lead to %j, asked by job %s: %s', (logs, job, expected) => {
  expect(matchOf(logs, { runId: '77' }, job)).toBe(expected)
})
