import { expect, test } from '@jest/globals'
import { benchFor, builtIns, liveOf } from '../../../src/core/engine/bench.js'
import { openScratchJournal } from '../../../src/core/engine/journal.js'
import type { Workshop } from '../../../src/core/engine/run-item.js'
import { startOf } from '../../../src/core/engine/state.js'
import { fakeClock } from '../../fakes/clock.js'
import { plan, record } from '../../fakes/engine.js'

const OF = plan({}, { timeouts: { deploy: 5_000 } })

function bench(stage: 'deploy' | 'preflight' | 'rollback') {
  const clock = fakeClock()
  const redactor = { add: () => {}, redact: (text: string) => text }
  const start = {
    state: startOf(OF),
    record: record('e2', OF, { applied: { main: { a: 'b' } } }),
    head: '0'.repeat(64),
    seq: 1
  }
  const journal = openScratchJournal(start, { clock, redactor, observers: [] })
  const workshop = { clock, values: (_: unknown, names: object) => ({ ...names }) } as unknown as Workshop
  const errand = { folder: '/work', acceptedLoss: ['main'] }
  return { journal, made: benchFor(stage, journal, workshop, errand, { plan: OF, live: liveOf(OF) }) }
}

test('an item knows its execution, its names, and what was done and signed since it began', async () => {
  const { journal, made } = bench('deploy')
  expect(made.names).toEqual(builtIns('e2', 'production', { commit: 'new', previousCommit: 'old', release: 'new' }))
  expect(made.view).toMatchObject({
    id: 'e2',
    folder: '/work',
    acceptedLoss: ['main'],
    applied: { main: { a: 'b' } },
    receipts: [],
    migrations: [],
    signOffs: []
  })
  const signOff = { item: 'x', who: 'ann', words: 'yes', claimed: false, at: '' }
  await journal.commit({ type: 'signed', signOff })
  expect(made.view.signOffs).toEqual([signOff])
})

test('a first deployment has no previous commit', () => {
  expect(liveOf(plan({}, { previous: null })).previousCommit).toBe('')
})

test.each([
  ['deploy', Date.parse('2026-01-05T10:00:05.000Z')],
  ['preflight', undefined],
  ['rollback', undefined]
] as const)('%s has until %s', (stage, untilMs) => {
  expect(bench(stage).made.untilMs).toBe(untilMs)
})
