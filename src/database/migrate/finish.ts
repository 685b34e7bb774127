import type { Finding } from '../../core/item.js'
import { queryCatalog } from '../postgres/catalog.js'
import type { Connection } from '../postgres/client.js'
import { planFiles, versionOf } from '../postgres/sql-files.js'
import { judge as judgeCommand, standingOf } from './command.js'
import { judge as judgeFiles } from './files.js'
import { listMigrations } from './listing.js'
import { type MigrationNote, readNotes } from './notes.js'
import { NOT_QUIET, onceQuiet } from './probe.js'
import { standingBefore } from './record.js'
import { settleNotes } from './settle.js'
import { patternsOf } from './spec.js'
import { type CommandTask, type FilesTask, isOfCommand, isOfFiles, type Task } from './task.js'
import { invalidIn } from './verify.js'

/**
 * For a migration of a dead process of which a person, or the item's own `probe`, says that it took effect: what it left
 * is recorded and judged as that of any other.
 */
export async function finishMigration(task: Task): Promise<Finding> {
  const finding = await onceQuiet(task, async connection => {
    if (isOfFiles(task)) return await finishFiles(connection, task)
    return isOfCommand(task) ? await finishCommand(task) : undefined
  })
  return finding ?? { outcome: 'unknown', detail: NOT_QUIET }
}

async function finishCommand(task: CommandTask): Promise<Finding> {
  const before = standingBefore(readNotes(task.context.notes))
  const after = await standingOf(task)
  const invalidBefore = invalidIn((before ?? after).catalog)
  const { migration, ...finding } = await judgeCommand(task, { before: before ?? after, after, invalidBefore })
  // Done by hand before it had begun here: nobody knows what it was before.
  return before === undefined || migration === undefined ? finding : { ...finding, migration }
}

async function finishFiles(connection: Connection, task: FilesTask): Promise<Finding> {
  const { context, database, spec } = task
  const notes = readNotes(context.notes)
  const { progress } = await settleNotes(connection, notes)
  const { doubt } = progress
  // Whoever says that it took effect answers for the file that was in doubt; the server knows the others.
  if (doubt !== undefined)
    await context.note({ note: 'done', file: doubt.file, sha256: doubt.sha256 } satisfies MigrationNote)
  const applied = doubt === undefined ? progress.applied : { ...progress.applied, [doubt.file]: doubt.sha256 }
  const listing = await listMigrations(context.execution.folder, patternsOf(spec))
  const known = { ...context.execution.applied[database.name], ...applied }
  const { pending } = planFiles(listing.files, known, spec.migrate.baseline)
  if (pending.length > 0) {
    const detail = `not applied yet: ${pending.map(({ file }) => file).join(', ')}`
    return { outcome: 'unknown', detail, hint: 'Sign it with `again`, so that the rest is applied.' }
  }
  const before = standingBefore(notes) ?? {
    version: versionOf(listing.files, known, spec.migrate.baseline),
    catalog: await queryCatalog(connection)
  }
  return await judgeFiles(connection, task, listing, { before, invalidBefore: invalidIn(before.catalog), applied })
}
