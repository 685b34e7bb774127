import type { Probe } from '../../core/item.js'
import type { Connection } from '../postgres/client.js'
import { planFiles } from '../postgres/sql-files.js'
import { isSame, judge as judgeCommand, standingOf } from './command.js'
import { withSession, workSession } from './database.js'
import { judge } from './files.js'
import { listMigrations } from './listing.js'
import { beginOf, readNotes } from './notes.js'
import { standingBefore } from './record.js'
import { endSessions, settleNotes } from './settle.js'
import { patternsOf } from './spec.js'
import { type CommandTask, type FilesTask, isOfCommand, isOfFiles, type Task } from './task.js'
import { invalidIn } from './verify.js'

/**
 * What became of a migration whose process died. What still lives of it on the server is ended first, so that the answer
 * stays true. Of files it is exact, by the id of the transaction; of a command it is known only that nothing has moved,
 * or that exactly what was expected is there.
 */
export async function probeMigration(task: Task): Promise<Probe> {
  // The first note is durable before the first statement.
  if (readNotes(task.context.notes).length === 0) return { took: 'no-effect', detail: 'it had not begun' }
  const probe = await onceQuiet(task, async connection => {
    if (isOfFiles(task)) return await probeFiles(connection, task)
    return isOfCommand(task) ? await probeCommand(task) : unknown('')
  })
  return probe ?? unknown(NOT_QUIET)
}

/** Looks when no session of the dead process is left on the server; undefined if one does not end. */
export async function onceQuiet<T>(
  { context, database, ports }: Task,
  look: (connection: Connection) => Promise<T>
): Promise<T | undefined> {
  const session = beginOf(readNotes(context.notes))?.session ?? workSession(context.execution.id)
  return await withSession(database, { session: 'deploy-checklist', signal: context.signal }, async connection =>
    (await endSessions(connection, session, ports.clock)) ? await look(connection) : undefined
  )
}

export const NOT_QUIET = 'its session on the server does not end'

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
  const course = { before, invalidBefore: invalidIn(before.catalog), applied: progress.applied }
  const finding = await judge(connection, task, listing, course)
  const took = pending.length === 0 ? 'effect' : 'no-effect'
  return { took, detail: `${files.length} applied, ${pending.length} still to come`, finding }
}

async function probeCommand(task: CommandTask): Promise<Probe> {
  const { context, spec } = task
  const before = standingBefore(readNotes(context.notes))
  if (before === undefined) return unknown('its notes cannot be read')
  const after = await standingOf(task)
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
  const finding = await judgeCommand(task, { before, after, invalidBefore: invalidIn(before.catalog) })
  return { took: 'effect', detail: `the version is the expected one, ${after.version}`, finding }
}

/**
 * For an undo whose process died. It may always run again, since it looks first at what is already back; only a file
 * without a transaction is left to a person. The engine reads `effect` as: the migration is still there.
 */
export async function probeUndo(task: Task): Promise<Probe> {
  const notes = readNotes(task.context.notes)
  if (notes.length === 0) return { took: 'effect', detail: 'the undo had not begun' }
  const probe = await onceQuiet(task, async (connection): Promise<Probe> => {
    const { unknown: why } = await settleNotes(connection, notes)
    return why === undefined ? { took: 'effect', detail: 'the undo may go on' } : unknown(why)
  })
  return probe ?? unknown(NOT_QUIET)
}

const unknown = (detail: string): Probe => ({ took: 'unknown', detail })
