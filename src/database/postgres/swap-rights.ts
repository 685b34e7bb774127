import type { Objection } from '../../core/ports.js'
import type { Connection } from './client.js'

type Asked = Pick<Connection, 'query'>

const RIGHTS = `
SELECT current_user, rolsuper::text, rolcreatedb::text, pg_has_role(d.datdba, 'USAGE')::text,
  pg_has_role('pg_signal_backend', 'USAGE')::text, pg_get_userbyid(d.datdba)
FROM pg_roles, pg_database d WHERE rolname = current_user AND datname = current_database()`

/** Rights that the role lacks to put a restored database in this one's place; superusers lack none. */
export async function lackingRights({ query }: Asked, name: string): Promise<readonly Objection[]> {
  const { rows } = await query(RIGHTS)
  const [role, superuser, createdb, owns, signals, owner] = rows[0] ?? []
  if (superuser === 'true') return []
  const lacks = (what: string, hint: string): Objection => ({
    reason: 'missing_right',
    message: `${name}: for a restore, ${role} ${what}`,
    hint
  })
  return [
    ...(owns === 'true'
      ? []
      : [lacks('does not own the database and is no member of its owner', `GRANT "${owner}" TO "${role}"`)]),
    ...(createdb === 'true'
      ? []
      : [lacks('may neither create nor rename a database', `ALTER ROLE "${role}" CREATEDB`)]),
    ...(signals === 'true'
      ? []
      : [
          lacks(
            "may not end other roles' sessions",
            `GRANT pg_signal_backend TO "${role}" (sessions of superusers stay theirs)`
          )
        ])
  ]
}

const TIES = `
SELECT 'publication ' || quote_ident(pubname) FROM pg_publication
UNION ALL SELECT 'subscription ' || quote_ident(subname) FROM pg_subscription
  WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
UNION ALL SELECT 'logical replication slot ' || slot_name FROM pg_replication_slots WHERE database = current_database()
UNION ALL SELECT 'prepared transaction ' || gid FROM pg_prepared_xacts WHERE database = current_database()
ORDER BY 1`

/** What is tied to the database itself and would go on with the old one, or be lost, if another took its name. */
export async function readTies({ query }: Asked): Promise<readonly string[]> {
  return (await query(TIES)).rows.map(([tie]) => tie ?? '')
}
