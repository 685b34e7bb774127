import { expect, test } from '@jest/globals'
import type { Result } from '../../src/core/result/result.js'
import type { ResultItem, ResultStage } from '../../src/core/result/result-stages.js'
import { type Block, fitted, type Left } from '../../src/report/markdown.js'
import { summary, summaryPage } from '../../src/report/summary.js'
import { resultFor, success } from './sample.js'

const urgent = (text: string, short = text.slice(0, 1)) => ({ text, short })
const block = (name: string, ...lines: Block['lines']): Block => ({ name, head: [`[${name}`], lines, foot: [']'] })
const words = ({ lines, short, of }: Left) =>
  `left ${lines}, short ${short}${of.map(({ name, lines }) => `, ${name} ${lines}`).join('')}`

/** As long as any notice of those blocks may be, so that what is between head and end has `room` bytes. */
function page(room: number, ...blocks: readonly Block[]): string {
  let longest = 0
  const notice = (left: Left) => {
    longest = Math.max(longest, Buffer.byteLength(words(left)))
    return words(left)
  }
  fitted(blocks, { limit: 0, tail: ['end'], notice })
  return fitted(blocks, { limit: room + longest + 2 + 'end\n'.length, tail: ['end'], notice })
}

// A frame of `[a` and `]` takes 5 bytes, a line one more than it has.
test.each<[string, number, readonly Block[], string]>([
  ['all of it', 99, [block('a', 'one'), block('b', 'two')], '[a one ] [b two ] end'],
  ['lines from the end of a block', 13, [block('a', 'one', 'two', 'thr')], '[a one two ] left 1, short 0, a 1  end'],
  ['a later block that fits', 9, [block('a', '123456'), block('b', 'two')], '[b two ] left 1, short 0, a 1  end'],
  [
    'an urgent line of a later block',
    9,
    [block('a', 'one'), block('b', urgent('bad'))],
    '[b bad ] left 1, short 0, a 1  end'
  ],
  [
    'an urgent line behind plain ones of its own block',
    9,
    [block('a', 'one', 'two', urgent('bad'))],
    '[a bad ] left 2, short 0, a 2  end'
  ],
  [
    'urgent lines where they stand, among as many others as there is room for',
    17,
    [block('a', 'one', urgent('bad'), 'two', 'thr')],
    '[a one bad two ] left 1, short 0, a 1  end'
  ],
  [
    'urgent lines of every block in short before any in full',
    14,
    [block('a', urgent('awful')), block('b', urgent('bad'))],
    '[a a ] [b b ] left 0, short 2 end'
  ],
  [
    'an urgent line in full before a plain one',
    18,
    [block('a', 'x'), block('b', urgent('bad'), urgent('bed'), urgent('bud'))],
    '[b bad bed bud ] left 1, short 0, a 1  end'
  ],
  [
    'urgent lines in full from the first on',
    18,
    [block('a', urgent('awful')), block('b', urgent('bad'))],
    '[a awful ] [b b ] left 0, short 1 end'
  ],
  [
    'as many urgent lines as there is room for',
    9,
    [block('a', urgent('aa'), urgent('bb'), urgent('cc'))],
    '[a a b ] left 1, short 2, a 1  end'
  ],
  ['a block without lines where it fits', 5, [block('a'), block('b', 'x')], '[a ] left 1, short 0, b 1  end'],
  ['nothing of what does not fit', 4, [block('a', 'x'), block('b')], 'left 1, short 0, a 1  end'],
  ['no word of a block without a name', 0, [{ head: ['h'], lines: ['x'] }], 'left 1, short 0  end'],
  ['characters as bytes', 8, [block('a', 'éé')], 'left 1, short 0, a 1  end']
])('a page has room for %s', (_, room, blocks, expected) => {
  const shown = page(room, ...blocks)
    .split('\n')
    .join(' ')
  expect(shown.replace(/ {2}/g, ' ')).toBe(expected.replace(/ {2}/g, ' '))
})

const item = (id: string, outcome: ResultItem['outcome'], detail = 'x'.repeat(500)): ResultItem => ({
  ...{ id, name: id, kind: 'run', effect: 'check', optional: false, at: null, target: '', deed: 'run', attempt: 1 },
  ...{ outcome, detail, hint: 'look at it', startedAt: '2026-03-02T10:00:00.000Z', durationMs: 1 }
})
const stage = (name: ResultStage['name'], items: readonly ResultItem[]): ResultStage => ({
  ...{ name, items, startedAt: '', durationMs: 1 },
  state: items.every(({ outcome }) => outcome === 'pass') ? 'passed' : 'failed'
})
const many = (prefix: string, count: number, outcome: ResultItem['outcome'], detail?: string) =>
  Array.from({ length: count }, (_, index) => item(`${prefix}/${index}-`, outcome, detail))
const resultOf = (...stages: readonly ResultStage[]): Result => ({ ...resultFor(success), stages })
const rowsOf = (text: string, prefix: string) =>
  text.split('\n').filter(line => !line.startsWith('| **') && line.includes(`${prefix}/`))
const LIMIT = 900_000

test.each<[string, Result]>([
  [
    'in a later stage',
    resultOf(stage('preflight', many('p', 5000, 'pass')), stage('smoke-test', many('bad', 40, 'fail')))
  ],
  ['behind what passed', resultOf(stage('preflight', [...many('p', 5000, 'pass'), ...many('bad', 40, 'error')]))],
  ['only waits', resultOf(stage('preflight', many('p', 5000, 'pass')), stage('deploy', many('bad', 40, 'waiting')))]
])('what failed is there with all that was found, when it stands %s', (_, result) => {
  const text = summary(result)
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LIMIT)
  const table = rowsOf(text, 'bad').filter(line => line.startsWith('|'))
  expect(table).toHaveLength(40)
  expect(table.filter(line => !line.includes('x'.repeat(500)))).toEqual([])
  const left = 5000 - rowsOf(text, 'p').length
  expect(left).toBeGreaterThan(1000)
  expect(text).toContain(`${left} lines are left out (${left} of preflight)`)
  expect(text).toContain('deploy-checklist show x2</code> has all of them')
})

test('when what failed is itself too much, each item is still there, and its place says what was found', () => {
  const text = summary(
    resultOf(
      stage('preflight', many('bad', 1500, 'fail', 'y|'.repeat(400))),
      stage('smoke-test', many('worse', 1500, 'fail'))
    )
  )
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LIMIT)
  expect(['bad', 'worse'].map(name => rowsOf(text, name).filter(line => line.startsWith('|')).length)).toEqual([
    1500, 1500
  ])
  expect(text).toMatch(/> \d+ of what failed are without what was found, since .* show x2<.code> has all of them/)
  expect(text).not.toContain('left out')
  expect(text).toMatch(/Chain: <code>/)
})

test('of any size, a page says what has no room, and the whole one has it', () => {
  const words = 'the log of the service says '.repeat(40_000)
  const result: Result = {
    ...resultOf(
      stage('preflight', many('p', 2500, 'pass', words.slice(0, 500))),
      stage('smoke-test', many('bad', 2500, 'fail', words.slice(0, 3000)))
    ),
    commits: {
      ...{ kind: 'counted', count: 10_000, gone: 0 },
      newest: Array.from({ length: 20 }, (_, n) => ({
        sha: `${n % 10}`.repeat(40),
        author: 'a',
        subject: words.slice(0, 300),
        at: ''
      }))
    },
    message: words
  }
  const { page, whole = '' } = summaryPage(result, { wholeAt: '[The whole page](https://x.example)' })
  expect(Buffer.byteLength(page)).toBeLessThanOrEqual(LIMIT)
  // What failed is on the page itself, all of it; what passed and every word are in the whole one.
  expect(rowsOf(page, 'bad').filter(line => line.startsWith('|'))).toHaveLength(2500)
  expect(page).toMatch(
    /> \d+ lines are left out .*; \d+ of what failed are .* \[The whole page\]\(https:\/\/x\.example\) has all/
  )
  expect(rowsOf(whole, 'p').length).toBeGreaterThanOrEqual(2500)
  expect(whole).toContain(words.slice(0, 3000).trim())
  expect(whole).not.toContain('lines are left out')
  expect(page).toContain('10,000 commits')
})

test('what fits is the whole page, unless a text of it was cut', () => {
  expect(summaryPage(resultFor(success)).whole).toBeUndefined()
  const { page, whole = '' } = summaryPage(resultOf(stage('preflight', many('bad', 1, 'fail', 'z'.repeat(700)))))
  expect([page.includes('z'.repeat(601)), whole.includes('z'.repeat(700))]).toEqual([false, true])
})
