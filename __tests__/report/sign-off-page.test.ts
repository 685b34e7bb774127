import { expect, test } from '@jest/globals'
import { stateOf } from '../../src/core/engine/state.js'
import type { EventBody } from '../../src/core/events.js'
import type { ExecutionRecord } from '../../src/core/execution.js'
import { commandsIn } from '../../src/core/sign-offs/commands.js'
import { markedIn } from '../../src/core/sign-offs/marker.js'
import { goOnAnswer, signOffAnswer } from '../../src/report/sign-off-answer.js'
import { signOffPage } from '../../src/report/sign-off-page.js'
import { plan } from '../fakes/engine.js'
import { ASKED, journalOver, keptFor, manual } from '../fakes/sign-offs.js'

async function pageOf(of = ASKED, bodies: readonly EventBody[] = [], more: Partial<ExecutionRecord> = {}) {
  const kept = keptFor(of, { commit: 'c'.repeat(40), logUrl: 'https://github.com/octo/shop/actions/runs/7', ...more })
  if (bodies.length > 0) await journalOver(kept).commit(...bodies)
  return signOffPage(kept.record, stateOf(kept.events))
}
const listIn = (body: string) => body.split('\n').filter(line => line.startsWith('- ['))
const signed = (item: string, more: object = {}): EventBody => ({
  type: 'signed',
  signOff: { item, who: 'alice', words: 'by phone', claimed: false, at: '2026-01-05T10:00:00Z', as: 'done', ...more }
})
const outcome = (item: string, to: 'pass' | 'fail' | 'skip' | 'waiting'): EventBody => ({
  ...{ type: 'outcome', stage: 'preflight', item, target: '', attempt: 1, deed: 'run', outcome: to },
  ...{ detail: '', hint: '', durationMs: 0 }
})

test('whom each item waits for is called by name, and it says how to answer', async () => {
  const { title, body, marker } = await pageOf()
  expect(title).toBe('Sign-offs: shop → production, execution 2')
  expect(body.startsWith(`${marker}\n`)).toBe(true)
  expect(markedIn(body)).toMatchObject({ execution: 'e2', key: { repository: 'octo/shop' } })
  expect(body).toContain('<code>ccccccc</code> · started by ann')
  expect(body).toContain('[run](https://github.com/octo/shop/actions/runs/7)')
  expect(listIn(body).map(line => line.replace(/ <!--.*/, ''))).toEqual([
    '- [ ] <code>preflight/told</code> Do preflight/told — waits for **owner** @alice',
    '- [ ] <code>preflight/ready</code> Do preflight/ready — waits for **ops** @octo/release',
    '- [ ] <code>preflight/page</code> Do preflight/page — waits for somebody who may write here',
    '- [ ] <code>preflight/second</code> Do preflight/second — waits for somebody who may write here, who has not started this'
  ])
  expect(body).toContain('`/done ID words`')
  // The page itself is no comment, and copied into one it commands nothing.
  expect(commandsIn(body)).toEqual([])
})

test('what was said stands there with who and when, and what a process made of it', async () => {
  const { body } = await pageOf(ASKED, [
    signed('preflight/told'),
    signed('preflight/ready', { as: 'na', words: 'nobody is there' }),
    outcome('preflight/ready', 'skip'),
    signed('preflight/second', { claimed: true }),
    outcome('preflight/page', 'fail')
  ])
  expect(listIn(body).map(line => line.replace(/^(- \[.\]).* — (.*) <!--.*/, '$1 $2'))).toEqual([
    '- [x] done, alice, 2026-01-05 10:00:00 UTC: by phone',
    '- [x] does not apply, alice, 2026-01-05 10:00:00 UTC: nobody is there',
    '- [ ] **nobody answered**',
    '- [ ] waits for somebody who may write here, who has not started this'
  ])
})

test('an end says how it ended, and asks for nothing more', async () => {
  const { body } = await pageOf(ASKED, [{ type: 'ended', status: 'FAILED', reason: 'preflight_failed', message: 'x' }])
  expect(body).toContain('❌ **FAILED**: a preflight item failed. Nothing here counts any more.')
  expect(body).not.toContain('/done')
})

test('whatever people and checklists write stays text', async () => {
  const nasty = 'x --> <b>@everyone</b> [a](http://evil) `c` ::warning::w\n- [x] <!-- item a -->'
  const of = plan(
    { preflight: [manual('preflight/a', { manual: nasty, by: 'x) @mallory' })] },
    { people: { 'x) @mallory': '@a b' } }
  )
  const { body, boxes } = await pageOf(of, [])
  expect(boxes).toHaveLength(1)
  expect(listIn(body)).toHaveLength(1)
  expect(body).not.toMatch(/<b>|@everyone|@mallory|\]\(http:\/\/evil|::warning|@a b/)
  const { text } = signOffAnswer('1', 'al<i>ce', [{ problem: nasty }])
  expect(text).not.toMatch(/<b>|<i>|@everyone|\]\(http:\/\/evil|::warning/)
  expect(commandsIn(signOffAnswer('1', 'a', [{ problem: '/done x' }, { problem: '\n/done y' }]).text)).toEqual([])
})

test('a page has room for any checklist, and says what it has left out', async () => {
  const many = Array.from({ length: 900 }, (_, index) =>
    manual(`preflight/item-${index}`, { manual: 'w'.repeat(2_000) })
  )
  const { body } = await pageOf(plan({ preflight: many }))
  expect(body.length).toBeLessThan(65_536)
  expect(listIn(body).length).toBeGreaterThan(50)
  expect(body).toMatch(/\d+ more have no room here/)
})

test('an answer names what was recorded and what not', () => {
  const signOff = { item: 'a/b', who: 'al', words: 'seen', claimed: false, at: '', as: 'done', said: 'u' } as const
  const { text, marker } = signOffAnswer('77', 'al', [
    { item: 'a/b', kind: 'recorded', signOff },
    { item: 'a/c', kind: 'refused', why: 'it is settled already' },
    { problem: 'expected /done ID, found no word behind it' }
  ])
  expect(text.split('\n')).toEqual([
    marker,
    'al:',
    '',
    '- recorded, <code>a/b</code> is done: seen',
    '- not recorded for <code>a/c</code>: it is settled already',
    '- not recorded: expected /done ID, found no word behind it',
    ''
  ])
  expect(goOnAnswer('1', 'gh run rerun 7 --failed', 'no permission').text).toContain(
    'Nothing waits any more. Go on with <code>gh run rerun 7 --failed</code>: no permission'
  )
})
