import { holds, parseCondition } from '../../core/condition.js'
import type { Catalog } from '../postgres/catalog-diff.js'
import type { Connection } from '../postgres/client.js'
import type { MigrateSpec } from './spec.js'

/** What is wrong with the schema after a migration, one text for each thing; empty when it is as expected. */
export async function verifySchema(
  connection: Connection,
  { expect }: MigrateSpec,
  { invalidBefore, version }: Readonly<{ invalidBefore: readonly string[]; version: string }>
): Promise<readonly string[]> {
  const invalid = (await invalidIndexes(connection)).filter(name => !invalidBefore.includes(name))
  const missing = [
    ...(await missingTables(connection, expect?.tables ?? [])),
    ...(await missingColumns(connection, expect?.columns ?? []))
  ]
  const moved = expect?.version === undefined || isExpected(expect.version, version)
  return [
    ...invalid.map(name => `index ${name} is INVALID: drop it (DROP INDEX CONCURRENTLY ${name}) and build it again`),
    ...missing.map(name => `${name} is not there`),
    ...(moved ? [] : [`expected version ${expect?.version}, found ${version === '' ? 'none' : version}`])
  ]
}

/** That text, or a condition such as `/^2/`, whose form the shape has checked. */
function isExpected(expected: string, version: string): boolean {
  const parsed = parseCondition(expected)
  return 'condition' in parsed && holds(parsed.condition, version)
}

/** What a failed migration leaves behind, of all that `verifySchema` finds. */
export const isInvalid = (problem: string): boolean => problem.includes(' is INVALID: ')

/** Indexes that a failed or running CREATE INDEX CONCURRENTLY left, which slow writes and serve nobody. */
export async function invalidIndexes(connection: Connection): Promise<readonly string[]> {
  const { rows } = await connection.query(
    `SELECT format('%I.%I', nspname, relname) FROM pg_index JOIN pg_class c ON c.oid = indexrelid
     JOIN pg_namespace n ON n.oid = relnamespace
     WHERE NOT indisvalid AND relkind = 'i' AND nspname !~ '^pg_toast' ORDER BY 1`
  )
  return rows.map(([name]) => name ?? '')
}

/** The same, of a catalogue that was noted. */
export const invalidIn = (catalog: Catalog): readonly string[] =>
  Object.entries(catalog).flatMap(([name, { def }]) =>
    name.startsWith('index ') && def.endsWith(' invalid') ? [name.slice('index '.length)] : []
  )

async function missingTables(connection: Connection, tables: readonly string[]): Promise<readonly string[]> {
  const { rows } = await connection.query(
    'SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NULL',
    [arrayOf(tables)]
  )
  return rows.map(([name]) => `table ${name}`)
}

async function missingColumns(connection: Connection, columns: readonly string[]): Promise<readonly string[]> {
  const { rows } = await connection.query(
    `SELECT name FROM unnest($1::text[]) AS name WHERE NOT EXISTS (
       SELECT FROM pg_attribute WHERE attrelid = to_regclass(substring(name from '^(.*)\\.')) AND NOT attisdropped
         AND attname = btrim(substring(name from '([^.]*)$'), '"'))`,
    [arrayOf(columns)]
  )
  return rows.map(([name]) => `column ${name}`)
}

const arrayOf = (texts: readonly string[]): string =>
  `{${texts.map(text => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
