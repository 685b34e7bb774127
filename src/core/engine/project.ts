import type { Approval } from '../approval.js'
import type { Deed, Event } from '../events.js'
import type { Evidence } from '../evidence.js'
import { type ExecutionRecord, isEnded, isSuccess, type Status } from '../execution.js'
import type { MigrationRecord } from '../records.js'
import { FORWARD_STAGES, STAGES } from '../stages.js'
import { migrationsOf, receiptsOf, type State } from './state.js'

type Applied = ExecutionRecord['applied']

/**
 * The record that a ledger keeps beside the events: what follows from them, joined with how the execution was opened.
 * Pure, so that `verify` can hold a stored record against its events.
 */
export function project(record: ExecutionRecord, state: State, event: Event): ExecutionRecord {
  const next = { ...record, ...derived(record, state, event) }
  const { body, at } = event
  switch (body.type) {
    case 'opened':
      return { ...next, ...demanded(body.evidence) }
    case 'joined':
      // After the end nobody goes on; what joins then only adds a checkpoint or a mark.
      if (isEnded(record)) return next
      return {
        ...next,
        ...demanded(body.evidence),
        process: body.process,
        status: statusOf(state),
        reason: '',
        errorMessage: ''
      }
    case 'took-over':
      return { ...next, holdsEnvironment: false }
    case 'paused': {
      // Before the first action nobody has to keep the others out; after it, somebody must decide.
      const held = state.acted && record.holdsEnvironment
      return { ...next, status: body.status, reason: body.reason, errorMessage: body.message, holdsEnvironment: held }
    }
    case 'ended': {
      const durationSeconds = (Date.parse(at) - Date.parse(record.startedAt)) / 1000
      const { status, reason, message: errorMessage } = body
      return {
        ...next,
        status,
        reason,
        errorMessage,
        completedAt: at,
        durationSeconds,
        due: dueAfter(record, state, status, at),
        holdsEnvironment: false
      }
    }
    case 'gate-passed': {
      const { how, why, attempt, given, approvals, closed } = body
      // Each reading tells of the whole run, so the newest one has them all; when a person was first seen, stays.
      const seen = approvals.filter(one => !record.approvals.some(known => sameApproval(known, one)))
      return {
        ...next,
        gate: { how, why, attempt, given, ...(closed && { closed }) },
        approvals: [...record.approvals, ...seen]
      }
    }
    case 'deployment-taken': {
      const { type: _, ...deployment } = body
      return { ...next, deployment }
    }
    case 'emergency':
      return { ...next, emergency: body.because }
    case 'reasoned':
      return { ...next, because: body.because }
    case 'rolled-back':
      return { ...paidOff(next), rolledBack: true, rollbackReason: body.because }
    case 'owed':
      return { ...next, owed: body.to }
    case 'answered':
      return paidOff(next)
    case 'rollback-ended':
      return body.verified &&
        record.purpose === 'deploy' &&
        (state.rollback?.scope === 'all' || body.remains.length === 0)
        ? { ...next, rolledBack: true, rollbackReason: state.rollback?.because ?? '' }
        : next
    case 'marked-bad':
      return { ...next, markedBad: body.because }
    case 'checkpoint':
      return { ...next, due: record.due.filter(({ checkpoint }) => checkpoint !== body.checkpoint) }
    default:
      return next
  }
}

const demanded = (evidence: Evidence | undefined): Pick<ExecutionRecord, 'demands'> =>
  evidence?.demands === undefined ? {} : { demands: evidence.demands }

const paidOff = ({ owed: _, ...record }: ExecutionRecord): ExecutionRecord => record

const sameApproval = (one: Approval, other: Approval): boolean => one.who === other.who && one.words === other.words

/** Checkpoints after the first are due events on an execution that succeeded. */
function dueAfter({ purpose }: ExecutionRecord, { plan }: State, status: Status, at: string): ExecutionRecord['due'] {
  if (purpose !== 'deploy' || !isSuccess(status)) return []
  const later = (plan.monitor?.checkpoints ?? []).filter(({ afterMs }) => afterMs > 0)
  return later.map(({ name, afterMs }) => ({
    checkpoint: name,
    dueAt: new Date(Date.parse(at) + afterMs).toISOString()
  }))
}

function derived(record: ExecutionRecord, state: State, { body }: Event): Partial<ExecutionRecord> {
  const status = state.stopped === undefined ? statusOf(state) : record.status
  const acted = record.acted || state.acted
  if (body.type !== 'outcome' || (body.receipt === undefined && body.migration === undefined)) return { status, acted }
  const applied = body.migration === undefined ? record.applied : applyTo(record.applied, body.migration, body.deed)
  return { status, acted, receipts: receiptsOf(state), migrations: migrationsOf(state), applied }
}

/** What the execution is called while it runs: the newest stage that began says so. */
export function statusOf(state: State): Status {
  const newest = FORWARD_STAGES.findLast(stage => state.stages.has(stage))
  return state.stages.has('rollback') ? 'DEPLOYING' : newest === undefined ? 'PLANNED' : STAGES[newest].status
}

/** SQL files in force after one more outcome: a run adds what it applied, an undo takes away what it took back. */
function applyTo(applied: Applied, { database, applied: moved }: MigrationRecord, deed: Deed): Applied {
  const files = { ...applied[database] }
  for (const { file, sha256 } of moved) {
    if (deed === 'run') files[file] = sha256
    else delete files[file]
  }
  return { ...applied, [database]: files }
}
