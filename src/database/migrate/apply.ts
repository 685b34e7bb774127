import { messageOf } from '../../core/errors.js'
import type { JsonObject } from '../../core/json.js'
import type { Clock } from '../../core/ports.js'
import { formatDuration } from '../../core/units.js'
import type { Connection } from '../postgres/client.js'
import { sqlStateOf } from '../postgres/faults.js'
import { isConcurrently, type SqlFile } from '../postgres/sql-files.js'
import { offsetOf, placeOf, type Statement } from '../postgres/sql-statements.js'
import type { MigrationNote } from './notes.js'

export type Limits = Readonly<{ lockMs: number; statementMs: number }>

/** What the application of a file needs: its session, its limits, and where to say and to note things. */
export type Workbench = Readonly<{
  connection: Connection
  limits: Limits
  clock: Clock
  signal: AbortSignal
  say(line: string): void
  note(data: JsonObject): Promise<void>
}>

/** One file to be run; `as` is the name and hash that the notes and the ledger know it by. */
export type Job = Readonly<{ sql: SqlFile; as: Readonly<{ file: string; sha256: string }>; from: number }>

/**
 * applied: it is there for good. failed: it is not, in no part; of a file without a transaction, `through` statements
 * before the failed one are. doubt: the connection broke while the server was about to commit, so ask it again.
 */
export type Applied =
  | Readonly<{ kind: 'applied' }>
  | Readonly<{ kind: 'failed'; through: number; detail: string; hint: string; error: unknown }>
  | Readonly<{ kind: 'doubt'; error: unknown }>

/** Pauses between tries for a lock, in milliseconds; after the last one it is given up. */
export const LOCK_PAUSES_MS: readonly number[] = [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000, 8_000]

/** Runs one file, again and again while a lock is not granted, since then nothing of it has happened. */
export const applyFile = (job: Job, bench: Workbench): Promise<Applied> =>
  job.sql.transaction ? inTransaction(job, bench) : byStatement(job, bench)

async function inTransaction(job: Job, bench: Workbench): Promise<Applied> {
  for (let tries = 0; ; tries += 1) {
    const result = await tryTransaction(job, bench)
    if (result.kind !== 'failed' || !(await mayTryAgain(result.error, tries, job, bench))) return result
  }
}

async function tryTransaction({ sql, as }: Job, { connection, limits, note, signal }: Workbench): Promise<Applied> {
  let committing = false
  try {
    await connection.query(
      `BEGIN; SET LOCAL lock_timeout = ${limits.lockMs}; SET LOCAL statement_timeout = ${limits.statementMs}`
    )
    await note(trying(as, await transactionOf(connection)))
    for (const statement of sql.statements) await run(statement, sql, connection, signal)
    committing = true
    await connection.query('COMMIT')
  } catch (error) {
    if (!isServers(error)) {
      // Nothing of it is there unless the server was about to commit; the end of the connection rolls it back.
      if (committing) return { kind: 'doubt', error }
      throw error
    }
    // The server has spoken: whatever it said, the transaction is not there, not even when it said so at COMMIT.
    if (!signal.aborted) {
      await connection.query('ROLLBACK')
      await note(undone(as))
    }
    return failure(error, sql, 0)
  }
  await note(done(as))
  return { kind: 'applied' }
}

async function byStatement({ sql, as, from }: Job, bench: Workbench): Promise<Applied> {
  const { connection, note, limits, signal } = bench
  for (const [index, statement] of sql.statements.entries()) {
    if (index < from) continue
    const marks = { ...as, index, pid: connection.pid }
    await note({ note: 'statement', ...marks } satisfies MigrationNote)
    for (let tries = 0; ; tries += 1) {
      try {
        // Building an index beside running writes waits for old transactions, which a lock_timeout would cut off in the
        // middle and leave an INVALID index.
        const lockMs = isConcurrently(statement) ? 0 : limits.lockMs
        await connection.query(`SET lock_timeout = ${lockMs}; SET statement_timeout = ${limits.statementMs}`)
        await run(statement, sql, connection, signal)
        break
      } catch (error) {
        if (!isServers(error)) return { kind: 'doubt', error }
        if (isConcurrently(statement) || !(await mayTryAgain(error, tries, { sql, as, from }, bench))) {
          await note(undone(as))
          return failure(error, sql, index)
        }
      }
    }
    await note({ note: 'statement-done', ...marks } satisfies MigrationNote)
  }
  await note(done(as))
  return { kind: 'applied' }
}

async function run(statement: Statement, sql: SqlFile, connection: Connection, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  try {
    await connection.query(statement.text)
  } catch (error) {
    throw isServers(error) ? new StatementError(sql, statement, error) : error
  }
}

async function transactionOf(connection: Connection) {
  const { rows } = await connection.query('SELECT txid_current()::text, pg_postmaster_start_time()::text')
  const [xid, serverStartedAt] = rows[0] ?? []
  return { xid: xid ?? '', serverStartedAt: serverStartedAt ?? '', pid: connection.pid }
}

async function mayTryAgain(error: unknown, tries: number, { as }: Job, { clock, signal, say, limits }: Workbench) {
  const pause = LOCK_PAUSES_MS[tries]
  if (sqlStateOf(error) !== '55P03' || pause === undefined || signal.aborted) return false
  const waited = limits.lockMs === 0 ? '' : ` within ${formatDuration(limits.lockMs)}`
  say(`${as.file}: a lock was not granted${waited}; trying again in ${formatDuration(pause)}`)
  await clock.sleep(pause, signal)
  return !signal.aborted
}

function failure(error: unknown, sql: SqlFile, through: number): Applied {
  const hint =
    sqlStateOf(error) === '55P03'
      ? 'Find out who holds the lock (pg_stat_activity), or migrate at a quieter time.'
      : 'Correct the file, or the data that it stumbles over, and run again.'
  const kept =
    sql.transaction || through === 0 ? '' : `; ${through} of its ${sql.statements.length} statements went through`
  return { kind: 'failed', through, detail: `${messageOf(error)}${kept}`, hint, error }
}

const trying = (as: Job['as'], attempt: Awaited<ReturnType<typeof transactionOf>>): MigrationNote => ({
  note: 'trying',
  ...as,
  ...attempt
})
const done = (as: Job['as']): MigrationNote => ({ note: 'done', ...as })
const undone = (as: Job['as']): MigrationNote => ({ note: 'undone', ...as })

// With a SQLSTATE and not about the connection: those come translated.
const isServers = (error: unknown): boolean =>
  error instanceof Error && error.name !== 'ChecklistError' && sqlStateOf(error) !== undefined

/** `001.sql:3:14: what the server said (SQLSTATE 42703)`; the server's own error is its cause. */
class StatementError extends Error {
  constructor(sql: SqlFile, statement: Statement, cause: unknown) {
    const position = Number(cause instanceof Error && 'position' in cause ? cause.position : 0)
    const offset = statement.offset + (position > 0 ? offsetOf(statement.text, position) : 0)
    const { line, col } = placeOf(sql.sql, offset)
    super(`${sql.file}:${line}:${col}: ${messageOf(cause)} (SQLSTATE ${sqlStateOf(cause)})`, { cause })
  }
}
