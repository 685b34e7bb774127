import { ChecklistError, messageOf, refused } from '../../core/errors.js'
import type { Sql } from '../../core/ports.js'
import { formatDuration } from '../../core/units.js'
import { type Answer, type Connection, withClient } from './client.js'
import { sqlStateOf } from './faults.js'
import { offsetOf, placeOf, statementsIn } from './sql-statements.js'

/** SQL for checks: one connection for each statement, read-only unless asked otherwise, bounded by the server itself. */
export const openSql = (): Sql => ({
  query: async ({ url, sql, readOnly, timeoutMs, signal }) => {
    const statement = onlyStatement(sql)
    const options = { signal, statementTimeoutMs: timeoutMs, connectTimeoutMs: Math.min(timeoutMs, 10_000) }
    const { columns, rows } = await withClient(url, options, async connection => {
      try {
        return readOnly ? await onlyReading(connection, statement) : await connection.query(statement)
      } catch (error) {
        throw statementFailed(error, statement, `it took longer than ${formatDuration(timeoutMs)}`)
      }
    })
    return { columns, rows }
  }
})

// Nothing behind a semicolon could end the transaction that keeps it from writing.
function onlyStatement(sql: string): string {
  const [first, ...others] = statementsIn(sql)
  if (first !== undefined && others.length === 0) return first.text
  const found = first === undefined ? 'none' : `${others.length + 1}`
  throw refused('usage', `expected one SQL statement, found ${found}`, 'Give each statement an item of its own.')
}

async function onlyReading(connection: Connection, statement: string): Promise<Answer> {
  await connection.query('BEGIN READ ONLY')
  const answer = await connection.query(statement)
  await connection.query('ROLLBACK')
  return answer
}

/**
 * An error of the server as a person reads it: what it said, its SQLSTATE, and where in the text. Faults of the
 * connection, and what is not the server's, come back as they are.
 */
export function statementFailed(error: unknown, text: string, late: string): unknown {
  const state = sqlStateOf(error)
  if (error instanceof ChecklistError || state === undefined) return error
  const said = state === '57014' ? late : messageOf(error)
  const message = `${said} (SQLSTATE ${state})${placeIn(text, error)}`
  return new ChecklistError('FAILED', 'statement_failed', { message, hint: hintOf(error, state), cause: error })
}

/** ` at 3:14: the line`, or nothing where the server named no place. */
export function placeIn(text: string, error: unknown): string {
  const position = Number(fieldOf(error, 'position'))
  if (!(position > 0)) return ''
  const { line, col } = placeOf(text, offsetOf(text, position))
  return ` at ${line}:${col}: ${text.split('\n')[line - 1]?.trim().slice(0, 120) ?? ''}`
}

function hintOf(error: unknown, state: string): string {
  const hint = fieldOf(error, 'hint')
  if (hint !== '') return hint
  if (state === '42501') return 'Grant the role of the URL what it needs, or use another one.'
  if (state === '25006') return 'The statement writes, and a check is read-only unless its item says otherwise.'
  if (state === '57014') return 'Raise its `timeout`, or find out what it waits for.'
  return 'Correct the statement, or the database that it is asked of.'
}

const fieldOf = (error: unknown, field: 'position' | 'hint'): string => {
  const value: unknown = error instanceof Error ? Reflect.get(error, field) : undefined
  return typeof value === 'string' ? value : ''
}
