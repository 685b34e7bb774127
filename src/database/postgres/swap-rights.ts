import type { Objection } from '../../core/ports.js'
import type { Connection } from './client.js'

type Asked = Pick<Connection, 'query'>

/** How the copy comes to be: restored from a dump object by object, or a clone that is there already. */
export type CopyBy = 'dump' | 'snapshot'

/** Rights that the role lacks to put a restored database in this one's place; superusers lack none. */
export async function lackingRights(
  { query }: Asked,
  { name, by }: Readonly<{ name: string; by: CopyBy }>
): Promise<readonly Objection[]> {
  const [row = []] = (await query(RIGHTS)).rows
  const [role, superuser, createdb, owns, signals, owner, tablespace, version] = row.map(text => text ?? '')
  if (superuser === 'true') return []
  const asked: readonly Right[] = [
    {
      given: owns === 'true',
      lacks: 'does not own the database and is no member of its owner',
      hint: `GRANT "${owner}" TO "${role}"`
    },
    {
      given: createdb === 'true',
      lacks: 'may neither create nor rename a database',
      hint: `ALTER ROLE "${role}" CREATEDB`
    },
    {
      given: signals === 'true',
      lacks: "may not end other roles' sessions",
      hint: `GRANT pg_signal_backend TO "${role}" (sessions of superusers stay theirs)`
    },
    ...(await toCarryOver({ query }, Number(version))),
    ...(by === 'dump' ? await toRestore({ query }, { role: role ?? '', tablespace: tablespace ?? '' }) : [])
  ]
  return asked
    .filter(({ given }) => !given)
    .map(({ lacks, hint }) => ({
      reason: 'missing_right',
      message: `${name}: for a restore, ${role} ${lacks}`,
      hint
    }))
}

type Right = Readonly<{ given: boolean; lacks: string; hint: string }>

// The tablespace is empty where a new database gets the same without being told, or the role may name it.
const RIGHTS = `
SELECT current_user, rolsuper::text, rolcreatedb::text, pg_has_role(d.datdba, 'USAGE')::text,
  pg_has_role('pg_signal_backend', 'USAGE')::text, pg_get_userbyid(d.datdba),
  CASE WHEN d.dattablespace <> t.dattablespace AND NOT has_tablespace_privilege(d.dattablespace, 'CREATE')
       THEN (SELECT spcname FROM pg_tablespace s WHERE s.oid = d.dattablespace) END,
  current_setting('server_version_num')
FROM pg_roles, pg_database d, pg_database t
WHERE rolname = current_user AND d.datname = current_database() AND t.datname = 'template0'`

// What the first superuser owns is in no pg_shdepend. What belongs to an extension comes with it, whoever owns it, and the
// schema public is there before the restore, as the template has it.
const OWNED = `
WITH seen AS (
  SELECT classid, objid, refobjid AS owner FROM pg_shdepend
    WHERE deptype = 'o' AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
  UNION SELECT 'pg_class'::regclass, oid, relowner FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
  UNION SELECT 'pg_namespace'::regclass, oid, nspowner FROM pg_namespace
  UNION SELECT 'pg_proc'::regclass, oid, proowner FROM pg_proc
  UNION SELECT 'pg_type'::regclass, oid, typowner FROM pg_type WHERE typtype IN ('d', 'e', 'r')
  UNION SELECT 'pg_largeobject'::regclass, oid, lomowner FROM pg_largeobject_metadata
  UNION SELECT 'pg_foreign_data_wrapper'::regclass, oid, fdwowner FROM pg_foreign_data_wrapper
  UNION SELECT 'pg_foreign_server'::regclass, oid, srvowner FROM pg_foreign_server
  UNION SELECT 'pg_event_trigger'::regclass, oid, evtowner FROM pg_event_trigger
  UNION SELECT 'pg_default_acl'::regclass, oid, defaclrole FROM pg_default_acl),
owned AS (
  SELECT s.classid, s.objid, owner, coalesce(c.relnamespace, f.pronamespace, y.typnamespace) AS space FROM seen s
  LEFT JOIN pg_class c ON s.classid = 'pg_class'::regclass AND c.oid = s.objid
  LEFT JOIN pg_proc f ON s.classid = 'pg_proc'::regclass AND f.oid = s.objid
  LEFT JOIN pg_type y ON s.classid = 'pg_type'::regclass AND y.oid = s.objid
  LEFT JOIN pg_namespace n ON s.classid = 'pg_namespace'::regclass AND n.oid = s.objid
  LEFT JOIN pg_init_privs p ON (p.classoid, p.objoid, p.objsubid) = (s.classid, s.objid, 0)
  WHERE s.classid <> 'pg_extension'::regclass
    AND (s.objid >= 16384 OR (nspname = 'public' AND (owner <> 10 OR nspacl IS DISTINCT FROM initprivs)))
    AND coalesce(relpersistence, 'p') <> 't' AND coalesce(nspname, '') !~ '^pg_(toast_)?temp_'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE (d.classid, d.objid, d.deptype) = (s.classid, s.objid, 'e')))`

// The database's own owner is asked for already.
const FOREIGN = `${OWNED}
SELECT pg_get_userbyid(owner), min(pg_describe_object(classid, objid, 0)), count(*)::text FROM owned
WHERE NOT pg_has_role(owner, 'USAGE') AND pg_get_userbyid(owner) <> 'pg_database_owner'
  AND owner <> (SELECT datdba FROM pg_database WHERE datname = current_database())
GROUP BY owner ORDER BY 1`

// A restore gives each object its owner, who must be able to create in the schema, long before rights are granted.
const GUESTS = `${OWNED}
SELECT DISTINCT pg_get_userbyid(owner), nspname, pg_get_userbyid(nspowner) FROM owned JOIN pg_namespace n ON n.oid = space
LEFT JOIN pg_init_privs p ON (p.classoid, p.objoid, p.objsubid) = ('pg_namespace'::regclass, n.oid, 0)
WHERE pg_has_role(owner, 'USAGE') AND pg_has_role(nspowner, 'USAGE') AND NOT pg_has_role(owner, nspowner, 'USAGE')
  AND NOT EXISTS (SELECT FROM aclexplode(initprivs) WHERE grantee = 0 AND privilege_type = 'CREATE')
ORDER BY 1, 2`

// Providers let a role of theirs create what is not marked as trusted.
const UNTRUSTED = `
SELECT extname FROM pg_extension e JOIN pg_available_extensions a ON a.name = extname
JOIN pg_available_extension_versions v ON (v.name, v.version) = (extname, a.default_version)
WHERE v.superuser AND NOT v.trusted AND NOT EXISTS (SELECT FROM pg_roles WHERE pg_has_role(oid, 'MEMBER')
  AND rolname IN ('rds_superuser', 'cloudsqlsuperuser', 'alloydbsuperuser', 'azure_pg_admin'))
  AND extname <> ALL (regexp_split_to_array(coalesce(current_setting('supautils.privileged_extensions', true), ''), '[ ,]+'))
ORDER BY 1`

/** What pg_restore, and CREATE DATABASE before it, would stumble over. */
async function toRestore(
  { query }: Asked,
  { role, tablespace }: Readonly<{ role: string; tablespace: string }>
): Promise<readonly Right[]> {
  const foreign = (await query(FOREIGN)).rows
  const guests = (await query(GUESTS)).rows
  const untrusted = (await query(UNTRUSTED)).rows.flat()
  return [
    {
      given: tablespace === '',
      lacks: `may not create a database in its tablespace ${tablespace}`,
      hint: `GRANT CREATE ON TABLESPACE "${tablespace}" TO "${role}"`
    },
    ...foreign.map(([owner, first, count]) => ({
      given: false,
      lacks: `is no member of ${owner}, who owns ${first}${count === '1' ? '' : ` and ${Number(count) - 1} more`}`,
      hint: `GRANT "${owner}" TO "${role}", or give what it owns there to a role that has "${role}" as a member (ALTER … OWNER TO).`
    })),
    ...guests.map(([owner, schema, host]) => ({
      given: false,
      lacks: `cannot give ${owner} what it owns in schema ${schema}, which belongs to ${host}`,
      hint: `GRANT "${host}" TO "${owner}", or let one role own both (ALTER … OWNER TO); a right to create there is restored too late.`
    })),
    {
      given: untrusted.length === 0,
      lacks: `may not create extensions that are not trusted: ${untrusted.join(', ')}`,
      hint: 'Name a superuser in the URL of that database, or do without them (DROP EXTENSION).'
    }
  ]
}

// What nobody has defined may become a superuser's setting one day, so the server treats it as one.
const settingsOf = (version: number): string => `
SELECT DISTINCT s.what FROM (
  SELECT split_part(unnest(setconfig), '=', 1) AS what FROM pg_db_role_setting
  WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())) s
LEFT JOIN pg_settings p ON lower(p.name) = lower(s.what)
WHERE coalesce(p.context, 'superuser') IN ('superuser', 'superuser-backend')
${version < 150_000 ? '' : `AND NOT has_parameter_privilege(s.what, 'SET')`} ORDER BY 1`

const rolesOf = (version: number): string => `
SELECT r.rolname FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = setrole, pg_roles me
WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()) AND me.rolname = current_user
  AND r.oid <> me.oid AND (r.rolsuper OR NOT me.rolcreaterole
  ${version < 160_000 ? '' : `OR NOT pg_has_role(r.oid, 'MEMBER WITH ADMIN OPTION')`}) ORDER BY 1`

/** `ALTER DATABASE … SET` and the like for a role in it, which the copy is given as well. */
async function toCarryOver({ query }: Asked, version: number): Promise<readonly Right[]> {
  const settings = (await query(settingsOf(version))).rows.flat()
  const roles = (await query(rolesOf(version))).rows.flat()
  const grant = version < 150_000 ? '' : `, or GRANT SET ON PARAMETER ${settings.join(', ')} to its role`
  return [
    {
      given: settings.length === 0,
      lacks: `may not set what is set for the database: ${settings.join(', ')}`,
      hint: `Name a superuser in the URL of that database${grant}, or reset it (ALTER DATABASE … RESET).`
    },
    {
      given: roles.length === 0,
      lacks: `may not set what is set in the database for ${roles.join(', ')}`,
      hint: 'Name a superuser in the URL of that database, or reset it (ALTER ROLE … IN DATABASE … RESET ALL).'
    }
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
