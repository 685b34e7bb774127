import { expect, test } from '@jest/globals'
import { ciOf, fakeRun } from '../fakes/github/ci-state.js'
import { comments, issueOf, issuesOf } from '../fakes/github/issues-state.js'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'
import { CHECKLIST, openStand } from './stand.js'

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
