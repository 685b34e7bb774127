import { describe, expect, test } from '@jest/globals'
import type { GateRules } from '../../../src/core/checklist.js'
import type { EnvironmentFacts } from '../../../src/core/gate/facts.js'
import { judgeGate } from '../../../src/core/gate/judge.js'
import type { GateFacts } from '../../../src/core/ports.js'
import { environment, OPEN } from '../../fakes/environment.js'

const ALL: GateRules = {
  reviewers: 'required',
  preventSelfReview: true,
  preventAdminBypass: true,
  waitMs: 600_000,
  branches: ['main']
}
const read = (more: Partial<EnvironmentFacts> = {}): GateFacts => ({ kind: 'read', facts: environment(more) })
const custom = (pattern: string, type: 'branch' | 'tag' = 'branch') =>
  ({ kind: 'custom', policies: [{ id: 3, pattern, type }] }) as const
const reasons = (rules: GateRules, facts: GateFacts, ref = '') =>
  judgeGate(rules, facts, ref).map(({ reason }) => reason)

describe('what is enforced is compared with what is promised', () => {
  test.each<[string, GateRules, Partial<EnvironmentFacts>, readonly string[]]>([
    ['all that is promised is there', ALL, {}, []],
    ['nothing is promised, nothing is there', {}, OPEN, []],
    ['nothing is promised of an environment that is not there', {}, { ...OPEN, exists: false }, []],
    ['nothing of all', ALL, OPEN, Array(4).fill('gate_too_weak')],
    ['the environment is not there', ALL, { ...OPEN, exists: false }, ['gate_too_weak']],
    ['reviewers', { reviewers: 'required' }, {}, []],
    ['no reviewers', { reviewers: 'required' }, { reviewers: [] }, ['gate_too_weak']],
    ['no reviewers, which it may not have', { reviewers: 'required' }, { ...OPEN, plan: 'unknown' }, ['gate_too_weak']],
    [
      'no reviewers, which it cannot have',
      { reviewers: 'required' },
      { ...OPEN, plan: 'no-reviewers' },
      ['gate_not_available']
    ],
    ['they are there whatever is thought of the plan', { reviewers: 'required' }, { plan: 'no-reviewers' }, []],
    [
      'a sign-off is no matter of GitHub',
      { reviewers: 'sign-off', preventSelfReview: true },
      { ...OPEN, exists: false },
      []
    ],
    ['a sign-off, and branches that are', { reviewers: 'sign-off', branches: ['main'] }, OPEN, ['gate_too_weak']],
    [
      'self-review',
      { reviewers: 'required', preventSelfReview: true },
      { preventSelfReview: false },
      ['gate_too_weak']
    ],
    ['self-review that nobody minds', { reviewers: 'required' }, { preventSelfReview: false }, []],
    ['self-review where nobody reviews', { preventSelfReview: true }, { reviewers: [] }, ['gate_too_weak']],
    ['admins that may', { preventAdminBypass: true }, { preventAdminBypass: false }, ['gate_too_weak']],
    [
      'admins of whom nothing is known',
      { preventAdminBypass: true },
      { preventAdminBypass: undefined },
      ['gate_unreadable']
    ],
    ['admins that nobody minds', { preventAdminBypass: false }, { preventAdminBypass: undefined }, []],
    ['a shorter wait', { waitMs: 600_001 }, {}, ['gate_too_weak']],
    ['no wait, which it cannot have', { waitMs: 1 }, { ...OPEN, plan: 'no-reviewers' }, ['gate_not_available']],
    ['a longer wait', { waitMs: 1 }, {}, []],
    ['every branch', { branches: ['main'] }, { branches: { kind: 'all' } }, ['gate_too_weak']],
    ['every branch, as is promised', { branches: ['**/*'] }, { branches: { kind: 'all' } }, []],
    ['another branch', { branches: ['main'] }, { branches: custom('develop') }, ['gate_too_weak']],
    ['a wider pattern', { branches: ['release/v*'] }, { branches: custom('release/*') }, ['gate_too_weak']],
    ['a narrower pattern', { branches: ['release/*'] }, { branches: custom('release/v*') }, []],
    ['a star that does not cross', { branches: ['*'] }, { branches: custom('release/1') }, ['gate_too_weak']],
    ['a tag', { branches: ['v*'] }, { branches: custom('v*', 'tag') }, ['gate_too_weak']],
    ['no branch at all', { branches: ['main'] }, { branches: { kind: 'custom', policies: [] } }, []],
    [
      'protected branches',
      { branches: ['main', 'release/*'] },
      { branches: { kind: 'protected', branches: ['main', 'release/1'] } },
      []
    ],
    [
      'another protected branch',
      { branches: ['main'] },
      { branches: { kind: 'protected', branches: ['main', 'dev'] } },
      ['gate_too_weak']
    ],
    [
      'protected branches, of which there is none',
      { branches: ['main'] },
      { branches: { kind: 'protected', branches: [] } },
      ['gate_too_weak']
    ]
  ])('%s', (_, rules, facts, expected) => {
    expect(reasons(rules, read(facts))).toEqual(expected)
  })

  test.each<[string, readonly string[] | undefined, string[]]>([
    ['refs/heads/main', ['main'], []],
    ['refs/heads/release/1', ['release/*'], []],
    ['refs/heads/feature', ['main'], ['gate_too_weak']],
    ['refs/tags/main', ['main'], ['gate_too_weak']],
    ['refs/pull/3/merge', ['**/*'], ['gate_too_weak']],
    ['refs/heads/feature', undefined, []],
    ['', ['main'], []],
    ['HEAD', ['main'], []]
  ])('a run of %j where %j may be deployed', (ref, branches, expected) => {
    const rules: GateRules = { ...ALL, branches: branches ?? ['main'] }
    const { branches: _, ...others } = rules
    const nobody = read({ branches: { kind: 'custom', policies: [] } })
    expect(reasons(branches === undefined ? others : rules, nobody, ref)).toEqual(expected)
  })
})

describe('what cannot be read is closed, and says why', () => {
  const lost: GateFacts = { kind: 'unreadable', why: 'no token', hint: 'Give one.' }
  test.each<[GateRules, GateFacts, string[]]>([
    [{ reviewers: 'required' }, lost, ['gate_unreadable']],
    [{ reviewers: 'required' }, { ...lost, reason: 'missing_permission' }, ['missing_permission']],
    [{ reviewers: 'required' }, { ...lost, reason: 'github_unavailable' }, ['github_unavailable']],
    [{ reviewers: 'sign-off' }, lost, []],
    [{ reviewers: 'sign-off', branches: ['main'] }, lost, ['gate_unreadable']],
    [{}, lost, []]
  ])('%j of %j', (rules, facts, expected) => {
    expect(reasons(rules, facts)).toEqual(expected)
  })
})

describe('each objection names the setting, its page and a line that changes it', () => {
  const hintOf = (rules: GateRules, facts: Partial<EnvironmentFacts>) => judgeGate(rules, read(facts), '')[0]?.hint

  test('of an environment that lets everybody in, with a place for the reviewer', () => {
    expect(hintOf({ reviewers: 'required', preventSelfReview: true, branches: ['main'] }, OPEN)).toBe(
      'On https://github.com/org/shop/settings/environments/1/edit: tick "Required reviewers" and name at least one. ' +
        'Or as an admin, a reviewer in the place of LOGIN: ' +
        "gh api --method PUT repos/org/shop/environments/production -F wait_timer=0 -F prevent_self_review=true -F 'deployment_branch_policy[protected_branches]=false' -F 'deployment_branch_policy[custom_branch_policies]=true' -F 'reviewers[][type]=User' -F \"reviewers[][id]=$(gh api users/LOGIN --jq .id)\"" +
        ' && gh api --method POST repos/org/shop/environments/production/deployment-branch-policies -f name=main -f type=branch'
    )
  })

  test('which keeps everything else as it is, since writing replaces it', () => {
    const facts = { preventSelfReview: false, reviewers: [{ type: 'Team', id: 9, name: '@org/ops' }] } as const
    expect(hintOf({ reviewers: 'required', preventSelfReview: true }, facts)).toMatch(
      /admin: gh api --method PUT repos\/org\/shop\/environments\/production -F wait_timer=10 -F prevent_self_review=true -F 'reviewers\[\]\[type\]=Team' -F 'reviewers\[\]\[id\]=9' -F can_admins_bypass=false -F 'deployment_branch_policy\[protected_branches\]=false' -F 'deployment_branch_policy\[custom_branch_policies\]=true'$/
    )
  })

  test('removes what was let in beside', () => {
    const policies = [
      { id: 3, pattern: 'main', type: 'branch' },
      { id: 4, pattern: 'v*', type: 'tag' }
    ] as const
    expect(hintOf({ branches: ['main'] }, { branches: { kind: 'custom', policies } })).toMatch(
      /custom_branch_policies\]=true' && gh api --method DELETE repos\/org\/shop\/environments\/production\/deployment-branch-policies\/4$/
    )
  })

  test('and no name is ever code to a shell', () => {
    const environmentName = "a'; rm -rf $(pwd) `id` #/x"
    const hint = hintOf({ branches: ["$(id)'"] }, { ...OPEN, environment: environmentName })
    expect(hint).toContain(`'repos/org/shop/environments/a'\\''%3B%20rm%20-rf%20%24(pwd)%20%60id%60%20%23%2Fx'`)
    expect(hint).toContain(`-f 'name=$(id)'\\'''`)
  })

  test('where the plan has no reviewers, with what can be promised instead', () => {
    expect(hintOf({ reviewers: 'required' }, { ...OPEN, plan: 'no-reviewers' })).toMatch(/reviewers: sign-off/)
    expect(hintOf({ reviewers: 'required' }, { ...OPEN, plan: 'unknown' })).toMatch(/reviewers: sign-off.*gh api/)
    expect(hintOf({ reviewers: 'required' }, OPEN)).not.toMatch(/sign-off/)
  })
})
