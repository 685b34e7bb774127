import { describe, expect, test } from '@jest/globals'
import { judgePassage, type PassageFacts, type Review } from '../../src/core/approval.js'
import type { WorkflowRun } from '../../src/core/runs.js'

const run: WorkflowRun = {
  ...{ id: '7', attempt: 1, status: 'in_progress', conclusion: '', createdAt: '', repository: 'org/shop' },
  ...{ event: 'push', actor: 'bea', triggeredBy: 'cy' }
}
const commit = { sha: 'a', author: 'dan', committer: 'web-flow' }
const review = (some: Partial<Review> = {}): Review => ({
  ...{ state: 'approved', who: 'ann', words: 'go', environments: ['production'] },
  ...some
})
const facts = (some: Partial<PassageFacts> = {}): PassageFacts => ({
  ...{ environment: 'production', attempt: 1, hasReviewers: true, held: false, before: 0, now: 'now' },
  ...{ reviews: { reviews: [review()] }, run, commit },
  ...some
})

const only = (some: Partial<Review>) => ({ reviews: [review(some)] })
const NONE = { reviews: [] }

describe('the way through the gate', () => {
  test.each<[string, Partial<PassageFacts>, string, number, RegExp]>([
    ['with an approval', {}, 'approved', 1, /^$/],
    ['with an approval whose environment is written otherwise', { environment: 'Production' }, 'approved', 1, /^$/],
    ['with two', { reviews: { reviews: [review(), review({ who: 'eve' })] } }, 'approved', 2, /^$/],
    ['with none, held back all the same', { reviews: NONE, held: true }, 'bypassed', 0, /an admin let it pass/],
    ['with a rejection before that', { reviews: only({ state: 'rejected' }), held: true }, 'bypassed', 0, /admin/],
    [
      'approved together with others',
      { reviews: only({ environments: ['staging', 'production'] }) },
      'approved',
      1,
      /^$/
    ],
    ['in a later attempt, with the approval of the first', { attempt: 2, before: 1 }, 'unknown', 1, /earlier attempt/],
    [
      'in a later attempt, with one more',
      { attempt: 2, before: 1, reviews: { reviews: [review(), review()] } },
      'approved',
      2,
      /^$/
    ],
    [
      'in a later attempt, held back, with none ever',
      { attempt: 2, reviews: NONE, held: true },
      'bypassed',
      0,
      /admin/
    ],
    ['approved, though nobody can read who had to', { hasReviewers: { unknown: 'a 403' } }, 'approved', 1, /^$/]
  ])('%s', (_, some, how, count, why) => {
    const { passage, closed } = judgePassage(facts(some))
    expect([closed, passage.closed]).toEqual([undefined, undefined])
    expect([passage.how, passage.approvals.length]).toEqual([how, count])
    expect(passage.why).toMatch(why)
  })

  test.each<[string, string, Partial<PassageFacts>, readonly string[] | undefined]>([
    ['nobody near it', 'ann', {}, []],
    ['who wrote the commit', 'Dan', {}, ['commit']],
    ['who pushed it', 'bea', {}, ['commit', 'run']],
    ['who started the run by hand', 'bea', { run: { ...run, event: 'workflow_dispatch' } }, ['run']],
    ['who ran it again', 'cy', {}, ['run']],
    ['when the run cannot be read', 'bea', { run: undefined }, undefined],
    ['when the commit cannot be read', 'bea', { commit: undefined }, undefined],
    ['without a name', '', { commit: { sha: 'a', author: '', committer: '' } }, []]
  ])('approved by %s', (_, who, some, own) => {
    const [given] = judgePassage(facts({ ...some, reviews: only({ who }) })).passage.approvals
    expect(given).toEqual({ who, words: 'go', seenAt: 'now', ...(own && { own }) })
  })
})

describe('unknown is closed', () => {
  const down = { unknown: 'a 502', reason: 'github_unavailable', hint: 'wait' } as const
  const forbidden = { unknown: 'a 403', reason: 'missing_permission', hint: 'give it' } as const

  test.each<[string, Partial<PassageFacts>, string, string]>([
    ['nobody approved', { reviews: NONE }, 'REFUSED', 'not_approved'],
    ['another environment was approved', { reviews: only({ environments: ['staging'] }) }, 'REFUSED', 'not_approved'],
    ['it was rejected', { reviews: only({ state: 'rejected' }) }, 'REFUSED', 'not_approved'],
    ['a review still waits', { reviews: only({ state: 'pending' }) }, 'REFUSED', 'not_approved'],
    ['a later attempt was never approved', { attempt: 2, reviews: NONE }, 'REFUSED', 'not_approved'],
    // A wait timer, or a rule of an app, holds back as well; a reviewer was promised.
    ['nobody has to approve any more', { hasReviewers: false, reviews: NONE, held: true }, 'REFUSED', 'gate_too_weak'],
    ['the reviews cannot be read', { reviews: { unknown: 'x' } }, 'REFUSED', 'gate_unreadable'],
    ['a permission lacks', { reviews: forbidden }, 'REFUSED', 'missing_permission'],
    ['it lacks for the environment', { reviews: NONE, hasReviewers: forbidden }, 'REFUSED', 'missing_permission'],
    ['GitHub is down', { reviews: down }, 'UNAVAILABLE', 'github_unavailable'],
    ['it went down in between', { reviews: NONE, hasReviewers: down }, 'UNAVAILABLE', 'github_unavailable']
  ])('where %s', (_, some, status, reason) => {
    const { passage, closed } = judgePassage(facts(some))
    expect([passage.how, passage.closed]).toEqual(['unknown', true])
    expect(closed).toMatchObject({ status, reason })
    expect(closed?.hint).not.toBe('')
  })
})
