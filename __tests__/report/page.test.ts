import { describe, expect, test } from '@jest/globals'
import type { Result } from '../../src/core/result/result.js'
import { refusalOf } from '../../src/core/result/result.js'
import { summary } from '../../src/report/summary.js'
import { rendered, tables } from './rendered.js'
import * as made from './situations.js'

const OPTIONS = { serverUrl: 'https://github.com', checklist: 'deploy-checklist.yml' }
const pageOf = (result: Result) => summary(result, OPTIONS)
const QUESTIONS = ['Changes', 'Backup', 'Way back', 'Tried before', 'Red', 'Decides']

const SITUATIONS: readonly (readonly [string, () => Result])[] = [
  ['a first deployment ever', made.first],
  ['one that is prepared, with a migration', made.prepared],
  ['what is live', made.live],
  ['a failing smoke test that was rolled back', made.wentBack],
  ['a way back that stopped', made.stuck],
  ['one that waits for two roles', made.waiting],
  ['a weakened checklist, in a shallow clone', made.weakened],
  ['an emergency', made.hurried],
  ['a cancelled one', made.cancelled],
  ['one of which everything is at its longest', made.longest],
  ['500 items, 50 of which failed', () => made.failing(500, 'no answer from the service '.repeat(40))]
]

describe('within 25 lines, in one order, a page of', () => {
  test.each(SITUATIONS)('%s answers every question, after its verdict', (_, situation) => {
    const result = situation()
    const lines = rendered(pageOf(result))
    expect(lines[0]).toContain(`${result.status}: `)
    const at = QUESTIONS.map(question => lines.findIndex(line => line.startsWith(`${question}  `)))
    expect(at).not.toContain(-1)
    expect(at).toEqual(at.toSorted((a, b) => a - b))
    // The last answer has ended by then too: what comes next is a part of its own.
    const end = lines.findIndex(line => line.startsWith('### '))
    expect(end).toBeLessThanOrEqual(25)
    expect(end).toBeGreaterThan(at.at(-1) ?? 0)
    expect(tables(pageOf(result)).filter(cells => new Set(cells).size > 1)).toEqual([])
  })
})

const answer = (result: Result, question: string): string => {
  const row = pageOf(result)
    .split('\n')
    .find(line => line.startsWith(`| **${question.replaceAll(' ', '&nbsp;')}**`))
  return rendered(row ?? '')
    .join(' ')
    .slice(question.length + 2)
}

test.each<[string, string, Result, RegExp]>([
  [
    'commits',
    'Changes',
    made.prepared(),
    /^aaaaaaa → bbbbbbb, 12 commits 1 SQL .* · Index .* \(Ann Lee\) · Fix #41: .* \(Bob\) … and 10 more/
  ],
  ['SQL files', 'Changes', made.prepared(), /1 SQL file to come: main: 002\.sql · Index/],
  [
    'commits that go',
    'Changes',
    made.prepared({ commits: { kind: 'counted', count: 0, gone: 3, newest: [] } }),
    /0 commits, and ⚠️ 3 commits that are live go/
  ],
  ['a shallow clone', 'Changes', made.weakened(), /❔ how many commits is not known: this clone is shallow/],
  ['a first deployment', 'Changes', made.first(), /^bbbbbbb, the first deployment here/],
  ['a backup to come', 'Backup', made.prepared(), /^⏳ main: not made yet; .* has to be identical/],
  ['a backup that was made', 'Backup', made.live(), /^✅ main: identical .* 1\.2 MB, 2\.1 s.* old$/],
  ['a backup that was not reached', 'Backup', made.failing(20), /^❔ main: no backup was made$/],
  [
    'measured seconds',
    'Way back',
    made.prepared(),
    /41 s \(the last rollback here\); by itself only if nothing would be lost/
  ],
  ['nothing measured', 'Way back', made.waiting(), /not measured/],
  ['no way back', 'Way back', made.first(), /^⚠️ none; a first deployment/],
  [
    'a way back that was taken',
    'Way back',
    made.wentBack(),
    /^↩️ taken to aaaaaaa in 3\.2 s, verified by the smoke test; because .*left as it is: main: schema stays/
  ],
  ['nothing to take back', 'Way back', made.failing(20), /^nothing was touched, so there is nothing to take back$/],
  ['a way back that stopped', 'Way back', made.stuck(), /^❌ tried to aaaaaaa, and stopped after 0\.9 s/],
  [
    'staging',
    'Tried before',
    made.prepared(),
    /^staging: ✅ execution 31 SUCCESS, 2 h 5 min ago, smoke test 5 of 5, checkpoint 0m passed, 24h still to come/
  ],
  [
    'staging that nobody asked',
    'Tried before',
    made.first(),
    /^❔ staging: nobody has looked ❔ CI: nobody has looked$/
  ],
  ['staging that was set aside', 'Tried before', made.hurried(), /^⚠️ staging: this release has not succeeded there/],
  ['CI', 'Tried before', made.prepared(), /✅ CI: 14 passed, 2 skipped$/],
  ['nothing red and all reached', 'Red', made.live(), /^✅ nothing$/],
  [
    'nothing red so far',
    'Red',
    made.prepared(),
    /^nothing so far; not looked at yet: 1 item of preflight, backup, migrate/
  ],
  ['what failed', 'Red', made.wentBack(), /^❌ smoke-test\/health: status 500, expected 2xx$/],
  ['how many failed', 'Red', made.failing(500), /check-3: .*check-13: .*check-23: .* \(and 47 more\)$/],
  [
    'reviewers',
    'Decides',
    made.prepared(),
    /^⏳ one of @octo\/release, @alice; not who started the run; an admin could pass by/
  ],
  ['a gate that nobody read', 'Decides', made.first(), /^❔ reviewers are promised, and nobody has looked/],
  [
    'who approved',
    'Decides',
    made.live(),
    /^⚠️ approved by bob \(whose commit it is\): looks good, seen at 2026-03-02 10:00:00 UTC$/
  ],
  ['nobody who looked', 'Decides', made.stuck(), /^❔ who let it pass: nobody has looked/],
  [
    'roles',
    'Decides',
    made.waiting(),
    /⏳ "told", by product-owner \(@alice\) ⏳ "The backup window is free", by devops/
  ]
])('%s: %s', (_, question, result, expected) => {
  expect(answer(result, question)).toMatch(expected)
})

test('a gate that could not be read says why, and is not green', () => {
  const evidence = { gate: { kind: 'unreadable', reason: 'missing_permission' } } as const
  expect(answer(made.prepared({ opened: { evidence } }), 'Decides')).toMatch(/^❔ .* could not be read: .*permission/)
})

test('what nobody knows never has the sign of what is good', () => {
  const unknown = made.first()
  for (const question of QUESTIONS) expect(answer(unknown, question)).not.toContain('✅')
})

test.each<[string, Result, readonly RegExp[]]>([
  ['failed', made.failing(20), [/gh run rerun 123 --failed --repo octo\/guestbook/]],
  [
    'stopped on its way back',
    made.stuck(),
    [/gh workflow run rollback\.yml -f environment=production -f 'reason=the smoke test failed' -f execution=x2/]
  ],
  ['waits', made.waiting(), [/gh run rerun 123 --failed/]],
  [
    'was cancelled after an action',
    made.cancelled(),
    [/gh run rerun 123 --repo/, /gh workflow run rollback\.yml .*execution=x2/]
  ]
])('a page of what %s has its lines in fences of their own', (_, result, expected) => {
  const fences = [...pageOf(result).matchAll(/```bash\n([^\n]*)\n```/g)].map(([, line]) => line)
  expect(fences).toHaveLength(expected.length)
  for (const [index, line] of expected.entries()) expect(fences[index]).toMatch(line)
})

test('a hint that ends with a line for a terminal gives it by itself', () => {
  const hint = "On https://github.com/o/r/settings: tick it. Or as an admin: gh api --method PUT 'repos/o/r/x' -F a=1"
  const page = pageOf(refusalOf({ status: 'REFUSED', reason: 'gate_too_weak', message: 'no reviewers', hint }))
  expect(page).toContain("```bash\ngh api --method PUT 'repos/o/r/x' -F a=1\n```")
})

test('behind the first screen stand commits, migrations by hash, backups with their seconds', () => {
  const page = pageOf(made.prepared())
  expect(page).toContain(`[<code>0000000</code>](https://github.com/octo/guestbook/commit/${'0'.repeat(40)})`)
  expect(page).toContain('| main | <code>migrations/002.sql</code> | <code>cccccccccccccccc</code> |')
  expect(pageOf(made.live())).toContain(
    '| 1.2 MB<br>3 rows in 1 table | 0.4 s, 1.1 s, 0.3 s | <code>0123456789abcdef</code> |'
  )
  expect(pageOf(made.hurried())).toContain('- production is frozen until 2026-03-05: year end (frozen)')
})
