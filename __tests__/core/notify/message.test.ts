import { expect, test } from '@jest/globals'
import { messageFor, type Occasion, withTexts } from '../../../src/core/notify/message.js'
import type { Result } from '../../../src/core/result/result.js'
import { noticePage } from '../../../src/report/notice-page.js'
import * as sample from '../../report/sample.js'

const { resultFor, rolledBackResult, success, untilDeployed } = sample
const on = (kind: Occasion['kind'], cause = kind as string): Occasion => ({
  kind,
  cause,
  at: '2026-03-02T10:00:12.000Z'
})
const logUrl = 'https://github.example/octo/guestbook/actions/runs/77'
const good = () => resultFor(success, { logUrl, trigger: 'push' })
const failed = () =>
  resultFor(untilDeployed, { status: 'FAILED', reason: 'deploy_failed', errorMessage: 'deploy/deploy: exit 3', logUrl })
const say = (occasion: Occasion, result: Result) => {
  const message = messageFor(occasion, { ...result, askedIn: 'https://github.example/issues/3' })
  if (message === undefined) throw new Error('there is nothing to tell')
  return message
}

test.each<[string, Occasion, () => Result, RegExp]>([
  ['start', on('start'), good, /^guestbook on production: bbbbbbb has begun$/],
  ['success', on('success'), good, /^guestbook on production: SUCCESS: bbbbbbb is live on production, in 12 s$/],
  ['failure', on('failure'), failed, /^guestbook on production: FAILED: bbbbbbb.*; a maintainer has to act$/],
  [
    'rollback',
    on('rollback'),
    rolledBackResult,
    /^guestbook on production: ROLLED_BACK: production is back at aaaaaaa/
  ],
  [
    'a checkpoint',
    on('failure', 'failure:checkpoint:1h'),
    good,
    /^guestbook on production: FAILED: checkpoint 1h of bbbbbbb, which did not pass; a maintainer has to act$/
  ],
  [
    'an escalation',
    { ...on('escalation', 'failure:checkpoint:1h'), waitedMs: 1_860_000 },
    good,
    /: nobody has reacted for 31 min to checkpoint 1h of bbbbbbb.*; a maintainer has to act$/
  ]
])('the first line of %s says where, what, how it stands, and who has to act', (_, occasion, result, headline) => {
  expect(say(occasion, result()).headline).toMatch(headline)
})

test('a cancel is for a maintainer only where it has left something', () => {
  const cancelled = (completedAt: string) =>
    resultFor(untilDeployed, { status: 'CANCELLED', reason: 'cancelled', errorMessage: 'SIGTERM', completedAt })
  expect(say(on('failure', 'failure:cancelled:0'), cancelled('')).who).toBe('a maintainer')
  expect(say(on('failure', 'failure:cancelled'), cancelled('2026-03-02T10:00:12.000Z')).who).toBe('')
})

test('then who, what, why, where to look and how to take it back', () => {
  expect(say(on('failure'), failed())).toMatchObject({
    format: 1,
    kind: 'failure',
    environment: 'production',
    why: 'deploy/deploy: exit 3',
    startedBy: 'alice (manual)',
    execution: 'x2',
    rollbackCommand: expect.stringMatching(
      /^gh workflow run rollback\.yml .*execution=x2.* --repo github\.example\/octo\/guestbook$/
    ),
    links: [
      { label: 'run', url: logUrl },
      { label: 'sign-offs', url: 'https://github.example/issues/3' }
    ]
  })
  expect(say(on('start'), good())).toMatchObject({ why: '', next: [], rollbackCommand: '' })
})

test('without a run on GitHub it is the command line that takes it back', () => {
  const local = resultFor(success, { logUrl: '' })
  expect(say(on('success'), local)).toMatchObject({ rollbackCommand: expect.stringMatching(/rollback x2$/) })
})

test('the same transition has the same key, another one another, and it fits into a header', () => {
  const keys = [on('start'), on('failure'), on('failure', 'failure:checkpoint:ä'), on('start')].map(
    occasion => say(occasion, good()).key
  )
  expect(keys[3]).toBe(keys[0])
  expect(new Set(keys).size).toBe(3)
  for (const key of keys) expect(key).toMatch(/^[\w.-]+$/)
})

test('each text is one line, of a length that can be read', () => {
  const loud = resultFor(untilDeployed, {
    status: 'FAILED',
    reason: 'deploy_failed',
    errorMessage: `\u001b[31m::error::x\n${'y'.repeat(5_000)}`
  })
  const { why } = say(on('failure'), loud)
  expect(why).not.toMatch(/\n|^::error/)
  expect(why).not.toContain('\u001b')
  expect(why.length).toBeLessThanOrEqual(1000)
})

test('every text that may hold something secret is changed with the others', () => {
  const message = say(on('failure'), failed())
  const changed = withTexts(message, () => 'x')
  const ours = [
    'format',
    'key',
    'kind',
    'at',
    'repository',
    'checklist',
    'environment',
    'commit',
    'status',
    'reason',
    'execution'
  ]
  for (const [name, value] of Object.entries(changed))
    if (!ours.includes(name))
      expect(JSON.stringify(value)).toMatch(/^("x"|\["x"(,"x")*\]|\[(\{"label":"x","url":"x"\},?)+\])$/)
})

test('what was refused before it began has nothing to tell', () => {
  expect(messageFor(on('failure'), { ...good(), execution: null })).toBeUndefined()
})

test('as a comment it calls nobody and is no Markdown of others', () => {
  const page = noticePage({
    ...say(on('failure'), failed()),
    why: '@everyone **bold** <img> `code` | [x](javascript:1)'
  })
  expect(page.split('\n')[0]).toMatch(/^❌ \*\*guestbook on production: FAILED/)
  expect(page).not.toMatch(/@everyone|<img>|\*\*bold\*\*|\[x\]\(/)
  expect(page).toContain(`[run](${logUrl})`)
})
