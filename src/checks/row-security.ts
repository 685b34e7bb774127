import { z } from 'zod'
import type { Finding } from '../core/item.js'
import { broken, judged } from './findings.js'
import { meets } from './judge.js'
import { checkedText, count, countProblem, mapOf, oneOf, someOf } from './shapes.js'
import { literal } from './sql-text.js'

const COMMANDS = { select: 'r', insert: 'a', update: 'w', delete: 'd' } as const
type SqlCommand = keyof typeof COMMANDS

const EXPECTED = 'a number of policies, on, off, or {policies, forced, commands}'

/** What is expected of each table: 4 means switched on, with four policies. */
export const rowSecurity = () =>
  mapOf(
    oneOf(
      [
        z.int().nonnegative(`expected ${EXPECTED}`),
        checkedText(EXPECTED, problemOfPolicies),
        someOf(
          {
            policies: count().optional().describe('How many policies: a number or a condition.'),
            forced: z.boolean().optional().describe("Whether it holds for the table's owner too."),
            commands: z
              .array(z.enum(['select', 'insert', 'update', 'delete']))
              .optional()
              .describe('Commands that have a policy of their own, or one for all.')
          },
          'policies, forced or commands'
        )
      ],
      EXPECTED
    ),
    'a map of tables to what is expected of their row-level security'
  )

const problemOfPolicies = (text: string): string | undefined =>
  text === 'on' || text === 'off' || countProblem(text) === undefined ? undefined : `expected ${EXPECTED}`

export type RowSecurity = z.infer<ReturnType<typeof rowSecurity>>

export const rowSecurityQuestion = (wanted: RowSecurity): string =>
  `SELECT c.oid, c.relrowsecurity, c.relforcerowsecurity,
      (SELECT json_agg(p.polcmd) FROM pg_catalog.pg_policy p WHERE p.polrelid = c.oid)
    FROM unnest(ARRAY[${Object.keys(wanted).map(literal).join(', ')}]::text[]) WITH ORDINALITY AS wanted (name, place)
    LEFT JOIN pg_catalog.pg_class c ON c.oid = pg_catalog.to_regclass(wanted.name) ORDER BY wanted.place`

type Row = readonly (string | null)[]

export function judgeRowSecurity(wanted: RowSecurity, rows: readonly Row[]): Finding {
  const tables = Object.entries(wanted)
  if (rows.length !== tables.length) {
    return broken(`expected ${tables.length} rows of the catalogue, found ${rows.length}`, 'See what the server is.')
  }
  const problems = tables.flatMap(([table, one], place) => problemsWith(table, one, rows[place] ?? []))
  const seen = `row-level security of ${tables.map(([table]) => table).join(', ')}: as expected`
  return judged(problems, seen, 'See which policies the migration creates, with \\d TABLE in psql.')
}

function problemsWith(table: string, wanted: RowSecurity[string], row: Row): readonly string[] {
  const [oid = null, enabled, forced, commands = null] = row
  if (oid === null) return [`expected table ${table}, found none`]
  if (wanted === 'off') return enabled === 't' ? [`expected no row-level security on ${table}, found it on`] : []
  if (enabled !== 't') return [`expected row-level security on ${table}, found it off`]
  if (wanted === 'on') return []
  const rules = typeof wanted === 'object' ? wanted : { policies: wanted }
  const found: readonly unknown[] = JSON.parse(commands ?? '[]')
  return [
    ...(rules.policies === undefined || meets(rules.policies, found.length)
      ? []
      : [`expected ${rules.policies} policies on ${table}, found ${found.length}`]),
    ...(rules.forced === undefined || rules.forced === (forced === 't')
      ? []
      : [`expected row-level security of ${table} ${rules.forced ? '' : 'not '}to be forced, found the opposite`]),
    ...lacking(rules.commands ?? [], found).map(command => `expected a policy for ${command} on ${table}, found none`)
  ]
}

const lacking = (wanted: readonly SqlCommand[], found: readonly unknown[]): readonly SqlCommand[] =>
  wanted.filter(command => !found.includes(COMMANDS[command]) && !found.includes('*'))
