import { quoteName } from './quote.js'

/** A column as the catalogs have it: its name, and its type's name where the type is one of the system's, not a domain. */
export type Column = Readonly<{ name: string; type: string | undefined; hasLength: boolean }>

/** Wraps the hash of a column around the hash of those before it, which is its seed. */
type Fold = (value: string, seed: string) => string

const folded =
  (name: string, nothing: string): Fold =>
  (value, seed) =>
    `${name}(coalesce(${value}, ${nothing}), ${seed})`

// Types whose values hash equal only where they are the same bytes, so their text need not be made. Left out on purpose:
// numeric (1.0 equals 1.00), floats (0 equals -0), enums and oid aliases (hashed by a number that the copy has anew),
// citext and all others of extensions, and timestamps, whose hash folds 64 bits into 32.
const FOLDS: Readonly<Record<string, Fold>> = {
  int2: folded('hashint2extended', '0::int2'),
  int4: folded('hashint4extended', '0'),
  // The server's hash folds the upper half into the lower one; the upper half alone, hashed too, tells them apart.
  int8: (value, seed) =>
    folded('hashint8extended', '0::int8')(value, folded('hashint8extended', '0::int8')(`${value} >> 32`, seed)),
  bool: (value, seed) => folded('hashint4extended', '0')(`${value}::int4`, seed),
  uuid: folded('uuid_hash_extended', `'00000000-0000-0000-0000-000000000000'::uuid`),
  text: (value, seed) => folded('hashtextextended', `''`)(`${value} COLLATE "C"`, seed),
  varchar: (value, seed) => folded('hashtextextended', `''`)(`${value}::text COLLATE "C"`, seed),
  // Only with a length: then every value is padded to it, and the blanks that the hash leaves out tell nothing.
  bpchar: (value, seed) => folded('hashbpcharextended', `''::bpchar`)(`${value} COLLATE "C"`, seed)
}

/** A bigint has that many bits for the columns that are NULL. */
const BITS = 62

/**
 * The SQL of a 64-bit hash of the row `r` that changes with each byte of each column: columns of plain types are hashed
 * as they are, each with the hash of the others as its seed, the rest as the text of a row. Three times as fast as the
 * text of the whole row, which is what a proof spends most of its time on.
 */
export function rowHash(columns: readonly Column[]): string {
  const isPlain = new Set(columns.filter(column => foldOf(column) !== undefined).slice(0, BITS))
  if (isPlain.size === 0) return textHash('(r.*)', '0')
  const rest = columns.filter(column => !isPlain.has(column)).map(placeOf)
  const plain = [...isPlain]
  const nulls = plain
    .map((column, bit) => `CASE WHEN ${placeOf(column)} IS NULL THEN ${2n ** BigInt(bit)} ELSE 0 END::int8`)
    .join(' + ')
  const seed = rest.length === 0 ? `(${nulls})` : textHash(`ROW(${rest.join(', ')})`, `(${nulls})`)
  return plain.reduce((inner, column) => foldOf(column)?.(placeOf(column), inner) ?? inner, seed)
}

const foldOf = ({ type, hasLength }: Column): Fold | undefined =>
  type === undefined || (type === 'bpchar' && !hasLength) || !Object.hasOwn(FOLDS, type) ? undefined : FOLDS[type]

const placeOf = ({ name }: Column): string => `r.${quoteName(name)}`

// `(r.*)::text` is the row whatever its columns are called; `r::text` would be the column r where there is one.
const textHash = (row: string, seed: string): string => `hashtextextended(${row}::text COLLATE "C", ${seed})`
