import type { Receipt } from '../../core/records.js'
import { BOOKS } from './catalog.js'
import type { Connection } from './client.js'
import { addUp, compareRows, type HashedRow, isNothing, type Loss, type RelationLoss } from './loss-rows.js'

type Relations = Receipt['relations']
type Side = Pick<Connection, 'query'>

export type LossRequest = Readonly<{
  /** A session in production that nobody can write beside any more, and one in the restored copy. */
  production: Side
  copy: Side
  /** Fingerprints of production as it is now, and of the backup. */
  now: Relations
  backup: Relations
}>

/** Only parts of a table that differ are looked at row by row. */
const BUCKETS = 4096
/** At most about so many rows of each side are held in memory at once. */
const ROWS_AT_ONCE = 500_000

/**
 * Counts exactly which rows would be lost, by comparing every relation whose fingerprint is not the backup's with the
 * restored copy. Where a migration changed the columns, the common ones are compared, and a value in an added column that
 * is neither NULL nor its default counts as a change. Books of migration tools do not count.
 */
export async function countLoss({ production, copy, now, backup }: LossRequest): Promise<Loss> {
  const names = [...new Set([...Object.keys(now), ...Object.keys(backup)])].filter(name => !isBook(name)).sort()
  const loss: Record<string, RelationLoss> = {}
  for (const name of names) {
    const [ours, theirs] = [now[name], backup[name]]
    if (ours?.fingerprint === theirs?.fingerprint && ours?.rows === theirs?.rows) continue
    const counted = await countOne(name, { production, copy }, ours?.rows, theirs?.rows)
    if (!isNothing(counted)) loss[name] = counted
  }
  return loss
}

async function countOne(
  name: string,
  sides: Sides,
  here: number | undefined,
  there: number | undefined
): Promise<RelationLoss> {
  if (name === 'large objects') return await ofLargeObjects(sides)
  if (there === undefined) return { added: here ?? 0, removed: 0, changed: 0 }
  if (here === undefined) return { added: 0, removed: there, changed: 0 }
  const hashes = hashesOf(await shapeOf(sides.production, name), await shapeOf(sides.copy, name))
  const queries = { production: from(name, hashes.production), copy: from(name, hashes.copy) }
  const differing = await differingBuckets(sides, queries)
  const atOnce = Math.max(1, Math.floor((BUCKETS * ROWS_AT_ONCE) / Math.max(here, there, 1)))
  const losses: RelationLoss[] = []
  for (let at = 0; at < differing.length; at += atOnce) {
    const buckets = differing.slice(at, at + atOnce)
    const [ours, theirs] = await Promise.all([
      rowsOf(sides.production, queries.production, buckets),
      rowsOf(sides.copy, queries.copy, buckets)
    ])
    losses.push(compareRows(ours, theirs))
  }
  return addUp(losses)
}

type Sides = Readonly<{ production: Side; copy: Side }>
type Column = Readonly<{ name: string; initial: string | null; computed: boolean }>
type Shape = Readonly<{ columns: readonly Column[]; key: readonly string[] }>

const SHAPE = `
SELECT format('%I', attname), pg_get_expr(adbin, adrelid), (attgenerated <> '')::text,
  EXISTS (SELECT FROM pg_index WHERE indrelid = attrelid AND indisprimary AND attnum = ANY (indkey::int2[]))::text
FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attname COLLATE "C"`

async function shapeOf(side: Side, table: string): Promise<Shape> {
  const { rows } = await side.query(SHAPE, [table])
  const columns = rows.map(([name, initial, computed]) => ({
    name: name ?? '',
    initial: initial ?? null,
    computed: computed === 'true'
  }))
  return { columns, key: rows.filter(([, , , isKey]) => isKey === 'true').map(([name]) => name ?? '') }
}

type Hash = Readonly<{ key: string; content: string }>

/** How each side hashes a row, so that equal rows have equal hashes although the columns may differ. */
function hashesOf(production: Shape, copy: Shape): Readonly<{ production: Hash; copy: Hash }> {
  const theirs = new Set(copy.columns.map(({ name }) => name))
  const common = production.columns.map(({ name }) => name).filter(name => theirs.has(name))
  const content = hash(rowOf(common))
  const sameKey = production.key.length > 0 && production.key.join() === copy.key.join()
  const key = sameKey ? hash(rowOf(production.key)) : content
  const written = production.columns.filter(({ name, computed }) => !theirs.has(name) && !computed).map(isWritten)
  const marked = written.length === 0 ? content : `(${content} # CASE WHEN ${written.join(' OR ')} THEN 1 ELSE 0 END)`
  return { production: { key: sameKey ? key : marked, content: marked }, copy: { key, content } }
}

const rowOf = (columns: readonly string[]): string => `ROW(${columns.map(name => `r.${name}`).join(', ')})::text`
const hash = (text: string): string => `hashtextextended(${text} COLLATE "C", 0)`

function isWritten({ name, initial }: Column): string {
  const given = `r.${name} IS NOT NULL`
  if (initial === null || /\bnextval\(/.test(initial)) return given
  return `(${given} AND (r.${name})::text COLLATE "C" IS DISTINCT FROM (${initial})::text COLLATE "C")`
}

const from = (table: string, { key, content }: Hash): string =>
  `(SELECT ${key} AS k, ${content} AS h FROM ONLY ${table} r) AS hashed`

async function differingBuckets(
  sides: Sides,
  queries: Readonly<Record<keyof Sides, string>>
): Promise<readonly number[]> {
  const [ours, theirs] = await Promise.all([
    bucketsOf(sides.production, queries.production),
    bucketsOf(sides.copy, queries.copy)
  ])
  const numbers = new Set([...ours.keys(), ...theirs.keys()])
  return [...numbers].filter(number => ours.get(number) !== theirs.get(number)).sort((a, b) => a - b)
}

async function bucketsOf(side: Side, query: string): Promise<ReadonlyMap<number, string>> {
  const { rows } = await side.query(`SELECT k & ${BUCKETS - 1}, count(*) || ' ' || sum(h) FROM ${query} GROUP BY 1`)
  return new Map(rows.map(([bucket, content]) => [Number(bucket), content ?? '']))
}

async function rowsOf(side: Side, query: string, buckets: readonly number[]): Promise<readonly HashedRow[]> {
  const { rows } = await side.query(
    `SELECT k, h, count(*) FROM ${query} WHERE (k & ${BUCKETS - 1}) = ANY ($1::bigint[]) GROUP BY 1, 2`,
    [`{${buckets.join(',')}}`]
  )
  return rows.map(([key, content, count]) => ({ key: key ?? '', content: content ?? '', count: Number(count) }))
}

async function ofLargeObjects({ production, copy }: Sides): Promise<RelationLoss> {
  const list = async (side: Side): Promise<readonly HashedRow[]> => {
    const { rows } = await side.query('SELECT oid, md5(lo_get(oid)) FROM pg_largeobject_metadata')
    return rows.map(([key, content]) => ({ key: key ?? '', content: content ?? '', count: 1 }))
  }
  return compareRows(await list(production), await list(copy))
}

export const isBook = (relation: string): boolean =>
  BOOKS.some(book => relation.endsWith(`.${book}`) || relation.endsWith(`."${book}"`))
