import { describe, expect, test } from '@jest/globals'
import type { GateRules } from '../../src/core/checklist.js'
import { judgeGate } from '../../src/core/gate/judge.js'
import { openAboutRepository } from '../../src/github/about-repository.js'
import { openGitHub } from '../../src/github/api.js'
import { openGateKeeper } from '../../src/github/set-gate.js'
import { fakeClock } from '../fakes/clock.js'
import { addEnvironment, environmentsOf, policy } from '../fakes/github/handlers/environments.js'
import { aboutOf, setPlan } from '../fakes/github/handlers/repository.js'
import { useGitHub } from '../fakes/github/server.js'
import { ADMIN_TOKEN, TOKEN } from '../fakes/github/state.js'

const fake = useGitHub({ repository: 'octo/shop' })
const clock = { ...fakeClock(), sleep: async () => {} }

function keeper(token = ADMIN_TOKEN) {
  const github = openGitHub({ url: fake.url(), token, repository: 'octo/shop', clock })
  return openGateKeeper({ github, about: openAboutRepository(github) })
}
const apply = async (rules: GateRules, names: readonly string[] = [], token = ADMIN_TOKEN) =>
  await keeper(token).apply('production', rules, names)
const written = () => fake.requests().filter(({ method }) => method !== 'GET')
const real = () => environmentsOf(fake.state).all.get('production')

const ALL: GateRules = {
  reviewers: 'required',
  preventSelfReview: true,
  preventAdminBypass: true,
  waitMs: 90_000,
  branches: ['main', 'release/*']
}

describe('what is promised is set, and read back', () => {
  test('where there was no environment', async () => {
    const facts = await apply(ALL, ['@alice', 'octo/devops'])
    expect(judgeGate(ALL, { kind: 'read', facts }, 'refs/heads/main')).toEqual([])
    expect(real()).toMatchObject({
      waitMinutes: 2,
      preventSelfReview: true,
      adminsBypass: false,
      reviewers: [
        { type: 'User', login: 'alice' },
        { type: 'Team', login: 'devops' }
      ],
      branches: 'custom'
    })
    expect(real()?.policies.map(({ name }) => name)).toEqual(['main', 'release/*'])
  })

  test('where it is as open as can be', async () => {
    addEnvironment(fake.state, 'production')
    const facts = await apply(ALL, ['alice'])
    expect(judgeGate(ALL, { kind: 'read', facts }, '')).toEqual([])
  })

  test('and again, without anything more', async () => {
    const first = await apply(ALL, ['alice'])
    const before = written().length
    expect(await apply(ALL, ['alice'])).toEqual(first)
    expect(written().length - before).toBe(1)
  })

  test('and what is stricter stays, with all that was not promised', async () => {
    addEnvironment(fake.state, 'production', {
      waitMinutes: 60,
      adminsBypass: false,
      preventSelfReview: true,
      reviewers: [{ type: 'Team', login: 'release' }],
      branches: 'custom',
      policies: [policy(1, 'main')]
    })
    await apply({ reviewers: 'required', waitMs: 60_000, branches: ['main', 'dev'] })
    expect(real()).toMatchObject({
      waitMinutes: 60,
      adminsBypass: false,
      preventSelfReview: true,
      reviewers: [{ type: 'Team', login: 'release' }],
      policies: [{ name: 'main' }]
    })
    expect(written()).toHaveLength(1)
  })

  test('and what lets in more goes: patterns, tags, protected branches', async () => {
    addEnvironment(fake.state, 'production', {
      branches: 'custom',
      policies: [policy(1, 'main'), policy(2, '*'), policy(3, 'v*', 'tag')]
    })
    await apply({ branches: ['main'] })
    expect(real()?.policies.map(({ name }) => name)).toEqual(['main'])
    addEnvironment(fake.state, 'production', { branches: 'protected' })
    aboutOf(fake.state).protectedBranches = ['main', 'dev']
    await apply({ branches: ['main'] })
    expect([real()?.branches, real()?.policies.map(({ name }) => name)]).toEqual(['custom', ['main']])
  })

  test('where the plan has branch policies and nothing else, nothing else is spoken of', async () => {
    setPlan(fake.state, false)
    await apply({ branches: ['main'] })
    expect(real()?.policies.map(({ name }) => name)).toEqual(['main'])
    expect(written()[0]?.body).toEqual({
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true }
    })
  })
})

describe('what cannot be set is refused with what to do', () => {
  test.each<[string, GateRules, readonly string[], () => void, string, RegExp]>([
    ['nobody is named', { reviewers: 'required' }, [], () => {}, 'usage', /--reviewer @alice/],
    ['nobody is called that', { reviewers: 'required' }, ['@nobody'], () => {}, 'usage', /@alice for a person/],
    ['no team is', { reviewers: 'required' }, ['@octo/nobody'], () => {}, 'usage', /@org\/team/],
    ['the plan has none', ALL, ['alice'], () => setPlan(fake.state, false), 'gate_not_available', /sign-off/],
    [
      'an older server',
      { preventAdminBypass: true },
      [],
      () => {
        environmentsOf(fake.state).knowsBypass = false
      },
      'gate_too_weak',
      /settings\/environments/
    ]
  ])('%s', async (_, rules, names, given, reason, hint) => {
    given()
    await expect(apply(rules, names)).rejects.toMatchObject({ reason, hint: expect.stringMatching(hint) })
    expect(real()).toBeUndefined()
  })

  test("a job's own token, which can never do it", async () => {
    addEnvironment(fake.state, 'production')
    await expect(apply({ waitMs: 1 }, [], TOKEN)).rejects.toMatchObject({
      reason: 'missing_permission',
      message: expect.stringMatching(/administration: write/)
    })
  })

  test('a seventh reviewer', async () => {
    const reviewers = [
      ...['ada', 'alice', 'bob', 'carol'].map(login => ({ type: 'User' as const, login })),
      ...['devops', 'release'].map(login => ({ type: 'Team' as const, login }))
    ]
    addEnvironment(fake.state, 'production', { reviewers })
    await expect(apply(ALL, ['dave'])).rejects.toMatchObject({ reason: 'usage', hint: expect.stringMatching(/team/) })
    expect(written()).toEqual([])
    await apply(ALL, ['alice'])
    expect(real()?.reviewers).toEqual(reviewers)
  })
})

describe('a write that fails on its way', () => {
  test.each(['lost', 'cut'] as const)('%s: it is done once, in the end', async kind => {
    addEnvironment(fake.state, 'production')
    for (const on of ['repos/create-or-update-environment', 'repos/create-deployment-branch-policy'])
      fake.faults.add({ on, kind })
    const facts = await apply(ALL, ['alice'])
    expect(judgeGate(ALL, { kind: 'read', facts }, '')).toEqual([])
    expect(real()?.policies.map(({ name }) => name)).toEqual(['main', 'release/*'])
  })

  test('and never comes back: UNAVAILABLE, and another try ends it', async () => {
    fake.faults.add({ on: 'repos/create-deployment-branch-policy', kind: 'status', status: 503, times: 50 })
    await expect(apply(ALL, ['alice'])).rejects.toMatchObject({ status: 'UNAVAILABLE', reason: 'github_unavailable' })
    // Closed in between: no branch is let in.
    expect([real()?.branches, real()?.policies]).toEqual(['custom', []])
    fake.faults.clear()
    const facts = await apply(ALL)
    expect(judgeGate(ALL, { kind: 'read', facts }, '')).toEqual([])
  })
})
