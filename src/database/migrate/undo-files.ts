import { messageOf } from '../../core/errors.js'
import type { Finding } from '../../core/item.js'
import { isObject } from '../../core/json.js'
import type { MigrationRecord } from '../../core/records.js'
import { queryCatalog } from '../postgres/catalog.js'
import { type Catalog, type CatalogRecord, digestOfCatalog, readCatalogs } from '../postgres/catalog-diff.js'
import type { Connection } from '../postgres/client.js'
import { problemsOf } from '../postgres/sql-files.js'
import { applyFile } from './apply.js'
import { renewSession, withSession, workSession } from './database.js'
import { type Listing, listMigrations } from './listing.js'
import { type MigrationNote, type Progress, packCatalog, readNotes } from './notes.js'
import { standingBefore } from './record.js'
import { endSessions, settleNotes } from './settle.js'
import { patternsOf } from './spec.js'
import { type FilesTask, inDoubt, limitsOf } from './task.js'
import { judgeUndo, migratedSince, reversed, stuck } from './undo-finding.js'

type Files = MigrationRecord['applied']

/** Runs the down files of what was applied, newest first, each in a transaction of its own. */
export async function undoByFiles(task: FilesTask, record: MigrationRecord): Promise<Finding> {
  const { context, database, spec, ports } = task
  const { downs } = await listMigrations(context.execution.folder, patternsOf(spec))
  const problem = downProblem(record, downs)
  if (problem !== undefined) return stuck(problem, 'Undo it by hand, or restore the proven backup by name.')
  const catalogs = readCatalogs(record.catalog)
  if (catalogs === undefined) return stuck('the journal does not say what the migration changed', 'Undo it by hand.')
  const session = { session: workSession(context.execution.id), signal: context.signal }
  return await withSession(database, session, async connection => {
    await endSessions(connection, session.session, ports.clock)
    const { progress } = await settleNotes(connection, readNotes(context.notes))
    const after = await begin(connection, task, catalogs)
    if (after === undefined) return migratedSince(record, 'another one')
    const { gone, stopped } = await takeAllBack(connection, task, { record, downs, progress })
    if (stopped !== undefined) return stopped
    return judgeUndo(record, gone, { after, diff: catalogs.diff, now: await queryCatalog(connection) })
  })
}

/** The catalogue that the migration had left, also for an undo that goes on; undefined if it is not that one. */
async function begin(
  connection: Connection,
  { context }: FilesTask,
  catalogs: CatalogRecord
): Promise<Catalog | undefined> {
  const earlier = standingBefore(readNotes(context.notes))
  if (earlier !== undefined) return earlier.catalog
  const catalog = await queryCatalog(connection)
  if (digestOfCatalog(catalog) !== catalogs.after) return undefined
  const session = workSession(context.execution.id)
  await context.note({ note: 'begin', before: '', catalog: packCatalog(catalog), session } satisfies MigrationNote)
  return catalog
}

type Way = Readonly<{ record: MigrationRecord; downs: Listing['downs']; progress: Progress }>

async function takeAllBack(connection: Connection, task: FilesTask, { record, downs, progress }: Way) {
  const { context, spec, ports } = task
  const { signal, say, note } = context
  const bench = { connection, limits: limitsOf(spec), clock: ports.clock, signal, say, note }
  const newestFirst = [...record.applied].reverse()
  const gone: Files[number][] = newestFirst.filter(({ file }) => progress.applied[file] !== undefined)
  for (const as of newestFirst) {
    const sql = downs[as.file]
    if (sql === undefined || gone.includes(as)) continue
    say(sql.file)
    await renewSession(connection, workSession(context.execution.id))
    const result = await applyFile({ sql, as, from: progress.statements[as.file] ?? 0 }, bench)
    if (result.kind === 'doubt') {
      const why = messageOf(result.error)
      return { gone, stopped: inDoubt(`${sql.file}: the connection broke (${why})`, 'Bring the server back.') }
    }
    if (result.kind === 'failed') {
      return { gone, stopped: { ...stuck(result.detail, result.hint), migration: reversed(record, gone) } }
    }
    gone.push(as)
  }
  return { gone, stopped: undefined }
}

/** A down file that is not there, or not the one that was planned, must not be found out halfway. */
function downProblem({ applied, catalog }: MigrationRecord, downs: Listing['downs']): string | undefined {
  const noted = isObject(catalog['downs']) ? catalog['downs'] : {}
  for (const { file } of applied) {
    const down = downs[file]
    if (down === undefined) return `${file} has no down file, and the item has no undo`
    if (noted[file] !== undefined && noted[file] !== down.sha256) {
      return `${down.file} is not the one that stood there when ${file} was applied`
    }
    const [problem] = problemsOf(down)
    if (problem !== undefined) return problem
  }
  return undefined
}
