import { refused } from '../../core/errors.js'
import { interpolate } from '../../core/interpolate.js'
import type { GuardContext, ItemContext } from '../../core/item.js'
import { type Connection, withClient } from '../postgres/client.js'

/** The database that an item is about; `url` holds the password. */
export type Database = Readonly<{ name: string; url: string }>

/** The one that `in` names, or the only one there is. */
export function databaseOf({
  item,
  execution,
  names
}: Pick<ItemContext | GuardContext, 'item' | 'execution' | 'names'>) {
  const known = Object.keys(execution.databases)
  const name = item.in ?? (known.length === 1 ? known[0] : undefined)
  const plan = name === undefined ? undefined : execution.databases[name]
  if (name === undefined || plan === undefined) {
    const found = known.length === 0 ? 'none is declared' : `there are ${known.join(', ')}`
    throw refused('usage', `expected the database of ${item.id}, and ${found}`, 'Name it with `in`, under `databases`.')
  }
  const url = interpolate(plan.url, names)
  if ('text' in url) return { name, url: url.text } satisfies Database
  const missing = url.missing.join(', ')
  throw refused('missing_value', `the URL of ${name} needs ${missing}`, `Set ${missing} where this stage runs.`)
}

/** How the server shows the sessions in which an execution migrates, so that a later process finds what is left of them. */
export const workSession = (execution: string): string => `deploy-checklist migrate ${execution}`.slice(0, 63)

type SessionOptions = Readonly<{ session: string; signal: AbortSignal }>

/** A connection with a name of its own, which the server gives up soon after our end of it is gone. */
export const withSession = <T>(
  { url }: Database,
  { session, signal }: SessionOptions,
  work: (connection: Connection) => Promise<T>
): Promise<T> =>
  withClient(url, { signal }, async connection => {
    await prepare(connection, session)
    return await work(connection)
  })

/** Forgets what a file has set (search_path, role …), so that the next one begins as it would in a process of its own. */
export async function renewSession(connection: Connection, session: string): Promise<void> {
  await connection.query('DISCARD ALL')
  await prepare(connection, session)
}

async function prepare({ query }: Connection, session: string): Promise<void> {
  await query("SELECT set_config('application_name', $1, false)", [session])
  await query(`SELECT set_config(name, '1s', false) FROM pg_settings
    WHERE name = 'client_connection_check_interval' AND current_setting('server_version_num')::int >= 140000`)
}

/** Sessions of that name in this database, but for the asking one. */
export async function livingSessions(connection: Connection, session: string): Promise<readonly number[]> {
  const { rows } = await connection.query(
    `SELECT pid FROM pg_stat_activity
     WHERE application_name = $1 AND datname = current_database() AND pid <> pg_backend_pid()`,
    [session]
  )
  return rows.map(([pid]) => Number(pid))
}
