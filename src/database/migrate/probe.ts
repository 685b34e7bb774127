import type { Probe } from '../../core/item.js'
import { queryCatalog } from '../postgres/catalog.js'
import type { Connection } from '../postgres/client.js'
import { planFiles } from '../postgres/sql-files.js'
import { isSame, readVersion } from './command.js'
import { withSession, workSession } from './database.js'
import { judge } from './files.js'
import { listMigrations } from './listing.js'
import { beginOf, readNotes } from './notes.js'
import { recordOf, standingBefore } from './record.js'
import { endSessions, settleNotes } from './settle.js'
import { patternsOf } from './spec.js'
import { type CommandTask, type FilesTask, isOfCommand, isOfFiles, type Task } from './task.js'

/**
 * What became of a migration whose process died. What still lives of it on the server is ended first, so that the answer
 * stays true. Of files it is exact, by the id of the transaction; of a command it is known only that nothing has moved,
 * or that exactly what was expected is there.
 */
export async function probeMigration(task: Task): Promise<Probe> {
  const { context, database, ports } = task
  const notes = readNotes(context.notes)
  // The first note is durable before the first statement.
  if (notes.length === 0) return { took: 'no-effect', detail: 'it had not begun' }
  const session = beginOf(notes)?.session ?? workSession(context.execution.id)
  return await withSession(database, { session: 'deploy-checklist', signal: context.signal }, async connection => {
    if (!(await endSessions(connection, session, ports.clock))) return unknown('its session on the server does not end')
    if (isOfFiles(task)) return await probeFiles(connection, task)
    return isOfCommand(task) ? await probeCommand(connection, task) : unknown('')
  })
}

async function probeFiles(connection: Connection, task: FilesTask): Promise<Probe> {
  const { context, database, spec } = task
  const notes = readNotes(context.notes)
  const { progress, unknown: why } = await settleNotes(connection, notes)
  if (why !== undefined) return unknown(why)
  const before = standingBefore(notes)
  const files = Object.keys(progress.applied)
  if (before === undefined || files.length === 0) return { took: 'no-effect', detail: 'no file was applied' }
  const listing = await listMigrations(context.execution.folder, patternsOf(spec))
  const known = { ...context.execution.applied[database.name], ...progress.applied }
  const { pending } = planFiles(listing.files, known, spec.migrate.baseline)
  const course = { before, invalidBefore: [], applied: progress.applied }
  const finding = await judge(connection, task, listing, course)
  const took = pending.length === 0 ? 'effect' : 'no-effect'
  return { took, detail: `${files.length} applied, ${pending.length} still to come`, finding }
}

async function probeCommand(connection: Connection, task: CommandTask): Promise<Probe> {
  const { context, database, spec } = task
  const before = standingBefore(readNotes(context.notes))
  if (before === undefined) return unknown('its notes cannot be read')
  const after = { version: await readVersion(task), catalog: await queryCatalog(connection) }
  if (isSame(before, after)) {
    // Without a version, rows may have changed unseen.
    return spec.version === undefined
      ? unknown('the schema is as it was before; whether rows changed cannot be told without `version`')
      : { took: 'no-effect', detail: `still at ${after.version || 'none'}` }
  }
  if (spec.version === undefined || after.version !== spec.expect?.version) {
    return unknown(
      `the schema moved (${before.version || 'none'} to ${after.version || 'none'}), and nobody knows whether all of it is there`
    )
  }
  const migration = recordOf({ database: database.name, before, after, applied: [] })
  const detail = `the version is the expected one, ${after.version}`
  return { took: 'effect', detail, finding: { outcome: 'pass', detail, migration } }
}

/**
 * For an undo whose process died. It may always run again, since it looks first at what is already back; only a file
 * without a transaction is left to a person. The engine reads `effect` as: the migration is still there.
 */
export async function probeUndo({ context, database, ports }: Task): Promise<Probe> {
  const notes = readNotes(context.notes)
  if (notes.length === 0) return { took: 'effect', detail: 'the undo had not begun' }
  const session = beginOf(notes)?.session ?? workSession(context.execution.id)
  return await withSession(database, { session: 'deploy-checklist', signal: context.signal }, async connection => {
    if (!(await endSessions(connection, session, ports.clock))) return unknown('its session on the server does not end')
    const { unknown: why } = await settleNotes(connection, notes)
    return why === undefined ? { took: 'effect', detail: 'the undo may go on' } : unknown(why)
  })
}

const unknown = (detail: string): Probe => ({ took: 'unknown', detail })
