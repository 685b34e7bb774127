import { expect, test } from '@jest/globals'
import { judgePassage } from '../../../src/core/approval.js'
import { openApprovals } from '../../../src/github/approvals.js'
import type { GitHub } from '../../../src/github/github.js'
import { openRuns } from '../../../src/github/runs.js'
import { ciOf, fakeRun } from '../../fakes/github/ci-state.js'
import { deployedOf } from '../../fakes/github/handlers/deployments.js'
import type { FakeGitHub } from '../../fakes/github/server.js'
import { callsOf, eachCallFails, WAY_NAMES } from './each-call-fails.js'

/** A run that was never approved, and a job of it that goes on: whoever says otherwise has made it up. */
const stand = ({ state }: FakeGitHub) => {
  ciOf(state).runs.push(fakeRun())
  deployedOf(state).jobs.push({ id: 5, run: 77, attempt: 1, runner: 'one', status: 'in_progress' })
}

async function work(github: GitHub) {
  const reviews = await openApprovals(github).read('77')
  const jobs = await openRuns(github).jobs('77', 1)
  return { reviews, jobs }
}

test('who approved and which jobs there are is one request each', async () => {
  expect(await callsOf({ stand, work })).toEqual([
    'actions/get-reviews-for-run',
    'actions/list-jobs-for-workflow-run-attempt'
  ])
})

test.each(WAY_NAMES)('when each call %s, nobody passes whom nobody approved, and no job is called over', async way => {
  await eachCallFails(way, { stand, work }, ({ outcome }) => {
    if (outcome.kind === 'failed') return
    const { reviews, jobs } = outcome.value
    const facts = { environment: 'production', attempt: 1, before: 0, run: undefined, commit: undefined, now: '' }
    const { closed } = judgePassage({ ...facts, hasReviewers: true, held: false, reviews })
    const expected = 'unknown' in reviews ? [reviews.reason] : ['not_approved']
    expect([closed?.reason]).toEqual(expected)
    // What passes waits; what lacks a permission is refused by its name.
    expect(closed?.status).toBe(closed?.reason === 'github_unavailable' ? 'UNAVAILABLE' : 'REFUSED')
    if ('jobs' in jobs) expect(jobs.jobs.map(({ status }) => status)).toEqual(['in_progress'])
  })
})
