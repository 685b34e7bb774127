import { ChecklistError } from '../../core/errors.js'
import type { Finding } from '../../core/item.js'
import type { Exit } from '../../core/ports.js'
import { formatDuration } from '../../core/units.js'
import { queryCatalog } from '../postgres/catalog.js'
import { digestOfCatalog } from '../postgres/catalog-diff.js'
import { LOCK_PAUSES_MS } from './apply.js'
import { withSession, workSession } from './database.js'
import { type MigrationNote, packCatalog } from './notes.js'
import { recordOf, type Standing } from './record.js'
import { type CommandTask, failed, inDoubt, limitsOf, type Task } from './task.js'
import { invalidIndexes, isInvalid, verifySchema } from './verify.js'

// As libpq, psycopg, SQLAlchemy, Rails, node-postgres and Prisma say that a lock was not granted in time.
const NO_LOCK = /55P03|lock timeout|LockNotAvailable|lock_not_available|LockWaitTimeout/i
const VERSION_MS = 60_000

/** Runs the command, again while a lock is not granted and nothing has moved, and looks at what it did. */
export async function runCommand(task: CommandTask): Promise<Finding> {
  const before = await standingOf(task)
  const invalidBefore = await look(task, invalidIndexes)
  await task.context.note({
    note: 'begin',
    before: before.version,
    catalog: packCatalog(before.catalog),
    session: workSession(task.context.execution.id)
  } satisfies MigrationNote)
  for (let tries = 0; ; tries += 1) {
    const exit = await runText(task, task.spec.migrate, {})
    if (wasCutOff(exit)) return inDoubt(saysOf(exit), 'Find out what it waited for.')
    const after = await standingAfter(task)
    if (after instanceof ChecklistError) return inDoubt(`${saysOf(exit)}, and ${after.message}`, after.hint)
    const pause = LOCK_PAUSES_MS[tries]
    if (pause === undefined || !mayTryAgain(task, exit, before, after)) {
      return await judge(task, { before, after, invalidBefore }, exit)
    }
    task.context.say(`a lock was not granted and nothing has moved; trying again in ${formatDuration(pause)}`)
    await task.ports.clock.sleep(pause, task.context.signal)
  }
}

/** Repeated only when both the version and the catalogue say that nothing of it stayed. */
const mayTryAgain = ({ spec, context }: CommandTask, exit: Exit, before: Standing, after: Standing): boolean =>
  exit.code !== 0 &&
  spec.version !== undefined &&
  !context.signal.aborted &&
  NO_LOCK.test(`${exit.stdout}\n${exit.stderr}`) &&
  isSame(before, after)

export const isSame = (a: Standing, b: Standing): boolean =>
  a.version === b.version && digestOfCatalog(a.catalog) === digestOfCatalog(b.catalog)

type Around = Readonly<{ before: Standing; after: Standing; invalidBefore: readonly string[] }>

/** What is there now; without an exit, of a command that took effect before its process died. */
export async function judge(
  task: CommandTask,
  { before, after, invalidBefore }: Around,
  exit?: Exit
): Promise<Finding> {
  const { spec, database } = task
  const migration = recordOf({ database: database.name, before, after, applied: [] })
  const version = after.version
  const wrong = await look(task, connection => verifySchema(connection, spec, { invalidBefore, version }))
  const moved = movement(task, before, after)
  if (exit !== undefined && exit.code !== 0) {
    const detail = [`${saysOf(exit)}; ${moved}`, ...wrong.filter(isInvalid)].join('; ')
    return { ...failed(detail, 'Its output above says why.'), migration }
  }
  if (wrong.length > 0) return { ...failed(wrong.join('; '), 'Correct the migration, or what it expects.'), migration }
  return { outcome: 'pass', detail: moved, migration }
}

function movement({ spec }: Task, before: Standing, after: Standing): string {
  const [from, to] = [before.version || 'none', after.version || 'none']
  if (before.version !== after.version) return `the version moved from ${from} to ${to}`
  if (!isSame(before, after)) return 'the schema changed'
  return spec.version === undefined
    ? 'the schema is the same; without `version`, changed rows go unnoticed'
    : `still at ${to}`
}

/** Runs shell text with the names of the checklist, and with limits for whatever reaches the database through libpq. */
export function runText({ context, spec, ports }: Task, text: string, names: Readonly<Record<string, string>>) {
  const { lockMs, statementMs } = limitsOf(spec)
  const given = context.names['PGOPTIONS'] ?? ports.env['PGOPTIONS']
  const limits = [`-c lock_timeout=${lockMs}`, ...(statementMs === 0 ? [] : [`-c statement_timeout=${statementMs}`])]
  const options = [...(given === undefined ? [] : [given]), ...limits].join(' ')
  const session = { PGOPTIONS: options, PGAPPNAME: workSession(context.execution.id) }
  return ports.shell.run({
    what: { text, shell: 'sh' },
    env: { ...ports.env, ...context.names, ...session, ...names },
    folder: context.execution.folder,
    timeoutMs: context.timeoutMs,
    signal: context.signal,
    onAbort: 'interrupt',
    onLine: line => context.say(line)
  })
}

/** Version and catalogue as they are now. */
export async function standingOf(task: Task): Promise<Standing> {
  return { version: await readVersion(task), catalog: await look(task, queryCatalog) }
}

async function standingAfter(task: Task): Promise<Standing | ChecklistError> {
  try {
    return await standingOf(task)
  } catch (error) {
    if (error instanceof ChecklistError) return error
    throw error
  }
}

const look = <T>({ database, context }: Task, ask: Parameters<typeof withSession<T>>[2]): Promise<T> =>
  withSession(database, { session: 'deploy-checklist', signal: context.signal }, ask)

/**
 * What `version` prints, its lines joined by a space, without Alembic's ` (head)`, which `downgrade` would not take.
 * Empty when there is no such command; a database that was never migrated may print nothing, too.
 */
export async function readVersion(task: Pick<Task, 'spec' | 'ports'> & { context: VersionContext }): Promise<string> {
  const { spec, context, ports } = task
  if (spec.version === undefined) return ''
  const exit = await ports.shell.run({
    what: { text: spec.version, shell: 'sh' },
    env: { ...ports.env, ...context.names },
    folder: context.execution.folder,
    timeoutMs: VERSION_MS,
    signal: context.signal,
    onAbort: 'end'
  })
  if (exit.kind !== 'exited' || exit.code !== 0) throw noVersion(spec.version, exit)
  const lines = exit.stdout.split('\n').map(line => line.trim().replace(/ \(head\)$/, ''))
  return lines.filter(line => line !== '').join(' ')
}
type VersionContext = Pick<Task['context'], 'names' | 'execution' | 'signal'>

function noVersion(text: string, exit: Exit): ChecklistError {
  const last = exit.stderr.trim().split('\n').at(-1) ?? ''
  const message = `the version command (${text}) ${exit.kind === 'timed-out' ? 'did not end' : `ended with ${exit.code}`}${last === '' ? '' : `: ${last}`}`
  const hint = 'It must print the version of the schema and end with 0, wherever this stage runs.'
  return new ChecklistError('FAILED', 'migration_failed', { message, hint })
}

// It did not end by itself, so nobody knows how far it came.
export const wasCutOff = (exit: Exit): boolean => exit.kind !== 'exited' && !(exit.byItself && exit.code === 0)

export const saysOf = (exit: Exit): string =>
  exit.kind === 'exited'
    ? `the command ended with ${exit.code}`
    : exit.kind === 'timed-out'
      ? `the command did not end within ${formatDuration(exit.durationMs)}`
      : 'the command was cut off by a cancel'
