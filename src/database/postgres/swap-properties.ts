import type { Connection } from './client.js'
import { quoteName, quoteText } from './quote.js'

/** What belongs to a database itself and is in no dump of it. */
export type Properties = Readonly<{
  oid: string
  owner: string
  connectionLimit: number
  tablespace: string
  comment: string | null
  /** As they hold, whether somebody has set them or they are the server's default. */
  grants: readonly Grant[]
  /** `ALTER DATABASE … SET`, and per role; values as `set_config` takes them. */
  settings: readonly Setting[]
  open: boolean
}>
type Grant = Readonly<{ grantee: string; privilege: string; grantable: boolean }>
type Setting = Readonly<{ role: string; name: string; value: string }>
type Asked = Pick<Connection, 'query'>

const PROPERTIES = `
SELECT d.oid::text, pg_get_userbyid(datdba), datconnlimit::text, spcname, shobj_description(d.oid, 'pg_database'),
  datallowconn::text
FROM pg_database d JOIN pg_tablespace t ON t.oid = dattablespace WHERE datname = $1`
const GRANTS = `
SELECT CASE grantee WHEN 0 THEN '' ELSE pg_get_userbyid(grantee) END, privilege_type, is_grantable::text
FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) WHERE datname = $1 ORDER BY 1, 2`
const SETTINGS = `
SELECT coalesce(rolname, ''), split_part(setting, '=', 1), substr(setting, strpos(setting, '=') + 1)
FROM pg_db_role_setting s JOIN pg_database d ON d.oid = setdatabase LEFT JOIN pg_roles r ON r.oid = setrole,
  unnest(setconfig) AS setting
WHERE datname = $1 ORDER BY 1, 2`

/** Undefined when there is no database of that name. */
export async function readProperties({ query }: Asked, database: string): Promise<Properties | undefined> {
  const { rows } = await query(PROPERTIES, [database])
  const [oid, owner, limit, tablespace, comment = null, open] = rows[0] ?? []
  if (oid == null) return undefined
  const grants = (await query(GRANTS, [database])).rows
  const settings = (await query(SETTINGS, [database])).rows
  return {
    oid,
    owner: owner ?? '',
    connectionLimit: Number(limit),
    tablespace: tablespace ?? '',
    comment,
    grants: grants.map(([grantee, privilege, grantable]) => ({
      grantee: grantee ?? '',
      privilege: privilege ?? '',
      grantable: grantable === 'true'
    })),
    settings: settings.map(([role, name, value]) => ({ role: role ?? '', name: name ?? '', value: value ?? '' })),
    open: open === 'true'
  }
}

/** Gives a database these properties, over a connection to a neighbour of it. */
export async function applyProperties({ query }: Asked, database: string, wanted: Properties): Promise<void> {
  const name = quoteName(database)
  for (const { role, name: setting, value } of wanted.settings) {
    const target = role === '' ? `DATABASE ${name}` : `ROLE ${quoteName(role)} IN DATABASE ${name}`
    // FROM CURRENT, because lists such as search_path must not be quoted as one text.
    await query('BEGIN')
    await query('SELECT set_config($1, $2, true)', [setting, value])
    await query(`ALTER ${target} SET ${setting.split('.').map(quoteName).join('.')} FROM CURRENT`)
    await query('COMMIT')
  }
  await query(`ALTER DATABASE ${name} CONNECTION LIMIT ${wanted.connectionLimit}`)
  if (wanted.comment !== null) await query(`COMMENT ON DATABASE ${name} IS ${quoteText(wanted.comment)}`)
  // Rights last: what comes before needs the ones that we have as its maker.
  await grant({ query }, name, wanted)
}

async function grant({ query }: Asked, name: string, { grants, owner }: Properties): Promise<void> {
  await query(`ALTER DATABASE ${name} OWNER TO ${quoteName(owner)}`)
  await query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC, ${quoteName(owner)}`)
  for (const { grantee, privilege, grantable } of grants) {
    const to = grantee === '' ? 'PUBLIC' : quoteName(grantee)
    await query(`GRANT ${privilege} ON DATABASE ${name} TO ${to}${grantable ? ' WITH GRANT OPTION' : ''}`)
  }
}

/** What could not be carried over, as `owner: expected app, found postgres`; empty when both are alike. */
export function differingProperties(wanted: Properties, found: Properties): readonly string[] {
  const parts = (['owner', 'connectionLimit', 'tablespace', 'comment', 'grants', 'settings'] as const).filter(
    part => JSON.stringify(sorted(wanted[part])) !== JSON.stringify(sorted(found[part]))
  )
  return parts.map(part => `${WORDS[part]} could not be carried over`)
}

const WORDS = {
  owner: 'the owner',
  connectionLimit: 'the connection limit',
  tablespace: 'the tablespace',
  comment: 'the comment',
  grants: 'rights on the database',
  settings: 'settings of the database'
}

const sorted = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(each => JSON.stringify(each)).sort() : (value ?? null)
