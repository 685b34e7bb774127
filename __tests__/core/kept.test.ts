import { describe, expect, test } from '@jest/globals'
import { checkChain, link } from '../../src/core/chain.js'
import { type EventBody, GENESIS } from '../../src/core/events.js'
import { assertKept, concealing, isRunner, keptBody, linkFor, withWords } from '../../src/core/kept.js'
import type { Liveness } from '../../src/core/ports.js'
import { REASONS } from '../../src/core/reasons.js'
import {
  endedBody,
  executionRecord,
  newExecution,
  noteBody,
  openedBody,
  PROCESS,
  startedBody
} from '../fakes/executions.js'

const PUBLIC = { keeps: 'verdicts' } as const
const LOUD = 'connect ECONNREFUSED db.internal:5432'

const outcome = {
  type: 'outcome',
  stage: 'deploy',
  item: 'deploy.1',
  target: '',
  attempt: 1,
  deed: 'run',
  outcome: 'fail',
  durationMs: 9
} as const
const restored = { type: 'rollback-ended', verified: true, durationMs: 9 } as const
const started = { type: 'rollback-started', scope: 'all', toExecution: 'e1', toCommit: 'c1', restore: [] } as const
const due = { type: 'checkpoint', checkpoint: 'hour-1', dueAt: 'x', lateMs: 0, passed: false } as const
const passage = { type: 'gate-passed', digest: 'd', attempt: 1, given: 1 } as const
const approvals = [{ who: 'bob', words: 'go', seenAt: 'x' }]

const same = (what: string, body: EventBody): [string, EventBody, EventBody][] => [[what, body, body]]

/** What happened, and what everybody may read of it. */
const TABLE: readonly (readonly [string, EventBody, EventBody])[] = [
  [
    'an outcome keeps its verdict, not its words',
    {
      ...outcome,
      detail: LOUD,
      hint: LOUD,
      reason: 'deploy_failed',
      evidence: { took: 'effect', rows: 3, said: LOUD, more: { said: LOUD } }
    },
    { ...outcome, detail: '', hint: '', reason: 'deploy_failed', evidence: { took: 'effect', rows: 3 } }
  ],
  [
    'an end says what its code means',
    { type: 'ended', status: 'FAILED', reason: 'deploy_failed', message: LOUD },
    { type: 'ended', status: 'FAILED', reason: 'deploy_failed', message: REASONS.deploy_failed }
  ],
  ['a good end says nothing', endedBody, endedBody],
  [
    'a cancelled one keeps its signal, which decides the exit code',
    { type: 'paused', status: 'CANCELLED', reason: 'cancelled', message: `SIGTERM came while ${LOUD}` },
    { type: 'paused', status: 'CANCELLED', reason: 'cancelled', message: `${REASONS.cancelled} (SIGTERM)` }
  ],
  [
    'a rollback names its cause',
    { ...started, cause: 'deploy_failed', because: LOUD },
    { ...started, cause: 'deploy_failed', because: REASONS.deploy_failed }
  ],
  [
    'a rollback by hand was asked for',
    { ...started, cause: 'ok', because: LOUD },
    { ...started, cause: 'ok', because: 'it was asked for' }
  ],
  [
    'what a rollback left behind is counted',
    { ...restored, detail: LOUD, remains: [LOUD, LOUD] },
    {
      ...restored,
      detail: '',
      remains: Array.from({ length: 2 }, () => 'left out, because everybody can read this ledger')
    }
  ],
  [
    'a checkpoint keeps what passed',
    { ...due, results: [{ item: 'monitor.1', outcome: 'fail', detail: LOUD }] },
    { ...due, results: [{ item: 'monitor.1', outcome: 'fail', detail: '' }] }
  ],
  [
    'an emergency keeps its reason and which rules it waived',
    { type: 'emergency', because: 'orders fail', by: 'alice', waived: [{ reason: 'frozen', message: LOUD }] },
    { type: 'emergency', because: 'orders fail', by: 'alice', waived: [{ reason: 'frozen', message: REASONS.frozen }] }
  ],
  [
    'of who sees to a failed checkpoint nobody learns the machine',
    { type: 'owed', to: 'page', process: { ...PROCESS, host: 'db.internal' } },
    { type: 'owed', to: 'page', process: { ...PROCESS, host: 'host-5e59793240817681' } }
  ],
  [
    'a gate keeps who approved, not what GitHub would not tell',
    { ...passage, how: 'unknown', why: LOUD, approvals },
    { ...passage, how: 'unknown', why: '', approvals }
  ],
  [
    'a gate that an admin passed by says so',
    { ...passage, how: 'bypassed', why: 'an admin let it pass', approvals: [] },
    { ...passage, how: 'bypassed', why: 'an admin let it pass', approvals: [] }
  ],
  [
    'a person says why it went back',
    { type: 'rolled-back', by: 'e2', because: 'orders fail' },
    { type: 'rolled-back', by: 'e2', because: 'orders fail' }
  ],
  [
    'a late checkpoint does not',
    { type: 'rolled-back', by: 'e2', because: `checkpoint hour-1: monitor.1 (${LOUD})` },
    { type: 'rolled-back', by: 'e2', because: 'checkpoint hour-1' }
  ],
  [
    'so does a mark, but for what a checkpoint found',
    { type: 'marked-bad', by: 'e2', because: `checkpoint hour-1: monitor.1 (${LOUD})` },
    { type: 'marked-bad', by: 'e2', because: 'checkpoint hour-1' }
  ],
  ...same('a person says why it is deployed again', {
    ...{ type: 'reasoned', because: 'it is mended', by: 'alice' },
    marked: { execution: 'e2', because: 'orders fail' }
  }),
  ...same('executions that belong together name each other', {
    ...{ type: 'linked', to: 'e3', as: 'undone by', url: 'https://github.com/o/shop/actions/runs/7' }
  }),
  ['notes are what the way back needs', noteBody('x'), noteBody('x')],
  ['a stage', startedBody, startedBody]
]

describe('where everybody can read the ledger', () => {
  test.each(TABLE)('%s', (_, happened, kept) => {
    expect(keptBody(happened, PUBLIC)).toEqual(kept)
    expect(keptBody(kept, PUBLIC)).toEqual(kept)
    expect(JSON.stringify(keptBody(happened, PUBLIC))).not.toContain(LOUD)
  })

  test('the plan stands, and the machine has no name', () => {
    const kept = keptBody(openedBody(), PUBLIC)
    expect(kept).toMatchObject({
      plan: { digest: 'digest' },
      actor: 'alice',
      process: { ...PROCESS, host: expect.stringMatching(/^host-[0-9a-f]{16}$/) }
    })
    expect(keptBody(kept, PUBLIC)).toEqual(kept)
  })

  test('what is kept is what is chained, and what was told stands in its place for who heard it', () => {
    const before = { head: GENESIS, seq: 0, at: '2026-01-05T10:00:00.000Z', token: 1 }
    const loud: EventBody = { type: 'ended', status: 'FAILED', reason: 'deploy_failed', message: LOUD }
    const kept = linkFor(PUBLIC, [openedBody(), loud], before)
    expect(checkChain(kept)).toEqual([])
    const [opened, end] = kept
    if (opened === undefined || end === undefined) throw new Error('two events')
    expect(withWords(kept, [{ ...end, body: loud }])).toEqual([opened, { ...end, body: loud }])
  })
})

test.each([[{}], [{ keeps: 'all' } as const]])('elsewhere everything is kept', keeps => {
  for (const [, happened] of TABLE) expect(keptBody(happened, keeps)).toBe(happened)
  const before = { head: GENESIS, seq: 0, at: '2026-01-05T10:00:00.000Z', token: 1 }
  expect(linkFor(keeps, [openedBody()], before)).toEqual(link([openedBody()], before))
})

describe('a machine without a name', () => {
  test('conceals the runner too, which is found by its name all the same', () => {
    const kept = keptBody({ type: 'joined', process: { ...PROCESS, runner: 'db-host-3' }, why: 'stage' }, PUBLIC)
    const runner = kept.type === 'joined' ? (kept.process.runner ?? '') : ''
    expect(runner).toMatch(/^runner-[0-9a-f]{16}$/)
    expect([isRunner(runner, 'db-host-3'), isRunner(runner, 'db-host-4')]).toEqual([true, false])
  })

  const asked: string[] = []
  const liveness = concealing({
    self: async () => PROCESS,
    state: async ({ host }) => {
      asked.push(host)
      return 'dead'
    }
  } satisfies Liveness)

  test('knows its own processes, and no others', async () => {
    const self = await liveness.self()
    expect(self.host).not.toBe(PROCESS.host)
    await liveness.state(self)
    await liveness.state({ ...self, host: 'host-0123456789abcdef' })
    expect(asked).toEqual([PROCESS.host, 'host-0123456789abcdef'])
  })
})

test.each([
  ['an event', newExecution()],
  ['an error', { record: executionRecord({ reason: 'deploy_failed', errorMessage: LOUD }), events: [] }],
  [
    'a reason',
    {
      record: executionRecord({
        process: { ...PROCESS, host: 'host-0123456789abcdef' },
        rollbackReason: `checkpoint a: ${LOUD}`
      }),
      events: []
    }
  ],
  ['a machine', { record: executionRecord(), events: [] }]
])('a write with words is refused: %s', (_, write) => {
  expect(() => assertKept(write)).toThrow(/public ledger/)
})
