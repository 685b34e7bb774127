import { describe, expect, test } from '@jest/globals'
import { changeFrom, openJournal, openScratchJournal } from '../../../src/core/engine/journal.js'
import { startOf } from '../../../src/core/engine/state.js'
import { type EventBody, GENESIS } from '../../../src/core/events.js'
import type { Change, Ledger, Observer } from '../../../src/core/ports.js'
import { fakeClock } from '../../fakes/clock.js'
import { item, plan, record, stand } from '../../fakes/engine.js'

type Answer = Awaited<ReturnType<Ledger['append']>> | Error
const OF = plan({ preflight: [item('preflight', { named: 'ready' })] })
const STARTED: EventBody = { type: 'stage-started', stage: 'preflight' }
const ENDED: EventBody = { type: 'stage-ended', stage: 'preflight', passed: true, durationMs: 1 }
const START = { state: startOf(OF), record: record('e2', OF), head: GENESIS, seq: 1 }
const HELD = record('e9', OF)

/** A journal over a store that gives these answers, one per write, then takes everything. */
function open(answers: readonly Answer[] = [], observers: readonly Observer[] = [], writes?: Ledger['writes']) {
  const changes: Change[] = []
  const left = [...answers]
  const append: Ledger['append'] = async change => {
    changes.push(change)
    const answer = left.shift() ?? { kind: 'appended' }
    if (answer instanceof Error) throw answer
    return answer
  }
  const clock = fakeClock({ mode: 'turning' })
  const redactor = { add: () => {}, redact: (text: string) => text.replaceAll('hunter2', '***') }
  const journal = openJournal(START, { ledger: { append, ...(writes && { writes }) }, clock, redactor, observers })
  return { journal, changes, clock }
}

test('what is kept rides along with the next write, which names the head that was written last', async () => {
  const { journal, changes } = open()
  journal.keep(STARTED)
  expect([changes.length, journal.state.stages.get('preflight')]).toEqual([0, 'started'])
  await journal.commit(ENDED)
  await journal.commit()
  await journal.commit(STARTED)
  expect(changes.map(({ events }) => events.map(({ seq }) => seq))).toEqual([[2, 3], [4]])
  expect(changes[0]?.expectedHead).toBe(GENESIS)
  expect(changes[1]?.expectedHead).toBe(changes[0]?.events.at(-1)?.hash)
  expect([journal.head, journal.record.status]).toEqual([changes[1]?.events[0]?.hash, 'BUILDING'])
})

test.each([
  ['cheap', [[2], [3]]],
  ['dear', [[2, 3]]]
] as const)('what is good to know is written where a write is %s: %j', async (writes, expected) => {
  const { journal, changes } = open([], [], writes)
  await journal.aside(STARTED)
  expect(journal.state.stages.get('preflight')).toBe('started')
  await journal.commit(ENDED)
  expect(changes.map(({ events }) => events.map(({ seq }) => seq))).toEqual(expected)
})

test('two writes that are asked for at once queue: the second waits for the answer to the first', async () => {
  const order: string[] = []
  const append: Ledger['append'] = async ({ events }) => {
    order.push(`asked ${events[0]?.seq}`)
    await new Promise(resolve => setImmediate(resolve))
    order.push(`answered ${events[0]?.seq}`)
    return { kind: 'appended' }
  }
  const redactor = { add: () => {}, redact: (text: string) => text }
  const journal = openJournal(START, { ledger: { append }, clock: fakeClock(), redactor, observers: [] })
  const first = journal.commit(STARTED)
  await Promise.resolve()
  await Promise.all([first, journal.commit(ENDED)])
  expect(order).toEqual(['asked 2', 'answered 2', 'asked 3', 'answered 3'])
})

describe('a store that says no', () => {
  test.each<[string, Answer, RegExp]>([
    ['another one holds the environment', { kind: 'held', by: HELD }, /production is held by e9/],
    ['a newer token was given out', { kind: 'fenced', highest: 9 }, /taken it over/],
    ['somebody else has written', { kind: 'moved', head: 'x' }, /written to this execution/]
  ])('%s: this process stops', async (_, answer, message) => {
    const refusal = open([answer]).journal.commit(STARTED)
    await expect(refusal).rejects.toMatchObject({
      status: 'UNAVAILABLE',
      reason: 'superseded',
      message: expect.stringMatching(message)
    })
  })

  test('one that does not answer is asked again, and then given up', async () => {
    const down = new Error('down')
    const twice = open([down, down])
    await twice.journal.commit(STARTED)
    expect([twice.changes.length, twice.clock.slept]).toEqual([3, [500, 1000]])
    await expect(open([down, down, down]).journal.commit(STARTED)).rejects.toBe(down)
  })
})

test('an observer hears everything, and one that fails disturbs nobody', async () => {
  const heard: string[] = []
  const fails: Observer = {
    seen: () => {
      throw new Error('no screen')
    }
  }
  const { journal, changes } = open([], [fails, { seen: ({ body }) => heard.push(body.type) }])
  await journal.commit(STARTED, ENDED)
  expect([heard, changes.length]).toEqual([['stage-started', 'stage-ended'], 1])
})

test('every text is redacted, but for the plan, whose digest must stay, and the words that are ours', async () => {
  const { journal, changes } = open()
  const named = { stage: 'preflight', item: 'preflight/hunter2', target: '', attempt: 1, deed: 'run' } as const
  const found = {
    outcome: 'fail',
    detail: 'got hunter2',
    hint: 'hunter2',
    durationMs: 1,
    evidence: { deep: ['hunter2'] }
  } as const
  await journal.commit({ type: 'outcome', ...named, ...found })
  const opened: EventBody = {
    type: 'opened',
    plan: { ...OF, vars: { A: 'hunter2' } },
    previousHead: GENESIS,
    process: HELD.process,
    purpose: 'deploy',
    actor: 'ann'
  }
  await journal.commit(opened)
  expect(changes[0]?.events[0]?.body).toMatchObject({
    item: 'preflight/hunter2',
    detail: 'got ***',
    hint: '***',
    evidence: { deep: ['***'] }
  })
  expect(changes[1]?.events[0]?.body).toEqual(opened)
})

test('a scratch journal knows what happens and keeps nothing', async () => {
  const redactor = { add: () => {}, redact: (text: string) => text }
  const journal = openScratchJournal(START, { clock: fakeClock(), redactor, observers: [] })
  await journal.commit(STARTED)
  expect(journal.state.stages.get('preflight')).toBe('started')
})

test.each([
  ['all', 'taken over by e3'],
  ['verdicts', 'a newer execution stands']
] as const)(
  'what is added to an execution from outside is chained to it, in a ledger that keeps %s',
  async (keeps, message) => {
    const { ledger } = await stand(OF)
    const stored = await ledger.read('e2')
    if (stored === undefined) throw new Error('there is no execution')
    const at = '2026-03-01T10:00:00.000Z'
    const ended = { type: 'ended', status: 'CANCELLED', reason: 'superseded', message: 'taken over by e3' } as const
    const change = changeFrom(stored, [{ type: 'took-over', from: 'e2', by: 'e3' }, ended], { keeps }, at)
    expect(await ledger.append(change)).toEqual({ kind: 'appended' })
    expect(change.events.map(({ seq }) => seq)).toEqual([2, 3])
    expect(change.record).toMatchObject({ status: 'CANCELLED', errorMessage: message, completedAt: at })
  }
)
