import { expect, test } from '@jest/globals'
import { addIssue, issuesOf } from '../fakes/github/issues-state.js'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'
import { openMailbox } from '../notify/mailbox.js'
import { bodiesOf, openReceiver } from '../notify/receivers.js'
import { CHECKLIST, openStand } from './stand.js'

const github = useGitHub({ repository: 'org/shop' })

const ALL = (url: string) => `secrets: [SLACK_WEBHOOK_URL, HOOK_SECRET, SMTP_URL]
notify:
  - slack: "\${SLACK_WEBHOOK_URL}"
    on: [failure]
  - webhook: ${url}/hook
    secret: "\${HOOK_SECRET}"
  - email: [ops@example.com, oncall@example.com]
    from: deploy@example.com
    server: "\${SMTP_URL}"
    on: [failure, escalation]
    after: 2h
  - issue-comment: 1
  - webhook: https://staging.example
    environments: [staging]
environments: { staging: {}, production: {} }
${CHECKLIST}`

test('each of them gets a test, whatever they are told of; no ledger is made for it', async () => {
  const hook = await openReceiver()
  const box = await openMailbox({ user: { name: 'robot', password: 'pass word' } })
  addIssue(github.state, { title: 'releases', body: '', labels: [], author: 'ada' })
  const at = openStand(ALL(hook.url))
  const env = {
    SLACK_WEBHOOK_URL: `${hook.url}/services/T0/B0/xyz`,
    HOOK_SECRET: 'of the hook',
    SMTP_URL: `smtp://robot:pass%20word@127.0.0.1:${box.port}`,
    GITHUB_REPOSITORY: 'org/shop',
    GITHUB_API_URL: github.url(),
    GITHUB_TOKEN: TOKEN
  }
  const done = await at.does('notify --test -e production', { env })
  expect(done.text?.split('\n')).toEqual([
    'Who is told of production:',
    '✓ slack: failure',
    expect.stringMatching(/^✓ webhook 127\.0\.0\.1:\d+: waiting, .*escalation after 30 min$/),
    '✓ email to ops@example.com, oncall@example.com: failure, escalation after 2 h',
    expect.stringMatching(/^✓ issue 1: waiting/)
  ])
  expect(done.result).toMatchObject({ status: 'SUCCESS', exitCode: 0 })
  expect(hook.got.map(({ path }) => path).sort()).toEqual(['/hook', '/services/T0/B0/xyz'])
  expect(bodiesOf(hook).map(body => String(body['text'] ?? body['headline']))).toEqual([
    expect.stringMatching(/test/),
    expect.stringMatching(/test/)
  ])
  expect(box.got.map(({ to }) => to)).toEqual([['ops@example.com', 'oncall@example.com']])
  expect(issuesOf(github.state).flatMap(({ comments }) => comments.map(({ text }) => text))).toEqual([
    expect.stringMatching(/this is a test/)
  ])
  expect(await at.records()).toEqual([])
})

test('who cannot be told is named, with what to do; the others are told all the same', async () => {
  const hook = await openReceiver(nth => (nth > 9 ? { status: 500 } : { status: 200 }))
  const box = await openMailbox({ user: { name: 'robot', password: 'right' } })
  const at = openStand(ALL(hook.url))
  const SMTP_URL = `smtp://robot:wrong-password@127.0.0.1:${box.port}`
  const done = await at.does('notify --test -e production', { env: { HOOK_SECRET: 'x', SMTP_URL } })
  expect([done.result.status, done.result.exitCode]).toEqual(['UNAVAILABLE', 3])
  expect(done.text).toMatch(/✗ slack: failure\n {4}SLACK_WEBHOOK_URL has no value in this step\n {4}→ Set/)
  expect(done.text).toMatch(
    /✗ email .*\n {4}the mail server 127\.0\.0\.1:\d+ does not accept user and password \(535\)/
  )
  expect(done.text).toMatch(/✗ issue 1: .*\n {4}there is no token/)
  expect(done.text).not.toMatch(/wrong-password/)
  expect(hook.got).toHaveLength(1)
})

test('without --test it only says who is told of what', async () => {
  const hook = await openReceiver()
  const done = await openStand(ALL(hook.url)).does('notify -e staging')
  expect([done.result.exitCode, done.text?.split('\n').length, hook.got.length]).toEqual([0, 6, 0])
  expect(done.json).toMatchObject({
    format: 1,
    told: expect.arrayContaining([{ to: 'slack', on: ['failure'], afterMs: 1_800_000 }])
  })
  expect((await openStand().does('notify')).text).toMatch(/tells nobody of production/)
})
