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
  ...{ environment: 'production', attempt: 1, hasReviewers: true, before: 0, now: 'now' },
  ...{ reviews: { reviews: [review()] }, run, commit },
  ...some
})

describe('the way through the gate', () => {
  test.each<[string, Partial<PassageFacts>, string, number, RegExp]>([
    ['with an approval', {}, 'approved', 1, /^$/],
    ['with an approval whose environment is written otherwise', { environment: 'Production' }, 'approved', 1, /^$/],
    ['with two', { reviews: { reviews: [review(), review({ who: 'eve' })] } }, 'approved', 2, /^$/],
    ['with none, though reviewers are required', { reviews: { reviews: [] } }, 'bypassed', 0, /an admin let it pass/],
    [
      'with one for another environment',
      { reviews: { reviews: [review({ environments: ['staging'] })] } },
      'bypassed',
      0,
      /required/
    ],
    ['with a rejection', { reviews: { reviews: [review({ state: 'rejected' })] } }, 'bypassed', 0, /required/],
    ['with a pending one', { reviews: { reviews: [review({ state: 'pending' })] } }, 'bypassed', 0, /required/],
    ['when nobody has to approve', { hasReviewers: false, reviews: { reviews: [] } }, 'unknown', 0, /no required/],
    [
      'when nobody knows who has to',
      { hasReviewers: undefined, reviews: { reviews: [] } },
      'unknown',
      0,
      /cannot be read/
    ],
    ['when the reviews cannot be read', { reviews: { unknown: 'a 403' } }, 'unknown', 0, /a 403/],
    ['in a later attempt, with the approval of the first', { attempt: 2, before: 1 }, 'unknown', 1, /earlier attempt/],
    [
      'in a later attempt, with one more',
      { attempt: 2, before: 1, reviews: { reviews: [review(), review()] } },
      'approved',
      2,
      /^$/
    ],
    ['in a later attempt, with none ever', { attempt: 2, reviews: { reviews: [] } }, 'bypassed', 0, /required/]
  ])('%s', (_, some, how, count, why) => {
    const passage = judgePassage(facts(some))
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
    const [given] = judgePassage(facts({ ...some, reviews: { reviews: [review({ who })] } })).approvals
    expect(given).toEqual({ who, words: 'go', seenAt: 'now', ...(own && { own }) })
  })
})
