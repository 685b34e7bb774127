import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ciOf, fakeRun } from '../fakes/github/ci-state.js'
import { commented, comments, edits, issueOf, issuesOf, ticks } from '../fakes/github/issues-state.js'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'
import { CHECKLIST, openStand, type Stand } from './stand.js'

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
    .comments.filter(({ who }) => who.endsWith('[bot]'))
    .map(({ text }) => text)
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
  expect(issue.comments.filter(({ who }) => who.endsWith('[bot]')).map(({ text }) => text)).toEqual([
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

test('a line whose text was changed in front of somebody is not what they have ticked', async () => {
  const at = openStand(ASKING)
  await at.step({}, run())
  edits(github.state, 'bob', body => body.replace('Support is told', 'Lunch is good'))
  await event(at, ticks(github.state, 'alice', 'preflight/told'))
  expect(issueOf(github.state).body).toContain('- [ ] <code>preflight/told</code> Support is told')
  expect(answers()).toEqual([expect.stringContaining('found one whose text had been changed')])
})
