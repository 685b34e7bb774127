import { expect, test } from '@jest/globals'
import type { EventBody } from '../../src/core/events.js'
import { refusalOf } from '../../src/core/result/result.js'
import { widthOf } from '../../src/core/text.js'
import { columns } from '../../src/report/columns.js'
import { ending } from '../../src/report/ending.js'
import { historyMarkdown, historyText } from '../../src/report/history.js'
import { PLAIN } from '../../src/report/layout.js'
import { planText } from '../../src/report/plan.js'
import { problemsText } from '../../src/report/problems.js'
import { eventWords, showText } from '../../src/report/show.js'
import { verifyText } from '../../src/report/verify.js'
import { chain, outcome, plan, record, resultFor, rolledBack, rolledBackResult, success } from './sample.js'

const bad = {
  ...record,
  id: 'x3',
  number: 3,
  status: 'ROLLED_BACK',
  rolledBack: true,
  rollbackReason: 'no health'
} as const
const tombstone = {
  id: 'x1',
  key: record.key,
  number: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  completedAt: '',
  lastHash: '',
  deletedAt: '',
  deletedBy: 'carol'
}

test('history stands newest first, deleted ones among the rest', () => {
  const lines = historyText({ records: [record, bad], tombstones: [tombstone] }).split('\n')
  expect(lines.map(line => line.slice(0, 18).trimEnd())).toEqual([
    'no.  status',
    '3    ROLLED_BACK',
    '2    SUCCESS',
    '1    deleted'
  ])
  expect(lines[1]).toContain('rolled back: no health')
  expect(lines[3]).toContain('by carol')
})

test('executions of other environments stand by their time', () => {
  const staging = {
    ...record,
    key: { ...record.key, environment: 'staging' },
    number: 9,
    startedAt: '2026-01-01T00:00:00.000Z'
  }
  const lines = historyText({ records: [staging, record], tombstones: [], next: 'abc' }).split('\n')
  expect(lines[1]).toMatch(/^2 /)
  expect(lines.at(-1)).toBe('There are older ones: --cursor abc')
})

test.each([
  [{ purpose: 'rollback', undoesExecutionId: 'x9' }, 'takes back x9'],
  [{ purpose: 'rollback', undoesExecutionId: '' }, 'takes back an earlier one'],
  [{ purpose: 'adopt' }, 'adopt'],
  [{ markedBad: 'slow' }, 'marked bad: slow'],
  [{ holdsEnvironment: true }, 'holds the environment'],
  [{ status: 'REFUSED', reason: 'frozen', completedAt: '' }, 'frozen']
] as const)('history remarks %j', (more, remark) => {
  expect(historyText({ records: [{ ...record, ...more }], tombstones: [] })).toContain(remark)
})

test('a rollback names what it takes back by its number, where that is in the same table', () => {
  const back = { ...record, id: 'x4', number: 4, purpose: 'rollback', undoesExecutionId: 'x2' } as const
  expect(historyText({ records: [back, record], tombstones: [] })).toContain('takes back no. 2')
})

test('what is there to be copied is never shortened', () => {
  const text = historyText({ records: [record, bad], tombstones: [] }, { ...PLAIN, width: 40 })
  expect(text).toMatch(/ x3$/m)
  expect(text).toContain('2026-03-02 10:00:00')
})

test('an empty ledger says so', () => {
  const empty = { records: [], tombstones: [] }
  expect([historyText(empty), historyMarkdown(empty)]).toEqual(Array(2).fill('No execution is in this ledger yet.'))
})

const unreadable = [
  { id: 'x2', number: 2, environment: 'production', problem: '/l/000002-x2.jsonl:7 is damaged' },
  { id: '', number: 0, environment: '', problem: '/l/index.json is damaged: it is no JSON' }
]

test('history names what cannot be read behind what can, and what that means', () => {
  const text = historyText({ records: [record], tombstones: [], unreadable, next: 'abc' })
  expect(text.split('\n').slice(-3)).toEqual([
    '✗ no. 2 on production, x2, is unreadable: /l/000002-x2.jsonl:7 is damaged',
    '✗ unreadable: /l/index.json is damaged: it is no JSON',
    '  → Until it is whole again, nothing acts on its environment; `deploy-checklist verify` looks at the others.'
  ])
  const page = historyMarkdown({ records: [record], tombstones: [], unreadable })
  expect(page).toMatch(/\n\n- 💥 no\. 2 on production, x2, is unreadable: .*\n- 💥 unreadable: /)
})

test('a history of nothing but what cannot be read is not called empty', () => {
  const empty = { records: [], tombstones: [], unreadable }
  expect(historyText(empty)).toMatch(/^✗ no\. 2 on production/)
  expect(historyMarkdown(empty)).toMatch(/^- 💥 no\. 2 on production/)
})

test('history as a page escapes what people wrote', () => {
  const page = historyMarkdown({ records: [{ ...bad, rollbackReason: 'a|b @x' }], tombstones: [tombstone] })
  expect(page.split('\n')[2]).toContain('↩️&nbsp;ROLLED_BACK')
  expect(page).toContain('rolled back: a&#124;b @&#8203;x')
})

test.each([90, 120, 200])('no line of the history is wider than a terminal of %d columns', width => {
  const text = historyText({ records: [record, bad], tombstones: [] }, { ...PLAIN, width })
  expect(Math.max(...text.split('\n').map(widthOf))).toBeLessThanOrEqual(width)
})

test.each([20, 40, 80])('in %d columns the widest texts give way, and an empty column is left out', width => {
  const cells = [[{ text: 'x'.repeat(100) }, { text: '日本'.repeat(50) }, { text: '' }]]
  const lines = columns(['a', 'b', 'empty'], cells, { ...PLAIN, width })
  expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width)
  expect(lines[0]).not.toContain('empty')
})

test('show has every item and every event', () => {
  const text = showText(rolledBackResult(), chain(rolledBack))
  expect(text).toMatch(/✗ fail +smoke-test\/health +30 s +status 500/)
  expect(text).toMatch(/✓ pass +undo of deploy\/deploy/)
  expect(text.split('\n').filter(line => /^\d+ +2026-03-02/.test(line))).toHaveLength(rolledBack.length)
})

const process = { host: 'web', bootId: '', pid: 7, startedAt: '' }
const signOff = { item: 'a', who: 'bob', words: 'yes', claimed: true, at: '' }
test.each<[EventBody, string]>([
  [{ type: 'joined', process, why: 'resume' }, 'resume on web, pid 7'],
  [{ type: 'took-over', from: 'x1', by: 'x2' }, 'from x1 by x2'],
  [{ type: 'note', item: 'a', attempt: 1, deed: 'run', data: { at: 'b' } }, 'a: {"at":"b"}'],
  [{ type: 'signed', signOff }, 'a by bob (claimed): yes'],
  [{ type: 'paused', status: 'WAITING', reason: 'waiting_for_person', message: '' }, 'WAITING (waiting_for_person)'],
  [{ type: 'checkpoint', checkpoint: '1h', dueAt: '', lateMs: 0, passed: true, results: [] }, '1h passed'],
  [{ type: 'owed', to: 'rollback', process }, 'not done yet: it is rolled back'],
  [{ type: 'answered' }, 'a person was paged'],
  [{ type: 'marked-bad', because: 'slow', by: 'bob' }, 'by bob, because slow'],
  [{ type: 'linked', to: 'x1', as: 'undoes' }, 'undoes x1'],
  [
    { type: 'intent', stage: 'deploy', item: 'a', target: 'web1', attempt: 2, deed: 'undo' },
    'undo of a on web1, attempt 2'
  ]
])('event %#', (body, words) => {
  expect(eventWords(body)).toBe(words)
})

test('the end of a run repeats what is red, then says what stands and what to do', () => {
  const lines = ending(rolledBackResult(), { ...PLAIN, width: 60 }).split('\n')
  expect(lines.slice(1, 4)).toEqual([
    '✗ smoke-test/health (line 20)',
    '    status 500, expected 2xx',
    '    → Look at the log of the service.'
  ])
  expect(Math.max(...lines.filter(line => !line.includes('chain')).map(widthOf))).toBeLessThanOrEqual(60)
  expect(lines.at(-1)).toMatch(/chain +x2:29:/)
})

test('a migration that was taken back says so', () => {
  const undo = outcome({ stage: 'rollback', item: 'migrate/sql', deed: 'undo', outcome: 'pass' })
  expect(ending(resultFor([...rolledBack, undo]))).toContain('main: 1 → 2 (with 002.sql), undone since')
  expect(ending(rolledBackResult())).not.toContain('undone since')
})

test('the end names the page that was written', () => {
  expect(ending(resultFor(success), PLAIN, '/tmp/x.md').split('\n').at(-1)).toMatch(/^ {2}summary +\/tmp\/x\.md$/)
})

test('the end of a refusal has the message, the problems and the hint', () => {
  const refusal = refusalOf({
    status: 'REFUSED',
    reason: 'no_space',
    message: 'm',
    hint: 'make room',
    problems: ['f:1:1 x: y']
  })
  expect(ending(refusal)).toBe('\n✗ REFUSED: too little disk\n  f:1:1 x: y\n  m\n  → make room')
})

test('the end of a success names the way back', () => {
  expect(ending(resultFor(success))).toMatch(/take it back +npx deploy-checklist rollback x2/)
})

test('a plan shows what would happen, the way back and its digest, and what stands in its way', () => {
  const objection = { reason: 'frozen', message: 'it is frozen', hint: 'wait' } as const
  const text = planText(plan, { objections: [objection] })
  expect(text).toMatch(/^guestbook → production: aaaaaaa → bbbbbbb$/m)
  expect(text).toMatch(/does +deploy\/deploy +run, undo: redeploy +line 17/)
  expect(text).toMatch(/asks +preflight\/told/)
  expect(text).toContain(`digest    ${plan.digest}`)
  expect(text).toContain('✗ it is frozen (frozen)\n  → wait')
  expect(planText({ ...plan, previous: null, release: 'v2' })).toContain(
    'nothing (a first deployment) → bbbbbbb, release v2'
  )
})

test('problems stand one to a line, those of a checklist so that an editor finds their place', () => {
  expect(problemsText('d.yml has an error', ['d.yml:1:2 a.b: c: d'])).toBe('✗ d.yml has an error:\nd.yml:1:2 a.b: c: d')
  expect(problemsText('2 things', ['d.yml:1:2: c', 'odd'])).toBe('✗ 2 things:\nd.yml:1:2: c\n  odd')
})

test('a whole chain says what it was held against, a broken one where', () => {
  const told = { kind: 'read', deployments: 0, heads: 0, older: 0 } as const
  const found = { ledger: 'file /x', executions: 2, events: 40, heads: [], told, problems: [], newest: ['x2:9:ab'] }
  expect(verifyText(found)).toMatch(/^✓ The chain is whole: 40 events of 2 executions.*--head/s)
  expect(verifyText({ ...found, heads: ['x2:9:ab'] })).not.toContain('--head')
  const broken = verifyText({
    ...found,
    problems: [
      { execution: 'x1', seq: 3, problem: 'changed' },
      { execution: 'x2', problem: 'gone' }
    ]
  })
  expect(broken).toMatch(/✗ The chain is broken.*x1, event 3: changed.*x2: gone.*→/s)
})

test('what GitHub tells of a chain is counted, and what it does not tell is said', () => {
  const found = { ledger: 'file /x', executions: 2, events: 40, heads: [], problems: [], newest: ['x2:9:ab'] }
  const read = verifyText({ ...found, told: { kind: 'read', deployments: 3, heads: 2, older: 1 } })
  expect(read).toMatch(/held against 2 heads in 3 deployments on GitHub; 1 of executions before the first/)
  expect(read).not.toContain('--head')
  const unread = verifyText({ ...found, told: { kind: 'unreadable', why: 'a 403', hint: 'give it' } })
  expect(unread).toMatch(/not held against the deployments on GitHub: a 403\n {2}→ give it\n.*--head/s)
})
