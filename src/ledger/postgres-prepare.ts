import { refused } from '../core/errors.js'
import { MIGRATION_LOCK, MIGRATIONS, SCHEMA_VERSION } from './postgres-schema.js'
import { isAbsent, type Line } from './postgres-session.js'

/** Brings the schema to our version. Two first runs at once wait for each other; each step is done by one of them. */
export async function prepareSchema(line: Line, name: string): Promise<void> {
  const version = await versionOf(line)
  if (version > SCHEMA_VERSION) throw newer(version, name)
  if (version < SCHEMA_VERSION) await line.ask(MIGRATION, () => [])
}

/** False when there is no schema yet, as opposed to one that lacks something. */
export const isPrepared = async (line: Line): Promise<boolean> =>
  (await line.ask(`SELECT to_regclass('deploy_checklist.schema_version')::text`, () => []))[0]?.[0] != null

/**
 * The answer, or `empty` where there is no schema yet. One that a first run made between the two questions is asked once
 * more; one that lacks something is an error.
 */
export async function orEmpty<T>(line: Line, empty: T, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (!isAbsent(error)) throw error
    return (await isPrepared(line)) ? await ask() : empty
  }
}

const versionOf = (line: Line): Promise<number> =>
  orEmpty(line, 0, async () => {
    const rows = await line.ask('SELECT max(version)::text FROM deploy_checklist.schema_version', () => [])
    return Number(rows[0]?.[0] ?? 0)
  })

const newer = (version: number, name: string) =>
  refused(
    'ledger_unavailable',
    `the ledger ${name} has schema version ${version}, this deploy-checklist knows ${SCHEMA_VERSION}`,
    'Use the newer deploy-checklist that has changed it.'
  )

// One statement, so that it is one transaction whatever stands between us and the server, and can be repeated whole.
const MIGRATION = `DO $migration$
DECLARE
  done integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(${MIGRATION_LOCK});
  IF to_regnamespace('deploy_checklist') IS NULL THEN CREATE SCHEMA deploy_checklist; END IF;
  IF to_regclass('deploy_checklist.schema_version') IS NOT NULL THEN
    SELECT coalesce(max(version), 0) INTO done FROM deploy_checklist.schema_version;
  END IF;
  ${MIGRATIONS.map(step).join('\n  ')}
END
$migration$`

function step(sql: string, index: number): string {
  const version = index + 1
  return `IF done < ${version} THEN
    EXECUTE $step$${sql}$step$;
    INSERT INTO deploy_checklist.schema_version VALUES (${version}, now());
  END IF;`
}
