import type { CommitsBetween } from '../../src/core/commits.js'
import type { Event, EventBody } from '../../src/core/events.js'
import type { Evidence } from '../../src/core/evidence.js'
import type { ExecutionRecord } from '../../src/core/execution.js'
import type { Plan } from '../../src/core/plan.js'
import { type Result, resultOf } from '../../src/core/result/result.js'
import {
  chain,
  ended,
  intent,
  invocation,
  item,
  outcome,
  plan,
  receipt,
  record,
  rolledBack,
  started,
  success
} from './sample.js'

const LOG = 'https://github.com/octo/guestbook/actions/runs/123'

export const COMMITS: CommitsBetween = {
  kind: 'counted',
  count: 12,
  gone: 0,
  newest: [
    ['Index the guestbook by day', 'Ann Lee'],
    ['Fix #41: the form forgets the name', 'Bob'],
    ['Bump the version', 'ci-bot']
  ].map(([subject = '', author = ''], index) => ({
    ...{ sha: `${index}`.repeat(40), subject, author, at: '2026-03-01T18:00:00.000Z' }
  }))
}

export const EVIDENCE: Evidence = {
  gate: {
    ...{ kind: 'read', reviewers: ['@octo/release', '@alice'], preventSelfReview: true, preventAdminBypass: false },
    ...{ waitMs: 0, settingsUrl: 'https://github.com/octo/guestbook/settings/environments/1/edit' }
  },
  ci: { rule: 'green', passed: 14, others: 2 },
  after: {
    environment: 'staging',
    execution: {
      ...{ id: 's1', number: 31, status: 'SUCCESS', completedAt: '2026-03-02T08:00:00.000Z', due: ['24h'] },
      logUrl: 'https://github.com/octo/guestbook/actions/runs/99',
      smokeTest: { passed: 5, of: 5 },
      checkpoints: [{ name: '0m', passed: true, at: '2026-03-02T08:00:10.000Z' }]
    }
  }
}

export const GATED: Partial<Plan> = {
  rules: { vars: {}, after: 'staging', ci: 'green', gate: { reviewers: 'required', preventSelfReview: true } },
  files: { 'migrations/001.sql': 'a'.repeat(64), 'migrations/002.sql': 'c'.repeat(64) },
  stages: {
    ...plan.stages,
    migrate: [
      item('migrate/sql', {
        ...{ kind: 'migrate', effect: 'action', undo: 'psql -f down.sql', at: { line: 14, col: 7 } },
        spec: { migrate: { sql: 'migrations/' } }
      })
    ]
  }
}

type Situation = Readonly<{
  plan?: Partial<Plan>
  opened?: Partial<Extract<EventBody, { type: 'opened' }>>
  /** What happened after it was opened. */
  later: readonly EventBody[]
  record?: Partial<ExecutionRecord>
  commits?: CommitsBetween | undefined
  lastRollbackSeconds?: number
}>

/** The result of an execution on GitHub, half a minute after its last event. */
export function situation(of: Situation): Result {
  const whole = { ...plan, ...GATED, ...of.plan }
  const first: EventBody = {
    ...{ type: 'opened', plan: whole, previousHead: '', process: record.process, purpose: 'deploy', actor: 'alice' },
    evidence: EVIDENCE,
    ...of.opened
  }
  const events: readonly Event[] = chain([first, ...of.later])
  const result = resultOf({
    record: { ...record, applied: { main: { 'migrations/001.sql': 'x' } }, runId: '123', logUrl: LOG, ...of.record },
    ...{ events, invocation, now: '2026-03-02T10:05:00.000Z' },
    ...('commits' in of ? of.commits && { commits: of.commits } : { commits: COMMITS }),
    ...(of.lastRollbackSeconds !== undefined && { lastRollbackSeconds: of.lastRollbackSeconds })
  })
  if (result === undefined) throw new Error('no plan in the situation')
  return result
}

const OPEN = { completedAt: '', durationSeconds: 0, receipts: [], migrations: [], acted: false } as const
const looked = outcome({ stage: 'preflight', item: 'preflight/database-url', outcome: 'pass', detail: 'is set' })
const after = (bodies: readonly EventBody[]) => bodies.slice(1)

/** Ahead of the gate: the page that a reviewer decides from. */
export const prepared = (more: Partial<Situation> = {}): Result =>
  situation({
    later: [looked],
    lastRollbackSeconds: 41,
    ...more,
    record: { ...OPEN, status: 'PLANNED', reason: '', ...more.record }
  })

export const first = (): Result => prepared({ plan: { previous: null }, commits: undefined, opened: { evidence: {} } })

export const live = (): Result =>
  situation({
    later: [
      ...after(success).slice(0, 5),
      {
        ...{ type: 'gate-passed', digest: plan.digest, how: 'approved', why: '', attempt: 1, given: 1 },
        approvals: [{ who: 'bob', words: 'looks good', seenAt: '2026-03-02T10:00:00.000Z', own: ['commit'] }]
      },
      ...after(success).slice(5)
    ],
    lastRollbackSeconds: 41
  })

export const wentBack = (): Result =>
  situation({
    later: after(rolledBack),
    record: {
      ...{ status: 'ROLLED_BACK', reason: 'smoke_test_failed', errorMessage: 'status 500, expected 2xx' },
      ...{ rolledBack: true, rollbackReason: 'the smoke test failed' }
    }
  })

export const stuck = (): Result =>
  situation({
    later: [
      ...after(rolledBack).slice(0, -4),
      outcome({
        ...{ stage: 'rollback', item: 'deploy/deploy', deed: 'undo', outcome: 'fail' },
        ...{ detail: 'exit 1: no space left on device', hint: 'Make room, then try again.' }
      }),
      {
        type: 'rollback-ended',
        verified: false,
        detail: 'the undo of deploy/deploy failed',
        durationMs: 900,
        remains: []
      },
      ended('rollback', false),
      { type: 'ended', status: 'FAILED', reason: 'rollback_failed', message: 'the undo of deploy/deploy failed' }
    ],
    record: { status: 'FAILED', reason: 'rollback_failed', errorMessage: 'the undo failed', holdsEnvironment: true }
  })

const ROLES = {
  ...plan.stages,
  preflight: [
    ...plan.stages.preflight,
    item('preflight/backup-window', { kind: 'manual', name: 'The backup window is free', spec: { by: 'devops' } })
  ]
}

export const waiting = (): Result =>
  situation({
    plan: {
      stages: { ...plan.stages, ...GATED.stages, preflight: ROLES.preflight },
      people: { 'product-owner': '@alice', devops: '@octo/devops' }
    },
    later: [
      started('preflight'),
      looked,
      outcome({ stage: 'preflight', item: 'preflight/told', outcome: 'waiting', detail: 'nobody has answered yet' }),
      outcome({
        stage: 'preflight',
        item: 'preflight/backup-window',
        outcome: 'waiting',
        detail: 'nobody has answered yet'
      }),
      { type: 'paused', status: 'WAITING', reason: 'waiting_for_person', message: 'waits' } as EventBody
    ],
    record: { ...OPEN, status: 'WAITING', reason: 'waiting_for_person' as never }
  })

export const weakened = (): Result =>
  prepared({
    opened: { weakened: 'this change weakens the checklist: 2 items removed, one made optional' },
    commits: { kind: 'unknown', why: 'this clone is shallow; `fetch-depth: 0` for actions/checkout brings the rest' }
  })

export const hurried = (): Result =>
  prepared({
    opened: { evidence: { ...EVIDENCE, after: { environment: 'staging', execution: null } } },
    later: [
      looked,
      {
        ...{ type: 'emergency', because: 'orders are lost every minute', by: 'alice' },
        waived: [
          { reason: 'not_promoted', message: 'bbbbbbbbbbbb has not succeeded on staging' },
          { reason: 'frozen', message: 'production is frozen until 2026-03-05: year end' }
        ]
      }
    ]
  })

export const failing = (many: number, text = 'x'): Result =>
  situation({
    plan: {
      stages: {
        ...plan.stages,
        preflight: Array.from({ length: many }, (_, index) =>
          item(`preflight/check-${index}`, { name: `check ${index}` })
        )
      }
    },
    later: [
      started('preflight'),
      ...Array.from({ length: many }, (_, index) =>
        outcome({
          ...{ stage: 'preflight', item: `preflight/check-${index}`, outcome: index % 10 === 3 ? 'fail' : 'pass' },
          ...{ detail: `${text} ${index}`, hint: 'Look at it.' }
        })
      ),
      ended('preflight', false),
      { type: 'ended', status: 'FAILED', reason: 'preflight_failed', message: 'some checks failed' }
    ],
    record: {
      receipts: [],
      migrations: [],
      acted: false,
      status: 'FAILED',
      reason: 'preflight_failed',
      errorMessage: 'x'
    }
  })

export const cancelled = (): Result =>
  situation({
    later: [
      ...after(success).slice(0, 14),
      intent('deploy', 'deploy/deploy'),
      outcome({ stage: 'deploy', item: 'deploy/deploy', outcome: 'unknown', detail: 'its process was killed' }),
      { type: 'paused', status: 'CANCELLED', reason: 'cancelled', message: 'the run was cancelled (SIGTERM)' }
    ],
    record: {
      status: 'CANCELLED',
      reason: 'cancelled',
      completedAt: '',
      errorMessage: 'the run was cancelled (SIGTERM)'
    }
  })

const LONG = 'words that go on and on '.repeat(40)

/** Everything that a first screen may have to say, and each of it as long as it can be. */
export const longest = (): Result => {
  const receipts = [1, 2, 3].map(number => ({ ...receipt, subject: `${number} ${LONG}`, scratch: LONG }))
  const manual = (number: number) =>
    item(`preflight/${number}`, { kind: 'manual', name: LONG, spec: { by: 'product-owner' } })
  const gate = EVIDENCE.gate?.kind === 'read' ? { ...EVIDENCE.gate, reviewers: Array(9).fill(`@${LONG}`) } : undefined
  return situation({
    plan: {
      release: LONG,
      people: { 'product-owner': LONG },
      rules: { ...GATED.rules, vars: {}, ci: [LONG, LONG] },
      stages: { ...plan.stages, preflight: [1, 2, 3, 4, 5].map(manual) }
    },
    opened: {
      weakened: LONG,
      evidence: { ...EVIDENCE, ...(gate && { gate }), ci: { rule: [LONG], passed: 1, others: 1 } }
    },
    later: [
      { type: 'reasoned', because: LONG, by: LONG, marked: { execution: 'x0', because: LONG } },
      {
        ...{ type: 'emergency', because: LONG, by: LONG },
        waived: [1, 2, 3].map(() => ({ reason: 'frozen' as const, message: LONG }))
      },
      started('preflight'),
      ...[1, 2, 3, 4, 5].map(number =>
        outcome({
          stage: 'preflight',
          item: `preflight/${number}`,
          outcome: number > 2 ? 'fail' : 'waiting',
          detail: LONG
        })
      )
    ],
    commits: {
      ...COMMITS,
      ...{ count: 12_345, gone: 678 },
      newest: [1, 2].map(() => ({ sha: '1'.repeat(40), author: LONG, subject: LONG, at: '' }))
    } as CommitsBetween,
    record: {
      ...{ status: 'WAITING', reason: 'waiting_for_person', completedAt: '', release: LONG, actor: LONG, receipts },
      migrations: [1, 2, 3].map(number => ({
        database: `${number} ${LONG}`,
        before: LONG,
        after: 'x',
        moved: true,
        applied: [],
        catalog: {}
      }))
    }
  })
}
