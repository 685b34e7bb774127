import { sha256 } from '../../core/plan.js'
import { isNamed, pendingOf } from '../../core/sql-names.js'
import { placeOf, type Statement, statementsIn, wordsOf } from './sql-statements.js'

/** A migration as it stands in the repository. `file` is its path relative to the folder, the name the ledger keeps. */
export type SqlFile = Readonly<{
  file: string
  sha256: string
  sql: string
  statements: readonly Statement[]
  /** False: each statement is its own transaction (`-- deploy-checklist: no-transaction` in a comment on top). */
  transaction: boolean
}>

/** What the ledger knows to be applied: file to SHA-256. */
export type Applied = Readonly<Record<string, string>>

export type FilePlan = Readonly<{ changed: readonly string[]; late: readonly string[]; pending: readonly SqlFile[] }>

const NO_TRANSACTION = /^\s*--\s*deploy-checklist:\s*no-transaction\s*$/

export const readSqlFile = (file: string, sql: string): SqlFile => ({
  file,
  sha256: sha256(sql),
  sql,
  statements: statementsIn(sql),
  transaction: !headOf(sql).some(line => NO_TRANSACTION.test(line))
})

/**
 * What is to be run of these files, which are in their order: those that the ledger does not know. `changed` were
 * applied with another content; `late` would run after a file that stands behind them. `baseline` and what stands before
 * it was applied before there was a ledger.
 */
export function planFiles(files: readonly SqlFile[], applied: Applied, baseline?: string): FilePlan {
  const pending = pendingOf(files, nameOf, applied, baseline)
  const last = files.findLastIndex(({ file }) => applied[file] !== undefined)
  return {
    changed: files.filter(({ file, sha256 }) => applied[file] !== undefined && applied[file] !== sha256).map(nameOf),
    late: pending.filter(each => files.indexOf(each) < last).map(nameOf),
    pending
  }
}

/** The last of these files that is applied, or `none`: the version of a database that SQL files made. */
export const versionOf = (files: readonly SqlFile[], applied: Applied, baseline?: string): string =>
  files.findLast(({ file }) => applied[file] !== undefined || (baseline !== undefined && isNamed(file, baseline)))
    ?.file ?? 'none'

/** What cannot be run as it stands, each as `file:line:col: what was found, what to do`. */
export function problemsOf(file: SqlFile): readonly string[] {
  const at = ({ offset }: Statement) => {
    const { line, col } = placeOf(file.sql, offset)
    return `${file.file}:${line}:${col}`
  }
  if (file.statements.length === 0) return [`${file.file}: has no statement`]
  return file.statements.flatMap(statement => {
    const problem = problemWith(statement, file.transaction)
    return problem === undefined ? [] : [`${at(statement)}: ${problem}`]
  })
}

/** Builds or drops an index beside running writes: cannot stand in a transaction, and waits for old snapshots. */
export const isConcurrently = (statement: Statement): boolean =>
  /^(create (unique )?index|drop index|reindex (\( .* \) )?(index|table|schema|database|system)) concurrently\b/.test(
    wordsOf(statement, 12)
  ) || /^refresh materialized view concurrently\b/.test(wordsOf(statement, 4))

function problemWith(statement: Statement, transaction: boolean): string | undefined {
  const words = wordsOf(statement, 12)
  if (statement.text.startsWith('\\')) return 'a psql command; use "migrate: psql -f …" for such a file'
  if (/^copy .* from stdin\b/.test(words))
    return 'COPY FROM STDIN has no input here; use INSERT, or "migrate: psql -f …"'
  if (/^(begin|start transaction|commit|end|rollback(?! to)|abort|prepare transaction)\b/.test(words)) {
    return transaction
      ? `${words.split(' ')[0]?.toUpperCase()} is not needed: each file runs in a transaction of its own; remove it`
      : 'a file without a transaction runs statement by statement and cannot hold one; split it in two files'
  }
  if (transaction && mustStandAlone(statement)) {
    return 'cannot run in a transaction; give the file the first line "-- deploy-checklist: no-transaction"'
  }
  return undefined
}

const mustStandAlone = (statement: Statement): boolean =>
  (isConcurrently(statement) && !wordsOf(statement, 1).startsWith('refresh')) ||
  /^(vacuum|alter system|(create|drop) (database|tablespace|subscription))\b/.test(wordsOf(statement, 2))

const nameOf = ({ file }: SqlFile): string => file

// The lines before the first statement: comments and empty ones.
function headOf(sql: string): readonly string[] {
  const lines = sql.split('\n')
  const first = lines.findIndex(line => !/^\s*(--.*)?$/.test(line))
  return first < 0 ? lines : lines.slice(0, first)
}
