import type { GateRules } from './checklist.js'
import type { CommitsBetween } from './commits.js'
import type { Event } from './events.js'
import type { ExecutionRecord, Key, Status } from './execution.js'
import type { EnvironmentFacts } from './gate/facts.js'
import type { Reason } from './reasons.js'
import type { ProcessIdentity } from './records.js'

export interface Clock {
  now(): Date
  /** Resolves after `ms`, or at once when the signal aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** Runs programs in a process group of their own. */
export interface Shell {
  /** Resolves for every way that a program ends; rejects (ChecklistError) only if it could not be started at all. */
  run(command: Command): Promise<Exit>
}

export type Command = Readonly<{
  /** A program and its arguments, or a text for a shell. Never holds a value of the environment. */
  what: Readonly<{ argv: readonly [string, ...string[]] }> | Readonly<{ text: string; shell: 'sh' | 'bash' }>
  /** The whole environment of the child; nothing is inherited but what stands here. */
  env: Readonly<Record<string, string>>
  folder: string
  timeoutMs: number
  signal: AbortSignal
  /** On abort: `end` kills the group (TERM, then KILL); `interrupt` sends SIGINT and waits the time that is left. */
  onAbort: 'end' | 'interrupt'
  /** Time between the first signal and KILL; default 5 s after an interrupt, 2 s otherwise. */
  graceMs?: number
  input?: string
  /**
   * Called once the program has run for a moment: what a later process needs to tell it from the daemons that it may
   * leave behind. Programs that end at once are never told of.
   */
  onStart?: (program: Pick<Leftover, 'pid' | 'startedAt'>) => void
  /** Each line of output as it comes, redacted, without its line end. */
  onLine?: (line: string, stream: 'stdout' | 'stderr') => void
  /** Where stdout goes instead of memory: an absolute path, created 0600. */
  stdoutFile?: string
  /** At most so many bytes per stream are kept, the last ones; default 1 MiB. */
  keepBytes?: number
  /**
   * How the exit's stdout and stderr are kept. `redacted` (the default): secrets hidden, `add-mask` lines left out, line
   * ends `\n`. `raw`: as they came, for those who take a value out of them; they may hold secrets, never print them.
   */
  keep?: 'redacted' | 'raw'
}>

export type Exit = Readonly<{
  kind: 'exited' | 'timed-out' | 'aborted'
  /** Exit code, 128 + n for signal n. For `aborted` and `timed-out`: what it ended with, if it ended by itself. */
  code: number
  /** False when the group had to be killed: then nobody knows how far it came. */
  byItself: boolean
  stdout: string
  stderr: string
  durationMs: number
  /** True if something that the program left running still held its output, which was closed then. */
  letGo?: boolean
}>

/** Finds what an execution's dead processes have left running, by the mark in their environment. */
export interface Leftovers {
  find(execution: string): Promise<readonly Leftover[]>
  /** Ends whole groups: TERM, then KILL. */
  end(pids: readonly number[]): Promise<void>
}

/** `leads`: it is the first of its process group, as every program that an item starts is, and as daemons are. */
export type Leftover = Readonly<{ pid: number; startedAt: string; leads: boolean; command: string; item: string }>

/** Which processes live, so that a dead holder can be told from a living one. */
export interface Liveness {
  self(): Promise<ProcessIdentity>
  state(process: ProcessIdentity): Promise<'alive' | 'dead' | 'unknown'>
  /** Of a process of this very attempt, on another machine: whether its job has ended since. Absent: nobody can tell. */
  ofJob?(process: ProcessIdentity): Promise<'alive' | 'dead' | 'unknown'>
  /** What the last such answer rests on, or what it could not be taken from, in words for a refusal; empty: nothing. */
  because?(process: ProcessIdentity): string
}

/** What the environment's protection on GitHub really is. */
export interface Gate {
  /** Never rejects for what GitHub says or does not say: that it could not be asked is a fact too. */
  read(environment: string): Promise<GateFacts>
}
export type GateFacts =
  | Readonly<{ kind: 'read'; facts: EnvironmentFacts }>
  /** `reason`, where a code says more: `missing_permission`, or `github_unavailable`, which is no refusal. */
  | Readonly<{
      kind: 'unreadable'
      why: string
      hint: string
      reason?: 'gate_unreadable' | 'missing_permission' | 'github_unavailable'
    }>

/** Sets the environment's protection, with an admin's token. */
export interface GateKeeper {
  /**
   * Sets what is promised and lowers nothing; `reviewers` (`@alice`, `@org/team`) come to those that there are. Returns
   * what GitHub then tells. Throws what refuses it; done again, it does no more.
   */
  apply(environment: string, rules: GateRules, reviewers: readonly string[]): Promise<EnvironmentFacts>
}

/**
 * Files as the default branch has them: what is demanded of a commit stands there, and not in the commit that is judged.
 * Never rejects for what GitHub says or does not say.
 */
export interface DefaultBranch {
  read(file: string): Promise<OnDefaultBranch>
}
export type OnDefaultBranch =
  | Readonly<{ kind: 'read'; text: string }>
  | Readonly<{ kind: 'absent' }>
  | Extract<GateFacts, { kind: 'unreadable' }>

export type Held = Readonly<{ kind: 'held'; by: ExecutionRecord }>
/** A newer token was given out: whoever writes with the old one is not the holder any more and must stop. */
export type Fenced = Readonly<{ kind: 'fenced'; highest: number }>
export type Stored = Readonly<{ record: ExecutionRecord; events: readonly Event[]; head: string }>

/**
 * Executions and their events. Every write is one round trip, a batch and a compare-and-swap, so that a store over a
 * slow API fits. A store keeps records as they are given; only core/ knows how they follow from events.
 *
 * A write is durable when it resolves. One whose answer was lost on the way is resolved by reading, inside the store:
 * if the batch's last hash stands at its place, it was written. A write that throws has happened whole or not at all;
 * asked for again through the same ledger, it answers as it should have the first time.
 *
 * How a store over a rate-limited API does it, such as a git branch with one folder per key: the tip commit is the
 * compare-and-swap for everything, so `survey` is one read of tip and index, which it remembers; a write is tree,
 * commit and a fast-forward-only ref update (3 requests, a takeover's two executions in the same tree), judged by the
 * rules of core/ledger/rules.ts on what it remembers. A refused ref update re-reads once and judges again. `beat` may be a
 * no-op there, since it never decides.
 */
export interface Ledger {
  /** Words for messages, without credentials: `file /path`, `postgres host/database`. */
  readonly name: string
  /** Prepares the store (schema, folder). Idempotent, safe for two at once. Never called by `plan`. */
  prepare(): Promise<void>
  /**
   * What may be written here: `verdicts` where everybody can read the store, so that what a program or a person said is
   * left out (core/kept.ts) by whoever makes events, before they are chained. Absent means `all`.
   */
  readonly keeps?: 'all' | 'verdicts'
  /**
   * What a write costs: `dear` over a rate-limited API, where what only helps a later process to look rides along with the
   * next write. Absent means `cheap`.
   */
  readonly writes?: 'cheap' | 'dear'
  /**
   * A new execution with its first events. Its number must be the key's next one and, where it holds the environment,
   * its token higher than any before (`survey` says both); `moved` when they are taken by then, `held` when another one
   * has the environment. `takingOverFrom` frees the dead holder in the same step: either both happen or neither, and
   * `moved` when the holder has written since it was read.
   */
  create(
    entry: NewExecution,
    options?: Readonly<{ takingOverFrom?: Change }>
  ): Promise<Readonly<{ kind: 'created' }> | Readonly<{ kind: 'moved' }> | Held>
  /**
   * What a newcomer must know before it creates: the next number and token, the newest execution, the holder. A store
   * that was never prepared answers as an empty one and stays untouched.
   */
  survey(key: Key): Promise<Survey>
  /**
   * Appends events and replaces the record, only if the head is `expectedHead` (`moved`; with head '' when there is no
   * such execution). Taking the environment, or raising the token, needs a token higher than any before; keeping it
   * needs the token that is stored. `held` when the record wants the environment and another one has it.
   */
  append(
    change: Change
  ): Promise<Readonly<{ kind: 'appended' }> | Readonly<{ kind: 'moved'; head: string }> | Held | Fenced>
  /** Informs, never decides; ignored when the token is not the stored one. */
  beat(id: string, token: number, at: string): Promise<void>
  read(id: string): Promise<Stored | undefined>
  /**
   * Newest first: by start, then number, then id. `cursor` comes from the page before and stays valid when executions
   * come or go; `limit` is 1 to 100 and counts records and tombstones together.
   *
   * One execution that cannot be read refuses the whole list, since whoever acts must not look past it. With `damaged:
   * 'tell'`, for those who only look, it stands in `unreadable`, on one page, and the others are listed.
   */
  list(filter: Filter, page: Paging): Promise<Page>
  /**
   * Removes an ended execution that is not the newest of its key and holds nothing; a tombstone keeps id, number, key,
   * times and last hash.
   */
  remove(id: string, by: string, at: string): Promise<'removed' | 'not-ended' | 'newest' | 'absent'>
  close(): Promise<void>
}

export type NewExecution = Readonly<{ record: ExecutionRecord; events: readonly Event[] }>
export type Change = Readonly<{ record: ExecutionRecord; events: readonly Event[]; expectedHead: string }>
export type Survey = Readonly<{
  nextNumber: number
  nextToken: number
  newest: ExecutionRecord | undefined
  /** What the next execution names as `previousHead`: the newest one's head, or GENESIS. */
  newestHead: string
  holder: ExecutionRecord | undefined
}>
/** `since` and `until` are whole ISO times in UTC and look at `startedAt`; the first is inclusive, the second is not. */
export type Filter = Readonly<{
  key?: Partial<Key>
  status?: readonly Status[]
  commit?: string
  release?: string
  since?: string
  until?: string
}>
export type Tombstone = Readonly<{
  id: string
  key: Key
  number: number
  startedAt: string
  completedAt: string
  lastHash: string
  deletedAt: string
  deletedBy: string
}>
export type Paging = Readonly<{ limit: number; cursor?: string; damaged?: 'tell' }>
/** Tombstones match by key and time alone: a filter for anything else leaves them out. */
export type Page = Readonly<{
  records: readonly ExecutionRecord[]
  tombstones: readonly Tombstone[]
  next: string | undefined
  /** Only where it was asked for, and there is some. What it would say is not known, so that it matches by key alone. */
  unreadable?: readonly Unreadable[]
}>
/** `id` is empty, and `environment` may be, where the damage is to what several executions share. */
export type Unreadable = Readonly<{ id: string; number: number; environment: string; problem: string }>

/** Who decides when a person is needed. */
export interface Interview {
  /**
   * True where it knows who answers: they are signed in, and what they say is written down as their sign-off before `ask`
   * resolves. Whoever sits at a terminal may write any name.
   */
  readonly vouches?: true
  /** Undefined when nobody can be asked here and now. */
  ask(
    question: Readonly<{ item: string; text: string; by: string | undefined; signal: AbortSignal }>
  ): Promise<Readonly<{ who: string; words: string; agrees: boolean; claimed: boolean }> | undefined>
}

/** An observer of transitions. It cannot fail a run: what it throws is swallowed and said. */
export interface Observer {
  seen(event: Event, record: ExecutionRecord): void
}

/** Hides values. `add` takes effect for everything that is written from then on, in all encodings. */
export interface Redactor {
  add(secret: string): void
  redact(text: string): string
}

/** The workspace's git, as far as a deployment needs it. */
export interface Repository {
  commit(): Promise<string>
  /** True if tracked files differ from the commit. */
  dirty(): Promise<boolean>
  /** A worktree of that commit in a folder of its own; refuses with a hint when the commit is not there (shallow clone). */
  worktree(commit: string): Promise<Readonly<{ folder: string; remove(): Promise<void> }>>
  has(commit: string): Promise<boolean>
  /** What comes with `to` that `from` has not, at most `most` of them by name. Never rejects: not to know is an answer. */
  commitsBetween(range: Readonly<{ from: string; to: string; most: number }>): Promise<CommitsBetween>
  name(): Promise<string>
  ref(): Promise<string>
}

/** One HTTP exchange on the wire; judging it is the check's matter. */
export interface Http {
  /** Rejects (ChecklistError `service_unavailable`, cause kept) when no answer came: refused, reset, TLS, time limit. */
  send(request: HttpRequest): Promise<HttpResponse>
}
export type HttpRequest = Readonly<{
  method: string
  url: string
  headers: Readonly<Record<string, string>>
  body?: string
  followRedirects: boolean
  timeoutMs: number
  signal: AbortSignal
  /** `refuse` (the default) fails on a bad certificate; nothing switches that off silently. */
  tls?: Readonly<{ ca?: string }>
  /** Time the answer on a connection that is already open: one request is sent first and thrown away. */
  warm?: boolean
}>
export type HttpResponse = Readonly<{
  status: number
  /** Lower-case names; several of one name in their order. */
  headers: Readonly<Record<string, readonly string[]>>
  body: string
  /** Set when the body was longer than is kept: `body` is its front. */
  cut?: boolean
  /** From the first byte sent to the last one received, in milliseconds. */
  ms: number
  /** Addresses that were passed through, the last one answered. */
  urls: readonly string[]
}>

/**
 * Whether something listens. Resolves with the reason when not; `answer` tells a port that is closed (`refused`), or
 * swallowed by a firewall (`silent`), from a host that could not be asked at all (`none`).
 */
export interface Tcp {
  connect(
    target: Readonly<{ host: string; port: number; timeoutMs: number; signal: AbortSignal }>
  ): Promise<Readonly<{ open: true }> | Readonly<{ open: false; why: string; answer?: 'refused' | 'silent' | 'none' }>>
}

/** One SQL statement against one database, for checks. Values come as the server's text, null for NULL. */
export interface Sql {
  query(
    request: Readonly<{ url: string; sql: string; readOnly: boolean; timeoutMs: number; signal: AbortSignal }>
  ): Promise<Readonly<{ columns: readonly string[]; rows: readonly (readonly (string | null)[])[] }>>
}

/** Something that stands in the way, found before anything starts. */
export type Objection = Readonly<{
  reason: Reason
  message: string
  hint: string
  /** It stands in the way ahead of the gate only: the job behind it does what is left. */
  later?: true
}>
