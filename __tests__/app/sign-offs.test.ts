import { expect, test } from '@jest/globals'
import { ending } from '../../src/report/ending.js'
import { summary } from '../../src/report/summary.js'
import { ciOf } from '../fakes/github/ci-state.js'
import { peopleOf } from '../fakes/github/handlers/people.js'
import { aboutOf } from '../fakes/github/handlers/repository.js'
import { comments, issueOf, issuesOf, ticks } from '../fakes/github/issues-state.js'
import { TOKEN } from '../fakes/github/state.js'
import { ASKING, LOOKED, useSignOffs } from './sign-offs-stand.js'
import { CHECKLIST, openStand, type Stand } from './stand.js'

const { github, run, says, answers, attempts, isOver } = useSignOffs()

/** The ref of the run stands where the stand's repository does. */
function pushed(at: Stand): void {
  const sha = at.git('rev-parse', 'HEAD')
  for (const name of [sha, 'heads/main']) ciOf(github.state).commits.set(name, { sha, author: 'bea', committer: 'bea' })
}

test('what waits for a person is asked in one issue, and the run ends without waiting', async () => {
  const at = openStand(ASKING)
  const done = await at.step({}, run())
  expect([done.result.status, done.result.exitCode]).toEqual(['WAITING', 4])
  expect(issuesOf(github.state)).toHaveLength(1)
  const { body, labels, author } = issueOf(github.state)
  expect([labels, author]).toEqual([['deploy-checklist'], 'github-actions[bot]'])
  expect(body).toContain('- [ ] <code>preflight/told</code> Support is told — waits for **owner** @alice')
  expect(at.did()).toEqual([])
})

test('a re-run hears what was said, records it, answers, and goes on; at the end the issue is closed', async () => {
  const at = openStand(ASKING)
  await at.step({}, run())
  isOver()
  comments(github.state, 'alice', 'Called them.\n/done told by phone')
  comments(github.state, 'bob', '/na preflight/page there is none')
  const done = await at.step({}, run('2'))
  expect(done.result).toMatchObject({
    status: 'SUCCESS',
    signOffs: [
      { item: 'preflight/told', who: 'alice', words: 'by phone', as: 'done', claimed: false },
      { item: 'preflight/page', who: 'bob', words: 'there is none', as: 'na' }
    ]
  })
  const issue = issueOf(github.state)
  expect([issue.state, issue.reason]).toEqual(['closed', 'completed'])
  expect(issue.comments.filter(({ who }) => who === 'github-actions[bot]').map(({ text }) => text)).toEqual([
    expect.stringContaining('alice: recorded, <code>preflight/told</code> is done: by phone'),
    expect.stringContaining('bob: recorded, <code>preflight/page</code> does not apply: there is none')
  ])
  expect(issuesOf(github.state)).toHaveLength(1)
})

test('people are asked until a newer release is live, and not after that', async () => {
  const at = openStand(ASKING)
  await at.step({}, run())
  isOver()
  at.commit()
  const newer = run('1', { GITHUB_RUN_ID: '78' })
  expect((await at.step({}, newer)).result.status).toBe('WAITING')
  expect(issuesOf(github.state).map(({ state }) => state)).toEqual(['open', 'open'])
  comments(github.state, 'alice', '/done told', 2)
  comments(github.state, 'bob', '/na preflight/page there is none', 2)
  const done = await at.step({}, run('2', { GITHUB_RUN_ID: '78' }))
  expect(done.result.status).toBe('SUCCESS')
  expect(done.said).toMatch(/ waited for people and is over: this release is newer\./)
  expect(issuesOf(github.state).map(({ state, reason }) => [state, reason])).toEqual([
    ['closed', 'not_planned'],
    ['closed', 'completed']
  ])
})

test('a tick that no event tells of is taken back by the process that finds it', async () => {
  const at = openStand(ASKING)
  await at.step({}, run())
  isOver()
  ticks(github.state, 'alice', 'preflight/told')
  const done = await at.step({}, run('2'))
  expect([done.result.status, done.result.signOffs]).toEqual(['WAITING', []])
  expect(issueOf(github.state).body).toContain('- [ ] <code>preflight/told</code>')
  expect(answers()).toEqual([
    expect.stringMatching(/a page does not tell who made it. Comment \/done preflight\/told WORDS/)
  ])
  isOver(2)
  await at.step({}, run('3'))
  expect(answers()).toHaveLength(1)
})

const lacking = (name: string) => {
  const token = github.state.tokens.get(TOKEN)
  if (token === undefined) throw new Error('no token')
  const permissions = Object.fromEntries(Object.entries(token.permissions).filter(([each]) => each !== name))
  github.state.tokens.set(TOKEN, { ...token, permissions })
}

test('without issues: write it waits all the same, and says once what is missing', async () => {
  const at = openStand(ASKING)
  lacking('issues')
  const done = await at.step({}, run())
  expect([done.result.status, done.result.exitCode]).toEqual(['WAITING', 4])
  expect(done.said.match(/issues: (read|write)/g)?.length).toBeGreaterThan(0)
  expect(done.said.match(/Sign-offs in an issue:/g)).toHaveLength(1)
  expect(done.result.nextSteps.join()).toMatch(/input `sign`/)
  isOver()
  const signed = await at.step({ sign: 'preflight/told=alice:yes\npreflight/page=bob:yes' }, run('2'))
  expect(signed.result.status).toBe('SUCCESS')
})

test('an issue that cannot be read fails nothing, and a comment that cannot be read is no word', async () => {
  const at = openStand(ASKING)
  await at.step({}, run())
  isOver()
  comments(github.state, 'alice', '/done told')
  comments(github.state, 'bob', '/done page')
  github.faults.add({ on: 'issues/list-comments', kind: 'status', status: 403, times: 100 })
  const done = await at.step({}, run('2'))
  expect([done.result.status, done.result.signOffs]).toEqual(['WAITING', []])
})

test('the first line of what is said is for whom it waits, and where', async () => {
  const done = await openStand(ASKING).step({}, run())
  const [first] = ending(done.result).trim().split('\n')
  expect(first).toMatch(/waits for "Support is told" by owner \(@alice\), "The page is up"/)
  expect(summary(done.result).split('\n')[0]).toMatch(
    /waits for .* asked in https:(&#47;|\/)\/github\.com\/org\/shop\/issues\/1/
  )
})

test('a second person signs in the issue, whoever started it does not', async () => {
  const checklist = `${CHECKLIST}environments: { production: { gate: { reviewers: sign-off } } }\n`
  const at = openStand(checklist)
  aboutOf(github.state).files.set('deploy-checklist.yml', checklist)
  peopleOf(github.state).set('cy', { permission: 'write', teams: [] })
  pushed(at)
  const first = await at.step({ environment: 'production' }, run())
  expect(first.result).toMatchObject({ status: 'WAITING' })
  isOver()
  await says(at, 'cy', '/done gate:second-person')
  expect(answers()).toEqual([expect.stringContaining('cy started this; it has to be somebody else')])
  await says(at, 'bob', '/done gate:second-person go')
  expect(attempts()).toBe(2)
  const done = await at.step({ environment: 'production' }, run('2'))
  expect(done.result).toMatchObject({ status: 'SUCCESS', signOffs: [{ who: 'bob', claimed: false }] })
})

test('an ordinary deployment asks nothing of issues, and one with a word already given little', async () => {
  const at = openStand(LOOKED.replace('manual: It looks right', "run: 'true'"))
  await at.step({}, run())
  expect(github.requests().filter(({ path }) => path.includes('/issues'))).toEqual([])
  const other = openStand(ASKING)
  const before = github.requests().length
  await other.step({ sign: 'preflight/told=alice:yes\npreflight/page=bob:yes' }, run('1', { GITHUB_RUN_ID: '79' }))
  const asked = github.requests().slice(before)
  expect(asked.filter(({ path }) => path.includes('/issues'))).toEqual([])
})

test('what waits costs few requests: one to look, one to open, one to listen', async () => {
  const at = openStand(ASKING)
  await at.step({}, run())
  const asked = github.requests().filter(({ path }) => path.includes('/issues') || path.includes('/collaborators'))
  expect(asked.map(({ operationId }) => operationId)).toEqual([
    ...['issues/list-for-repo', 'issues/create', 'issues/list-comments']
  ])
})
