import { posix } from 'node:path'
import type { ItemContext, Kind } from '../core/item.js'
import { downOf } from '../core/sql-names.js'
import { runCommand } from './migrate/command.js'
import { databaseOf } from './migrate/database.js'
import { runFiles } from './migrate/files.js'
import { finishMigration } from './migrate/finish.js'
import { guardMigration } from './migrate/guard.js'
import { withMigrationLock } from './migrate/lock.js'
import { probeMigration, probeUndo } from './migrate/probe.js'
import { type MigrateSpec, migrateShape, patternsOf } from './migrate/spec.js'
import { isOfCommand, isOfFiles, type MigratePorts, type Task } from './migrate/task.js'
import { assessUndo, undoMigration } from './migrate/undo.js'

export { expandPatterns } from './migrate/listing.js'
export type { MigrateSpec } from './migrate/spec.js'
export type { MigratePorts } from './migrate/task.js'

/** `migrate: alembic upgrade head`, or `migrate: {sql: migrations/}`: changes a schema, and knows how far it came. */
export const migrateKind = (ports: MigratePorts): Kind<MigrateSpec> => ({
  name: 'migrate',
  shape: migrateShape,
  effect: 'action',
  shellText: ['migrate', 'version'],
  usesDatabase: true,
  turn: () => 'barrier',
  subject: ({ migrate }) => (typeof migrate === 'string' ? migrate : `SQL files of ${[migrate.sql].flat().join(', ')}`),
  files: filesOf,
  guard: (spec, context) => guardMigration(spec, context, ports),
  run: (spec, context) => {
    const task = taskOf(spec, context, ports)
    return locked(task, async () => {
      if (isOfFiles(task)) return await runFiles(task)
      if (isOfCommand(task)) return await runCommand(task)
      throw new Error('neither a command nor files')
    })
  },
  probe: (spec, context) => {
    const task = taskOf(spec, context, ports)
    return context.deed === 'undo' ? probeUndo(task) : probeMigration(task)
  },
  finish: (spec, context) => finishMigration(taskOf(spec, context, ports)),
  undo: (spec, context, done) => {
    const task = taskOf(spec, context, ports)
    return locked(task, () => undoMigration(task, done))
  },
  assess: (spec, context, done) => assessUndo(taskOf(spec, context, ports), done)
})

const taskOf = (spec: MigrateSpec, context: ItemContext, ports: MigratePorts): Task => ({
  spec,
  context,
  database: databaseOf(context),
  ports
})

const locked = <T>({ database, context: { execution, signal } }: Task, work: () => Promise<T>): Promise<T> =>
  withMigrationLock(database, { execution: execution.id, signal }, work)

/** As they are written, to be expanded by `expandPatterns`; the pattern beside a single file finds its down file. */
const filesOf = (spec: MigrateSpec): readonly string[] =>
  patternsOf(spec).flatMap(path =>
    posix.basename(path).includes('.sql') && !path.includes('*') ? [path, `${downOf(path)}*`] : [path]
  )
