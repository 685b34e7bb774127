import type { Passage } from './approval.js'
import type { MissedDeployment, TakenDeployment } from './deployments/deployment.js'
import type { Evidence } from './evidence.js'
import type { EndStatus } from './execution.js'
import type { Outcome, SignOff } from './item.js'
import type { JsonObject } from './json.js'
import type { Mark } from './mark.js'
import type { NotifyRule } from './notify/notifier.js'
import type { Plan } from './plan.js'
import type { Reason } from './reasons.js'
import type { MigrationRecord, ProcessIdentity, Receipt } from './records.js'
import type { ForwardStage, StageName } from './stages.js'

/** `run` is the item itself, `undo` its way back. */
export type Deed = 'run' | 'undo'

/** A rule that would have refused, and was waived. */
export type Waived = Readonly<{ reason: Reason; message: string }>

/** After a failed migration only the schema goes back: nothing else was changed. */
export type RollbackScope = 'migrate' | 'all'

/** What happened, in the words of DESIGN.md. Everything in it has been redacted; nothing in it is a value of a secret. */
export type EventBody =
  | Readonly<{
      type: 'opened'
      plan: Plan
      previousHead: string
      process: ProcessIdentity
      purpose: string
      actor: string
      /** What the checklist asks less of than that of the default branch, in one line; absent: of nothing. */
      weakened?: string
      /** Opened ahead of the gate: nothing starts before the job behind it joins. */
      prepared?: true
      /** Who is told how it goes. Beside the plan, so that a change of it is no change of what was approved. */
      notify?: readonly NotifyRule[]
      /** What was seen of gate, CI and the environment before this one; absent: nothing had to be asked. */
      evidence?: Evidence
    }>
  | Readonly<{
      type: 'joined'
      process: ProcessIdentity
      why: 'stage' | 'resume' | 'rollback' | 'monitor'
      /** The same, where it was asked again. */
      evidence?: Evidence
    }>
  | Readonly<{ type: 'took-over'; from: string; by: string }>
  // The rules that a named emergency has set aside, each with what it would have said.
  | Readonly<{ type: 'emergency'; because: string; by: string; waived: readonly Waived[] }>
  // Why somebody deploys it now; `marked` is the bad mark on its commit that this sets aside, where one stands.
  | Readonly<{ type: 'reasoned'; because: string; by: string; marked?: Mark }>
  // How the execution came through its environment's gate; `digest` is the plan's that the approval is bound to.
  | (Readonly<{ type: 'gate-passed'; digest: string }> & Passage)
  // What an earlier job has checked or saved is too old to count: these stages are run afresh.
  | Readonly<{ type: 'expired'; stages: readonly ForwardStage[]; because: string }>
  // Which deployment on GitHub stands for the execution, or why GitHub does not tell of it.
  | (Readonly<{ type: 'deployment-taken' }> & TakenDeployment)
  | (Readonly<{ type: 'deployment-missed' }> & MissedDeployment)
  | Readonly<{ type: 'stage-started'; stage: StageName }>
  | Readonly<{
      type: 'intent'
      stage: StageName
      item: string
      target: string
      attempt: number
      deed: Deed
      /** It only saves, ahead of the gate: nothing outside is changed by it. */
      ahead?: true
    }>
  | Readonly<{ type: 'note'; item: string; attempt: number; deed: Deed; data: JsonObject }>
  | Readonly<{
      type: 'outcome'
      stage: StageName
      item: string
      target: string
      attempt: number
      deed: Deed
      outcome: Outcome
      detail: string
      hint: string
      reason?: Reason
      durationMs: number
      receipt?: Receipt
      migration?: MigrationRecord
      evidence?: JsonObject
    }>
  | Readonly<{ type: 'stage-ended'; stage: StageName; passed: boolean; durationMs: number }>
  // The issue in which people settle its manual items.
  | Readonly<{ type: 'asked'; issue: number; url: string }>
  | Readonly<{ type: 'signed'; signOff: SignOff }>
  | Readonly<{
      type: 'rollback-started'
      scope: RollbackScope
      cause: Reason
      because: string
      toExecution: string
      toCommit: string
      restore: readonly string[]
    }>
  | Readonly<{
      type: 'rollback-ended'
      verified: boolean
      detail: string
      durationMs: number
      remains: readonly string[]
    }>
  // Stopped without an end: waits for a person, or was cancelled after an action. Resume or rollback goes on from here.
  | Readonly<{ type: 'paused'; status: 'WAITING' | 'CANCELLED'; reason: Reason; message: string }>
  | Readonly<{ type: 'ended'; status: EndStatus; reason: Reason; message: string }>
  // Legal after the end:
  | Readonly<{
      type: 'checkpoint'
      checkpoint: string
      dueAt: string
      lateMs: number
      passed: boolean
      results: readonly Readonly<{ item: string; outcome: Outcome; detail: string }>[]
    }>
  // A checkpoint failed, and what it leads to is not done yet: this process sees to it. Taken off by `answered` and by
  // `rolled-back`; where the process dies before, the next look does it.
  | Readonly<{ type: 'owed'; to: 'page' | 'rollback' | 'hand-over'; process: ProcessIdentity }>
  // A person was paged.
  | Readonly<{ type: 'answered' }>
  // What follows from no other event, and is told once for each cause (core/notify/notices.ts): a process waits for a
  // person, or nobody has reacted for so long. `page`: the checklist's own command calls one, which it does once.
  | Readonly<{ type: 'told'; kind: 'waiting' | 'escalation' | 'page'; cause: string; afterMs: number }>
  | Readonly<{ type: 'marked-bad'; because: string; by: string }>
  | Readonly<{ type: 'rolled-back'; by: string; because: string }>
  // `to` is an execution, `url` where its run is seen.
  | Readonly<{ type: 'linked'; to: string; as: string; url?: string }>

export const AFTER_THE_END: readonly EventBody['type'][] = [
  'checkpoint',
  'owed',
  'answered',
  'marked-bad',
  'rolled-back',
  'linked',
  'told',
  'joined'
]

/**
 * An event in its chain. `hash` = SHA-256 over the canonical JSON of all other fields, so `prev` binds it to everything
 * before. `token` is the fencing token of the execution's holder when it was written.
 */
export type Event = Readonly<{ seq: number; at: string; token: number; body: EventBody; prev: string; hash: string }>

/** What comes before the first event of an execution. */
export const GENESIS = '0'.repeat(64)
