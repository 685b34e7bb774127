import { expect, test } from '@jest/globals'
import type { Signer } from '../../src/core/sign-offs/signer.js'
import { openSignOffPages } from '../../src/github/sign-off-issue.js'
import { openReruns } from '../../src/github/sign-off-rerun.js'
import { fakeClock } from '../fakes/clock.js'
import { ciOf, fakeRun } from '../fakes/github/ci-state.js'
import { clientOf } from '../fakes/github/client.js'
import { peopleOf } from '../fakes/github/handlers/people.js'
import { addIssue, comments, issueOf, issuesOf } from '../fakes/github/issues-state.js'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN, type Token } from '../fakes/github/state.js'

const github = useGitHub()
const pages = () => openSignOffPages(clientOf(github.url()))
const DRAFT = {
  title: 'Sign-offs',
  body: '<!-- mark -->\nwords',
  marker: '<!-- mark -->',
  since: '2026-01-05T09:00:00Z'
}
const grant = (permissions: Token['permissions']) => {
  const token = github.state.tokens.get(TOKEN)
  if (token !== undefined) github.state.tokens.set(TOKEN, { ...token, permissions })
}

test('a page is opened once, found again by its marker, changed and closed', async () => {
  const first = await pages().open(DRAFT)
  expect(await pages().open(DRAFT)).toEqual(first)
  expect(first).toMatchObject({ number: 1, isOpen: true, author: 'github-actions[bot]', body: DRAFT.body })
  await pages().write(1, { body: 'other', close: 'not_planned' })
  expect(await pages().read(1)).toMatchObject({ body: 'other', isOpen: false })
  expect(issueOf(github.state)).toMatchObject({ state: 'closed', reason: 'not_planned' })
  expect(await pages().read(2)).toBeUndefined()
})

test.each([
  ['mallory', 'somebody from outside', 2],
  ['bob', 'a collaborator', 1],
  ['renovate[bot]', 'an app', 1]
])('the same marker in an issue of %s, %s, is taken for ours or not', async (author, _, expected) => {
  addIssue(github.state, { author, body: DRAFT.body })
  expect((await pages().open(DRAFT)).number).toBe(expected)
})

test('a marker that is not at the beginning is none', async () => {
  addIssue(github.state, { author: 'bob', body: `see ${DRAFT.body}` })
  expect((await pages().open(DRAFT)).number).toBe(2)
  expect(issuesOf(github.state)).toHaveLength(2)
})

test('a comment says who, when, where, and whether it is still what was first said', async () => {
  await pages().open(DRAFT)
  comments(github.state, 'alice', '/done x')
  comments(github.state, 'renovate[bot]', '/done x')
  const changed = issueOf(github.state).comments[0]
  if (changed !== undefined) changed.editedAt = '2026-01-05T11:00:00Z'
  expect(await pages().comments(1)).toMatchObject([
    {
      who: 'alice',
      isPerson: true,
      text: '/done x',
      edited: true,
      url: expect.stringMatching(/issues\/1#issuecomment-\d+$/)
    },
    { who: 'renovate[bot]', isPerson: false, edited: false }
  ])
})

const ANYBODY: Signer = { kind: 'anybody' }
const TEAM: Signer = { kind: 'team', name: '@octo/release' }
const MEMBERS = { issues: 'write', members: 'read' } as const
test.each([
  ['ada', ANYBODY, {}, 'yes'],
  ['bob', ANYBODY, {}, 'yes'],
  ['rita', ANYBODY, {}, 'no'],
  ['mallory', ANYBODY, {}, 'no'],
  ['a/../b', ANYBODY, {}, 'no'],
  ['alice', { kind: 'person', name: '@Alice' }, {}, 'yes'],
  ['ada', { kind: 'person', name: '@alice' }, {}, 'no'],
  ['ada', TEAM, MEMBERS, 'yes'],
  ['bob', TEAM, MEMBERS, 'no'],
  ['mallory', TEAM, MEMBERS, 'no'],
  ['ada', { kind: 'team', name: '@octo/nobody-knows' }, MEMBERS, { unknown: expect.stringContaining('may not see') }],
  ['ada', { kind: 'team', name: '@elsewhere/release' }, MEMBERS, { unknown: expect.stringContaining('may not see') }],
  ['ada', TEAM, {}, { unknown: expect.stringContaining('may not see'), hint: expect.stringContaining('Members: read') }]
] as const)('whether %s is %j, with %j: %j', async (who, signer, permissions, expected) => {
  grant(permissions)
  peopleOf(github.state).set('rita', { permission: 'read', teams: [] })
  const right = await pages().right(who, signer)
  if (typeof expected === 'string') expect(right).toBe(expected)
  else expect(right).toMatchObject(expected)
})

test('an invitation to a team is no membership', async () => {
  grant(MEMBERS)
  github.faults.add({
    on: 'teams/get-membership-for-user-in-org',
    kind: 'status',
    status: 200,
    body: { url: 'https://x', role: 'member', state: 'pending' }
  })
  expect(await pages().right('ada', TEAM)).toBe('no')
})

test('that GitHub is down is no answer, so that nobody is turned away for it', async () => {
  github.faults.add({ on: '*', kind: 'status', status: 503, times: 100 })
  await expect(pages().right('ada', ANYBODY)).rejects.toMatchObject({ reason: 'github_unavailable' })
})

const again = async (...turns: readonly string[]) => {
  const clock = fakeClock({ mode: 'turning' })
  const words = [...turns]
  const sleep = async (ms: number) => {
    const run = ciOf(github.state).runs[0]
    if (run !== undefined) ciOf(github.state).runs[0] = { ...run, status: words.shift() ?? run.status }
    await clock.sleep(ms)
  }
  return await openReruns(clientOf(github.url()), { ...clock, sleep }).again('77', 1)
}

test('a run that is still ending is waited for, and then run again', async () => {
  ciOf(github.state).runs.push(fakeRun({ id: 77 }))
  expect(await again('in_progress', 'completed')).toEqual({ kind: 'begun' })
  expect(ciOf(github.state).runs).toHaveLength(2)
})

test('a run that was run again by somebody else is left alone', async () => {
  ciOf(github.state).runs.push(fakeRun({ id: 77, attempt: 2 }))
  expect(await again()).toEqual({ kind: 'under-way' })
})

test('a run that goes on with something else is not waited for without an end', async () => {
  ciOf(github.state).runs.push(fakeRun({ id: 77 }))
  expect(await again()).toEqual({ kind: 'not-asked', why: 'the run 77 has not come to its end' })
})

test('without actions: write it is not run again, and the missing permission is named', async () => {
  grant({ actions: 'read', issues: 'write' })
  ciOf(github.state).runs.push(fakeRun({ id: 77, status: 'completed' }))
  expect(await again()).toEqual({ kind: 'not-asked', why: expect.stringContaining('actions: write') })
})
