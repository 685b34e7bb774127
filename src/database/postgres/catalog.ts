import type { Catalog } from './catalog-diff.js'
import type { Counts, Question } from './catalog-loss.js'
import type { Connection } from './client.js'

/** Tables in which migration tools keep their books: they stay behind an undo and hold nothing of the application. */
export const BOOKS: readonly string[] = [
  'alembic_version',
  'schema_migrations',
  'ar_internal_metadata',
  'django_migrations',
  'flyway_schema_history',
  '_prisma_migrations',
  'knex_migrations',
  'knex_migrations_lock',
  'goose_db_version',
  'atlas_schema_revisions',
  '__drizzle_migrations',
  'SequelizeMeta',
  'databasechangelog',
  'databasechangeloglock',
  'pgmigrations'
]

// Each part gives key, definition and the keys that it goes away with. Long texts are kept as their MD5, which is only
// ever compared with another one of the same server. What extensions own is the extension's matter.
const CATALOG = `
WITH ours AS (
  SELECT oid, nspname, nspowner, nspacl FROM pg_namespace n
  WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'deploy_checklist')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e')
), books AS (
  SELECT oid FROM pg_class WHERE relname = ANY ($1::text[])
), rel AS (
  SELECT c.*, quote_ident(n.nspname) AS schema_name, format('%I.%I', n.nspname, c.relname) AS full_name FROM pg_class c JOIN ours n ON n.oid = c.relnamespace
  WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    AND c.oid NOT IN (SELECT oid FROM books)
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                    AND d.refclassid = 'pg_class'::regclass AND d.refobjid IN (SELECT oid FROM books))
    AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indexrelid = c.oid AND i.indrelid IN (SELECT oid FROM books))
)
SELECT 'schema ' || quote_ident(nspname), format('owner %s acl %s', nspowner::regrole, nspacl), '{}'::text[] FROM ours
UNION ALL
SELECT 'extension ' || quote_ident(extname), extversion, '{}' FROM pg_extension
UNION ALL
SELECT 'table ' || full_name,
  concat_ws(' ', CASE relkind WHEN 'p' THEN 'partitioned' WHEN 'f' THEN 'foreign' ELSE 'table' END, relpersistence,
    'owner', relowner::regrole, 'acl', relacl, reloptions, CASE WHEN relrowsecurity THEN 'rls' END,
    CASE WHEN relforcerowsecurity THEN 'force' END, pg_get_expr(relpartbound, oid), pg_get_partkeydef(oid),
    (SELECT array_agg(inhparent::regclass::text ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = rel.oid)),
  ARRAY['schema ' || schema_name]
  FROM rel WHERE relkind IN ('r', 'p', 'f')
UNION ALL
SELECT format('column %s.%I', full_name, attname),
  concat_ws(' ', format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'not null' END,
    'identity ' || nullif(attidentity::text, ''), 'generated ' || nullif(attgenerated::text, ''),
    'collation ' || nullif(attcollation, 0)::regcollation, 'acl ' || attacl::text,
    'default ' || pg_get_expr(adbin, adrelid)),
  ARRAY['table ' || full_name]
  FROM rel JOIN pg_attribute ON attrelid = rel.oid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
  WHERE relkind IN ('r', 'p', 'f') AND attnum > 0 AND NOT attisdropped
UNION ALL
SELECT format('constraint %s.%I', full_name, conname),
  pg_get_constraintdef(k.oid) || CASE WHEN convalidated THEN '' ELSE ' not valid' END,
  ARRAY['table ' || full_name] || ARRAY(SELECT format('column %s.%I', full_name, attname) FROM pg_attribute
    WHERE attrelid = rel.oid AND attnum = ANY (conkey))
  FROM rel JOIN pg_constraint k ON conrelid = rel.oid WHERE contype NOT IN ('n', 't')
UNION ALL
SELECT 'index ' || rel.full_name, pg_get_indexdef(indexrelid) || CASE WHEN indisvalid THEN '' ELSE ' invalid' END,
  ARRAY['table ' || t.full_name] || ARRAY(SELECT format('column %s.%I', t.full_name, attname) FROM pg_attribute
    WHERE attrelid = t.oid AND attnum = ANY (indkey::int2[]))
  FROM rel JOIN pg_index ON indexrelid = rel.oid JOIN rel t ON t.oid = indrelid
UNION ALL
SELECT CASE relkind WHEN 'm' THEN 'materialized view ' ELSE 'view ' END || full_name,
  format('%s owner %s acl %s %s', md5(pg_get_viewdef(oid)), relowner::regrole, relacl, reloptions),
  ARRAY['schema ' || schema_name]
  FROM rel WHERE relkind IN ('v', 'm')
UNION ALL
SELECT 'sequence ' || full_name,
  format('%s start %s by %s from %s to %s cycle %s owner %s acl %s', format_type(seqtypid, NULL), seqstart, seqincrement,
    seqmin, seqmax, seqcycle, relowner::regrole, relacl),
  ARRAY(SELECT unnest(ARRAY['table ' || t.full_name, format('column %s.%I', t.full_name, attname)])
    FROM pg_depend d JOIN rel t ON t.oid = d.refobjid JOIN pg_attribute ON attrelid = t.oid AND attnum = d.refobjsubid
    WHERE d.classid = 'pg_class'::regclass AND d.objid = rel.oid AND d.deptype IN ('a', 'i'))
  FROM rel JOIN pg_sequence ON seqrelid = rel.oid
UNION ALL
SELECT format('function %I.%I(%s)', nspname, proname, pg_get_function_identity_arguments(p.oid)),
  md5(concat_ws(' ', CASE prokind WHEN 'a' THEN prosrc ELSE pg_get_functiondef(p.oid) END)) ||
    format(' owner %s acl %s', proowner::regrole, proacl),
  ARRAY['schema ' || quote_ident(nspname)]
  FROM pg_proc p JOIN ours ON ours.oid = pronamespace
  WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT format('%s %I.%I', CASE typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range' ELSE 'type' END,
    nspname, typname),
  concat_ws(' ', (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid),
    CASE typtype WHEN 'd' THEN format_type(typbasetype, typtypmod) END, CASE WHEN typnotnull THEN 'not null' END, typdefault,
    (SELECT string_agg(pg_get_constraintdef(oid), ', ' ORDER BY conname) FROM pg_constraint WHERE contypid = t.oid),
    (SELECT format_type(rngsubtype, NULL) FROM pg_range WHERE rngtypid = t.oid),
    (SELECT string_agg(quote_ident(attname) || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum)
      FROM pg_attribute WHERE attrelid = typrelid AND NOT attisdropped AND typtype = 'c'),
    'owner', typowner::regrole, 'acl', typacl),
  ARRAY['schema ' || quote_ident(nspname)]
  FROM pg_type t JOIN ours ON ours.oid = typnamespace
  WHERE (typtype IN ('e', 'd', 'r') OR (typtype = 'c' AND (SELECT relkind = 'c' FROM pg_class WHERE oid = typrelid)))
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
UNION ALL
SELECT format('collation %I.%I', nspname, collname),
  concat_ws(' ', collprovider::text, collisdeterministic, to_jsonb(c) - 'oid' - 'collnamespace' - 'collowner'),
  ARRAY['schema ' || quote_ident(nspname)]
  FROM pg_collation c JOIN ours ON ours.oid = collnamespace
  WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_collation'::regclass AND d.objid = c.oid AND d.deptype = 'e')
UNION ALL
SELECT format('trigger %s.%I', full_name, tgname), pg_get_triggerdef(t.oid) || ' ' || tgenabled::text, ARRAY['table ' || full_name]
  FROM rel JOIN pg_trigger t ON tgrelid = rel.oid WHERE NOT tgisinternal
UNION ALL
SELECT format('policy %s.%I', full_name, polname),
  concat_ws(' ', polcmd::text, polpermissive, polroles::regrole[]::text, pg_get_expr(polqual, polrelid),
    'check ' || pg_get_expr(polwithcheck, polrelid)),
  ARRAY['table ' || full_name]
  FROM rel JOIN pg_policy ON polrelid = rel.oid
UNION ALL
SELECT format('rule %s.%I', full_name, rulename), pg_get_ruledef(r.oid) || ' ' || ev_enabled::text, ARRAY['table ' || full_name]
  FROM rel JOIN pg_rewrite r ON ev_class = rel.oid WHERE rulename <> '_RETURN'`

/** The catalogue of the connection's database, without the ledger's schema and the books of migration tools. */
export async function queryCatalog(connection: Connection): Promise<Catalog> {
  const query = `SELECT key, def, array_to_json(of)::text FROM (${CATALOG}) AS catalog (key, def, of) ORDER BY key`
  // Names come out as another session's search path would have them, unless it is fixed.
  await connection.query("SELECT set_config('search_path', 'pg_catalog', false)")
  try {
    const { rows } = await connection.query(query, [`{${BOOKS.map(name => `"${name}"`).join(',')}}`])
    return Object.fromEntries(rows.map(([key, def, of]) => [key ?? '', { def: def ?? '', of: JSON.parse(of ?? '[]') }]))
  } finally {
    await connection.query('RESET search_path')
  }
}

/**
 * Counts rows of added tables, and values of added columns that are neither NULL nor the default. What cannot be read
 * as a whole, because of row-level security for one, has no count, and so is a loss.
 */
export async function countFor(connection: Connection, questions: readonly Question[]): Promise<Counts> {
  const counts: Record<string, number> = {}
  for (const question of questions) {
    const count = await countOne(connection, question)
    if (count !== undefined) counts[question.key] = count
  }
  return counts
}

async function countOne(connection: Connection, question: Question): Promise<number | undefined> {
  await connection.query('BEGIN READ ONLY; SET LOCAL row_security = off')
  try {
    const { rows } = await connection.query(await countingQuery(connection, question))
    return Number(rows[0]?.[0])
  } catch {
    return undefined
  } finally {
    await connection.query('ROLLBACK')
  }
}

async function countingQuery(connection: Connection, question: Question): Promise<string> {
  if (question.of === 'rows') return `SELECT count(*) FROM ONLY ${question.table}`
  const { rows } = await connection.query(
    `SELECT pg_get_expr(adbin, adrelid), attgenerated, attidentity FROM pg_attribute
     LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
     WHERE attrelid = $1::regclass AND format('%I', attname) = $2 AND NOT attisdropped`,
    [question.table, question.column]
  )
  const [initial = null, generated, identity] = rows[0] ?? []
  // Computed from other columns, it comes back with the column.
  if (generated === 's' || generated === 'v') return 'SELECT 0'
  const value = `t.${question.column}`
  const given = `SELECT count(*) FROM ONLY ${question.table} AS t WHERE ${value} IS NOT NULL`
  if (initial === null || identity === 'a' || identity === 'd' || /\bnextval\(/.test(initial)) return given
  // As bytes: what is equal need not be identical, and json has no equality at all.
  const bytes = (expression: string) => `(${expression})::text COLLATE "C"`
  return `${given} AND ${bytes(value)} IS DISTINCT FROM ${bytes(initial)}`
}
