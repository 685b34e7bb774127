import { z } from 'zod'
import { holdsVersion, parseCondition } from '../core/condition.js'
import { namesIn } from '../core/interpolate.js'
import type { Finding, ItemContext, Kind } from '../core/item.js'
import { boundedMatch } from './bounded-match.js'
import { ask } from './database-url.js'
import { excerpt } from './excerpt.js'
import { broken, fail, judged, pass } from './findings.js'
import { meets } from './judge.js'
import type { CheckPorts } from './ports.js'
import { judgeRowSecurity, rowSecurity, rowSecurityQuestion } from './row-security.js'
import { condition, consistent, count, oneOf, text } from './shapes.js'
import { fillSql } from './sql-text.js'

const names = z.array(text('a column')).min(1, 'expected at least one column')

const shape = consistent(
  z.strictObject({
    sql: text('a statement, version or rls').describe(
      'One statement, read-only; or `version` (of the server), or `rls` (row-level security). `${NAME}` stands for a ' +
        'quoted value.'
    ),
    value: oneOf([condition(), z.null()], 'a condition such as "> 0", a value, or null')
      .optional()
      .describe('What the one value of the answer must be: "> 0", /regex/, a value, or null.'),
    rows: count().optional().describe('How many rows: 0, or ">= 1".'),
    columns: oneOf(
      [names, z.strictObject({ contains: names.describe('Columns that must be among them.') })],
      'a list of columns, or {contains: [...]}'
    )
      .optional()
      .describe('The columns of the answer in their order, or {contains: [...]}.'),
    expect: rowSecurity()
      .optional()
      .describe('With `sql: rls`: tables, each with its number of policies, on, off, or {policies, forced, commands}.'),
    write: z
      .boolean('expected true or false')
      .optional()
      .describe('true: the statement may write. It runs again when the check retries or is resumed.')
  }),
  unfit
)

export type SqlSpec = z.infer<typeof shape>

/** One question to a database and what is expected of its answer. */
export const sqlKind = ({ sql }: Pick<CheckPorts, 'sql'>): Kind<SqlSpec> => ({
  name: 'sql',
  shape,
  effect: 'check',
  polls: true,
  usesDatabase: true,
  // Not interpolated as text: a value of the environment, or of a capture, must not become code.
  shellText: ['sql'],
  mentions: spec => namesIn(spec.sql).map(({ name }) => name),
  turn: () => 'together',
  subject: spec => subjectOf(spec),
  run: async (spec, context) => {
    if (spec.sql === 'version')
      return ask(sql, { sql: 'SHOW server_version' }, context, ({ rows }) => version(spec, rows))
    if (spec.sql === 'rls') {
      const { expect = {} } = spec
      return ask(sql, { sql: rowSecurityQuestion(expect) }, context, ({ rows }) => judgeRowSecurity(expect, rows))
    }
    return askStatement(sql, spec, context)
  }
})

async function askStatement(port: CheckPorts['sql'], spec: SqlSpec, context: ItemContext): Promise<Finding> {
  const filled = fillSql(spec.sql, context.names)
  if ('problem' in filled) return { ...broken(filled.problem, 'Declare and set it.'), reason: 'missing_value' }
  return ask(port, { sql: filled.sql, write: spec.write ?? false }, context, answer => judge(spec, answer))
}

type Row = readonly (string | null)[]
type Answer = Readonly<{ columns: readonly string[]; rows: readonly Row[] }>

function judge(spec: SqlSpec, { columns, rows }: Answer): Finding {
  const problems = [
    ...(spec.rows === undefined || meets(spec.rows, rows.length)
      ? []
      : [`expected ${spec.rows} rows, found ${rows.length}`]),
    ...columnProblems(spec.columns, columns),
    ...(spec.value === undefined ? [] : valueProblems(spec.value, { columns, rows }))
  ]
  const seen = spec.value === undefined ? `${rows.length} rows` : say(rows[0]?.[0] ?? null)
  return judged(problems, seen, 'Ask the database the same in psql, and see why.')
}

function valueProblems(wanted: NonNullable<SqlSpec['value']> | null, { columns, rows }: Answer): readonly string[] {
  if (rows.length !== 1 || columns.length !== 1) {
    return [`expected one value, found ${rows.length} rows of ${columns.length} columns`]
  }
  const found = rows[0]?.[0] ?? null
  const holds = wanted === null ? found === null : meets(spelled(wanted), found)
  return holds ? [] : [`expected ${wanted ?? 'NULL'}, found ${say(found)}`]
}

// The server writes a boolean as t or f.
const spelled = (wanted: string | number | boolean): string | number =>
  typeof wanted === 'boolean' ? `/^${wanted ? '(t|true)' : '(f|false)'}$/` : wanted

function columnProblems(wanted: SqlSpec['columns'], found: readonly string[]): readonly string[] {
  if (wanted === undefined) return []
  const exact = Array.isArray(wanted)
  const names: readonly string[] = exact ? wanted : wanted.contains
  const holds = exact
    ? names.length === found.length && names.every((name, place) => found[place] === name)
    : names.every(name => found.includes(name))
  return holds ? [] : [`expected columns ${exact ? '' : 'with '}${names.join(', ')}, found ${found.join(', ')}`]
}

function version({ value }: SqlSpec, rows: readonly Row[]): Finding {
  const found = rows[0]?.[0] ?? ''
  const parsed = parseCondition(String(value))
  if ('problem' in parsed) return broken(parsed.problem, 'Look at the values of its names.')
  return holdsVersion(parsed.condition, found, boundedMatch)
    ? pass(`version ${found}`)
    : fail(`expected version ${value}, found ${found}`, 'Upgrade the server, or correct what is expected.')
}

const say = (found: string | null): string => (found === null ? 'NULL' : excerpt(found))

const subjectOf = ({ sql, expect }: SqlSpec): string =>
  sql === 'rls' ? `rls ${Object.keys(expect ?? {}).join(', ')}` : sql === 'version' ? 'database version' : sql

type Expectations = Readonly<Partial<Record<'value' | 'rows' | 'columns' | 'expect', unknown>> & { sql: string }>

/** What does not belong together, or asserts nothing. */
function unfit({ sql, value, rows, columns, expect }: Expectations): string | undefined {
  const others = rows !== undefined || columns !== undefined
  if (sql === 'rls')
    return expect === undefined || value !== undefined || others ? 'expected `expect` alone' : undefined
  if (expect !== undefined) return 'expected `sql: rls` where `expect` stands'
  if (sql === 'version') return value === undefined || value === null || others ? 'expected `value` alone' : undefined
  return value === undefined && !others ? 'expected value, rows or columns, found nothing that is asserted' : undefined
}
