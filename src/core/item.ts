import type { Json, JsonObject } from './json.js'
import type { Objection } from './ports.js'
import type { Reason } from './reasons.js'
import type { MigrationRecord, Receipt } from './records.js'
import type { StageName } from './stages.js'

/** Where something stands in the checklist; both count from 1. */
export type Position = Readonly<{ line: number; col: number }>

export type Outcome = 'pass' | 'fail' | 'degraded' | 'inconclusive' | 'error' | 'unknown' | 'skip' | 'waiting'

/** What an item may conclude. `detail` says what was found; `hint`, what a person does next. Both are redacted when kept. */
export type Finding = Readonly<{
  /** `unknown`: an action that had to be killed on a cancel, so that nobody knows how far it came. */
  outcome: Outcome
  detail: string
  hint?: string
  /** Why, where a code of the closed list says more than the stage's own. */
  reason?: Reason
  /** For later items of the same stage and process. Never stored: a capture may be a secret. */
  captures?: Readonly<Record<string, string>>
  receipt?: Receipt
  migration?: MigrationRecord
  evidence?: JsonObject
}>

export type Retry = Readonly<{ forMs: number; everyMs: number }>
export type Effect = 'action' | 'check'

/** An item as the plan and the first event keep it: before interpolation, so that it holds no value of the environment. */
export type PlannedItem = Readonly<{
  id: string
  name: string
  kind: string
  at: Position
  effect: Effect
  optional: boolean
  timeoutMs?: number
  /** Absent: the stage's default. */
  retry?: Retry | 'none'
  skip?: string
  on?: string
  in?: string
  undo?: string
  probe?: string
  /** The kind's own keys, as written. */
  spec: JsonObject
}>

/** The part of a zod schema that the core needs; the core knows no package. */
export interface Shape<Spec> {
  safeParse(raw: unknown): { success: true; data: Spec } | { success: false; error: { issues: readonly ShapeIssue[] } }
}
export type ShapeIssue = Readonly<{ code?: string | undefined; message: string; path: readonly PropertyKey[] }>

export type Progress = Readonly<{
  what: string
  done: number
  total: number | undefined
  unit: 'bytes' | 'rows' | 'items'
}>

/** What the engine hands to an item: its names, its time, where its words go, and what it may ask. */
export type ItemContext = Readonly<{
  stage: StageName
  item: PlannedItem
  /** Whether it is the item itself that runs (or is asked about), or its way back. */
  deed?: 'run' | 'undo'
  execution: ExecutionView
  /** Declared names with their values, for shell text and for adapters: vars, secrets, built-ins, captures. */
  names: Readonly<Record<string, string>>
  /** Aborted when the item's time is over or the run is cancelled. */
  signal: AbortSignal
  /** How long one attempt may take, in milliseconds. */
  timeoutMs: number
  /** One line of live output. */
  say(line: string): void
  progress(progress: Progress): void
  /** Durable before it resolves: what a later process must know if this one dies now. `note` replaces nothing, it adds. */
  note(data: JsonObject): Promise<void>
  /** Notes which process the item's program is, so that a later one tells it from the services that it leaves behind. */
  began(program: Readonly<{ pid: number; startedAt: string }>): Promise<void>
  /** Notes that an earlier attempt of this item left, oldest first. */
  notes: readonly JsonObject[]
  /** Runs one nested check (health, revision), polling as its `retry` says. */
  check(raw: JsonObject): Promise<Finding>
}>

/** What an item may know of the execution that it is part of. */
export type ExecutionView = Readonly<{
  id: string
  environment: string
  /** Absolute folder that commands run in. */
  folder: string
  commit: string
  /** Empty when there is none: a first deployment. */
  previousCommit: string
  receipts: readonly Receipt[]
  migrations: readonly MigrationRecord[]
  /** SQL files known to be applied, per database: file name to SHA-256. */
  applied: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** URLs before interpolation, per database name, with what the checklist says about each. */
  databases: Readonly<Record<string, DatabasePlan>>
  signOffs: readonly SignOff[]
  /** Who started the execution; absent before there is one. */
  starter?: string
  /** Before the gate and without the environment's lock: only what reads what it is about may be done. */
  ahead?: true
  /** Database whose rows somebody accepted to lose, by name. */
  acceptedLoss: readonly string[]
}>

export type DatabasePlan = Readonly<{
  url: string
  engine: 'postgres'
  /** Directory that keeps the dumps; absent means the default of the machine. */
  store?: string
  scratch?: string
  atLeast: 'identical' | 'snapshot'
}>

/**
 * `claimed`: nobody but the caller vouches for `who`, or for their being of the team that was asked. `as`: the item is done,
 * or does not apply and the words say why; absent: the words themselves agree or refuse. `said`: the address where they stand.
 */
export type SignOff = Readonly<{
  item: string
  who: string
  words: string
  claimed: boolean
  at: string
  as?: 'done' | 'na'
  said?: string
}>

/**
 * A kind of item: `shape` are its keys beside the common ones, parsed twice, at load before interpolation and at run
 * after it. One file and one row in a registry.
 */
export interface Kind<Spec = never> {
  readonly name: string
  readonly shape: Shape<Spec>
  /** What the kind does; `by-stage` follows the stage's policy. */
  readonly effect: Effect | 'by-stage'
  /** Keys that hold shell text: never interpolated. Common ones (undo, probe) are known. */
  readonly shellText?: readonly string[]
  /** Keys that hold a nested check, such as health. */
  readonly nested?: readonly string[]
  /** True for a check over the network, which polls in smoke-test and health. */
  readonly polls?: boolean
  /** True if the item needs a database (`in`, or the only one). */
  readonly usesDatabase?: boolean
  /** True if its action changes nothing of what it is about, so that it may run ahead of the gate, without the lock. */
  readonly onlySaves?: true
  /** How it shares time with its neighbours. */
  turn(spec: Spec): 'together' | 'barrier' | 'alone'
  /** What the item is about: its default name, and what its id is made of. */
  subject(spec: Spec): string
  /** Why an item of this shape can never fail, or undefined. */
  vacuous?(spec: Spec): string | undefined
  /** Names of the environment that an item declares and demands (`env:`). */
  declares?(spec: Spec): readonly string[]
  /** Names that the item reads although its strings do not say so as `${NAME}`, such as BASE_URL for `GET /health`. */
  mentions?(spec: Spec): readonly string[]
  /** Databases that the spec itself names, such as `backup: main`; then `in` is neither demanded nor allowed. */
  databases?(spec: Spec): readonly string[]
  /** Roles of `people` that the spec names, such as `by: product-owner`. */
  roles?(spec: Spec): readonly string[]
  /** Names that the item captures for later ones. */
  captures?(spec: Spec): readonly string[]
  /** Variables that the item gives to its own command, beside those that are declared. */
  sets?(spec: Spec): readonly string[]
  /** Files of the repository that belong to the plan's digest, as paths relative to its folder. */
  files?(spec: Spec): readonly string[]
  /** What stands in its way, asked before anything starts, so that a refusal touches nothing. All objections at once. */
  guard?(spec: Spec, context: GuardContext): Promise<readonly Objection[]>
  run(spec: Spec, context: ItemContext): Promise<Finding>
  /**
   * For a dangling intent: is the item's effect there? Asked about an undo too, which took effect when the effect is gone:
   * `effect` then lets the undo run again. Without it the item's `probe` or a person is asked.
   */
  probe?(spec: Spec, context: ItemContext): Promise<Probe>
  /**
   * What `run` asserts once its effect is there, for an action of a dead process that took effect: it passes only with
   * this. What cannot be looked at afterwards (an exit code) is left out; absent where nothing can. A `probe` that gives
   * a finding has judged already.
   */
  finish?(spec: Spec, context: ItemContext): Promise<Finding>
  /** The kind's own way back, given what its outcome recorded; without it the item's `undo` is run. */
  undo?(spec: Spec, context: ItemContext, done: Done): Promise<Finding>
  /** What stands in the way of `undo`, asked before anything at all is undone, so that a refusal touches nothing. */
  obstacles?(spec: Spec, context: GuardContext, done: Done): Promise<readonly Objection[]>
  /** What `undo` would lose, asked right before it; the policy of the checklist decides what follows from that. */
  assess?(spec: Spec, context: ItemContext, done: Done): Promise<Assessment>
}

/**
 * A kind of whatever spec, as a registry holds it. Every `Kind<Spec>` is one, without a cast, because its members are
 * methods; who uses it hands a kind only what that kind's own `shape` has parsed.
 */
export type AnyKind = Kind<unknown>

export type GuardContext = Pick<ItemContext, 'stage' | 'item' | 'execution' | 'names' | 'signal'> &
  Readonly<{
    /** Server and database that keep the ledger, where that is a database: it must not be one that may be swapped. */
    ledgerDatabase: Readonly<{ systemIdentifier: string; databaseOid: number }> | undefined
    /** True on a runner whose disk is gone after the job. */
    diskDisappears: boolean
    /** Every item of the plan, so that a backup knows whether a restore may be asked for. */
    planned: readonly PlannedItem[]
  }>

/**
 * `no-effect` means that the action may run again. With a `finding` that has a migration, a part of it is there for good
 * (two of three files): running again goes on behind that part, and a rollback undoes what the migration names.
 */
export type Probe = Readonly<{
  took: 'effect' | 'no-effect' | 'unknown'
  detail: string
  finding?: Finding
  /** Why it is unknown, where a code of the closed list says more than that it is. */
  reason?: Reason
}>

/** What an undo would lose now, in words that name each thing; `lossless` only if nothing at all. */
export type Assessment = Readonly<{ lossless: boolean; losses: readonly string[] }>

/** What the journal says of an action that ran. */
export type Done = Readonly<{
  outcome: Outcome
  detail: string
  receipt?: Receipt
  migration?: MigrationRecord
  evidence?: Json
  /** What the run noted on its way, oldest first; an undo's own notes are in its context. */
  notes?: readonly JsonObject[]
}>
