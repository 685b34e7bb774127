import type { Assessment, Done, Finding } from '../../core/item.js'
import type { MigrationRecord } from '../../core/records.js'
import { countFor, queryCatalog } from '../postgres/catalog.js'
import { readCatalogs } from '../postgres/catalog-diff.js'
import { losslessUndo, questionsOf } from '../postgres/catalog-loss.js'
import type { Connection } from '../postgres/client.js'
import { readVersion } from './command.js'
import { withSession } from './database.js'
import { readNotes } from './notes.js'
import { recordOf, standingBefore } from './record.js'
import { settleNotes } from './settle.js'
import { isOfFiles, type Task } from './task.js'
import { undoByCommand } from './undo-command.js'
import { undoByFiles } from './undo-files.js'
import { stuck } from './undo-finding.js'

/** What the undo would lose now: see losslessUndo. Never lossless where the journal does not say what changed. */
export async function assessUndo(task: Task, done: Done): Promise<Assessment> {
  return await look(task, async connection => {
    const record = await recordFor(connection, task, done)
    const diff = readCatalogs(record?.catalog)?.diff
    if (diff === undefined) return { lossless: false, losses: ['what the journal does not say'] }
    return losslessUndo(diff, await countFor(connection, questionsOf(diff)))
  })
}

/**
 * Takes a migration back: by its `undo`, else by the down files of what was applied, newest first. Refused when somebody
 * migrated since, because then it would undo something else. What an undo that died has taken back already stays so.
 */
export async function undoMigration(task: Task, done: Done): Promise<Finding> {
  const record = await look(task, connection => recordFor(connection, task, done))
  if (record === undefined) return stuck('the journal does not say what the migration did', 'Undo it by hand.')
  if (!record.moved) return { outcome: 'pass', detail: 'nothing had moved' }
  return task.context.item.undo === undefined && isOfFiles(task)
    ? await undoByFiles(task, record)
    : await undoByCommand(task, record)
}

/** What the run recorded; of a run that died, what its notes and the database say together. */
async function recordFor(connection: Connection, task: Task, done: Done): Promise<MigrationRecord | undefined> {
  if (done.migration !== undefined) return done.migration
  const notes = readNotes(done.notes ?? [])
  const before = standingBefore(notes)
  const { progress, unknown } = await settleNotes(connection, notes)
  if (before === undefined || unknown !== undefined) return undefined
  const applied = Object.entries(progress.applied).map(([file, sha256]) => ({ file, sha256 }))
  const version = isOfFiles(task) ? (applied.at(-1)?.file ?? before.version) : await readVersion(task)
  return recordOf({
    database: task.database.name,
    before,
    after: { version, catalog: await queryCatalog(connection) },
    applied
  })
}

const look = <T>({ database, context }: Task, work: (connection: Connection) => Promise<T>): Promise<T> =>
  withSession(database, { session: 'deploy-checklist', signal: context.signal }, work)
