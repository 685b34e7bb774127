import type { Finding, ItemContext } from '../../core/item.js'
import type { Clock, Shell } from '../../core/ports.js'
import type { Limits } from './apply.js'
import type { Database } from './database.js'
import { limitMs, type MigrateSpec, type SqlFilesSpec } from './spec.js'

/** What a migration is handed from outside. `env` is what commands inherit beside the declared names: PATH and the like. */
export type MigratePorts = Readonly<{ shell: Shell; clock: Clock; env: Readonly<Record<string, string>> }>

export type Task<Spec extends MigrateSpec = MigrateSpec> = Readonly<{
  spec: Spec
  context: ItemContext
  database: Database
  ports: MigratePorts
}>
export type FilesTask = Task<MigrateSpec & Readonly<{ migrate: SqlFilesSpec }>>
export type CommandTask = Task<MigrateSpec & Readonly<{ migrate: string }>>

export const isOfFiles = (task: Task): task is FilesTask => typeof task.spec.migrate !== 'string'
export const isOfCommand = (task: Task): task is CommandTask => typeof task.spec.migrate === 'string'

export const limitsOf = (spec: MigrateSpec): Limits => ({
  lockMs: limitMs(spec['lock-timeout']),
  statementMs: limitMs(spec['statement-timeout'])
})

export const failed = (detail: string, hint: string): Finding => ({
  outcome: 'fail',
  detail,
  hint,
  reason: 'migration_failed'
})

/** Nobody knows now, but the notes say how far it came: the probe of a later process finds out. */
export const inDoubt = (detail: string, hint: string): Finding => ({
  outcome: 'unknown',
  detail,
  hint: `${hint} Then resume: the server is asked what became of it.`,
  reason: 'unknown_effect'
})
