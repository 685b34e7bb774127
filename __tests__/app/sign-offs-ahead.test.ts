import { expect, test } from '@jest/globals'
import { comments, issueOf, issuesOf } from '../fakes/github/issues-state.js'
import { TOKEN } from '../fakes/github/state.js'
import { useSignOffs } from './sign-offs-stand.js'
import { CHECKLIST, type Done, openStand, refusal, type Stand } from './stand.js'

const { github, run, says, isOver } = useSignOffs()
const ASKING = `secrets: [SECRET]
people: { owner: '@alice' }
${CHECKLIST}  preflight:
    - manual: Support is told
      id: told
      by: owner
    - run: 'echo looked >> "$WORLD/log"'
      id: looked
    - run: 'test "$SECRET" = let-me-in; echo authorized >> "$WORLD/log"'
      id: authorized
`
const BEHIND = { SECRET: 'let-me-in' }
const prepare = (at: Stand, attempt = '1') => at.step({ stage: 'preflight', prepare: 'true' }, run(attempt))

test('ahead of the gate people are asked after what could be looked at, and nobody is asked to approve before they answer', async () => {
  const at = openStand(ASKING)
  const done = await prepare(at)
  expect([done.result.status, done.result.exitCode]).toEqual(['WAITING', 4])
  expect(at.did()).toEqual(['looked'])
  expect(issuesOf(github.state)).toHaveLength(1)
  expect(done.said).toContain('Left to the job behind the gate: preflight/authorized.')
})

test('once they have, the same execution is prepared, and the job behind the gate deploys it without asking again', async () => {
  const at = openStand(ASKING)
  const first = await prepare(at)
  isOver()
  expect((await says(at, 'alice', '/done told')).text).toContain('Run 77 goes on.')
  const again = await prepare(at, '2')
  expect([again.id, again.result.status, again.result.exitCode]).toEqual([first.id, 'PLANNED', 0])
  for (const stage of ['preflight', 'deploy', 'smoke-test'])
    await at.step({ stage, execution: first.id }, run('2', BEHIND))
  const last = await at.step({ stage: 'monitor', execution: first.id }, run('2', BEHIND))
  expect(last.result).toMatchObject({ status: 'SUCCESS', execution: { id: first.id }, signOffs: [{ who: 'alice' }] })
  expect(issueOf(github.state)).toMatchObject({ state: 'closed', reason: 'completed' })
  expect(issuesOf(github.state)).toHaveLength(1)
})

test('a re-run before anybody has answered waits again, in the same issue', async () => {
  const at = openStand(ASKING)
  const first = await prepare(at)
  isOver()
  const again = await prepare(at, '2')
  expect([again.id, again.result.status, again.result.exitCode]).toEqual([first.id, 'WAITING', 4])
  comments(github.state, 'alice', '/na told nobody is there')
  expect((await prepare(at, '3')).result.status).toBe('PLANNED')
  expect(issuesOf(github.state)).toHaveLength(1)
})

test('whoever signs by the input is heard ahead of the gate too, and kept once', async () => {
  const at = openStand(ASKING)
  await prepare(at)
  isOver()
  const inputs = { stage: 'preflight', sign: 'preflight/told=alice:they know' }
  const done = await at.step({ ...inputs, prepare: 'true' }, run('2'))
  expect(done.result.status).toBe('PLANNED')
  const behind = await at.step({ ...inputs, execution: done.id }, run('2', BEHIND))
  expect(behind.result.signOffs).toMatchObject([{ who: 'alice', words: 'they know', claimed: true }])
})

test('where no issue can be opened people are left to the job behind the gate', async () => {
  const at = openStand(ASKING)
  const token = github.state.tokens.get(TOKEN)
  if (token === undefined) throw new Error('no token')
  github.state.tokens.set(TOKEN, { ...token, permissions: { contents: 'write', actions: 'read' } })
  const done = await prepare(at)
  expect([done.result.status, done.result.exitCode]).toEqual(['PLANNED', 0])
  expect(done.said).toContain('Left to the job behind the gate: preflight/told.')
})

test('what nobody approves in the end is over, and its issue is closed', async () => {
  const at = openStand(ASKING)
  const { id } = await prepare(at)
  isOver()
  await says(at, 'alice', '/done told')
  await prepare(at, '2')
  const settled = await at.settle({ execution: id }, { stage: 'settle', prepare: 'true' }, run('2'))
  expect(settled).toMatchObject({ status: 'REFUSED', reason: 'not_approved' })
  expect(issueOf(github.state)).toMatchObject({ state: 'closed', reason: 'not_planned' })
})

test('what went live meanwhile is not replaced by what waited', async () => {
  const at = openStand(ASKING)
  await prepare(at)
  isOver()
  const other = { ...run('1', { ...BEHIND, GITHUB_RUN_ID: '78' }) }
  expect((await at.step({ sign: 'preflight/told=alice:yes' }, other)).result.status).toBe('SUCCESS')
  expect(refusal(await prepare(at, '2'))).toEqual(['REFUSED', 'superseded', 2])
})

test('people are not asked any more for what a newer release has outlived, and what is newer still waits', async () => {
  const at = openStand(ASKING)
  const first = await prepare(at)
  isOver()
  const later = (id: string) => run('1', { ...BEHIND, GITHUB_RUN_ID: id })
  const second = await at.step({ stage: 'preflight', prepare: 'true' }, later('78'))
  expect(second.result.status).toBe('WAITING')
  comments(github.state, 'alice', '/done told')
  at.commit()
  // Run 79 goes live while 80 is asked for already.
  const third = await at.step({ stage: 'preflight', sign: 'preflight/told=alice:yes', prepare: 'true' }, later('79'))
  const fourth = await at.step({ stage: 'preflight', prepare: 'true' }, later('80'))
  const live = await at.step({ execution: third.id, stage: 'preflight' }, later('79'))
  expect([live.id, fourth.result.status]).toEqual([third.id, 'WAITING'])
  for (const stage of ['deploy', 'smoke-test', 'monitor']) await at.step({ stage, execution: third.id }, later('79'))
  const seen = run('1', { GITHUB_REPOSITORY: 'org/shop', GITHUB_ACTIONS: 'true' })
  const stands = async ({ id }: Done) => (await at.does(`show ${id} --ledger branch`, seen)).result
  expect(await Promise.all([first, second, third, fourth].map(stands))).toMatchObject([
    { status: 'CANCELLED', reason: 'superseded' },
    { status: 'CANCELLED', reason: 'superseded' },
    { status: 'SUCCESS' },
    { status: 'WAITING' }
  ])
  expect(issuesOf(github.state).map(({ state }) => state)).toEqual(['closed', 'closed', 'open'])
})

test('a check that fails ahead of the gate asks nobody', async () => {
  const at = openStand(ASKING.replace('echo looked', 'exit 3; echo looked'))
  expect(refusal(await prepare(at))).toEqual(['FAILED', 'preflight_failed', 1])
  expect(issuesOf(github.state)).toEqual([])
})
