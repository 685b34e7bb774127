import { z } from 'zod'
import type { Finding, Kind } from '../core/item.js'
import { ask } from './database-url.js'
import { broken, judged } from './findings.js'
import type { CheckPorts } from './ports.js'
import { mapOf, oneOf, text, word } from './shapes.js'
import { literal } from './sql-text.js'

const TABLES = 'a list of tables, or a map of tables to their columns'
const columns = z.array(text('a column')).min(1, 'expected at least one column')

const shape = z.strictObject({
  tables: oneOf(
    [
      z.array(text('a table')).min(1, `expected ${TABLES}`),
      mapOf(oneOf([word('exists', 'absent'), columns], 'a list of columns, exists, or absent'), TABLES)
    ],
    TABLES
  ).describe(
    'Tables that must exist, as SQL names them (`users`, `app.users`); or a map of tables to columns, `exists` or `absent`.'
  )
})

export type TablesSpec = z.infer<typeof shape>
type Wanted = string | readonly string[]

/** Tables, and columns of tables; a view is no table. */
export const tablesKind = ({ sql }: Pick<CheckPorts, 'sql'>): Kind<TablesSpec> => ({
  name: 'tables',
  shape,
  effect: 'check',
  polls: true,
  usesDatabase: true,
  turn: () => 'together',
  subject: spec =>
    `tables ${wantedOf(spec)
      .map(([name]) => name)
      .join(', ')}`,
  run: async (spec, context) => {
    const wanted = wantedOf(spec)
    return ask(sql, { sql: question(wanted.map(([name]) => name)) }, context, ({ rows }) => judge(wanted, rows))
  }
})

const wantedOf = ({ tables }: TablesSpec): readonly (readonly [string, Wanted])[] =>
  Array.isArray(tables) ? tables.map(name => [name, 'exists'] as const) : Object.entries(tables)

// One row for each name in its order: what it is, or NULL, and its columns as JSON.
const question = (names: readonly string[]): string =>
  `SELECT c.relkind, (SELECT json_agg(a.attname) FROM pg_catalog.pg_attribute a
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
    FROM unnest(ARRAY[${names.map(literal).join(', ')}]::text[]) WITH ORDINALITY AS wanted (name, place)
    LEFT JOIN pg_catalog.pg_class c ON c.oid = pg_catalog.to_regclass(wanted.name) ORDER BY wanted.place`

type Row = readonly (string | null)[]

function judge(wanted: readonly (readonly [string, Wanted])[], rows: readonly Row[]): Finding {
  if (rows.length !== wanted.length) {
    return broken(`expected ${wanted.length} rows of the catalogue, found ${rows.length}`, 'See what the server is.')
  }
  const problems = wanted.flatMap(([name, one], place) => problemWith(name, one, rows[place] ?? []) ?? [])
  const names = wanted.map(([name]) => name).join(', ')
  return judged(problems, `${names}: as expected`, 'See whether the migration ran, and the search path of the role.')
}

const KINDS: Readonly<Record<string, string>> = {
  v: 'a view',
  m: 'a materialized view',
  S: 'a sequence',
  i: 'an index'
}

function problemWith(name: string, wanted: Wanted, [kind = null, columns = null]: Row): string | undefined {
  const isTable = kind !== null && ['r', 'p', 'f'].includes(kind)
  if (wanted === 'absent') return kind === null ? undefined : `expected no table ${name}, found it`
  if (!isTable) return `expected table ${name}, found ${kind === null ? 'none' : (KINDS[kind] ?? 'something else')}`
  if (typeof wanted === 'string') return undefined
  const found: unknown = JSON.parse(columns ?? '[]')
  const missing = wanted.filter(column => !(Array.isArray(found) && found.includes(column)))
  return missing.length === 0 ? undefined : `expected ${name} to have ${missing.join(', ')}, found no such column`
}
