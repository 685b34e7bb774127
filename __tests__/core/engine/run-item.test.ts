import { describe, expect, test } from '@jest/globals'
import { openScratchJournal } from '../../../src/core/engine/journal.js'
import { isOver, timeoutOf } from '../../../src/core/engine/limits.js'
import { retryOf } from '../../../src/core/engine/poll.js'
import { type Bench, runItem, type Workshop } from '../../../src/core/engine/run-item.js'
import { startOf } from '../../../src/core/engine/state.js'
import { unavailable } from '../../../src/core/errors.js'
import type { AnyKind, Finding, ItemContext, PlannedItem } from '../../../src/core/item.js'
import type { JsonObject } from '../../../src/core/json.js'
import { type FakeClock, fakeClock } from '../../fakes/clock.js'
import { item, plan, record } from '../../fakes/engine.js'

type Run = (spec: JsonObject, context: ItemContext, attempt: number) => Promise<Finding>
const PASS: Finding = { outcome: 'pass', detail: 'well' }
const FAIL: Finding = { outcome: 'fail', detail: 'not yet' }

/** Kinds that are what a test says: `it` runs the given code, `polls` likewise over a network. */
function kindsOf(run: Run): readonly AnyKind[] {
  let attempt = 0
  const base = {
    shape: {
      safeParse: (raw: unknown) =>
        JSON.stringify(raw).includes('misfit')
          ? { success: false as const, error: { issues: [{ message: 'expected a number', path: ['n'] }] } }
          : { success: true as const, data: raw }
    },
    effect: 'check' as const,
    turn: () => 'together' as const,
    subject: () => 'x',
    run: async (spec: unknown, context: ItemContext) => await run(spec as JsonObject, context, ++attempt)
  }
  return [
    { ...base, name: 'it', shellText: ['script'], nested: ['health'] },
    { ...base, name: 'polls', polls: true }
  ]
}

type More = Readonly<{ of?: Partial<PlannedItem>; bench?: Partial<Bench>; clock?: FakeClock; signal?: AbortSignal }>

function at(run: Run, { of = {}, bench = {}, clock = fakeClock({ mode: 'turning' }), signal }: More = {}) {
  const said: string[] = []
  const hidden: string[] = []
  const progressed: unknown[] = []
  const OF = plan({}, { vars: { URL: 'https://shop.example.com' } })
  const redactor = { add: () => {}, redact: (text: string) => text }
  const start = { state: startOf(OF), record: record('e2', OF), head: '0'.repeat(64), seq: 1 }
  const journal = openScratchJournal(start, { clock, redactor, observers: [] })
  const workshop: Workshop = {
    kinds: new Map(kindsOf(run).map(kind => [kind.name, kind])),
    clock,
    shell: { run: async () => Promise.reject(new Error('no shell')) },
    baseEnv: {},
    signal: signal ?? new AbortController().signal,
    values: () => ({}),
    hide: value => hidden.push(value),
    say: (_, line) => said.push(line),
    progress: (_, progress) => progressed.push(progress)
  }
  const view = { folder: '/work' } as Bench['view']
  const where: Bench = { stage: 'smoke-test', view, names: { A: 'a' }, captures: new Map(), ...bench }
  const planned = { ...item('smoke-test', { named: 'x' }), kind: 'it', spec: {}, ...of }
  return { found: runItem(planned, where, workshop, journal), said, hidden, progressed, clock, where, journal }
}

/** Steps of polling pass at once, longer times stand: a limit is over only when a test turns the clock. */
function stepping(): FakeClock {
  const clock = fakeClock()
  const sleep: FakeClock['sleep'] = async (ms, signal) =>
    ms <= 1_000 ? await clock.turn(ms) : await clock.sleep(ms, signal)
  return { ...clock, sleep }
}

describe('an item comes to a finding, whatever happens', () => {
  test.each<[string, Run, More, object]>([
    ['its own', async () => PASS, {}, PASS],
    ['a skip with its reason', async () => FAIL, { of: { skip: 'by hand' } }, { outcome: 'skip', detail: 'by hand' }],
    [
      'no kind of that name',
      async () => PASS,
      { of: { kind: 'no' } },
      { outcome: 'error', detail: 'no kind is called no' }
    ],
    [
      'a value that is missing',
      async () => PASS,
      { of: { spec: { it: '${B} ${C}' } } },
      { outcome: 'error', reason: 'missing_value', detail: 'no value for B, C' }
    ],
    [
      'a value that does not fit',
      async () => PASS,
      { of: { spec: { it: '${A}misfit' } } },
      { outcome: 'error', detail: expect.stringMatching(/it is not well formed: n: expected a number$/) }
    ],
    [
      'a known fault',
      async () => Promise.reject(unavailable('service_unavailable', 'down', 'look')),
      {},
      { outcome: 'error', reason: 'service_unavailable', detail: 'down', hint: 'look' }
    ],
    [
      'a fault of ours',
      async () => Promise.reject(new Error('oops')),
      {},
      { outcome: 'error', reason: 'bug', detail: 'a fault of deploy-checklist: oops' }
    ],
    [
      'one that is no error',
      async () => Promise.reject('oops'),
      {},
      { outcome: 'error', reason: 'bug', detail: 'a fault of deploy-checklist: oops' }
    ],
    [
      'a cancel',
      async () => Promise.reject(new Error('cut')),
      { signal: AbortSignal.abort('SIGINT') },
      { outcome: 'error', reason: 'cancelled' }
    ]
  ])('%s', async (_, run, more, expected) => {
    expect(await at(run, { clock: stepping(), ...more }).found).toMatchObject(expected)
  })

  test('a fault of ours is told with its stack', async () => {
    const { found, said } = at(async () => Promise.reject(new Error('oops')), { clock: stepping() })
    await found
    expect(said.join('\n')).toMatch(/oops\n\s+at /)
  })
})

test('a captured value is hidden from when it is known, but not what stands everywhere anyway', async () => {
  const capture = { TOK2: '$.t', SHA: '$.sha', HOST: '$.host', ID: 'cookie:id' }
  const captures = { TOK2: 'captok-987654321', SHA: 'abcdef0123456789', HOST: 'shop.example.com', ID: '1234567890' }
  const names = { DEPLOY_COMMIT: 'abcdef0123456789', URL: 'https://shop.example.com' }
  const { found, hidden } = at(async () => ({ ...PASS, captures }), { of: { spec: { capture } }, bench: { names } })
  await found
  expect(hidden).toEqual(['captok-987654321'])
})

test('names and captures fill strings, but never shell text nor a nested check; captures are handed on', async () => {
  const seen: JsonObject[] = []
  const captures = new Map([['TOKEN', 't']])
  const spec = { it: '${A}${TOKEN}', script: '${A}', health: { polls: '${A}' } }
  const run: Run = async (filled, { names }) => {
    seen.push(filled, { ...names })
    return { ...PASS, captures: { NEXT: 'n' } }
  }
  const { found, where } = at(run, { of: { spec }, bench: { captures }, clock: stepping() })
  await found
  expect(seen).toEqual([
    { it: 'at', script: '${A}', health: { polls: '${A}' } },
    { A: 'a', TOKEN: 't', DEPLOY_ITEM: 'smoke-test/x' }
  ])
  expect([...where.captures.keys()]).toEqual(['TOKEN', 'NEXT'])
})

test('its words, its progress and its notes go where they belong', async () => {
  const run: Run = async (_, { say, progress, note, notes }) => {
    say('a line')
    progress({ what: 'dump', done: 1, total: 2, unit: 'bytes' })
    await note({ n: 1 })
    return { outcome: 'pass', detail: `${notes.length}` }
  }
  const { found, said, progressed } = at(run, { clock: stepping() })
  expect(await found).toMatchObject({ detail: '0' })
  expect([said, progressed]).toEqual([['a line'], [{ what: 'dump', done: 1, total: 2, unit: 'bytes' }]])
})

describe('polling', () => {
  const third: Run = async (_, __, attempt) => (attempt < 3 ? FAIL : PASS)
  test.each<[string, Run, More, object, number]>([
    ['until it passes', third, { of: { kind: 'polls' } }, PASS, 2_000],
    ['not where it is told not to', third, { of: { kind: 'polls', retry: 'none' } }, FAIL, 0],
    ['not what does not go over the network', third, {}, FAIL, 0],
    ['but where it says so', third, { of: { retry: { forMs: 5_000, everyMs: 500 } } }, PASS, 1_000],
    ['not in preflight', third, { of: { kind: 'polls' }, bench: { stage: 'preflight' } }, FAIL, 0],
    ['not an action', third, { of: { effect: 'action', retry: { forMs: 5_000, everyMs: 500 } } }, FAIL, 0],
    [
      'until its time is over, and the last finding says how often',
      async () => FAIL,
      { of: { kind: 'polls' } },
      { outcome: 'fail', detail: 'not yet (31 tries in 30 s)' },
      30_000
    ],
    [
      'not once the stage has no time left',
      async () => FAIL,
      { of: { kind: 'polls' }, bench: { untilMs: Date.parse('2026-01-05T10:00:02.000Z') } },
      { outcome: 'fail', detail: expect.stringMatching(/3 tries/) },
      2_000
    ],
    [
      'not what waits for a person',
      async () => ({ outcome: 'waiting', detail: '' }),
      { of: { kind: 'polls' } },
      { outcome: 'waiting' },
      0
    ],
    [
      'not a fault of ours',
      async () => Promise.reject(new Error('oops')),
      { of: { kind: 'polls' } },
      { reason: 'bug' },
      0
    ]
  ])('%s', async (_, run, more, expected, ms) => {
    const { found, clock } = at(run, { clock: stepping(), ...more })
    expect(await found).toMatchObject(expected)
    expect(clock.elapsed()).toBe(ms)
  })

  test('ends with the run', async () => {
    const cancel = new AbortController()
    const run: Run = async (_, __, attempt) => {
      if (attempt === 2) cancel.abort('SIGINT')
      return FAIL
    }
    expect(await at(run, { of: { kind: 'polls' }, clock: stepping(), signal: cancel.signal }).found).toMatchObject({
      detail: expect.stringMatching(/2 tries/)
    })
  })
})

describe('time', () => {
  /** Runs until its signal says why it must end. */
  const hangs: Run = (_, { signal }) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  test.each<[string, More, number, RegExp]>([
    ['its own limit', { of: { timeoutMs: 2_000 } }, 2_000, /no end within 2\.0 s/],
    ['a minute for a check', {}, 60_000, /no end within 1 min/],
    [
      'what is left of its stage',
      { bench: { untilMs: Date.parse('2026-01-05T10:00:05.000Z') } },
      5_000,
      /no end within 5\.0 s, which was what its stage had left/
    ]
  ])('%s', async (_, more, ms, message) => {
    const clock = fakeClock()
    const { found } = at(hangs, { clock, ...more })
    await clock.turn(ms - 1)
    let over = false
    void found.then(() => (over = true))
    await clock.turn(0)
    expect(over).toBe(false)
    await clock.turn(1)
    expect(await found).toMatchObject({ outcome: 'error', reason: 'cancelled', detail: expect.stringMatching(message) })
    expect(clock.sleepers()).toBe(0)
  })

  test.each([
    [{ kind: 'http', effect: 'check' }, 60_000],
    [{ kind: 'run', effect: 'check' }, 1_800_000],
    [{ kind: 'backup', effect: 'action' }, 1_800_000],
    [{ kind: 'http', effect: 'check', timeoutMs: 5 }, 5]
  ] as const)('%j may take %d ms', (more, ms) => {
    expect(timeoutOf({ ...item('deploy', { named: 'x' }), ...more })).toBe(ms)
  })

  test('a stage without a limit is never over', () => {
    const bench: Bench = { stage: 'deploy', view: {} as Bench['view'], names: {}, captures: new Map() }
    expect([isOver(bench, fakeClock()), isOver({ ...bench, untilMs: 0 }, fakeClock())]).toEqual([false, true])
    expect(retryOf(item('smoke-test', { named: 'x' }), 'smoke-test', true)).toEqual({ forMs: 30_000, everyMs: 1_000 })
  })
})

describe('a nested check', () => {
  const outer =
    (raw: JsonObject, inner: Run): Run =>
    async (spec, context, attempt) =>
      'health' in spec ? await context.check(raw) : await inner(spec, context, attempt)
  // The outer item is the first attempt.
  const third: Run = async (_, __, attempt) => (attempt < 4 ? FAIL : PASS)
  test.each<[string, JsonObject, Run, object]>([
    ['polls, because what it looks at is starting', { polls: 'x' }, third, PASS],
    ['not where it is told not to', { polls: 'x', retry: 'none' }, third, FAIL],
    [
      'as long as it says',
      { polls: 'x', retry: { for: '1s' } },
      third,
      { outcome: 'fail', detail: 'not yet (2 tries in 1.0 s)' }
    ],
    ['as often as it says', { polls: 'x', retry: { every: '500ms', for: '1s' } }, third, PASS],
    [
      'of no known kind',
      { nothing: 'x' },
      third,
      { outcome: 'error', detail: 'smoke-test/x: no kind for a nested check' }
    ],
    ['whose names have no value', { polls: '${B}' }, third, { outcome: 'error', reason: 'missing_value' }],
    ['that breaks', { polls: 'x', retry: 'none' }, async () => Promise.reject(new Error('oops')), { reason: 'bug' }]
  ])('%s', async (_, raw, inner, expected) => {
    expect(await at(outer(raw, inner), { of: { spec: { health: {} } }, clock: stepping() }).found).toMatchObject(
      expected
    )
  })

  test('has a limit of its own', async () => {
    const hangs: Run = (_, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    for (const [raw, ms] of [
      [{ polls: 'x', retry: 'none', timeout: '2s' }, 2_000],
      [{ polls: 'x', retry: 'none' }, 10_000]
    ] as const) {
      const clock = fakeClock()
      const { found } = at(outer(raw, hangs), { of: { spec: { health: {} } }, clock })
      await clock.turn(ms)
      expect(await found).toMatchObject({
        outcome: 'error',
        detail: expect.stringMatching(`no end within ${ms / 1000}`)
      })
    }
  })
})
