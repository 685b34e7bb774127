import type { JsonObject } from './json.js'

export type ProofLevel = 'identical' | 'restored' | 'snapshot' | 'claimed'

/** Proof of a backup. Sizes in bytes, times in seconds; holds digests and counts, never a value of a row. */
export type Receipt = Readonly<{
  /** Database name of the checklist, or `files`. */
  subject: string
  proof: ProofLevel
  takenAt: string
  /** Where the bytes lie: an absolute path, or `server:NAME` for a snapshot on the source's own server. */
  location: string
  sha256: string
  bytes: number
  /** What the copy was checked on, in words: `initdb 15.18 on this machine`, `same server`. */
  scratch: string
  versions: Readonly<{ server: string; client: string }>
  /** What each part took. `restore` is absent where nothing was restored: the clone that a snapshot is. */
  seconds: Readonly<{ dump: number; restore?: number; compare: number; total: number }>
  /** Rows and fingerprint per relation at the dump's snapshot; loss is counted against it. */
  relations: Readonly<Record<string, Readonly<{ rows: number; fingerprint: string }>>>
  schemaSha256: string
  /** Server and database that it was taken from; a restore goes nowhere else. */
  source: Readonly<{ systemIdentifier: string; databaseOid: number; database: string }>
  details: JsonObject
}>

/** What a migration did. `moved` is false when there is nothing to undo. */
export type MigrationRecord = Readonly<{
  database: string
  before: string
  after: string
  moved: boolean
  /** SQL files that this run applied, in order: name and SHA-256. */
  applied: readonly Readonly<{ file: string; sha256: string }>[]
  /** Catalogue around the run, so that a later process can tell what an undo would lose. */
  catalog: JsonObject
}>

/** The process that works for an execution. Start time and boot id make a pid unambiguous on its host. */
export type ProcessIdentity = Readonly<{
  host: string
  bootId: string
  pid: number
  startedAt: string
  runId?: string
  runAttempt?: number
  /** Name of the runner of its job, by which that job is found among those of the run; absent where nobody knows. */
  runner?: string
  /** `owner/name` of the repository whose workflow run it is. */
  repository?: string
}>
