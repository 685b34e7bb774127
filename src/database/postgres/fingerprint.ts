import { joinSignals } from '../../core/join-signals.js'
import type { Fingerprint } from '../compare.js'
import type { Address } from './address.js'
import { type Connection, type ConnectOptions, withClient } from './client.js'
import { quoteName } from './quote.js'
import { type Column, rowHash } from './row-hash.js'

export type FingerprintRequest = Readonly<{
  database: Address
  /** Name of an exported snapshot: the moment that is looked at. Without one: now, for a copy that nobody writes to. */
  snapshot?: string
  signal: AbortSignal
  /** Called with the session's process before the moment is fixed; then that session does all the work. */
  beforehand?: (pid: number) => Promise<void>
  /** Rows hashed so far, of about so many. */
  onRows?: (done: number, total: number) => void
}>

/** How every relation's content becomes a number; a port, so that a proof can be tried against a blind one. */
export type TakeFingerprint = (request: FingerprintRequest) => Promise<Fingerprint>

/** No limit of a role may end the work. A statement of its own, since it is under that limit itself. */
const LIMITS = `
SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN
  ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout', 'idle_session_timeout')`

/** What a text of a row depends on, set to one value everywhere. */
export const SETTINGS = `
SET extra_float_digits = 3; SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres';
SET bytea_output = 'hex'; SET lc_monetary = 'C'; SET xmlbinary = 'base64'; SET search_path = pg_catalog;
SET row_security = off; SET max_parallel_workers_per_gather = 1; SET min_parallel_table_scan_size = 0;
SET synchronize_seqscans = off; SET default_transaction_read_only = off; SET jit = off;${LIMITS}`

// Partitions and inheritance children are relations of their own. Foreign tables hold nothing here.
const RELATIONS = `
SELECT format('%I.%I', n.nspname, c.relname), greatest(c.reltuples, 0)::bigint::text, pg_relation_size(c.oid)::text,
  coalesce((SELECT jsonb_agg(jsonb_build_array(a.attname,
    CASE WHEN t.typnamespace = 'pg_catalog'::regnamespace AND t.typtype = 'b' THEN t.typname END, a.atttypmod >= 0) ORDER BY a.attnum)
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '[]')::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY pg_relation_size(c.oid) DESC NULLS LAST, 1`

const POPULATED = `
SELECT format('%I.%I', n.nspname, c.relname), c.relispopulated::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'm'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`

const SEQUENCES = `
SELECT format('%I.%I', n.nspname, c.relname), s.seqincrement::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_sequence s ON s.seqrelid = c.oid
WHERE c.relkind = 'S' AND c.relpersistence <> 't'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`

const LARGE_OBJECTS = `
SELECT count(*)::text, coalesce(sum(hashtextextended(md5(lo_get(oid)) || oid::text, 0)), 0)::text FROM pg_largeobject_metadata`

/** A second connection is not worth its start for less. */
const WORTH_TWO_BYTES = 8 * 2 ** 20

/** Runs `work` while a connection of its own holds a snapshot open, for pg_dump and fingerprint to see one moment. */
export const withSnapshot = <T>(
  database: Address,
  options: ConnectOptions,
  work: (snapshot: string, holder: Connection) => Promise<T>
): Promise<T> =>
  withClient(database, options, async connection => {
    await connection.query(LIMITS)
    await connection.query(SETTINGS)
    await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const { rows } = await connection.query('SELECT pg_export_snapshot()')
    const result = await work(rows[0]?.[0] ?? '', connection)
    await connection.query('ROLLBACK')
    return result
  })

/** Two connections share the relations, the biggest first; each may use one parallel worker of the server. */
export const takeFingerprint: TakeFingerprint = async request => {
  const abort = new AbortController()
  const joined = joinSignals(request.signal, abort.signal)
  try {
    return await withMoment(request, { signal: joined.signal }, first => lookWith(first, request, joined.signal, abort))
  } finally {
    joined.done()
  }
}

async function lookWith(
  first: Connection,
  request: FingerprintRequest,
  signal: AbortSignal,
  abort: AbortController
): Promise<Fingerprint> {
  const { rows: list } = await first.query(RELATIONS)
  const queue = list.map(([name, , , columns]) => ({ name: name ?? '', columns: columnsOf(columns ?? '[]') }))
  const done = { rows: 0, total: sum(list.map(([, rows]) => Number(rows))) }
  const relations: Record<string, { rows: number; fingerprint: string }> = {}
  const work = async (connection: Connection) => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const found = await hashOf(connection, next)
      relations[next.name] = found
      done.rows += found.rows
      request.onRows?.(done.rows, Math.max(done.rows, done.total))
    }
  }
  const bytes = sum(list.map(([, , size]) => Number(size)))
  const second =
    bytes > WORTH_TWO_BYTES && request.beforehand === undefined
      ? withMoment(request, { signal }, work)
      : Promise.resolve()
  try {
    await Promise.all([work(first), second])
  } catch (error) {
    abort.abort(error)
    await second.catch(() => {})
    throw error
  }
  const objects = await hashOfLargeObjects(first)
  return {
    relations: { ...sorted(relations), ...(objects.rows > 0 ? { 'large objects': objects } : {}) },
    sequences: await readSequences(first),
    populated: Object.fromEntries((await first.query(POPULATED)).rows.map(([name, is]) => [name, is === 'true']))
  }
}

const withMoment = <T>(
  { database, snapshot, beforehand }: FingerprintRequest,
  options: ConnectOptions,
  work: (connection: Connection) => Promise<T>
): Promise<T> =>
  withClient(database, options, async connection => {
    await connection.query(LIMITS)
    await connection.query(SETTINGS)
    await beforehand?.(connection.pid)
    await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    if (snapshot !== undefined) await connection.query(`SET TRANSACTION SNAPSHOT '${snapshot.replaceAll("'", "''")}'`)
    const result = await work(connection)
    await connection.query('ROLLBACK')
    return result
  })

type Relation = Readonly<{ name: string; columns: readonly Column[] }>

const columnsOf = (json: string): readonly Column[] =>
  (JSON.parse(json) as readonly (readonly [string, string | null, boolean])[]).map(([name, type, hasLength]) => ({
    name,
    type: type ?? undefined,
    hasLength
  }))

// A sum, not an exclusive or, so that duplicates count.
async function hashOf({ query }: Connection, relation: Relation): Promise<{ rows: number; fingerprint: string }> {
  const { rows } = await query(
    `SELECT count(*)::text, coalesce(sum(${rowHash(relation.columns)}), 0)::text FROM ONLY ${relation.name} r`
  )
  return { rows: Number(rows[0]?.[0]), fingerprint: rows[0]?.[1] ?? '' }
}

/** The same of one relation without these columns: what it was before somebody added them. */
export async function hashWithout({ query }: Pick<Connection, 'query'>, relation: string, added: readonly string[]) {
  const { rows: list } = await query(RELATIONS)
  const all = columnsOf(list.find(([name]) => name === relation)?.[3] ?? '[]')
  const columns = all.filter(({ name }) => !added.includes(name))
  const { rows } = await query(
    `SELECT count(*)::text, coalesce(sum(${rowHash(columns)}), 0)::text
     FROM (SELECT ${columns.map(({ name }) => quoteName(name)).join(', ')} FROM ONLY ${relation}) r`
  )
  return { rows: Number(rows[0]?.[0]), fingerprint: rows[0]?.[1] ?? '' }
}

async function hashOfLargeObjects({ query }: Connection): Promise<{ rows: number; fingerprint: string }> {
  const { rows } = await query(LARGE_OBJECTS)
  return { rows: Number(rows[0]?.[0]), fingerprint: rows[0]?.[1] ?? '' }
}

/** The next value of every sequence, as it is now. */
export async function readSequences({ query }: Pick<Connection, 'query'>): Promise<Fingerprint['sequences']> {
  const { rows } = await query(SEQUENCES)
  if (rows.length === 0) return {}
  const each = rows.map(
    ([name, step], index) =>
      `SELECT ${index} AS i, (last_value::numeric + CASE WHEN is_called THEN ${step} ELSE 0 END)::text AS next FROM ${name}`
  )
  const values = (await query(`SELECT i::text, next FROM (${each.join(' UNION ALL ')}) s ORDER BY i`)).rows
  return sorted(
    Object.fromEntries(rows.map(([name, step], index) => [name, { next: values[index]?.[1] ?? '', step: step ?? '1' }]))
  )
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
