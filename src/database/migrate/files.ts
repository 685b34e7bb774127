import { ChecklistError, messageOf } from '../../core/errors.js'
import type { Finding } from '../../core/item.js'
import { queryCatalog } from '../postgres/catalog.js'
import type { Connection } from '../postgres/client.js'
import { planFiles, problemsOf, type SqlFile, versionOf } from '../postgres/sql-files.js'
import { type Applied, applyFile } from './apply.js'
import { renewSession, withSession, workSession } from './database.js'
import { type Listing, listMigrations } from './listing.js'
import { type MigrationNote, packCatalog, readNotes } from './notes.js'
import { recordOf, type Standing, standingBefore } from './record.js'
import { endSessions, settleNotes } from './settle.js'
import { patternsOf } from './spec.js'
import { type FilesTask, failed, inDoubt, limitsOf } from './task.js'
import { invalidIndexes, isInvalid, verifySchema } from './verify.js'

/** How far it came, kept outside of the connection, so that nothing is forgotten when that breaks. */
export type Course = Readonly<{
  before: Standing
  invalidBefore: readonly string[]
  applied: Readonly<Record<string, string>>
}>

/**
 * Applies the files that are not applied yet, also on from where an earlier process died. What went through is in the
 * finding, whatever came after it; what nobody can tell is `unknown`, and the notes are there for the probe.
 */
export async function runFiles(task: FilesTask): Promise<Finding> {
  const { context, database, spec } = task
  const listing = await listMigrations(context.execution.folder, patternsOf(spec))
  const problems = listing.files.flatMap(problemsOf)
  if (problems.length > 0) return failed(problems.join('; '), 'Correct the files.')
  const reached: Reached = { begun: false, applied: new Map() }
  try {
    const session = { session: workSession(context.execution.id), signal: context.signal }
    const end = await withSession(database, session, connection => applyAll(connection, task, listing, reached))
    if (end.course === undefined) return end.stopped
    if (end.stopped?.outcome === 'unknown') return end.stopped
    return await conclude(task, listing, end.course, end.stopped)
  } catch (error) {
    if (!(error instanceof ChecklistError) || !reached.begun) throw error
    return inDoubt(error.message, error.hint)
  }
}

type Reached = { begun: boolean; readonly applied: Map<string, string> }
type End =
  | Readonly<{ course: Course; stopped: Finding | undefined }>
  | Readonly<{ course: undefined; stopped: Finding }>

async function applyAll(connection: Connection, task: FilesTask, listing: Listing, reached: Reached): Promise<End> {
  const { context, database, spec, ports } = task
  const notes = readNotes(context.notes)
  await endSessions(connection, workSession(context.execution.id), ports.clock)
  // Who runs this again has asked the probe or a person; what neither could tell counts as not applied.
  const { progress } = await settleNotes(connection, notes)
  const known = { ...context.execution.applied[database.name], ...progress.applied }
  const plan = planFiles(listing.files, known, spec.migrate.baseline)
  if (plan.changed.length > 0) return { course: undefined, stopped: changed(plan.changed) }
  const before = standingBefore(notes) ?? (await begin(connection, task, listing))
  reached.begun = true
  const invalidBefore = await invalidIndexes(connection)
  for (const [file, sha256] of Object.entries(progress.applied)) reached.applied.set(file, sha256)
  const course = () => ({ before, invalidBefore, applied: Object.fromEntries(reached.applied) })
  for (const file of plan.late) context.say(`${file} stands before files that are applied; it runs after them`)
  for (const [index, file] of plan.pending.entries()) {
    context.progress({ what: file.file, done: index, total: plan.pending.length, unit: 'items' })
    const result = await applyOne(file, progress.statements[file.file] ?? 0, connection, task)
    if (result.kind !== 'applied') return { course: course(), stopped: stoppedAt(file, result) }
    reached.applied.set(file.file, file.sha256)
  }
  return { course: course(), stopped: undefined }
}

async function begin(connection: Connection, task: FilesTask, { files }: Listing): Promise<Standing> {
  const { context, database, spec } = task
  const version = versionOf(files, context.execution.applied[database.name] ?? {}, spec.migrate.baseline)
  const catalog = await queryCatalog(connection)
  const session = workSession(context.execution.id)
  await context.note({ note: 'begin', before: version, catalog: packCatalog(catalog), session } satisfies MigrationNote)
  return { version, catalog }
}

async function applyOne(file: SqlFile, from: number, connection: Connection, { context, spec, ports }: FilesTask) {
  const { signal, say, note } = context
  say(`${file.file}${file.transaction ? '' : ' (without a transaction)'}`)
  await renewSession(connection, workSession(context.execution.id))
  const as = { file: file.file, sha256: file.sha256 }
  return await applyFile(
    { sql: file, as, from },
    { connection, limits: limitsOf(spec), clock: ports.clock, signal, say, note }
  )
}

/** Looks at what there is now, with a connection of its own: the other one may be what broke. */
async function conclude(task: FilesTask, listing: Listing, course: Course, stopped: Finding | undefined) {
  const { database, context } = task
  const session = { session: workSession(context.execution.id), signal: context.signal }
  return await withSession(database, session, connection => judge(connection, task, listing, course, stopped))
}

/** The finding of what is there now: the record of the migration, and what is wrong with the schema. */
export async function judge(
  connection: Connection,
  { context, database, spec }: FilesTask,
  { files, downs }: Listing,
  { before, invalidBefore, applied: reached }: Course,
  stopped?: Finding
): Promise<Finding> {
  const known = { ...context.execution.applied[database.name], ...reached }
  const version = versionOf(files, known, spec.migrate.baseline)
  const after = { version, catalog: await queryCatalog(connection) }
  const applied = Object.entries(reached).map(([file, sha256]) => ({ file, sha256 }))
  const migration = recordOf({ database: database.name, before, after, applied, downs })
  const names = applied.map(({ file }) => file).join(', ')
  const wrong = await verifySchema(connection, spec, { invalidBefore, version })
  if (stopped !== undefined) {
    const before = applied.length === 0 ? [] : [`applied before it: ${names}`]
    const detail = [stopped.detail, ...before, ...wrong.filter(isInvalid)].join('; ')
    return { ...stopped, detail, migration }
  }
  if (wrong.length > 0) return { ...failed(wrong.join('; '), 'Correct the migration, or what it expects.'), migration }
  const detail = applied.length === 0 ? `nothing new, at ${version}` : `applied ${names}`
  return { outcome: 'pass', detail, migration }
}

function stoppedAt(file: SqlFile, result: Exclude<Applied, { kind: 'applied' }>): Finding {
  if (result.kind === 'failed') return failed(result.detail, result.hint)
  const why = messageOf(result.error)
  return inDoubt(`${file.file}: the connection broke while the server was working (${why})`, 'Bring the server back.')
}

const changed = (files: readonly string[]): Finding => ({
  outcome: 'fail',
  detail: `applied files have another content now: ${files.join(', ')}`,
  hint: 'Put the old content back, and write what you want to change into a new file.',
  reason: 'migration_changed'
})
