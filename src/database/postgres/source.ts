import type { JsonObject } from '../../core/json.js'
import { isObject } from '../../core/json.js'
import type { Connection } from './client.js'

/** The oldest server that copies are made of and made on: before 13 none can be dropped while somebody is in it. */
export const OLDEST = 130_000

/** What a backup must know of the server and the database that it is taken from. */
export type Source = Readonly<{
  /** As `server_version_num`: 150018. */
  versionNumber: number
  major: number
  version: string
  /** Empty where the server does not tell it. */
  systemIdentifier: string
  databaseOid: number
  database: string
  bytes: number
  encoding: string
  locale: Readonly<{ collate: string; ctype: string; provider: string; icu: string }>
  /** Superuser, or BYPASSRLS. */
  seesEveryRow: boolean
  /** Of the database itself, which a dump does not hold: owner, ACL, settings, connection limit. */
  properties: JsonObject
  roles: readonly string[]
  /** All but plpgsql, which every server has. */
  extensions: readonly Extension[]
}>

/** An extension at the version that a database has it. */
export type Extension = Readonly<{ name: string; version: string }>

const SOURCE = `
SELECT current_setting('server_version_num'), split_part(current_setting('server_version'), ' ', 1), d.oid::text,
  d.datname, pg_database_size(d.oid)::text, pg_encoding_to_char(d.encoding), to_jsonb(d)::text,
  (r.rolsuper OR r.rolbypassrls)::text, pg_get_userbyid(d.datdba),
  coalesce((SELECT jsonb_object_agg(coalesce(pg_get_userbyid(nullif(setrole, 0)), ''), to_jsonb(setconfig))
            FROM pg_db_role_setting WHERE setdatabase = d.oid), '{}')::text
FROM pg_database d, pg_roles r WHERE d.datname = current_database() AND r.rolname = current_user`

// The bootstrap superuser owns things without an entry in pg_shdepend.
const ROLES = `
SELECT rolname FROM pg_roles WHERE oid = 10 OR rolname = current_user OR oid IN (
  SELECT refobjid FROM pg_shdepend WHERE refclassid = 'pg_authid'::regclass
  AND (dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) OR (dbid = 0 AND classid = 'pg_database'::regclass))
) ORDER BY rolname`

const EXTENSIONS = `SELECT extname, extversion FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY extname`

export async function readSource({ query }: Connection): Promise<Source> {
  const [row = []] = (await query(SOURCE)).rows
  const [number, version, oid, database, bytes, encoding, json, seesEveryRow, owner, settings] = row.map(String)
  const parsed: unknown = JSON.parse(json ?? '{}')
  const facts = isObject(parsed) ? parsed : {}
  const text = (...names: string[]) => String(names.map(name => facts[name]).find(value => value != null) ?? '')
  return {
    versionNumber: Number(number),
    major: Math.floor(Number(number) / 10_000),
    version: version ?? '',
    systemIdentifier: await readSystemIdentifier({ query }),
    databaseOid: Number(oid),
    database: database ?? '',
    bytes: Number(bytes),
    encoding: encoding ?? '',
    locale: {
      collate: text('datcollate'),
      ctype: text('datctype'),
      provider: text('datlocprovider'),
      icu: text('datlocale', 'daticulocale')
    },
    seesEveryRow: seesEveryRow === 'true',
    properties: {
      owner: owner ?? '',
      acl: facts['datacl'] ?? null,
      connectionLimit: facts['datconnlimit'] ?? -1,
      settings: JSON.parse(settings ?? '{}')
    },
    roles: first((await query(ROLES)).rows),
    extensions: (await query(EXTENSIONS)).rows.map(([name, version]) => ({ name: name ?? '', version: version ?? '' }))
  }
}

export type Identity = Pick<Source, 'systemIdentifier' | 'databaseOid'>

/** Which server and which database a connection leads to, whatever its URL says. */
export async function readIdentity(connection: Pick<Connection, 'query'>): Promise<Identity> {
  const { rows } = await connection.query('SELECT oid::text FROM pg_database WHERE datname = current_database()')
  return { systemIdentifier: await readSystemIdentifier(connection), databaseOid: Number(rows[0]?.[0]) }
}

async function readSystemIdentifier({ query }: Pick<Connection, 'query'>): Promise<string> {
  const may = `SELECT has_function_privilege('pg_catalog.pg_control_system()', 'execute')::text`
  if ((await query(may)).rows[0]?.[0] !== 'true') return ''
  return (await query('SELECT system_identifier::text FROM pg_control_system()')).rows[0]?.[0] ?? ''
}

/** True if they cannot be one database. An unknown server is no proof. */
export const areApart = (a: Identity, b: Identity): boolean =>
  a.systemIdentifier !== '' &&
  b.systemIdentifier !== '' &&
  (a.systemIdentifier !== b.systemIdentifier || a.databaseOid !== b.databaseOid)

const first = (rows: readonly (readonly (string | null)[])[]): readonly string[] => rows.map(([value]) => value ?? '')
