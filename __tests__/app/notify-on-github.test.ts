import { expect, test } from '@jest/globals'
import { addIssue, issuesOf } from '../fakes/github/issues-state.js'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'
import { bodiesOf, openReceiver } from '../notify/receivers.js'
import { CHECKLIST, openStand } from './stand.js'

const github = useGitHub({ repository: 'org/shop' })
const RED = CHECKLIST.replace(
  'id: alive',
  "id: alive\n    - run: 'echo $((40 + 2)) words of a program; exit 3'\n      id: red"
)
const telling = (url: string, checklist = CHECKLIST) => `notify:
  - webhook: ${url}
    on: [start, success, failure]
  - issue-comment: 1
    on: [start, success, failure]
${checklist}`

const onGitHub = (more: Record<string, string> = {}) => ({
  env: { GITHUB_API_URL: github.url(), GITHUB_TOKEN: TOKEN, ...more }
})
const comments = () => issuesOf(github.state).flatMap(issue => issue.comments.map(({ text }) => text))
const issue = () => addIssue(github.state, { title: 'releases', body: '', labels: [], author: 'ada' })
const isLedgers = ({ path }: Readonly<{ path: string }>) => path.includes('/git/')

test('telling writes nothing into the ledger, and costs one call for each comment', async () => {
  const hook = await openReceiver()
  issue()
  const at = openStand(telling(hook.url))
  await at.step({}, onGitHub())
  const before = github.requests().length
  at.commit()
  const done = await at.step({}, onGitHub({ GITHUB_RUN_ID: '78' }))
  expect(done.result).toMatchObject({ status: 'SUCCESS' })
  expect(done.result.untold).toBeUndefined()
  const calls = github.requests().slice(before)
  const written = calls.filter(({ operationId }) => operationId === 'git/create-commit')
  expect(JSON.stringify(written.map(({ body }) => body))).not.toMatch(/told/)
  // As many as without anybody to tell; a status of the deployment that comes late may be one more.
  expect(written.length).toBeLessThanOrEqual(6)
  expect(calls.filter(({ operationId }) => operationId === 'issues/create-comment')).toHaveLength(2)
  expect(calls.filter(seen => !isLedgers(seen)).length).toBeLessThanOrEqual(15)
  expect(bodiesOf(hook).map(({ kind }) => kind)).toEqual(['start', 'success', 'start', 'success'])
  expect(comments()).toHaveLength(4)
  expect(comments()[3]).toMatch(/✅ \*\*shop on production: SUCCESS/)
  expect(comments()[3]).toContain('[run](https://github.example/org/shop/actions/runs/78)')
})

test.each([
  ['public', false],
  ['private', true]
] as const)(
  'in a %s repository a comment has what a program said: %s; whoever is told alone has it anyway',
  async (visibility, has) => {
    github.state.visibility = visibility
    const hook = await openReceiver()
    issue()
    const done = await openStand(telling(hook.url, RED)).step({}, onGitHub())
    expect(done.result.status).toBe('FAILED')
    const words = /42 words of a program/
    expect(words.test(String(bodiesOf(hook)[1]?.['why']))).toBe(true)
    expect(comments()).toHaveLength(2)
    expect(words.test(comments()[1] ?? '')).toBe(has)
    expect(comments()[1]).toMatch(/FAILED/)
  }
)

test('without the permission to comment the deployment is green, and it is named', async () => {
  const hook = await openReceiver()
  issue()
  const permissions = { contents: 'write', actions: 'read' } as const
  github.state.tokens.set(TOKEN, { kind: 'installation', login: 'github-actions[bot]', permissions, sees: true })
  const { result } = await openStand(telling(hook.url)).step({}, onGitHub())
  expect(result.status).toBe('SUCCESS')
  expect(result.untold).toMatchObject([
    { to: 'issue 1', kind: 'start', hint: expect.stringMatching(/issues: write/) },
    { to: 'issue 1', kind: 'success', hint: expect.stringMatching(/issues: write/) }
  ])
  expect(JSON.stringify(result)).not.toContain(TOKEN)
})

test('a run that waits leads to the issue where people are asked', async () => {
  const hook = await openReceiver()
  const asks = CHECKLIST.replace('stages:', 'stages:\n  preflight:\n    - manual: They are told\n      id: told')
  const at = openStand(`notify:\n  - webhook: ${hook.url}\n    on: [waiting]\n${asks}`)
  const done = await at.step({}, onGitHub())
  expect(done.result.status).toBe('WAITING')
  expect(bodiesOf(hook)).toMatchObject([
    {
      kind: 'waiting',
      who: 'whoever settles "They are told"',
      links: [{ label: 'run' }, { label: 'sign-offs', url: expect.stringMatching(/issues\/\d+$/) }]
    }
  ])
})
