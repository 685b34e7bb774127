import { expect, test } from '@jest/globals'
import { refusalOf } from '../../src/core/result/result.js'
import { summary } from '../../src/report/summary.js'
import { tables } from './rendered.js'
import { item, opened, outcome, plan, receipt, resultFor, started, success } from './sample.js'

const HOSTILE = [
  'a|b||c\\|d',
  'two\nlines\r\n| x | y |',
  '`code` ``` fence ~~~',
  '<script>alert(1)</script><img src=x onerror=y>',
  '@octo/team @alice and me@example.com',
  '::error file=x::boom',
  '##[error]boom',
  '\u001b[31mred\u001b[0m\u202eevil\u0000',
  '[link](javascript:x) ![image](http://x) *bold* _it_ $x$ ~~gone~~',
  '# heading',
  '1. list',
  '- list',
  '&lt;entity&gt; &#124;'
]

/** Tables of which a row has other cells than its head. */
const broken = (page: string) => tables(page).filter(cells => new Set(cells).size > 1)

const withDetails = (details: readonly string[]) =>
  resultFor(
    [
      opened,
      started('preflight'),
      ...details.map((detail, index) =>
        outcome({ stage: 'preflight', item: `preflight/${index} ${detail}`, outcome: 'fail', detail, hint: detail })
      )
    ],
    { status: 'FAILED', reason: 'preflight_failed', actor: HOSTILE.join(' '), errorMessage: 'x' }
  )

test('the chain’s head is the last thing on the page', () => {
  expect(summary(resultFor(success)).trimEnd()).toMatch(/Chain: <code>x2:22:0+22<\/code>$/)
})

test('commits are links where the repository is one of a forge', () => {
  const page = summary(resultFor(success), { serverUrl: 'https://github.com', checklist: 'deploy-checklist.yml' })
  expect(page).toContain(`(https://github.com/octo/guestbook/compare/${'a'.repeat(40)}...${'b'.repeat(40)})`)
  expect(page).toContain('<sub>deploy-checklist.yml:20</sub>')
  const first = { ...opened, plan: { ...plan, previous: null } } as typeof opened
  expect(summary(resultFor([first]), { serverUrl: 'https://github.com' })).toContain('/commit/bbb')
})

test.each(HOSTILE)('%j breaks no table and starts nothing', text => {
  const page = summary(withDetails([text, text]))
  expect(broken(page)).toEqual([])
  expect(page.replaceAll(/<\/?(code|sub|br)>/g, '')).not.toMatch(/<[a-z!/]/i)
  expect(page).not.toMatch(/@[a-z]/i)
  expect(page).not.toMatch(/::(error|warning)/)
  expect(page).not.toContain('##[')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
  expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/)
  expect(page.split('\n').filter(line => line.startsWith('```'))).toHaveLength(2)
})

test('every hostile text at once is still one page with its end', () => {
  expect(summary(withDetails(HOSTILE))).toContain('and 7 more in the tables below')
  expect(summary(withDetails(HOSTILE))).toMatch(/Chain: <code>x2:14:/)
})

test('a page over the limit leaves out whole lines, says so, and keeps its head and its end', () => {
  const page = summary(withDetails(Array.from({ length: 5000 }, (_, index) => `${index} ${'|é'.repeat(400)}`)))
  expect(Buffer.byteLength(page)).toBeLessThanOrEqual(900_000)
  expect(page).toMatch(/^## ❌ FAILED/)
  expect(page).toMatch(/> \d+ lines are left out/)
  expect(page).toMatch(/Chain: <code>/)
  expect(broken(page)).toEqual([])
})

test('a limit that nothing fits in keeps the end alone', () => {
  const page = summary(withDetails(['x']), { limit: 300 })
  expect(page).toMatch(/left out/)
  expect(page).toMatch(/Chain: <code>/)
})

test('a refusal without an execution shows every problem of the checklist', () => {
  const problems = ['deploy-checklist.yml:3:5 stages.deploy: not a known key', 'deploy-checklist.yml:9:1 x: y']
  const page = summary(
    refusalOf({ status: 'REFUSED', reason: 'checklist_invalid', message: 'has 2 problems', hint: 'h', problems })
  )
  expect(page).toContain('## ⛔ REFUSED: the checklist has errors')
  expect(page).toContain('- deploy-checklist.yml:3:5 stages.deploy: not a known key')
  expect(page).not.toContain('Chain')
})

test('stages that were not reached stand together', () => {
  const page = summary(withDetails(['x']))
  expect(page).toContain('### ▫️ Not run\n\n- **backup**: backup/main\n- **migrate**: migrate/sql')
  expect(summary(resultFor([opened, started('deploy')], { status: 'DEPLOYING' }))).toContain('deploy: running for')
})

test('sign-offs, checkpoints and those to come are tables of their own', () => {
  const checkpoint = {
    type: 'checkpoint',
    checkpoint: '1h',
    dueAt: '',
    lateMs: 61_000,
    passed: false,
    results: []
  } as const
  const page = summary(
    resultFor([...success, checkpoint], { due: [{ checkpoint: '24h', dueAt: '2026-03-03T10:00:00.000Z' }] })
  )
  expect(page).toContain('| preflight/told | bob (claimed) | told |')
  expect(page).toContain('| ❌&nbsp;fail | 1h | 2026-03-02 10:00:11 UTC | 1 min 1 s late |')
  expect(page).toContain('| ⏳&nbsp;due | 24h | 2026-03-03 10:00:00 UTC |')
})

test('a log is linked only where it is an address', () => {
  expect(summary(resultFor(success, { logUrl: 'https://github.com/o/r/actions/runs/1' }))).toContain(
    '[log](https://github.com/'
  )
  expect(summary(resultFor(success, { logUrl: 'javascript:alert(1)' }))).not.toContain('log](')
})

test('a snapshot and a restore say what they are', () => {
  const page = summary(
    resultFor(
      [
        {
          ...opened,
          plan: {
            ...plan,
            stages: { ...plan.stages, migrate: [item('migrate/x', { kind: 'migrate', effect: 'action' })] }
          }
        } as typeof opened
      ],
      {
        receipts: [{ ...receipt, proof: 'snapshot', scratch: '', sha256: '' }]
      }
    )
  )
  expect(page).toContain('⚠️ main: snapshot (a copy on the same server, not a backup off it), 1.2 MB, 2.1 s')
  expect(page).toContain('the snapshot takes the database’s place')
})
