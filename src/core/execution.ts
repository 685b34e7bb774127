import type { Approval, Passage } from './approval.js'
import type { TakenDeployment } from './deployments/deployment.js'
import type { GateDemands } from './evidence.js'
import type { Reason } from './reasons.js'
import type { MigrationRecord, ProcessIdentity, Receipt } from './records.js'

export type OpenStatus = 'PLANNED' | 'BUILDING' | 'DEPLOYING' | 'TESTING' | 'WAITING'
export type EndStatus = 'SUCCESS' | 'PARTIAL' | 'FAILED' | 'ROLLED_BACK' | 'REFUSED' | 'UNAVAILABLE' | 'CANCELLED'
export type Status = OpenStatus | EndStatus

/** The one place that knows exit codes. CANCELLED is 128 + the signal's number: 130 for SIGINT, 143 for SIGTERM. */
export const EXIT_CODES = {
  SUCCESS: 0,
  PARTIAL: 0,
  FAILED: 1,
  ROLLED_BACK: 1,
  REFUSED: 2,
  UNAVAILABLE: 3,
  WAITING: 4,
  CANCELLED: 130,
  bug: 70
} as const

/** Repository, checklist name and environment: what one execution holds at a time. */
export type Key = Readonly<{ repository: string; checklist: string; environment: string }>

export const isSameKey = (a: Key, b: Key): boolean =>
  a.repository === b.repository && a.checklist === b.checklist && a.environment === b.environment

/**
 * One run of a checklist against one environment, as the ledger keeps it. A projection of its events and of how it was
 * opened: a store keeps it beside them so that a list needs no replay.
 */
export type ExecutionRecord = Readonly<{
  id: string
  key: Key
  number: number
  /** What it does: a deployment, a rollback by hand of another one, or the record of what was live already. */
  purpose: 'deploy' | 'rollback' | 'adopt' | 'observe'
  trigger: 'manual' | 'push' | 'schedule' | 'api'
  actor: string
  commit: string
  ref: string
  release: string
  planDigest: string
  status: Status
  reason: Reason | ''
  errorMessage: string
  startedAt: string
  completedAt: string
  durationSeconds: number
  rolledBack: boolean
  rollbackReason: string
  markedBad: string
  previousExecutionId: string
  /** For a rollback: the execution that it undoes. */
  undoesExecutionId: string
  /** True once an action's intent is durable: from then on only resume or rollback may take the environment. */
  acted: boolean
  holdsEnvironment: boolean
  token: number
  heartbeatAt: string
  process: ProcessIdentity
  runId: string
  runAttempt: number
  logUrl: string
  approvals: readonly Approval[]
  /** How the newest attempt came through the gate; absent while nobody has looked. */
  gate?: Pick<Passage, 'how' | 'why' | 'attempt' | 'given' | 'closed'>
  /** What its gate has to hold back for, of the default branch too; absent where it was not asked. */
  demands?: GateDemands
  /** What stands for it on GitHub; absent where nothing does. */
  deployment?: TakenDeployment
  /** Why rules were set aside; absent when they were not. */
  emergency?: string
  /** Why somebody deployed it; absent where nobody said. */
  because?: string
  receipts: readonly Receipt[]
  migrations: readonly MigrationRecord[]
  /** SQL files applied when this execution ended, per database: file to SHA-256. */
  applied: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** What a failed checkpoint leads to and nobody has done yet; absent where nothing is. */
  owed?: 'page' | 'rollback' | 'hand-over'
  /** Checkpoints of the monitor that are still to come. */
  due: readonly Readonly<{ checkpoint: string; dueAt: string }>[]
}>

export const ENDED: readonly Status[] = [
  'SUCCESS',
  'PARTIAL',
  'FAILED',
  'ROLLED_BACK',
  'REFUSED',
  'UNAVAILABLE',
  'CANCELLED'
]
/** What was to be live is; with PARTIAL something optional is not. */
export const isSuccess = (status: Status): boolean => status === 'SUCCESS' || status === 'PARTIAL'

/** Left by its process until somebody goes on with it: people are asked, or it was cancelled. */
export const isPaused = ({ status }: Readonly<{ status: Status }>): boolean =>
  status === 'WAITING' || status === 'CANCELLED'

export const isEnded = ({ completedAt }: ExecutionRecord): boolean => completedAt !== ''
