import type { Event, EventBody } from '../../src/core/events.js'
import { GENESIS } from '../../src/core/events.js'
import type { ExecutionRecord } from '../../src/core/execution.js'
import type { PlannedItem } from '../../src/core/item.js'
import type { Plan } from '../../src/core/plan.js'
import type { Receipt } from '../../src/core/records.js'
import { type Result, resultOf } from '../../src/core/result/result.js'

export const START = Date.parse('2026-03-02T10:00:00.000Z')
const NEW = 'b'.repeat(40)
const OLD = 'a'.repeat(40)

export const item = (id: string, more: Partial<PlannedItem> = {}): PlannedItem => ({
  id,
  name: id.split('/')[1] ?? id,
  kind: 'run',
  at: { line: 10, col: 7 },
  effect: 'check',
  optional: false,
  spec: {},
  ...more
})

export const plan: Plan = {
  format: 1,
  tool: '0.1.0',
  key: { repository: 'octo/guestbook', checklist: 'guestbook', environment: 'production' },
  commit: NEW,
  release: NEW,
  previous: { execution: 'x1', commit: OLD },
  vars: {},
  secrets: ['DATABASE_URL'],
  people: { 'product-owner': '@alice' },
  rules: { vars: {} },
  databases: { main: { url: '${DATABASE_URL}', engine: 'postgres', atLeast: 'identical' } },
  rollback: { code: 'auto', schema: 'lossless', data: 'never' },
  stages: {
    preflight: [
      item('preflight/database-url', { kind: 'env', at: { line: 8, col: 7 } }),
      item('preflight/told', { kind: 'manual', at: { line: 9, col: 7 }, spec: { by: 'product-owner' } })
    ],
    backup: [
      item('backup/main', { kind: 'backup', effect: 'action', at: { line: 12, col: 7 }, spec: { backup: 'main' } })
    ],
    migrate: [
      item('migrate/sql', { kind: 'migrate', effect: 'action', undo: 'psql -f down.sql', at: { line: 14, col: 7 } })
    ],
    deploy: [item('deploy/deploy', { effect: 'action', undo: 'redeploy', at: { line: 17, col: 7 } })],
    'smoke-test': [
      item('smoke-test/health', { kind: 'http', at: { line: 20, col: 7 } }),
      item('smoke-test/version', { kind: 'http', at: { line: 22, col: 7 } })
    ],
    monitor: []
  },
  monitor: null,
  files: {},
  digest: 'd'.repeat(64)
}

export const receipt: Receipt = {
  subject: 'main',
  proof: 'identical',
  takenAt: '2026-03-02T10:00:01.000Z',
  location: '/var/backups/main.dump',
  sha256: '0123456789abcdef'.repeat(4),
  bytes: 1_234_567,
  scratch: 'initdb 15.18 on this machine',
  versions: { server: '15.18', client: '15.18' },
  seconds: { dump: 0.4, restore: 1.1, compare: 0.3, total: 2.1 },
  relations: { 'public.notes': { rows: 3, fingerprint: 'f' } },
  schemaSha256: 'e'.repeat(64),
  source: { systemIdentifier: '1', databaseOid: 2, database: 'guestbook' },
  details: {}
}

export const migration = {
  database: 'main',
  before: '1',
  after: '2',
  moved: true,
  applied: [{ file: '002.sql', sha256: 'c' }],
  catalog: {}
}

export const record: ExecutionRecord = {
  id: 'x2',
  key: plan.key,
  number: 2,
  purpose: 'deploy',
  trigger: 'manual',
  actor: 'alice',
  commit: NEW,
  ref: 'refs/heads/main',
  release: NEW,
  planDigest: plan.digest,
  status: 'SUCCESS',
  reason: 'ok',
  errorMessage: '',
  startedAt: new Date(START).toISOString(),
  completedAt: new Date(START + 12_000).toISOString(),
  durationSeconds: 12,
  rolledBack: false,
  rollbackReason: '',
  markedBad: '',
  previousExecutionId: 'x1',
  undoesExecutionId: '',
  acted: true,
  holdsEnvironment: false,
  token: 2,
  heartbeatAt: '',
  process: { host: 'h', bootId: 'b', pid: 1, startedAt: '' },
  runId: '',
  runAttempt: 1,
  logUrl: '',
  approvals: [],
  receipts: [receipt],
  migrations: [migration],
  applied: {},
  due: []
}

const common = { target: '', attempt: 1, deed: 'run', hint: '' } as const
type Outcome = Extract<EventBody, { type: 'outcome' }>
type Told = Partial<Outcome> & Pick<Outcome, 'stage' | 'item' | 'outcome'>

export const outcome = (told: Told): EventBody => ({
  type: 'outcome',
  ...common,
  detail: 'exit 0',
  durationMs: 400,
  ...told
})
export const intent = (stage: Outcome['stage'], id: string): EventBody => ({
  type: 'intent',
  stage,
  item: id,
  target: '',
  attempt: 1,
  deed: 'run'
})
export const started = (stage: Outcome['stage']): EventBody => ({ type: 'stage-started', stage })
export const ended = (stage: Outcome['stage'], passed = true): EventBody => ({
  type: 'stage-ended',
  stage,
  passed,
  durationMs: 900
})

export const opened: EventBody = {
  type: 'opened',
  plan,
  previousHead: GENESIS,
  process: { host: 'h', bootId: 'b', pid: 1, startedAt: '' },
  purpose: 'deploy',
  actor: 'alice'
}

/** A chain half a second apart; the hashes only look like some. */
export const chain = (bodies: readonly EventBody[]): readonly Event[] =>
  bodies.map((body, seq) => ({
    seq,
    at: new Date(START + seq * 500).toISOString(),
    token: 2,
    body,
    prev: seq === 0 ? GENESIS : String(seq - 1).padStart(64, '0'),
    hash: String(seq).padStart(64, '0')
  }))

export const untilDeployed: readonly EventBody[] = [
  opened,
  started('preflight'),
  outcome({
    stage: 'preflight',
    item: 'preflight/database-url',
    outcome: 'pass',
    detail: 'DATABASE_URL is set',
    durationMs: 3
  }),
  outcome({ stage: 'preflight', item: 'preflight/told', outcome: 'pass', detail: 'bob: told', durationMs: 0 }),
  {
    type: 'signed',
    signOff: { item: 'preflight/told', who: 'bob', words: 'told', claimed: true, at: '2026-03-02T10:00:00.500Z' }
  },
  ended('preflight'),
  started('backup'),
  intent('backup', 'backup/main'),
  outcome({
    stage: 'backup',
    item: 'backup/main',
    outcome: 'pass',
    detail: 'restored and found identical',
    durationMs: 2100,
    receipt
  }),
  ended('backup'),
  started('migrate'),
  intent('migrate', 'migrate/sql'),
  outcome({ stage: 'migrate', item: 'migrate/sql', outcome: 'pass', detail: '002.sql', migration }),
  ended('migrate'),
  started('deploy'),
  intent('deploy', 'deploy/deploy'),
  outcome({ stage: 'deploy', item: 'deploy/deploy', outcome: 'pass' }),
  ended('deploy'),
  started('smoke-test')
]

export const success: readonly EventBody[] = [
  ...untilDeployed,
  outcome({ stage: 'smoke-test', item: 'smoke-test/health', outcome: 'pass', detail: '200 in 4 ms', durationMs: 9 }),
  outcome({ stage: 'smoke-test', item: 'smoke-test/version', outcome: 'pass', detail: '200 in 4 ms', durationMs: 8 }),
  ended('smoke-test'),
  { type: 'ended', status: 'SUCCESS', reason: 'ok', message: '' }
]

export const rolledBack: readonly EventBody[] = [
  ...untilDeployed,
  outcome({
    stage: 'smoke-test',
    item: 'smoke-test/health',
    outcome: 'fail',
    detail: 'status 500, expected 2xx',
    hint: 'Look at the log of the service.',
    durationMs: 30_000
  }),
  outcome({ stage: 'smoke-test', item: 'smoke-test/version', outcome: 'pass', detail: '200 in 4 ms' }),
  ended('smoke-test', false),
  {
    type: 'rollback-started',
    scope: 'all',
    cause: 'smoke_test_failed',
    because: '',
    toExecution: 'x1',
    toCommit: OLD,
    restore: []
  },
  started('rollback'),
  { ...(intent('rollback', 'deploy/deploy') as Extract<EventBody, { type: 'intent' }>), deed: 'undo' },
  outcome({ stage: 'rollback', item: 'deploy/deploy', deed: 'undo', outcome: 'pass', detail: 'redeployed aaaaaaa' }),
  outcome({ stage: 'rollback', item: 'smoke-test/health', outcome: 'pass', detail: '200 in 4 ms' }),
  ended('rollback'),
  {
    type: 'rollback-ended',
    verified: true,
    detail: 'the smoke test of execution 1 passed',
    durationMs: 3200,
    remains: ['main: schema stays at 2, its undo would drop a column with 4 values']
  },
  { type: 'ended', status: 'ROLLED_BACK', reason: 'smoke_test_failed', message: 'status 500, expected 2xx' }
]

export const invocation = { program: 'npx deploy-checklist' } as const

export function resultFor(bodies: readonly EventBody[], more: Partial<ExecutionRecord> = {}): Result {
  const result = resultOf({ record: { ...record, ...more }, events: chain(bodies), invocation })
  if (result === undefined) throw new Error('no plan in the sample')
  return result
}

export const rolledBackResult = (): Result =>
  resultFor(rolledBack, {
    status: 'ROLLED_BACK',
    reason: 'smoke_test_failed',
    errorMessage: 'status 500, expected 2xx',
    rolledBack: true,
    rollbackReason: 'the smoke test failed'
  })
