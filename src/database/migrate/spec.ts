import { z } from 'zod'
import { parseCondition } from '../../core/condition.js'
import { namesIn } from '../../core/interpolate.js'
import { parseDuration } from '../../core/units.js'

const text = (expected: string) => z.string(`expected ${expected}`).min(1, `expected ${expected}, found nothing`)
const some = (expected: string) => {
  const one = text(expected)
  return z.union([one, z.array(one).min(1)], `expected ${expected}, or a list of them`)
}
const limit = (example: string) =>
  text(`a time such as ${example}, or none`).refine(
    value => value === 'none' || namesIn(value).length > 0 || parseDuration(value) !== undefined,
    `expected a time such as ${example}, or none`
  )

const version = text('a version').refine(
  value => namesIn(value).length > 0 || 'condition' in parseCondition(value),
  'expected a version, or a condition such as /^2/'
)

const sqlFiles = z.strictObject({
  sql: some('a folder such as migrations/, or a file such as migrations/001.sql').describe(
    'SQL files: a folder (`migrations/`), a pattern (`migrations/*.sql`) or a list; run in the order of their numbers, each in a transaction of its own unless its first line is `-- deploy-checklist: no-transaction`. `001_users.down.sql` takes back `001_users.sql`.'
  ),
  baseline: text('a file name')
    .optional()
    .describe(
      'The last file that the database had before this tool looked after it; it and those before it are not run.'
    )
})

/** Keys of `migrate` beside the common ones; `undo` is common: shell text that sees SCHEMA_BEFORE and SCHEMA_AFTER. */
export const migrateShape = z.strictObject({
  migrate: z
    .union([text('a command'), sqlFiles], 'expected a command, or SQL files as in {sql: migrations/}')
    .describe('A command that migrates the database, or the SQL files that do.'),
  version: text('a command')
    .optional()
    .describe(
      'Command that prints the version of the schema; asked before and after. Unchanged means nothing to undo. Without it, the catalogue is compared, and of SQL files the last one applied is the version.'
    ),
  expect: z
    .strictObject({
      tables: z.array(text('a table')).min(1).optional().describe('Tables or views that must be there.'),
      columns: z.array(text('table.column')).min(1).optional().describe('Columns that must be there, as table.column.'),
      version: version.optional().describe('What `version` must print afterwards.')
    })
    .refine(expect => Object.keys(expect).length > 0, 'expected tables, columns or version')
    .optional()
    .describe('What the schema must have afterwards; else the migration failed.'),
  'lock-timeout': limit('2s')
    .default('2s')
    .describe(
      'How long a statement may wait for a lock while others wait behind it; then it gives way and is tried again. `none` for a command that builds indexes concurrently; such statements of SQL files wait without it anyway.'
    ),
  'statement-timeout': limit('5m').default('none').describe('How long one statement may run.')
})

export type MigrateSpec = z.infer<typeof migrateShape>
export type SqlFilesSpec = z.infer<typeof sqlFiles>

/** Milliseconds; 0 is the server's word for no limit. */
export const limitMs = (limit: string): number => (limit === 'none' ? 0 : (parseDuration(limit) ?? 0))

/** Paths and patterns of a spec, as they are written; none for a command. */
export const patternsOf = ({ migrate }: MigrateSpec): readonly string[] =>
  typeof migrate === 'string' ? [] : typeof migrate.sql === 'string' ? [migrate.sql] : migrate.sql
