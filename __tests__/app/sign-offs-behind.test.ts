import { expect, test } from '@jest/globals'
import { ciOf, fakeRun } from '../fakes/github/ci-state.js'
import { comments, issueOf, issuesOf, ticks } from '../fakes/github/issues-state.js'
import { LOOKED, until, useSignOffs } from './sign-offs-stand.js'
import { openStand } from './stand.js'

const { github, run, event, says, answers } = useSignOffs()

test('behind an action it is waited for on the page, every half minute, and then goes on', async () => {
  const at = openStand(LOOKED)
  const going = at.step({}, run())
  await until(() => issuesOf(github.state).length === 1)
  comments(github.state, 'mallory', '/done looks')
  await at.turn(31_000)
  await until(() => answers().length === 1)
  comments(github.state, 'bob', '/done looks fine')
  await at.turn(31_000)
  const done = await going
  expect(done.result).toMatchObject({ status: 'SUCCESS', signOffs: [{ who: 'bob', words: 'fine' }] })
  expect(issueOf(github.state)).toMatchObject({ state: 'closed', reason: 'completed' })
})

test.each([
  ['a token of its own tells who is of a team', 'members', 'SUCCESS'],
  ["the job's never tells it", undefined, 'FAILED']
])('behind an action, %s', async (_, membersToken, status) => {
  const of = LOOKED.replace('      id: looks\n', '      id: looks\n      by: ops\n')
  const at = openStand(`people: { ops: '@org/release' }\n${of}`)
  const teller = { kind: 'installation', login: 'an-app[bot]', sees: true, permissions: { members: 'read' } } as const
  github.state.tokens.set('members', teller)
  const going = at.step({}, { ...run(), ...(membersToken !== undefined && { membersToken }) })
  await until(() => issuesOf(github.state).length === 1)
  comments(github.state, 'ada', '/done looks fine')
  await at.turn(31_000)
  await until(() => answers().length === 1)
  // Whoever was heard goes on by itself; whoever was not, once the time is over.
  await at.turn(status === 'SUCCESS' ? 31_000 : 31 * 60_000)
  const done = await going
  expect([done.result.status, done.said.includes('members')]).toEqual([status, false])
})

test('behind an action silence is a no once its time is over, and what was done is taken back', async () => {
  const at = openStand(LOOKED)
  const going = at.step({}, run())
  await until(() => issuesOf(github.state).length === 1)
  await at.turn(31 * 60_000)
  const done = await going
  expect(done.result).toMatchObject({ status: 'FAILED' })
  expect(at.did().at(-1)).toMatch(/^undo/)
  expect(issueOf(github.state)).toMatchObject({ state: 'closed', reason: 'not_planned' })
  expect(issueOf(github.state).body).toContain('**nobody answered**')
})

test('a release before it is live again without a word of anybody: no way back waits for a person', async () => {
  const at = openStand(LOOKED)
  const first = at.step({}, run())
  await until(() => issuesOf(github.state).length === 1)
  comments(github.state, 'bob', '/done looks')
  await at.turn(31_000)
  expect((await first).result.status).toBe('SUCCESS')
  at.commit()
  const second = at.step({}, run('1', { GITHUB_RUN_ID: '78' }))
  await until(() => issuesOf(github.state).length === 2)
  await at.turn(31 * 60_000)
  expect((await second).result).toMatchObject({ status: 'ROLLED_BACK', reason: 'smoke_test_failed' })
  expect(issueOf(github.state, 2)).toMatchObject({ state: 'closed', reason: 'not_planned' })
})

test('while a process is at work nothing is written into its journal, and a tick is put back', async () => {
  const at = openStand(LOOKED)
  ciOf(github.state).runs.push(fakeRun({ id: 77 }))
  const going = at.step({}, run())
  await until(() => issuesOf(github.state).length === 1)
  await at.turn(100)
  const ticked = await event(at, ticks(github.state, 'bob', 'smoke-test/looks'))
  expect(ticked.text).toContain('is at work')
  expect(answers()).toEqual([expect.stringContaining('it can only see who writes, not who ticks')])
  expect(issueOf(github.state).body).toContain('- [ ] <code>smoke-test/looks</code>')
  const saying = says(at, 'bob', '/done looks')
  await at.turn(31_000)
  expect((await going).result.status).toBe('SUCCESS')
  await at.turn(31_000)
  expect((await saying).text).toMatch(/Nothing new for|reads the comments itself/)
  expect(answers()).toHaveLength(2)
})
