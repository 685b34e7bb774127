import { describe, expect, test } from '@jest/globals'
import {
  type HolderRun,
  type JobOfRun,
  lifeOfJob,
  lifeOfRun,
  notOurs,
  type RunAnswer,
  type WorkflowRun
} from '../../src/core/runs.js'

const run = (some: Partial<WorkflowRun>): RunAnswer => ({
  run: {
    ...{ id: '7', attempt: 1, status: 'completed', conclusion: 'success', createdAt: '', event: 'push' },
    ...{ actor: 'bea', triggeredBy: 'bea', repository: 'org/shop' },
    ...some
  }
})
const holder: HolderRun = { runId: '7', runAttempt: 1 }

describe('a holder of Actions', () => {
  test.each<[string, HolderRun, RunAnswer, string, RegExp]>([
    ['whose run is over', holder, run({}), 'dead', /is over \(success\)/],
    ['whose run was cancelled', holder, run({ conclusion: 'cancelled' }), 'dead', /cancelled/],
    ['whose run is over without a word', holder, run({ conclusion: '' }), 'dead', /completed/],
    ['whose run goes on', holder, run({ status: 'in_progress' }), 'alive', /in_progress/],
    ['whose run waits for an approval', holder, run({ status: 'waiting' }), 'alive', /waiting/],
    ['whose run is queued', holder, run({ status: 'queued' }), 'alive', /queued/],
    ['whose run is run again', holder, run({ attempt: 2, status: 'in_progress' }), 'dead', /attempt 2/],
    [
      'of which an earlier attempt was told',
      { runId: '7', runAttempt: 3 },
      run({ attempt: 2 }),
      'unknown',
      /attempt 2/
    ],
    ['of which another run was told', holder, run({ id: '8' }), 'unknown', /run 8/],
    ['whose run is in a state that nobody knows', holder, run({ status: 'resting' }), 'unknown', /resting/],
    ['whose run is in no state', holder, run({ status: '' }), 'unknown', /""/],
    ['of which GitHub told nothing', holder, { unknown: 'a 403' }, 'unknown', /a 403/],
    ['without an attempt, whose run is over', { runId: '7' }, run({ attempt: 4 }), 'dead', /attempt 4/],
    ['without an attempt, whose run goes on', { runId: '7' }, run({ status: 'pending' }), 'alive', /pending/]
  ])('%s', (_, process, answer, state, because) => {
    const life = lifeOfRun(process, answer)
    expect(life.state).toBe(state)
    expect(life.because).toMatch(because)
  })

  test.each([
    [undefined, undefined],
    ['org/shop', undefined],
    ['Org/Shop', undefined],
    ['org/other', 'unknown'],
    ['', 'unknown']
  ])('of the repository %j is asked for only here', (repository, state) => {
    const asked = { runId: '7', ...(repository !== undefined && { repository }) }
    expect(notOurs(asked, 'org/shop')?.state).toBe(state)
  })
})

const job = (some: Partial<JobOfRun> = {}): JobOfRun => ({
  ...{ name: 'deploy', status: 'completed', conclusion: 'failure', runner: 'one' },
  ...some
})
const going = { status: 'in_progress', conclusion: '' }

test.each<[string, readonly JobOfRun[] | string, string, RegExp]>([
  ['died', [job()], 'dead', /its job deploy is over \(failure\)/],
  ['was cancelled', [job({ conclusion: 'cancelled' })], 'dead', /cancelled/],
  ['goes on', [job(going)], 'alive', /is in_progress/],
  ['has left it to a later one', [job({ conclusion: 'success' })], 'unknown', /succeeded, and its run goes on/],
  ['is on its runner beside one that is over', [job(), job(going)], 'alive', /in_progress/],
  ['is another runner’s', [job({ runner: 'two' })], 'unknown', /none of the jobs/],
  ['has no runner yet', [job({ runner: '' })], 'unknown', /none of the jobs/],
  ['is not told of', 'a 403', 'unknown', /a 403/]
])('the job of a holder whose run goes on %s', (_, told, state, because) => {
  const life = lifeOfJob(name => name === 'one', typeof told === 'string' ? { unknown: told } : { jobs: told })
  expect(life.state).toBe(state)
  expect(life.because).toMatch(because)
})
