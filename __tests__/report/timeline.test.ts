import { expect, test } from '@jest/globals'
import type { ResultItem, ResultStage } from '../../src/core/result/result-stages.js'
import { timeline } from '../../src/report/timeline.js'
import { resultFor, success } from './sample.js'

const [base] = resultFor(success).stages[0]?.items ?? []
const stage = (items: readonly Partial<ResultItem>[]): ResultStage => ({
  name: 'deploy',
  state: 'passed',
  startedAt: '',
  durationMs: 0,
  items: items.map(item => ({ ...(base as ResultItem), ...item }))
})
const BAR = /^ {2}[\p{L}\p{N} ._/-]+ :(?:(?:done|crit|active), )?[\d-]{10} [\d:.]{12}, [\d-]{10} [\d:.]{12}$/u

test('nothing that ran is no chart, nor is one bar alone', () => {
  expect(timeline([stage([{ name: 'x' }])])).toEqual([])
  expect(timeline([])).toEqual([])
  expect(timeline([stage([{ startedAt: '' }])])).toEqual([])
})

test.each(['a:b;c#d%%e', 'x\n  section evil', '```', 'click a href "x"', '日本: 語', ''])(
  'the name %j is only a name',
  name => {
    const bars = timeline([stage([{ name }, { name }])]).filter(line => line.startsWith('  ') && line.includes(' :'))
    expect(bars).toHaveLength(2)
    for (const bar of bars) expect(bar).toMatch(BAR)
  }
)

test('bars stand in their order in time, with what became of them', () => {
  const lines = timeline([
    stage([
      { name: 'late', startedAt: '2026-01-01T00:00:05.000Z', outcome: 'fail' },
      { name: 'early', startedAt: '2026-01-01T00:00:01.000Z', durationMs: 0 },
      { name: 'skipped', startedAt: '2026-01-01T00:00:09.000Z', outcome: 'skip', deed: 'undo' }
    ])
  ])
  expect(lines.slice(5, 8)).toEqual([
    '  early 0 ms :done, 2026-01-01 00:00:01.000, 2026-01-01 00:00:01.001',
    expect.stringMatching(/^ {2}late .* :crit, /),
    expect.stringMatching(/^ {2}undo skipped .* :active, /)
  ])
})

test('only the longest are drawn, and the rest is counted', () => {
  const lines = timeline([stage(Array.from({ length: 100 }, (_, index) => ({ name: `n${index}`, durationMs: index })))])
  expect(lines.filter(line => BAR.test(line))).toHaveLength(80)
  expect(lines.at(-1)).toBe('The 20 shortest items are left out of the chart.')
})
