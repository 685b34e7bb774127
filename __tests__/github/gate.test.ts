import { describe, expect, test } from '@jest/globals'
import type { GateFacts } from '../../src/core/ports.js'
import { openAboutRepository } from '../../src/github/about-repository.js'
import { openGitHub } from '../../src/github/api.js'
import { openDefaultBranch } from '../../src/github/default-branch.js'
import { openGate } from '../../src/github/gate.js'
import type { GitHub } from '../../src/github/github.js'
import { fakeClock } from '../fakes/clock.js'
import { addEnvironment, environmentsOf, type FakeEnvironment, policy } from '../fakes/github/handlers/environments.js'
import { aboutOf } from '../fakes/github/handlers/repository.js'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'

const fake = useGitHub({ repository: 'octo/shop', permissions: { actions: 'read', contents: 'read' } })
/** Waits of the client pass at once. */
const clock = { ...fakeClock(), sleep: async () => {} }
const github = (): GitHub => openGitHub({ url: fake.url(), token: TOKEN, repository: 'octo/shop', clock })

async function read(environment = 'production'): Promise<GateFacts> {
  const client = github()
  return await openGate({ github: client, about: openAboutRepository(client) }).read(environment)
}
async function facts(environment?: string) {
  const found = await read(environment)
  if (found.kind === 'read') return found.facts
  throw new Error(found.why)
}
const asked = () => fake.requests().map(({ operationId }) => operationId)

describe('an environment is read as it is', () => {
  test('with everything that protects it', async () => {
    const { id } = addEnvironment(fake.state, 'production', {
      waitMinutes: 30,
      preventSelfReview: true,
      adminsBypass: false,
      reviewers: [
        { type: 'User', login: 'alice' },
        { type: 'Team', login: 'devops' }
      ],
      branches: 'custom',
      policies: [policy(1, 'main'), policy(2, 'v*', 'tag')]
    })
    expect(await facts()).toEqual({
      repository: 'octo/shop',
      environment: 'production',
      settingsUrl: `https://github.com/octo/shop/settings/environments/${id}/edit`,
      exists: true,
      plan: 'has-reviewers',
      reviewers: [
        { type: 'User', id: expect.any(Number), name: '@alice' },
        { type: 'Team', id: expect.any(Number), name: '@octo/devops' }
      ],
      preventSelfReview: true,
      preventAdminBypass: true,
      waitMs: 1_800_000,
      branches: {
        kind: 'custom',
        policies: [
          { id: 1, pattern: 'main', type: 'branch' },
          { id: 2, pattern: 'v*', type: 'tag' }
        ]
      }
    })
    expect(asked()).toHaveLength(3)
  })

  test('with nothing', async () => {
    addEnvironment(fake.state, 'production')
    fake.state.visibility = 'public'
    expect(await facts()).toMatchObject({
      exists: true,
      plan: 'has-reviewers',
      reviewers: [],
      preventSelfReview: false,
      preventAdminBypass: false,
      waitMs: 0,
      branches: { kind: 'all' }
    })
  })

  test('or as one that is not there', async () => {
    expect(await facts()).toMatchObject({
      exists: false,
      settingsUrl: 'https://github.com/octo/shop/settings/environments/new',
      reviewers: [],
      branches: { kind: 'all' }
    })
  })

  test('whatever its name', async () => {
    addEnvironment(fake.state, 'eu/prod & more', { waitMinutes: 1, branches: 'custom', policies: [policy(1, 'main')] })
    expect(await facts('eu/prod & more')).toMatchObject({ exists: true, waitMs: 60_000, branches: { kind: 'custom' } })
  })

  test('with protected branches by their names, page after page', async () => {
    addEnvironment(fake.state, 'production', { branches: 'protected' })
    const branches = Array.from({ length: 130 }, (_, index) => `release/${index}`)
    aboutOf(fake.state).protectedBranches = branches
    expect((await facts()).branches).toEqual({ kind: 'protected', branches })
  })

  test('with many patterns, page after page', async () => {
    const policies = Array.from({ length: 101 }, (_, index) => policy(index + 1, `b${index}`))
    addEnvironment(fake.state, 'production', { branches: 'custom', policies })
    const { branches } = await facts()
    expect(branches.kind === 'custom' && branches.policies).toHaveLength(101)
  })

  test('of an older server, which does not tell of admins', async () => {
    addEnvironment(fake.state, 'production')
    environmentsOf(fake.state).knowsBypass = false
    expect((await facts()).preventAdminBypass).toBeUndefined()
  })

  test('once, however many ask', async () => {
    addEnvironment(fake.state, 'production')
    const client = github()
    const gate = openGate({ github: client, about: openAboutRepository(client) })
    await gate.read('production')
    const before = asked().length
    await gate.read('production')
    expect(asked()).toHaveLength(before)
  })
})

describe('whether the plan has reviewers', () => {
  test.each<
    [string, 'public' | 'private', 'User' | 'Organization', string | undefined, Partial<FakeEnvironment>, string]
  >([
    ['a public repository', 'public', 'User', undefined, {}, 'has-reviewers'],
    ["a person's private one", 'private', 'User', undefined, {}, 'no-reviewers'],
    ["an organization's private one", 'private', 'Organization', undefined, {}, 'unknown'],
    ['one of a team', 'private', 'Organization', 'team', {}, 'no-reviewers'],
    ['a free one', 'private', 'Organization', 'free', {}, 'no-reviewers'],
    ['one of an enterprise', 'private', 'Organization', 'enterprise', {}, 'has-reviewers'],
    ['one of a plan yet to come', 'private', 'Organization', 'galactic', {}, 'unknown'],
    ['one that has a wait timer', 'private', 'Organization', undefined, { waitMinutes: 1 }, 'has-reviewers'],
    ['one that keeps admins out', 'private', 'Organization', undefined, { adminsBypass: false }, 'has-reviewers'],
    [
      'one that has reviewers',
      'private',
      'User',
      undefined,
      { reviewers: [{ type: 'User', login: 'bob' }] },
      'has-reviewers'
    ]
  ])('%s', async (_, visibility, ownerType, plan, environment, expected) => {
    fake.state.visibility = visibility
    Object.assign(aboutOf(fake.state), { ownerType, plan })
    addEnvironment(fake.state, 'production', environment)
    expect((await facts()).plan).toBe(expected)
  })

  test('a plan that GitHub does not tell stays unknown', async () => {
    addEnvironment(fake.state, 'production')
    fake.faults.add({ on: 'orgs/get', kind: 'status', status: 403 })
    expect((await facts()).plan).toBe('unknown')
  })
})

describe('what cannot be read is told apart from what is not there', () => {
  test.each([
    [{ contents: 'read' }, 'actions: read'],
    [{}, 'actions: read']
  ] as const)('a token with %j lacks %s', async (permissions, lacks) => {
    addEnvironment(fake.state, 'production', { reviewers: [{ type: 'User', login: 'bob' }] })
    fake.state.tokens.set(TOKEN, { kind: 'installation', login: 'x', permissions, sees: true })
    const found = await read()
    expect(found).toMatchObject({ kind: 'unreadable', reason: 'missing_permission' })
    expect(JSON.stringify(found)).toContain(lacks)
    expect(JSON.stringify(found)).not.toContain(TOKEN)
  })

  test('a token that does not see the repository', async () => {
    fake.state.tokens.set(TOKEN, { kind: 'installation', login: 'x', permissions: {}, sees: false })
    expect(await read()).toMatchObject({ kind: 'unreadable', reason: 'missing_permission' })
  })

  test('a revoked token', async () => {
    fake.state.tokens.delete(TOKEN)
    expect(await read()).toMatchObject({ kind: 'unreadable' })
  })

  test('a GitHub that is down', async () => {
    addEnvironment(fake.state, 'production')

    fake.faults.add({ on: 'repos/get-environment', kind: 'status', status: 502, times: 20 })
    expect(await read()).toMatchObject({ kind: 'unreadable', reason: 'github_unavailable' })
  })

  test('a GitHub that is back at the next try', async () => {
    addEnvironment(fake.state, 'production')
    fake.faults.add({ on: 'repos/get-environment', kind: 'status', status: 502 })
    expect(await read()).toMatchObject({ kind: 'read' })
  })

  test('what could not be read is asked again', async () => {
    const client = github()
    const gate = openGate({ github: client, about: openAboutRepository(client) })
    fake.state.tokens.set(TOKEN, { kind: 'installation', login: 'x', permissions: {}, sees: true })
    expect((await gate.read('production')).kind).toBe('unreadable')
    fake.state.tokens.set(TOKEN, { kind: 'installation', login: 'x', permissions: { actions: 'read' }, sees: true })
    expect((await gate.read('production')).kind).toBe('read')
  })
})

describe('a file of the default branch', () => {
  const file = '.github/deploy-checklist.yml'
  test('is read whole, whatever letters it has', async () => {
    const text = `name: Größe 🚀\n${'# a long line of it\n'.repeat(500)}`
    aboutOf(fake.state).files.set(file, text)
    expect(await openDefaultBranch(github()).read(`./${file}`)).toEqual({ kind: 'read', text })
    expect(asked()).toEqual(['repos/get-content'])
  })
  test('is absent', async () => {
    expect(await openDefaultBranch(github()).read(file)).toEqual({ kind: 'absent' })
  })
  test('or may not be read', async () => {
    fake.state.tokens.set(TOKEN, { kind: 'installation', login: 'x', permissions: { actions: 'read' }, sees: true })
    expect(await openDefaultBranch(github()).read(file)).toMatchObject({ reason: 'missing_permission' })
  })
  test('or is something else', async () => {
    const own = { status: 200, body: { type: 'dir' } }
    fake.faults.add({ on: 'repos/get-content', kind: 'status', ...own })
    expect(await openDefaultBranch(github()).read(file)).toMatchObject({ reason: 'github_unavailable' })
  })
})
