import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ending } from '../../src/report/ending.js'
import { summary } from '../../src/report/summary.js'
import { ciOf, fakeRun } from '../fakes/github/ci-state.js'
import { peopleOf } from '../fakes/github/handlers/people.js'
import { aboutOf } from '../fakes/github/handlers/repository.js'
import { addIssue, commented, comments, edits, issueOf, issuesOf, ticks } from '../fakes/github/issues-state.js'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'
import { CHECKLIST, openStand, refusal, type Stand } from './stand.js'

const github = useGitHub({ repository: 'org/shop' })
const ASKING = `people: { owner: '@alice', ops: '@org/release' }
${CHECKLIST}  preflight:
    - manual: Support is told
      id: told
      by: owner
    - manual: The page is up
      id: page
`
const run = (attempt = '1', more: Record<string, string> = {}) => ({
  env: { GITHUB_API_URL: github.url(), GITHUB_TOKEN: TOKEN, GITHUB_RUN_ATTEMPT: attempt, ...more }
})
/** The workflow on the issue's events: a run of its own, with nothing checked out. */
async function event(at: Stand, payload: object, more: Record<string, string> = {}) {
  const file = join(at.folder, '..', `event-${issueOf(github.state).comments.length}.json`)
  writeFileSync(file, JSON.stringify(payload))
  const env = { ...run().env, GITHUB_RUN_ID: '900', GITHUB_EVENT_NAME: 'issues', GITHUB_EVENT_PATH: file, ...more }
  return await at.step({ stage: 'sign-off' }, { env })
}
const says = async (at: Stand, who: string, text: string) => {
  comments(github.state, who, text)
  return await event(at, commented(github.state))
}
const answers = () =>
  issueOf(github.state)
    .comments.filter(({ who }) => who === 'github-actions[bot]')
    .map(({ text }) => text)
async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !holds(); tries++) await new Promise(resolve => setTimeout(resolve, 10))
  expect(holds()).toBe(true)
}
/** The ref of the run stands where the stand's repository does. */
function pushed(at: Stand): void {
  const sha = at.git('rev-parse', 'HEAD')
  for (const name of [sha, 'heads/main']) ciOf(github.state).commits.set(name, { sha, author: 'bea', committer: 'bea' })
}
const attempts = () => ciOf(github.state).runs.filter(({ id }) => id === 77).length

/** The run is over as GitHub sees it. */
const isOver = (attempt = 1) =>
  ciOf(github.state).runs.push(fakeRun({ id: 77, attempt, status: 'completed', conclusion: 'failure' }))

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

test('a comment is recorded by a workflow of its own, and the run goes on once nothing waits any more', async () => {
  const at = openStand(ASKING)
  await at.step({}, run())
  isOver()
  const first = await says(at, 'alice', '/done told')
  expect([first.result.exitCode, first.text]).toEqual([0, expect.stringContaining('still waits for preflight/page.')])
  expect(issueOf(github.state).body).toMatch(
    /- \[x\] <code>preflight\/told<\/code> Support is told — done, alice, 2026/
  )
  expect(attempts()).toBe(1)
  const second = await says(at, 'bob', '/done page')
  expect([second.text, attempts()]).toEqual([expect.stringContaining('Run 77 goes on.'), 2])
  const done = await at.step({}, run('2'))
  expect(done.result).toMatchObject({ status: 'SUCCESS', signOffs: [{ who: 'alice' }, { who: 'bob' }] })
  expect(answers()).toHaveLength(2)
})

test('what does not count is answered with what would, and nothing is recorded', async () => {
  const at = openStand(ASKING)
  await at.step({}, run())
  isOver()
  await says(at, 'mallory', '/done preflight/told\n/done preflight/page\n/done preflight/tolt\n/sign onwer')
  const [answer = ''] = answers()
  expect(answer).toContain('mallory is not @&#8203;alice (owner)')
  expect(answer).toContain('mallory is not somebody who may write to this repository')
  expect(answer).toContain('(did you mean preflight/told?)')
  expect(answer).toContain('(did you mean owner?)')
  const shown = await at.step({}, run('2'))
  expect([shown.result.status, shown.result.signOffs]).toEqual(['WAITING', []])
})

test('a tick counts by who made it, and one by somebody else is taken back with an answer', async () => {
  const at = openStand(ASKING)
  await at.step({}, run())
  isOver()
  await event(at, ticks(github.state, 'bob', 'preflight/told'))
  expect(issueOf(github.state).body).toContain('- [ ] <code>preflight/told</code>')
  expect(answers()).toEqual([expect.stringContaining('the tick was taken back')])
  await event(at, ticks(github.state, 'alice', 'preflight/told'))
  expect(issueOf(github.state).body).toContain('- [x] <code>preflight/told</code> Support is told — done, alice')
  await event(
    at,
    edits(github.state, 'bob', body => body.replace('- [x]', '- [ ]').replace('Support', 'Nobody'))
  )
  expect(issueOf(github.state).body).toContain('- [x] <code>preflight/told</code> Support is told — done, alice')
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

test('a line whose text was changed in front of somebody is not what they have ticked', async () => {
  const at = openStand(ASKING)
  await at.step({}, run())
  edits(github.state, 'bob', body => body.replace('Support is told', 'Lunch is good'))
  await event(at, ticks(github.state, 'alice', 'preflight/told'))
  expect(issueOf(github.state).body).toContain('- [ ] <code>preflight/told</code> Support is told')
  expect(answers()).toEqual([expect.stringContaining('found one whose text had been changed')])
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

/** Somebody has to look at the release once it is live. */
const LOOKED = `${CHECKLIST}`.replace(
  '  smoke-test:\n',
  '  smoke-test:\n    - manual: It looks right\n      id: looks\n      timeout: 30m\n'
)

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

test('a word that comes as the run goes on is not lost: it is looked at again, and by whom the ledger names', async () => {
  const at = openStand(ASKING)
  await at.step({}, run())
  isOver()
  // Somebody else's write is first.
  github.faults.add({
    on: 'git/update-ref',
    kind: 'status',
    status: 422,
    body: { message: 'Update is not a fast forward' }
  })
  comments(github.state, 'alice', '/done told')
  const saying = event(at, commented(github.state))
  await at.turn(16_000)
  await at.turn(16_000)
  expect((await saying).text).toContain('Recorded for')
  expect(answers()).toHaveLength(1)
})

test('without actions: write the issue has the line that goes on, once', async () => {
  const at = openStand(ASKING)
  await at.step({}, run())
  isOver()
  await says(at, 'alice', '/done told')
  github.faults.add({ on: 'actions/re-run-workflow-failed-jobs', kind: 'status', status: 403, times: 9 })
  const done = await says(at, 'bob', '/done page')
  expect(done.text).toContain('go on with: gh run rerun 77 --failed -R org/shop')
  await event(at, commented(github.state))
  expect(answers().filter(text => text.includes('gh run rerun 77 --failed -R org/shop'))).toHaveLength(1)
  expect([answers().length, attempts()]).toEqual([3, 1])
})

test.each([
  [
    'a pull request',
    { action: 'created', comment: {}, issue: { number: 1, pull_request: {} } },
    'neither a new comment'
  ],
  ['an issue that is not there', { action: 'created', comment: {}, issue: { number: 9 } }, 'there is no issue 9']
])('the event of %s is none of ours', async (_, payload, why) => {
  const at = openStand(ASKING)
  await at.step({}, run())
  const done = await event(at, payload)
  expect([done.result.exitCode, done.text]).toEqual([0, expect.stringContaining(why)])
})

test('without an event, or without a token, the step says what it lacks', async () => {
  const at = openStand(ASKING)
  expect(refusal(await at.step({ stage: 'sign-off' }, run()))).toEqual(['REFUSED', 'usage', 2])
  const env = { GITHUB_EVENT_PATH: '/nowhere' }
  expect(refusal(await at.step({ stage: 'sign-off' }, { env }))).toEqual(['REFUSED', 'missing_permission', 2])
})

test('whoever floods the issue keeps nobody who counts waiting', async () => {
  const at = openStand(ASKING)
  await at.step({}, run())
  isOver()
  for (let nth = 0; nth < 60; nth++) comments(github.state, 'mallory', '/done page')
  comments(github.state, 'alice', '/done told')
  const before = github.requests().length
  await says(at, 'bob', '/done page')
  const asked = github.requests().slice(before)
  expect(asked.filter(({ path }) => path.includes('/collaborators/'))).toHaveLength(2)
  expect(asked.filter(({ operationId }) => operationId === 'issues/create-comment')).toHaveLength(20)
  expect(
    answers()
      .slice(0, 2)
      .map(text => text.split('\n')[1])
  ).toEqual([expect.stringMatching(/^alice: recorded/), expect.stringMatching(/^bob: recorded/)])
  expect(attempts()).toBe(2)
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

test('a comment that was edited is none, nor is one of an app, and an ended execution takes no more', async () => {
  const at = openStand(ASKING)
  await at.step({}, run())
  isOver()
  comments(github.state, 'alice', '/done told')
  const [first] = issueOf(github.state).comments
  if (first !== undefined) first.editedAt = '2026-01-05T12:00:00Z'
  comments(github.state, 'helper[bot]', '/done page')
  await event(at, commented(github.state))
  expect(answers()).toEqual([expect.stringContaining('found one that was edited')])
  await says(at, 'alice', '/done told')
  await says(at, 'bob', '/done page')
  expect((await at.step({}, run('2'))).result.status).toBe('SUCCESS')
  await says(at, 'alice', '/na told after all')
  expect(answers().at(-1)).toMatch(/not recorded for <code>preflight\/told<\/code>: \S+ ended SUCCESS/)
})

test('an issue with our marker that the ledger does not know is none of ours', async () => {
  const at = openStand(ASKING)
  await at.step({}, run())
  isOver()
  const { body } = issueOf(github.state)
  addIssue(github.state, { author: 'bob', body, labels: ['deploy-checklist'] })
  comments(github.state, 'alice', '/done told', 2)
  const done = await event(at, commented(github.state, 2))
  expect(done.text).toContain('issue 2 is of no execution of this ledger')
  expect(issueOf(github.state, 2).comments).toHaveLength(1)
})

test('in a public repository the ledger keeps what a person has said, and the page nothing of a program', async () => {
  github.state.visibility = 'public'
  const at = openStand(`${ASKING}    - run: 'echo words of a $((40 + 2)) program'\n      id: loud\n`)
  await at.step({}, run())
  isOver()
  await says(at, 'alice', '/done told by phone')
  await says(at, 'bob', '/na page there is none')
  const done = await at.step({}, run('2'))
  expect(done.result.signOffs).toMatchObject([{ words: 'by phone' }, { words: 'there is none' }])
  expect(JSON.stringify(issuesOf(github.state))).not.toContain('42 program')
})
