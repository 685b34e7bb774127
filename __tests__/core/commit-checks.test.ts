import { describe, expect, test } from '@jest/globals'
import type { CiRule } from '../../src/core/checklist.js'
import {
  type CheckRun,
  type CommitFacts,
  type CommitRun,
  decideCi,
  stateOfCheck
} from '../../src/core/commit-checks.js'

const commit = 'c'.repeat(40)
const check = (name: string, conclusion = 'success', more: Partial<CheckRun> = {}): CheckRun => ({
  ...{ name, status: conclusion === '' ? 'in_progress' : 'completed', conclusion, suite: '', runId: '' },
  ...more
})
const run = (id: string, conclusion = 'success', more: Partial<CommitRun> = {}): CommitRun => ({
  ...{ id, name: `CI ${id}`, workflow: `w${id}`, suite: `s${id}`, ours: false },
  ...{ status: conclusion === '' ? 'in_progress' : 'completed', conclusion },
  ...more
})
const facts = (some: Partial<CommitFacts>): CommitFacts => ({ commit, checks: [], statuses: [], runs: [], ...some })

test.each([
  ['completed', 'success', 'passed'],
  ['completed', 'neutral', 'skipped'],
  ['completed', 'skipped', 'skipped'],
  ['completed', 'failure', 'failed'],
  ['completed', 'cancelled', 'failed'],
  ['completed', 'timed_out', 'failed'],
  ['completed', 'action_required', 'failed'],
  ['completed', 'stale', 'failed'],
  ['completed', 'startup_failure', 'failed'],
  ['completed', '', 'unknown'],
  ['completed', 'constructor', 'unknown'],
  ['queued', '', 'pending'],
  ['waiting', '', 'pending'],
  ['in_progress', 'success', 'pending'],
  ['vibrating', '', 'unknown'],
  ['', '', 'unknown']
] as const)('a check that is %j with %j is %s', (status, conclusion, state) => {
  expect(stateOfCheck(status, conclusion)).toBe(state)
})

describe('CI of a commit', () => {
  const ours = { status: 'in_progress', conclusion: '' }
  test.each<[string, CiRule, Partial<CommitFacts>, string]>([
    ['nothing at all', 'green', {}, 'none'],
    ['nothing at all, where that is allowed', 'if-any', {}, ''],
    ['one check that passed', 'green', { checks: [check('build')] }, ''],
    ['one status that passed', 'green', { statuses: [{ context: 'jenkins', state: 'success' }] }, ''],
    ['nothing but what was skipped', 'green', { checks: [check('docs', 'skipped')] }, 'none'],
    ['nothing but what was skipped, where none is enough', 'if-any', { checks: [check('docs', 'skipped')] }, ''],
    ['one that failed', 'green', { checks: [check('build'), check('lint', 'failure')] }, 'lint is failure'],
    ['one that failed, where none is enough', 'if-any', { checks: [check('lint', 'failure')] }, 'lint is failure'],
    ['one that runs', 'green', { checks: [check('build', '')] }, 'build is in_progress'],
    ['one with a word that nobody knows', 'green', { checks: [check('b', 'fine')] }, 'b is fine'],
    ['a status that failed', 'green', { statuses: [{ context: 'jenkins', state: 'error' }] }, 'jenkins is error'],
    ['a status that is pending', 'green', { statuses: [{ context: 'j', state: 'pending' }] }, 'j is pending'],
    ['a status of a new kind', 'green', { statuses: [{ context: 'j', state: 'odd' }] }, 'j is odd'],
    [
      'a run whose next job has no check yet',
      'green',
      { checks: [check('build')], runs: [run('1', '')] },
      'CI 1 is in'
    ],
    [
      'a run that could not start',
      'green',
      { checks: [check('b')], runs: [run('1', 'startup_failure')] },
      'CI 1 is st'
    ],
    ['our own run', 'green', { checks: [check('b'), check('d', '', { runId: '7' })], runs: [run('7', '')] }, ''],
    [
      'our own run by its suite',
      'green',
      { checks: [check('b'), check('d', '', { suite: 's7' })], runs: [run('7', '')] },
      ''
    ],
    ['our own run, when the list lacks it', 'green', { checks: [check('b'), check('d', '', { runId: '7' })] }, ''],
    ['only our own run', 'green', { checks: [check('d', 'success', { runId: '7' })], runs: [run('7', '')] }, 'none'],
    [
      'an earlier run of our own workflow that failed',
      'green',
      {
        checks: [check('b'), check('deploy', 'failure', { suite: 's5', runId: '5' })],
        runs: [run('7', '', ours), run('5', 'failure', { workflow: 'w7' })]
      },
      ''
    ],
    [
      'a monitor that runs',
      'green',
      { checks: [check('b'), check('watch', '', { suite: 's9' })], runs: [run('9', '', { ours: true })] },
      ''
    ],
    [
      'the suite of nothing is not that of ours',
      'green',
      { checks: [check('x', 'failure')], runs: [run('7', '')] },
      'x is'
    ],
    [
      'the named ones',
      ['build', 'jenkins'],
      { checks: [check('build'), check('z', 'failure')], statuses: [{ context: 'jenkins', state: 'success' }] },
      ''
    ],
    ['a named workflow', ['CI 1'], { runs: [run('1')] }, ''],
    ['a named one that is not there', ['build'], { checks: [check('test')] }, 'build is not there'],
    ['a named one that was skipped', ['build'], { checks: [check('build', 'skipped')] }, 'build is skipped'],
    ['a name that two have and one failed', ['b'], { checks: [check('b'), check('b', 'failure')] }, 'b is failure'],
    ['a named one of our own run', ['d'], { checks: [check('d', 'success', { runId: '7' })] }, 'd is not there']
  ])('with %s (%j)', (_, rule, some, found) => {
    const closed = decideCi(rule, facts(some), '7')
    if (found === '') expect(closed).toBeUndefined()
    else expect(closed).toMatchObject({ reason: 'ci_not_green', status: 'REFUSED' })
    expect(closed?.message ?? '').toContain(found)
  })

  test("what has no id, suite or workflow is nobody's, and counts", () => {
    const ours = run('7', '', { suite: '', workflow: '' })
    const other = run('8', 'failure', { suite: '', workflow: '' })
    const nameless = facts({ checks: [check('b'), check('c', 'failure')], runs: [ours, other] })
    expect(decideCi('green', nameless, '7')?.message).toMatch(/: c is failure, CI 8 is failure$/)
    expect(decideCi('green', facts({ checks: [check('b')], runs: [run('', 'failure')] }), '')?.message).toMatch(
      /: CI is failure$/
    )
  })

  test('is told of with ten at most, in one line each', () => {
    const many = Array.from({ length: 13 }, (_, index) => check(`job ${index}\n::error::x`, 'failure'))
    const closed = decideCi('green', facts({ checks: many }), '')
    expect(closed?.message).toMatch(/job 9 .* and 3 more$/)
    expect(closed?.message).not.toMatch(/\n|job 10/)
  })

  test('waits for what is pending, and mends what is red', () => {
    expect(decideCi('green', facts({ checks: [check('b', '')] }), '')?.hint).toMatch(/^Wait/)
    expect(decideCi('green', facts({ checks: [check('b', ''), check('c', 'failure')] }), '')?.hint).toMatch(/^Mend/)
  })

  test('outside Actions nothing is taken for our own run', () => {
    const unnamed = facts({ checks: [check('b'), check('c', 'failure')], runs: [run('', 'failure')] })
    expect(decideCi('green', unnamed, '')?.message).toMatch(/c is failure/)
  })
})
