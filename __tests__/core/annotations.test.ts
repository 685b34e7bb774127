import { describe, expect, test } from '@jest/globals'
import { type Annotation, annotationsOf, type Level, withRoom } from '../../src/core/annotations.js'
import { type Result, refusalOf } from '../../src/core/result/result.js'
import type { ItemState, ResultItem } from '../../src/core/result/result-stages.js'

const FILE = '.github/deploy-checklist.yml'
const item = (id: string, outcome: ItemState, some: Partial<ResultItem> = {}): ResultItem => ({
  ...{ id, name: id, kind: 'run', effect: 'check', optional: false, at: { line: 7, col: 5 }, target: '', deed: 'run' },
  ...{ attempt: 1, outcome, detail: `${outcome} it did`, hint: '', startedAt: '', durationMs: 0 },
  ...some
})
const REFUSED = refusalOf({ status: 'FAILED', reason: 'smoke_test_failed', message: 'it broke', hint: 'mend it' })
const result = (items: readonly ResultItem[], some: Partial<Result> = {}): Result => ({
  ...REFUSED,
  stages: [{ name: 'smoke-test', state: 'failed', startedAt: '', durationMs: 0, items }],
  ...some
})
const brief = ({ level, title, text, file, line, col }: Annotation) => ({ level, title, text, file, line, col })

describe('what is told at the lines of the checklist', () => {
  test.each([
    ['fail', 'error'],
    ['error', 'error'],
    ['unknown', 'error'],
    ['inconclusive', 'warning'],
    ['waiting', 'warning']
  ] as const)('is an item that is %s', (outcome, level) => {
    expect(annotationsOf(result([item('smoke-test/alive', outcome)]), FILE).map(brief)).toEqual([
      { level, title: `smoke-test/alive: ${outcome}`, text: `${outcome} it did`, file: FILE, line: 7, col: 5 }
    ])
  })

  test.each(['pass', 'degraded', 'skip', 'running', 'not-run'] as const)('is none that is %s', outcome => {
    expect(annotationsOf(result([item('a/b', outcome)], { exitCode: 0 }), FILE)).toEqual([])
  })

  test('is milder for what is optional, and names the undo, the target and what to do', () => {
    const [mild] = annotationsOf(result([item('a/b', 'fail', { optional: true })], { exitCode: 0 }), FILE)
    const [undo] = annotationsOf(
      result([item('a/b', 'fail', { deed: 'undo', target: 'web1', hint: 'look there' })]),
      FILE
    )
    expect(mild?.level).toBe('warning')
    expect(undo).toMatchObject({ title: 'undo of a/b on web1: fail', text: 'fail it did\nlook there' })
  })

  test('is every problem of a checklist that cannot be read, at its own place', () => {
    const problems = [`my lists/a.yml:3:5 stages.deploy[0]: expected a kind`, 'b.yml:1:1: two documents', 'stages:']
    expect(annotationsOf({ ...REFUSED, problems }, '').map(brief)).toMatchObject([
      {
        ...{ file: 'my lists/a.yml', line: 3, col: 5, title: 'error in the checklist at stages.deploy[0]' },
        text: 'stages.deploy[0]: expected a kind'
      },
      { file: 'b.yml', line: 1, col: 1, title: 'error in the checklist', text: 'two documents' }
    ])
  })

  test('is the refusal where nothing else says why, or the verdict where it has no words', () => {
    const [told] = annotationsOf(REFUSED, FILE)
    expect(told).toMatchObject({ title: 'deploy-checklist: smoke_test_failed', text: 'it broke\nmend it', file: FILE })
    expect(annotationsOf({ ...REFUSED, message: '', hint: '' }, FILE)[0]?.text).toBe(REFUSED.verdict)
    expect(annotationsOf({ ...REFUSED, exitCode: 0 }, FILE)).toEqual([])
  })

  test('has no line in the file of another commit', () => {
    const execution = { purpose: 'rollback', id: 'x' } as Result['execution']
    const [told] = annotationsOf(result([item('a/b', 'fail')], { execution }), FILE)
    expect([told?.file, told?.line, told?.title]).toEqual(['', undefined, 'a/b: fail'])
  })

  test('holds no command to the runner, nothing that moves a cursor, and no more than GitHub takes', () => {
    const detail = `::error::x\n  ::add-mask::y\n##[group]z\u001b[31m red\r\n${'💥'.repeat(4000)}`
    const [told] = annotationsOf(result([item('a/b', 'fail', { detail, name: 'x' })]), FILE)
    expect(told?.text).not.toMatch(/^\s*::|##\[|\p{Cc}(?<!\n)/mu)
    expect(told?.text.length).toBeLessThanOrEqual(4096)
    expect(told?.text.endsWith('💥…')).toBe(true)
    const [long] = annotationsOf(result([item(`a/${'b'.repeat(999)}`, 'fail')]), FILE)
    expect(long?.title.length).toBeLessThanOrEqual(200)
  })
})

describe('the room that GitHub gives', () => {
  const many = (level: Level, count: number): readonly Annotation[] =>
    Array.from({ length: count }, (_, at) => ({
      ...{ key: `${level}${at}`, level, title: `item ${at}`, text: '', file: FILE, line: at + 1, col: 1 }
    }))
  const room = (error: number, warning: number, seen: readonly string[] = []) => ({
    ...{ seen: new Set(seen), left: { error, warning } }
  })

  test('is kept for each level, and the last one sums up what has none', () => {
    const told = withRoom([...many('warning', 30), ...many('error', 10)], room(10, 10))
    expect(told.map(({ level }) => level)).toEqual([...Array(10).fill('error'), ...Array(10).fill('warning')])
    expect(told[9]?.title).toBe('item 9')
    expect(told.at(-1)?.title).toBe('21 more; the summary has all of them')
    expect(told.at(-1)?.text.split('\n')).toEqual(
      Array.from({ length: 21 }, (_, at) => `line ${at + 10}: item ${at + 9}`)
    )
  })

  test('is not used for what was told before', () => {
    expect(withRoom(many('error', 3), room(10, 10, ['error0', 'error2'])).map(({ key }) => key)).toEqual(['error1'])
  })

  test.each([
    [0, []],
    [1, ['3 more; the summary has all of them']],
    [2, ['item 0', '2 more; the summary has all of them']],
    [3, ['item 0', 'item 1', 'item 2']]
  ])('of %s is enough for %j', (left, titles) => {
    expect(withRoom(many('error', 3), room(left, 0)).map(({ title }) => title)).toEqual(titles)
  })
})
