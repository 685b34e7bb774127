import { describe, expect, test } from '@jest/globals'
import { openFileLedger } from '../../src/ledger/file.js'
import { ending } from '../../src/report/ending.js'
import { summary } from '../../src/report/summary.js'
import { openLiveness } from '../../src/shell/liveness.js'
import { fakeClock } from '../fakes/clock.js'
import { CHECKLIST, openStand, refusal, type Stand } from './stand.js'

const AT = '2026-01-10T10:00:00.000Z' // a Saturday
const ruled = (rules: string, more = '') => `${CHECKLIST}environments:\n  production: ${rules}\n${more}`
const HURRY = "run --environment production --emergency 'orders are lost'"

async function stored(at: Stand) {
  const clock = fakeClock({ at: AT })
  const ledger = openFileLedger({ folder: at.ledger, clock, liveness: openLiveness() })
  const [newest] = await at.records()
  return (await ledger.read(newest?.id ?? ''))?.events.map(({ body }) => body) ?? []
}

describe('a named emergency', () => {
  test.each([
    ['the window', '{ window: { days: mon-thu, zone: UTC } }', ['outside_window']],
    ['a freeze', '{ freeze: { until: 2026-02-01, because: year end } }', ['frozen']],
    ['the order', '{ after: staging }\n  staging: {}', ['not_promoted']],
    [
      'all of them',
      '{ after: staging, freeze: { until: 2026-02-01, because: x }, window: { days: mon, zone: UTC } }\n  staging: {}',
      ['frozen', 'outside_window', 'not_promoted']
    ],
    ['nothing, where nothing is closed', '{ window: { days: sat, zone: UTC } }', []]
  ])('sets %s aside, and is kept with what it set aside', async (_, rules, reasons) => {
    const at = openStand(ruled(rules), AT)
    const done = await at.does(HURRY)
    expect(done.result.status).toBe('SUCCESS')
    expect(done.result.emergency).toMatchObject({ because: 'orders are lost', by: 'ann' })
    expect(done.result.emergency?.waived.map(({ reason }) => reason)).toEqual(reasons)
    expect((await at.records())[0]).toMatchObject({ emergency: 'orders are lost', status: 'SUCCESS' })
    expect((await stored(at)).filter(({ type }) => type === 'emergency')).toHaveLength(1)
    expect((await at.does('verify')).result.status).toBe('SUCCESS')
  })

  test.each([
    ['a gate that nobody can read', '{ gate: { reviewers: required } }', 'gate_unreadable'],
    ['checks that nobody can ask', '{ ci: green }', 'ci_not_green'],
    ['a ref that nobody can ask', '{ newest: true }', 'not_newest']
  ])('does not set %s aside', async (_, rules, reason) => {
    const at = openStand(ruled(rules), AT)
    expect(refusal(await at.does(HURRY))).toEqual(['REFUSED', reason, 2])
    expect([await at.records(), at.did()]).toEqual([[], []])
  })

  test('is shown in the plan, where nothing is written', async () => {
    const at = openStand(ruled('{ window: { days: mon, zone: UTC } }'), AT)
    expect(refusal(await at.does('plan'))).toEqual(['REFUSED', 'outside_window', 2])
    expect((await at.does("plan --emergency 'orders are lost'")).result.exitCode).toBe(0)
    expect(await at.records()).toEqual([])
  })

  test('comes through the input of the action too', async () => {
    const at = openStand(ruled('{ window: { days: mon, zone: UTC } }'), AT)
    const ledger = `file:${at.ledger}`
    expect(refusal(await at.step({ ledger }))).toEqual(['REFUSED', 'outside_window', 2])
    const done = await at.step({ ledger, emergency: ' orders are lost ' })
    expect(done.result.emergency).toMatchObject({ because: 'orders are lost', by: 'cy' })
  })

  test('stands above everything else in the summary, with what it set aside, and in the terminal', async () => {
    const at = openStand(ruled('{ window: { days: mon, zone: UTC } }'), AT)
    const { result } = await at.does(HURRY)
    const screen = summary(result).split('\n').slice(0, 25).join('\n')
    expect(screen).toMatch(/\*\*Emergency\*\* \| ⚠️ orders are lost \(ann\)<br>set aside: production is open Mon/)
    expect(ending(result)).toMatch(/emergency +orders are lost \(ann\)\n +set aside +production is open Mon/)
    expect((await at.does('show')).text).toMatch(
      /emergency +by ann, because orders are lost; waived: production is open/
    )
  })

  test('of blanks is none', async () => {
    const at = openStand(ruled('{ window: { days: mon, zone: UTC } }'), AT)
    expect(refusal(await at.does("run --emergency ' '"))).toEqual(['REFUSED', 'outside_window', 2])
  })

  test('is written once for all stages of an execution', async () => {
    const at = openStand(ruled('{ window: { days: mon, zone: UTC } }'), AT)
    await at.does("run preflight --emergency 'orders are lost'")
    await at.does("run deploy --emergency 'orders are lost'")
    await at.does('run smoke-test')
    expect((await stored(at)).filter(({ type }) => type === 'emergency')).toHaveLength(1)
    expect((await at.records())[0]?.status).toBe('SUCCESS')
  })
})

describe('after: staging', () => {
  const watched = (checkpoints: string, items = '[{ run: \'! test -e "$WORLD/broken"\', id: well }]') =>
    ruled('{ after: staging }\n  staging: {}').replace(
      'environments:',
      `  monitor:\n    checkpoints: ${checkpoints}\n    items: ${items}\nenvironments:`
    )

  test('a checkpoint at minute 0 is part of the execution that succeeded', async () => {
    const at = openStand(watched('[0m, 1h]'))
    await at.does('run -e staging')
    expect((await at.does('run -e production')).result.status).toBe('SUCCESS')
  })

  test('the first checkpoint must have passed there; an emergency sets that aside too', async () => {
    const at = openStand(watched('[1h, 24h]'))
    await at.does('run -e staging')
    const early = await at.does('run -e production')
    expect(refusal(early)).toEqual(['REFUSED', 'not_promoted', 2])
    expect(early.result.message).toMatch(/needs its checkpoint 1h there too, which is due at 2026-01-05T11:/)
    expect(early.result.hint).toMatch(/monitor --environment staging/)
    await at.turn(2 * 3_600_000)
    expect(refusal(await at.does('run -e production'))).toEqual(['REFUSED', 'not_promoted', 2])
    await at.does('monitor -e staging')
    expect((await at.does('run -e production')).result.status).toBe('SUCCESS')
    at.commit()
    await at.does('run -e staging')
    const hurried = await at.does("run -e production --emergency 'orders are lost'")
    expect(hurried.result.emergency?.waived).toMatchObject([{ reason: 'not_promoted' }])
  })

  test('a checkpoint that failed there closes it, the first one or a later one', async () => {
    const at = openStand(watched('[0m, 1h]'))
    await at.does('run -e staging')
    at.sets('broken', 'x')
    await at.turn(2 * 3_600_000)
    await at.does('monitor -e staging')
    const closed = await at.does('run -e production')
    expect(refusal(closed)).toEqual(['REFUSED', 'not_promoted', 2])
    expect(closed.result.message).toMatch(/failed its checkpoint 1h/)
  })
})
