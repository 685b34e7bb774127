import { ChecklistError, unavailable } from '../../core/errors.js'
import { type Address, inDatabase } from './address.js'
import { type Connection, throwIfCancelled, withClient } from './client.js'
import { quoteName } from './quote.js'

/** For what cannot be done from inside the database itself: its neighbour `postgres`, else `template1`. */
export async function withNeighbour<T>(
  database: Address,
  signal: AbortSignal,
  work: (connection: Connection) => Promise<T>
): Promise<T> {
  const name = await withClient(inDatabase(database, 'postgres'), { signal }, async () => 'postgres').catch(error => {
    // Missing, or not ours to enter; whatever else is wrong is wrong with the other one too.
    if (error instanceof ChecklistError && error.status === 'REFUSED') return 'template1'
    throw error
  })
  return withClient(inDatabase(database, name), { signal }, work)
}

/**
 * A new database that its owner can enter and nobody else: a copy of production must never let in more people than
 * production does, not even before it has rights of its own.
 */
export async function createPrivate(
  { query }: Pick<Connection, 'query'>,
  database: string,
  how: string
): Promise<void> {
  const name = quoteName(database)
  await query(`CREATE DATABASE ${name} ${how} ALLOW_CONNECTIONS false`)
  await query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`)
  await query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`)
}

/** Shuts the database for everybody and ends every session in it but those of the processes `except`. */
export type Close = (except: readonly number[]) => Promise<void>

/**
 * From `work`'s call of `close` on nobody can connect to the database. It is open again afterwards in every case but the
 * end of our process: what is to reopen it then has to be noted before. `closedMs` is how long that was.
 */
export async function withClosing<T>(
  database: Address,
  { signal, nowMs }: Readonly<{ signal: AbortSignal; nowMs: () => number }>,
  work: (close: Close) => Promise<T>
): Promise<Readonly<{ result: T; closedMs: number }>> {
  let closedAt: number | undefined
  const close: Close = except =>
    withNeighbour(database, signal, async neighbour => {
      closedAt = nowMs()
      await neighbour.query(`ALTER DATABASE ${quoteName(database.database)} ALLOW_CONNECTIONS false`)
      await endSessions(neighbour, database.database, { except, signal })
    })
  let result: T
  try {
    result = await work(close)
  } finally {
    if (closedAt !== undefined) await reopen(database)
  }
  return { result, closedMs: closedAt === undefined ? 0 : nowMs() - closedAt }
}

/** Lets connections in again. Idempotent; has its own time, since it must happen after a cancel too. */
export async function reopen(database: Address): Promise<void> {
  const name = quoteName(database.database)
  try {
    await withNeighbour(database, AbortSignal.timeout(5_000), neighbour =>
      neighbour.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`)
    )
  } catch (cause) {
    throw unavailable(
      'service_unavailable',
      `the database ${database.database} could not be opened again: nobody can connect to it`,
      `As soon as its server answers: ALTER DATABASE ${name} ALLOW_CONNECTIONS true`,
      cause
    )
  }
}

/** Ends every session in the database and waits until they are gone. */
async function endSessions(
  { query }: Connection,
  database: string,
  { except, signal }: Readonly<{ except: readonly number[]; signal: AbortSignal }>
): Promise<void> {
  const spared = [0, ...except].join(', ')
  for (let tries = 0; tries < 200; tries += 1) {
    throwIfCancelled(signal)
    const { rows } = await query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = $1 AND pid NOT IN (${spared}) AND backend_type NOT IN ('parallel worker', 'autovacuum worker')`,
      [database]
    )
    if (rows.length === 0) return
    await query('SELECT pg_sleep(0.05)')
  }
  throw unavailable(
    'service_unavailable',
    `sessions in ${database} did not end within 10 s`,
    'Look at pg_stat_activity for what they do, end them, and try again.'
  )
}
