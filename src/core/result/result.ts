import type { CommitsBetween } from '../commits.js'
import type { Event } from '../events.js'
import type { Evidence } from '../evidence.js'
import { EXIT_CODES, type ExecutionRecord, type Key, type Status } from '../execution.js'
import type { SignOff } from '../item.js'
import type { Untold } from '../notify/notifier.js'
import type { Plan } from '../plan.js'
import { REASONS, type Reason } from '../reasons.js'
import type { MigrationRecord, Receipt } from '../records.js'
import { type Ahead, aheadOf, type Demands, demandsOf, NOTHING_AHEAD, whoOf } from './ahead.js'
import { leftToPerson } from './left-to-person.js'
import { type Invocation, nextSteps, rollbackCommand } from './next-steps.js'
import { type PasteLine, pasteLines } from './paste-lines.js'
import { deploymentIn, type ResultDeployment } from './result-deployment.js'
import { type ResultRollback, rollbackOf } from './result-rollback.js'
import { linksIn, type ResultLink, type ResultWhy, whyOf } from './result-said.js'
import {
  begunIn,
  checkpointsOf,
  emergencyOf,
  evidenceIn,
  gateOf,
  type ResultCheckpoint,
  type ResultEmergency,
  type ResultGate,
  weakenedIn
} from './result-seen.js'
import { type ResultItem, type ResultStage, stagesOf } from './result-stages.js'
import { verdictOf } from './verdict-line.js'
import { type WayBack, wayBackOf } from './way-back.js'

/**
 * What came of a request: the one object that every summary, every view and `--json` is made from. Members are added,
 * never changed; a new meaning gets a new `format`. Moments are ISO 8601 in UTC and empty while they are to come.
 */
export type Result = Readonly<{
  format: 1
  /** PLANNED with reason `planned` is a plan that nothing was done with. */
  status: Status
  reason: Reason
  exitCode: number
  /** One sentence without Markdown: what stands now. */
  verdict: string
  /** What was found, in the words of the fault or of the item that decided; empty when all is well. */
  message: string
  hint: string
  /** Problems of the checklist, each as `file:line:col path: problem`. */
  problems: readonly string[]
  /** Null when it was refused before an execution was opened. */
  execution: ResultExecution | null
  previous: Plan['previous']
  /** What lies between the release before and this one; null: a first deployment, or nobody looked. */
  commits: CommitsBetween | null
  /** What of the plan is still to come. */
  ahead: Ahead
  /** What the checklist demands of gate, CI and the environment before, and what of it was seen. */
  demands: Demands
  evidence: Evidence
  stages: readonly ResultStage[]
  receipts: readonly Receipt[]
  migrations: readonly MigrationRecord[]
  wayBack: WayBack | null
  rollback: ResultRollback | null
  /** It would have been taken back by itself, had the checklist not said `code: ask`; absent: not so. */
  leftToPerson?: true
  signOffs: readonly SignOff[]
  /** How it came through the gate, and who approved; null while nobody has looked. */
  gate: ResultGate | null
  /** Why rules were set aside, and which; null when none were. */
  emergency: ResultEmergency | null
  /** Why somebody deployed it now, and the bad mark that they set aside; null when nobody said. */
  why: ResultWhy | null
  /** Executions that belong to it, such as the rollback that took it back. */
  links: readonly ResultLink[]
  /** What the checklist asks less of than that of the default branch; absent: of nothing, or nobody could compare. */
  weakened?: string
  /** Who could not be told how it goes, and why; absent: nobody that this process knows of. */
  untold?: readonly Untold[]
  /** Where the deployed application is seen, as the checklist says; absent: it does not. */
  url?: string
  /** What stands for it on GitHub, or why nothing does; absent where there is no GitHub to tell, or nobody wanted it. */
  deployment?: ResultDeployment
  waitingFor: readonly WaitingFor[]
  /** Address of the issue in which people are asked; absent: nobody was asked in one. */
  askedIn?: string
  checkpoints: readonly ResultCheckpoint[]
  due: ExecutionRecord['due']
  /** `ID:SEQ:HASH` of the newest event: what `verify` holds the chain against. */
  head: string
  nextSteps: readonly string[]
  /** Empty when there is nothing that a rollback could undo. */
  rollbackCommand: string
  /** Lines for a terminal of one's own, of an execution that runs on GitHub. */
  pasteLines: readonly PasteLine[]
  /** When all this was so; empty where nobody looked at a clock. */
  toldAt: string
}>

export type ResultExecution = Readonly<{
  id: string
  number: number
  purpose: ExecutionRecord['purpose']
  key: Key
  trigger: ExecutionRecord['trigger']
  actor: string
  commit: string
  ref: string
  release: string
  planDigest: string
  startedAt: string
  completedAt: string
  durationSeconds: number
  rolledBack: boolean
  rollbackReason: string
  markedBad: string
  undoesExecutionId: string
  runId: string
  runAttempt: number
  logUrl: string
}>

/** `by` is the role or person named in the checklist, resolved to who that is. */
export type WaitingFor = Readonly<{ item: string; name: string; by: string; hint: string }>
export type ResultFacts = Readonly<{
  record: ExecutionRecord
  /** All of the execution's events, oldest first; the first one holds the plan. */
  events: readonly Event[]
  invocation: Invocation
  lastRollbackSeconds?: number
  /** What lies between the release before and this one, where somebody looked. */
  commits?: CommitsBetween
  now?: string
  /** The hint of the fault or finding that decided, where the journal has none. */
  hint?: string
}>

/** The result of an execution, whatever state it is in; undefined when the first event holds no plan. */
export function resultOf(facts: ResultFacts): Result | undefined {
  const { record, events, invocation } = facts
  const opened = events[0]?.body
  if (opened?.type !== 'opened') return undefined
  const { plan } = opened
  const stages = stagesOf(plan, events, stopped(events))
  const rollback = rollbackOf(events)
  const waitingFor = waiting(plan, stages)
  const wayBack = record.purpose === 'deploy' ? wayBackOf({ plan, ...record, ...measured(facts) }) : null
  const told = {
    ...statusOf(record),
    wayBack,
    rollback,
    waitingFor,
    ...askedIn(events),
    ...leftToPerson(plan, record, stages),
    previous: plan.previous,
    execution: executionOf(record),
    stages
  }
  return {
    format: 1,
    ...told,
    commits: facts.commits ?? null,
    ...(record.purpose === 'deploy'
      ? { ahead: aheadOf({ plan, ...record, begun: begunIn(events) }), demands: demandsOf(plan) }
      : NOTHING_AHEAD),
    evidence: evidenceIn(events),
    exitCode: exitCodeOf(record.status, record.errorMessage),
    verdict: verdictOf(told),
    message: record.errorMessage,
    hint: facts.hint ?? decidingHint(stages),
    problems: [],
    receipts: record.receipts,
    migrations: record.migrations,
    signOffs: events.flatMap(({ body }) => (body.type === 'signed' ? [body.signOff] : [])),
    gate: gateOf(events),
    emergency: emergencyOf(events),
    why: whyOf(events),
    links: linksIn(events),
    ...weakenedIn(events),
    ...deploymentIn(record, plan, events),
    checkpoints: checkpointsOf(events),
    due: record.due,
    head: headOf(record.id, events),
    nextSteps: nextSteps(told, invocation),
    rollbackCommand: rollbackCommand(told, invocation),
    pasteLines: pasteLines(told, invocation),
    toldAt: facts.now ?? ''
  }
}

export type RefusalFacts = Readonly<{
  status: Status
  reason: Reason
  message: string
  hint: string
  problems?: readonly string[]
}>

/** The result of a request that opened no execution. */
export const refusalOf = ({ status, reason, message, hint, problems = [] }: RefusalFacts): Result => ({
  format: 1,
  status,
  reason,
  exitCode: reason === 'bug' ? EXIT_CODES.bug : exitCodeOf(status, message),
  verdict: `${status}: ${REASONS[reason]}`,
  message,
  hint,
  problems,
  execution: null,
  previous: null,
  commits: null,
  ...NOTHING_AHEAD,
  evidence: {},
  stages: [],
  receipts: [],
  migrations: [],
  wayBack: null,
  rollback: null,
  signOffs: [],
  gate: null,
  emergency: null,
  why: null,
  links: [],
  waitingFor: [],
  checkpoints: [],
  due: [],
  head: '',
  nextSteps: hint === '' ? [] : [hint],
  rollbackCommand: '',
  pasteLines: [],
  toldAt: ''
})

/** `ID:SEQ:HASH` of the last event, or nothing when there is none. */
export function headOf(id: string, events: readonly Event[]): string {
  const last = events.at(-1)
  return last === undefined ? '' : `${id}:${last.seq}:${last.hash}`
}

const statusOf = ({ status, reason }: ExecutionRecord) => ({ status, reason: reason === '' ? ('ok' as const) : reason })

/** An execution that still runs has no exit code of its own; it counts as good so far. */
function exitCodeOf(status: Status, message: string): number {
  if (status === 'CANCELLED') return /SIGTERM/.test(message) ? 143 : EXIT_CODES.CANCELLED
  return Object.hasOwn(EXIT_CODES, status) ? EXIT_CODES[status as keyof typeof EXIT_CODES] : 0
}

// A process that resumed is at work again, so what came before it counts no more as the end.
function stopped(events: readonly Event[]): boolean {
  const last = events.findLast(({ body }) => ['ended', 'paused', 'joined', 'opened'].includes(body.type))
  return last?.body.type === 'ended' || last?.body.type === 'paused'
}

const measured = ({ lastRollbackSeconds }: ResultFacts) =>
  lastRollbackSeconds === undefined ? {} : { lastRollbackSeconds }

const executionOf = (record: ExecutionRecord): ResultExecution => ({
  id: record.id,
  number: record.number,
  purpose: record.purpose,
  key: record.key,
  trigger: record.trigger,
  actor: record.actor,
  commit: record.commit,
  ref: record.ref,
  release: record.release,
  planDigest: record.planDigest,
  startedAt: record.startedAt,
  completedAt: record.completedAt,
  durationSeconds: record.durationSeconds,
  rolledBack: record.rolledBack,
  rollbackReason: record.rollbackReason,
  markedBad: record.markedBad,
  undoesExecutionId: record.undoesExecutionId,
  runId: record.runId,
  runAttempt: record.runAttempt,
  logUrl: record.logUrl
})

const waiting = (plan: Plan, stages: readonly ResultStage[]): readonly WaitingFor[] =>
  stages
    .flatMap(({ items }) => items)
    .filter(({ outcome }) => outcome === 'waiting')
    .map(item => ({ item: item.id, name: item.name, by: personOf(plan, item), hint: item.hint }))

function askedIn(events: readonly Event[]): Pick<Result, 'askedIn'> {
  const asked = events.findLast(({ body }) => body.type === 'asked')
  return asked?.body.type === 'asked' ? { askedIn: asked.body.url } : {}
}

function personOf(plan: Plan, { id }: ResultItem): string {
  const planned = Object.values(plan.stages).flatMap(items => items.filter(item => item.id === id))[0]
  return planned === undefined ? '' : whoOf(planned, plan)
}

const decidingHint = (stages: readonly ResultStage[]): string =>
  stages.flatMap(({ items }) => items).find(({ hint, outcome }) => hint !== '' && outcome !== 'pass')?.hint ?? ''
