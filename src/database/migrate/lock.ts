import { type ChecklistError, refused } from '../../core/errors.js'
import { pooledUrl } from '../backup-decision.js'
import { parseAddress } from '../postgres/address.js'
import type { Connection } from '../postgres/client.js'
import { isPooled } from '../postgres/rights.js'
import { type Database, withSession } from './database.js'

type LockOptions = Readonly<{ execution: string; signal: AbortSignal }>

const sessionOf = ({ execution, signal }: LockOptions) => ({
  session: `deploy-checklist lock ${execution}`.slice(0, 63),
  signal
})

// Of this database alone: advisory locks of different databases do not meet.
const KEY = "hashtextextended('deploy-checklist migration', 0)"

/**
 * Runs `work` while nobody else migrates this database by this tool. The lock is a session's own, without an open
 * transaction, which an index that is built concurrently would wait for; it is free as soon as that session is gone.
 */
export async function withMigrationLock<T>(
  database: Database,
  options: LockOptions,
  work: () => Promise<T>
): Promise<T> {
  await demandDirect(database, options)
  return await withSession(database, sessionOf(options), async lock => {
    if (!(await take(lock))) throw held(database, await holderOf(lock))
    return await work()
  })
}

/** Refused through a pooler: a second connection may be given the same session, and with it every lock of the first. */
export async function demandDirect({ name, url }: Database, { signal }: Pick<LockOptions, 'signal'>): Promise<void> {
  if (!(await isPooled(parseAddress(url), { signal }))) return
  const { reason, message, hint } = pooledUrl(name)
  throw refused(reason, message, hint)
}

const take = async (connection: Connection): Promise<boolean> =>
  (await connection.query(`SELECT pg_try_advisory_lock(${KEY})`)).rows[0]?.[0] === 't'

async function holderOf(connection: Connection): Promise<string> {
  const { rows } = await connection.query(
    `SELECT a.pid, a.application_name, a.usename, coalesce(host(a.client_addr), 'the server itself'), a.backend_start
     FROM pg_locks l JOIN pg_stat_activity a USING (pid)
     WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
       AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND (l.classid::bigint << 32) | l.objid::bigint = ${KEY}`
  )
  const [pid, name, user, from, since] = rows[0] ?? []
  return pid === undefined
    ? 'somebody who is gone again'
    : `${name} (${user} from ${from}, process ${pid}, since ${since})`
}

const held = ({ name }: Database, holder: string): ChecklistError =>
  refused(
    'environment_held',
    `${name} is being migrated by ${holder}`,
    'Wait for it to end; if that session is a leftover, end it with pg_terminate_backend.'
  )
