import { ChecklistError, messageOf } from '../../core/errors.js'
import type { GuardContext } from '../../core/item.js'
import type { Objection } from '../../core/ports.js'
import { isNamed } from '../../core/sql-names.js'
import type { Connection } from '../postgres/client.js'
import { planFiles, problemsOf } from '../postgres/sql-files.js'
import { readVersion } from './command.js'
import { type Database, databaseOf, withSession } from './database.js'
import { listMigrations } from './listing.js'
import { demandDirect } from './lock.js'
import type { MigrateSpec } from './spec.js'
import { patternsOf } from './spec.js'
import type { MigratePorts } from './task.js'
import { invalidIndexes } from './verify.js'

/** A transaction that is open for longer would hold up what the migration changes, and it everybody else. */
const LONG_TRANSACTION_S = 300

/** What stands in the way of a migration; looks only, and finds everything at once. */
export async function guardMigration(
  spec: MigrateSpec,
  context: GuardContext,
  ports: MigratePorts
): Promise<readonly Objection[]> {
  const database = databaseOf(context)
  const found = await Promise.all([
    told(() => objectionsToFiles(spec, context, database)),
    told(async () => {
      await readVersion({ spec, context, ports })
      return []
    }),
    told(() => objectionsToDatabase(database, context))
  ])
  return found.flat()
}

/** A refusal is one more objection, so that the reader sees all of them. */
async function told(look: () => Promise<readonly Objection[]>): Promise<readonly Objection[]> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof ChecklistError)) throw error
    return [{ reason: error.reason, message: messageOf(error), hint: error.hint }]
  }
}

async function objectionsToFiles(spec: MigrateSpec, { execution }: GuardContext, { name }: Database) {
  if (typeof spec.migrate === 'string') return []
  const { files, downs } = await listMigrations(execution.folder, patternsOf(spec))
  const { changed } = planFiles(files, execution.applied[name] ?? {}, spec.migrate.baseline)
  const { baseline } = spec.migrate
  const known = baseline === undefined || files.some(({ file }) => isNamed(file, baseline))
  const problems = [...files, ...Object.values(downs)].flatMap(problemsOf)
  return [
    ...problems.map(message => objection('usage', message, 'Correct the file.')),
    ...(known
      ? []
      : [
          objection(
            'usage',
            `expected the baseline ${baseline} among the files, it is not there`,
            'Correct `baseline`.'
          )
        ]),
    ...changed.map(file =>
      objection(
        'migration_changed',
        `${file} was applied with another content`,
        'Put the old content back, and write what you want to change into a new file.'
      )
    )
  ]
}

async function objectionsToDatabase(database: Database, { signal }: GuardContext) {
  await demandDirect(database, { signal })
  return await withSession(database, { session: 'deploy-checklist', signal }, async connection => [
    ...(await rights(connection, database)),
    ...(await unfit(connection, database))
  ])
}

async function rights(connection: Connection, { name }: Database): Promise<readonly Objection[]> {
  const { rows } = await connection.query(
    `SELECT current_user, (has_database_privilege(current_database(), 'CREATE') OR EXISTS (
       SELECT FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND has_schema_privilege(oid, 'CREATE')))::text,
     pg_is_in_recovery()::text, current_setting('default_transaction_read_only')`
  )
  const [role, mayCreate, standby, readOnly] = rows[0] ?? []
  return [
    ...(mayCreate === 'true'
      ? []
      : [
          objection(
            'missing_right',
            `${role} may create nothing in ${name}`,
            `GRANT CREATE ON SCHEMA … TO ${role}, or use the URL of the owner.`
          )
        ]),
    ...(standby === 'true' || readOnly === 'on'
      ? [objection('usage', `${name} is read-only`, 'Give the URL of the server that accepts writes.')]
      : [])
  ]
}

async function unfit(connection: Connection, { name }: Database): Promise<readonly Objection[]> {
  const prepared = await connection.query(
    'SELECT gid FROM pg_prepared_xacts WHERE database = current_database() ORDER BY 1'
  )
  const long = await connection.query(
    `SELECT pid, usename, coalesce(application_name, ''), extract(epoch FROM now() - xact_start)::int FROM pg_stat_activity
     WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
       AND xact_start < now() - make_interval(secs => $1) ORDER BY xact_start`,
    [LONG_TRANSACTION_S]
  )
  const invalid = await invalidIndexes(connection)
  return [
    ...prepared.rows.map(([gid]) =>
      objection(
        'database_unfit',
        `${name} has a prepared transaction (${gid}), whose locks nothing ends`,
        `COMMIT PREPARED or ROLLBACK PREPARED '${gid}'.`
      )
    ),
    ...long.rows.map(([pid, user, program, seconds]) =>
      objection(
        'database_unfit',
        `a transaction is open in ${name} for ${seconds} s (${user}, ${program}, process ${pid})`,
        `Let it end, or end it: SELECT pg_terminate_backend(${pid}).`
      )
    ),
    ...invalid.map(index =>
      objection(
        'database_unfit',
        `the index ${index} of ${name} is INVALID`,
        `DROP INDEX CONCURRENTLY ${index}, and build it again.`
      )
    )
  ]
}

const objection = (reason: Objection['reason'], message: string, hint: string): Objection => ({ reason, message, hint })
