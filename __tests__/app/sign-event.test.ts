import { expect, test } from '@jest/globals'
import { addIssue, commented, comments, edits, issueOf, issuesOf, ticks } from '../fakes/github/issues-state.js'
import { ASKING, useSignOffs } from './sign-offs-stand.js'
import { openStand, refusal } from './stand.js'

const { github, run, event, says, answers, attempts, isOver } = useSignOffs()

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

test('a line whose text was changed in front of somebody is not what they have ticked', async () => {
  const at = openStand(ASKING)
  await at.step({}, run())
  edits(github.state, 'bob', body => body.replace('Support is told', 'Lunch is good'))
  await event(at, ticks(github.state, 'alice', 'preflight/told'))
  expect(issueOf(github.state).body).toContain('- [ ] <code>preflight/told</code> Support is told')
  expect(answers()).toEqual([expect.stringContaining('found one whose text had been changed')])
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

test.each([
  ['https://github.com', 'org/shop'],
  ['https://ghe.example:8443', 'ghe.example:8443/org/shop']
])('without actions: write the issue has the line that goes on, once, for %s', async (server, repository) => {
  const line = `gh run rerun 77 --failed --repo ${repository}`
  const at = openStand(ASKING)
  await at.step({}, run('1', { GITHUB_SERVER_URL: server }))
  isOver()
  await says(at, 'alice', '/done told')
  github.faults.add({ on: 'actions/re-run-workflow-failed-jobs', kind: 'status', status: 403, times: 9 })
  const done = await says(at, 'bob', '/done page')
  expect(done.text).toContain(`go on with: ${line}`)
  await event(at, commented(github.state))
  expect(answers().filter(text => text.includes(line))).toHaveLength(1)
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
