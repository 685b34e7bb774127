import { describe, expect, test } from '@jest/globals'
import { resultOfFault } from '../../src/app/answer.js'
import { localSummary } from '../../src/app/local-summary.js'
import { unavailable } from '../../src/core/errors.js'
import { CHECKLIST, dying, openStand, refusal } from './stand.js'

test.each([
  [
    'a known fault',
    unavailable('ledger_unavailable', 'down', 'look'),
    { status: 'UNAVAILABLE', reason: 'ledger_unavailable', exitCode: 3, message: 'down', hint: 'look' }
  ],
  [
    'a fault of ours',
    new Error('oops'),
    { reason: 'bug', exitCode: 70, message: 'oops', hint: expect.stringMatching(/deploy-checklist show/) }
  ],
  ['whatever else was thrown', 'oops', { reason: 'bug', exitCode: 70, message: 'oops' }]
])('%s becomes a result', (_, thrown, expected) => {
  expect(resultOfFault(thrown)).toMatchObject(expected)
})

describe('a process that is replaced', () => {
  test('stops where it is, and says what the other one goes on from', async () => {
    const at = openStand(CHECKLIST)
    const result = await at.through('run', async shop => {
      const ledger = await shop.ledger()
      let writes = 0
      const append: typeof ledger.append = async change =>
        ++writes > 1 ? { kind: 'moved', head: 'x' } : await ledger.append(change)
      return { ...shop, ledger: async () => ({ ...ledger, append }) }
    })
    expect([result.status, result.reason]).toEqual(['UNAVAILABLE', 'superseded'])
    expect(result.hint).toMatch(/show/)
  })
})

describe('a cancel', () => {
  test('before anything has begun leaves no execution', async () => {
    const at = openStand()
    const { result, id } = await at.does('run', { signal: abort => abort('SIGTERM') })
    expect([result.status, result.reason, result.exitCode, id]).toEqual(['CANCELLED', 'cancelled', 143, ''])
    expect(await at.records()).toEqual([])
  })
  test('of a look at the history says so as well', async () => {
    expect((await openStand().does('history', { signal: abort => abort('SIGINT') })).result.exitCode).toBe(130)
  })
})

test('the summary of a local run lies outside the workspace, and a command without an execution has none', async () => {
  const at = openStand()
  const { result } = await at.does('run')
  const host = { env: {}, home: at.env['HOME'] } as Parameters<typeof localSummary>[2]
  const path = await localSummary(result, { checklist: '' }, host)
  expect(path?.startsWith(`${at.env['HOME']}/.local/state/deploy-checklist/summaries/`)).toBe(true)
  expect(at.git('status', '--porcelain')).toBe('')
  expect(await localSummary((await at.does('history')).result, { checklist: '' }, host)).toBeUndefined()
})

test('a refused command beside a living one frees nothing of it, and writes nothing', async () => {
  const at = openStand()
  await at.through('run', dying(1, 'after', {}))
  const before = JSON.stringify(await at.records())
  const lines = [
    'run',
    'run --resume',
    'rollback',
    'sign --sign deploy/release=ann:done',
    'run deploy',
    `adopt --commit ${at.git('rev-parse', 'HEAD')}`
  ]
  for (const line of lines) {
    const done = await at.does(line)
    expect([line, ...refusal(done)]).toEqual([line, 'REFUSED', 'environment_held', 2])
    expect([line, done.result.hint]).toEqual([line, expect.stringMatching(/Wait/)])
  }
  expect(JSON.stringify(await at.records())).toBe(before)
})
