import { link } from '../../src/core/chain.js'
import { type Event, type EventBody, GENESIS } from '../../src/core/events.js'
import type { ExecutionRecord, Key } from '../../src/core/execution.js'
import type { Plan } from '../../src/core/plan.js'
import type { Change, NewExecution } from '../../src/core/ports.js'

export const KEY: Key = { repository: 'org/shop', checklist: 'shop', environment: 'production' }
export const PROCESS = { host: 'runner', bootId: 'boot', pid: 4711, startedAt: '99' } as const

const AT = Date.parse('2026-01-05T10:00:00.000Z')
/** A moment some seconds after the first one of every test. */
export const at = (seconds: number): string => new Date(AT + seconds * 1000).toISOString()

/** A deployment that was opened and holds its environment; number, token and start follow from `number`. */
export function executionRecord(fields: Partial<ExecutionRecord> = {}): ExecutionRecord {
  const number = fields.number ?? 1
  return {
    id: `e${number}`,
    key: KEY,
    number,
    purpose: 'deploy',
    trigger: 'manual',
    actor: 'alice',
    commit: `c${number}`,
    ref: 'refs/heads/main',
    release: `c${number}`,
    planDigest: 'digest',
    status: 'PLANNED',
    reason: '',
    errorMessage: '',
    startedAt: at(number * 60),
    completedAt: '',
    durationSeconds: 0,
    rolledBack: false,
    rollbackReason: '',
    markedBad: '',
    previousExecutionId: '',
    undoesExecutionId: '',
    acted: false,
    holdsEnvironment: true,
    token: number,
    heartbeatAt: '',
    process: PROCESS,
    runId: '',
    runAttempt: 0,
    logUrl: '',
    approvals: [],
    receipts: [],
    migrations: [],
    applied: {},
    due: [],
    ...fields
  }
}

export const ended = (record: ExecutionRecord, fields: Partial<ExecutionRecord> = {}): ExecutionRecord => ({
  ...record,
  status: 'SUCCESS',
  reason: 'ok',
  completedAt: at(record.number * 60 + 30),
  durationSeconds: 30,
  holdsEnvironment: false,
  ...fields
})

export const openedBody = (previousHead: string = GENESIS): EventBody => ({
  type: 'opened',
  plan: PLAN,
  previousHead,
  process: PROCESS,
  purpose: 'deploy',
  actor: 'alice'
})
export const startedBody: EventBody = { type: 'stage-started', stage: 'preflight' }
export const endedBody: EventBody = { type: 'ended', status: 'SUCCESS', reason: 'ok', message: '' }
export const noteBody = (text: string): EventBody => ({
  type: 'note',
  item: 'deploy.1',
  attempt: 1,
  deed: 'run',
  data: { text }
})

/** The first write of an execution. */
export const newExecution = (record = executionRecord(), previousHead?: string): NewExecution => ({
  record,
  events: link([openedBody(previousHead)], { head: GENESIS, seq: 0, at: record.startedAt, token: record.token })
})

/** A later write, behind these events. */
export function change(before: readonly Event[], record: ExecutionRecord, ...bodies: readonly EventBody[]): Change {
  const { hash: expectedHead = GENESIS, seq = 0, at: moment = record.startedAt } = before.at(-1) ?? {}
  const events = link(bodies, { head: expectedHead, seq, at: moment, token: record.token })
  return { record, events, expectedHead }
}

const PLAN: Plan = {
  format: 1,
  tool: '0.1.0',
  key: KEY,
  commit: 'c1',
  release: 'c1',
  previous: null,
  vars: {},
  secrets: [],
  people: {},
  rules: { vars: {} },
  databases: {},
  rollback: { code: 'auto', schema: 'lossless', data: 'never' },
  stages: { preflight: [], backup: [], migrate: [], deploy: [], 'smoke-test': [], monitor: [] },
  monitor: null,
  files: {},
  digest: 'digest'
}
