import type { Finding } from '../../core/item.js'
import type { MigrationRecord } from '../../core/records.js'
import { digestOfCatalog, readCatalogs } from '../postgres/catalog-diff.js'
import { runText, saysOf, standingOf, wasCutOff } from './command.js'
import { workSession } from './database.js'
import { type MigrationNote, packCatalog } from './notes.js'
import type { Standing } from './record.js'
import { inDoubt, type Task } from './task.js'
import { judgeUndo, migratedSince, stuck, undone } from './undo-finding.js'

/** Runs the item's `undo`, which sees SCHEMA_BEFORE and SCHEMA_AFTER, only on the schema that this migration left. */
export async function undoByCommand(task: Task, record: MigrationRecord): Promise<Finding> {
  const { context } = task
  const catalogs = readCatalogs(record.catalog)
  if (catalogs === undefined) return stuck('the journal does not say what the migration changed', 'Undo it by hand.')
  const now = await standingOf(task)
  if (stands(task, now, record.before, catalogs.before)) return undone(record, record.applied)
  if (!stands(task, now, record.after, catalogs.after)) return migratedSince(record, now.version || 'another one')
  await begin(task, now)
  const exit = await runText(task, context.item.undo ?? '', {
    SCHEMA_BEFORE: record.before,
    SCHEMA_AFTER: record.after
  })
  if (wasCutOff(exit)) return inDoubt(`undoing, ${saysOf(exit)}`, 'Find out what it waited for.')
  if (exit.code !== 0) return stuck(`undoing, ${saysOf(exit)}`, 'Its output above says why; finish it by hand.')
  const left = await standingOf(task)
  if (task.spec.version !== undefined && left.version !== record.before) {
    const detail = `after the undo the version is ${left.version || 'none'}, expected ${record.before || 'none'}`
    return stuck(detail, 'Correct the `undo` for the next time, and the schema by hand now.')
  }
  return judgeUndo(record, record.applied, { after: now.catalog, diff: catalogs.diff, now: left.catalog })
}

const stands = ({ spec }: Task, now: Standing, version: string, digest: string): boolean =>
  digestOfCatalog(now.catalog) === digest && (spec.version === undefined || now.version === version)

async function begin({ context }: Task, { version, catalog }: Standing): Promise<void> {
  const session = workSession(context.execution.id)
  await context.note({ note: 'begin', before: version, catalog: packCatalog(catalog), session } satisfies MigrationNote)
}
