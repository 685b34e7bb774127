import { randomInt } from 'node:crypto'
import type { Address } from './address.js'
import { type Connection, type ConnectOptions, withClient } from './client.js'

/**
 * True if the URL leads to a pooler that hands one server session to several clients. Two connections ask for one lock
 * and then who serves them: a session of its own gives it once, and never changes.
 */
export const isPooled = (database: Address, options: ConnectOptions): Promise<boolean> =>
  withClient(database, options, one => withClient(database, options, other => sharesSessions(one, other)))

type Asked = Pick<Connection, 'query'>

export async function sharesSessions(one: Asked, other: Asked): Promise<boolean> {
  const key = randomInt(2 ** 31)
  const ask = async ({ query }: Asked, what: string) => (await query(`SELECT ${what}::text`)).rows[0]?.[0] ?? ''
  const servedBy = (asked: Asked) => ask(asked, 'pg_backend_pid()')
  // Each is asked twice in a row as well, or sessions that are handed out in turn would look like the clients' own.
  const ones = [await servedBy(one), await servedBy(one)]
  const others = [await servedBy(other), await servedBy(other)]
  const locked = await ask(one, `pg_try_advisory_lock(${key})`)
  const twice = await ask(other, `pg_try_advisory_lock(${key})`)
  ones.push(await servedBy(one))
  others.push(await servedBy(other))
  const freed = await ask(one, `pg_advisory_unlock(${key})`)
  const steady = new Set(ones).size === 1 && new Set(others).size === 1 && ones[0] !== others[0]
  const pooled = !steady || (locked === 'true' && twice === 'true') || freed !== 'true'
  // Behind a pooler the lock may lie in any session that we are given.
  for (let tries = 0; pooled && tries < 8; tries += 1) {
    await ask(tries % 3 === 0 ? one : other, `pg_advisory_unlock(${key})`)
  }
  return pooled
}

// What pg_dump would stumble over: something it may not select, or rows that row-level security would hide from it.
const UNREADABLE = `
SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, pg_roles me
WHERE me.rolname = current_user AND NOT me.rolsuper AND c.relkind IN ('r', 'p', 'm', 'S') AND c.relpersistence <> 't'
  AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  AND (NOT has_schema_privilege(n.oid, 'USAGE')
    OR CASE c.relkind WHEN 'S' THEN NOT has_sequence_privilege(c.oid, 'SELECT')
       ELSE NOT has_table_privilege(c.oid, 'SELECT') END
    OR (c.relrowsecurity AND NOT me.rolbypassrls AND (c.relforcerowsecurity OR NOT pg_has_role(c.relowner, 'USAGE'))))
UNION ALL SELECT 'large object ' || l.oid FROM pg_largeobject_metadata l, pg_roles me
WHERE me.rolname = current_user AND NOT me.rolsuper AND current_setting('lo_compat_privileges') = 'off'
  AND NOT pg_has_role(l.lomowner, 'USAGE')
  AND NOT EXISTS (SELECT FROM aclexplode(l.lomacl) WHERE privilege_type = 'SELECT'
    AND (grantee = 0 OR pg_has_role(grantee, 'USAGE')))
ORDER BY 1`

/** Relations and large objects that the role cannot read whole, relations as quoted names. */
export async function readUnreadable({ query }: Asked): Promise<readonly string[]> {
  return (await query(UNREADABLE)).rows.map(([name]) => name ?? '')
}

const SNAPSHOT_RIGHTS = `
SELECT me.rolsuper OR (me.rolcreatedb AND pg_has_role(d.datdba, 'USAGE') AND pg_has_role('pg_signal_backend', 'USAGE'))
FROM pg_roles me, pg_database d WHERE me.rolname = current_user AND d.datname = current_database()`

/** A clone needs its owner's rights, CREATEDB, and that sessions can be ended. */
export async function mayClone({ query }: Asked): Promise<boolean> {
  return (await query(SNAPSHOT_RIGHTS)).rows[0]?.[0] === 't'
}

/** Transactions prepared for a two-phase commit: a dump does not hold them, and a clone is refused with them. */
export async function countPrepared({ query }: Asked): Promise<number> {
  const { rows } = await query('SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()')
  return Number(rows[0]?.[0])
}
