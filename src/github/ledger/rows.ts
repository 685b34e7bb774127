import type { ExecutionRecord } from '../../core/execution.js'
import { canonicalOf, isObject, type Json, parseJson } from '../../core/json.js'
import { broken } from '../../core/ledger/damage.js'

/**
 * What is known of executions without reading their files: the record that followed from the file whose content had the
 * hash `blob`. A file that has changed since is read itself, so that nobody has to keep these up to date.
 */
export type Rows = Readonly<Record<string, Row>>
export type Row = Readonly<{ blob: string; record: ExecutionRecord }>

const TOGETHER = 50

/** Where the row of an execution with that number stands inside its key's folder. */
export const rowsFileOf = (number: number): string =>
  `records-${String(Math.floor(number / TOGETHER) * TOGETHER).padStart(6, '0')}.json`

export const isRowsFile = (file: string): boolean => /^records-\d+\.json$/.test(file)

export function parseRows(where: string, text: string): Rows {
  const rows = parseJson(text)
  if (!isObject(rows) || !Object.values(rows).every(isRow)) throw broken(where, 'it is no list of records')
  return rows as unknown as Rows
}

/** One line for each execution, so that a person sees in a commit what has changed. */
export function writeRows(rows: Rows): string {
  const lines = Object.keys(rows).sort()
  return `{\n${lines.map(file => `${JSON.stringify(file)}: ${JSON.stringify(rows[file])}`).join(',\n')}\n}\n`
}

export const withoutRow = (rows: Rows, file: string): Rows =>
  Object.fromEntries(Object.entries(rows).filter(([name]) => name !== file))

/** Somebody changed the row, and left the file that it was made from as it was. */
export const contradicts = ({ record: a }: Row, b: ExecutionRecord): boolean => canonicalOf(a) !== canonicalOf(b)

const isRow = (row: Json): boolean =>
  isObject(row) && typeof row['blob'] === 'string' && isObject(row['record']) && typeof row['record']['id'] === 'string'
