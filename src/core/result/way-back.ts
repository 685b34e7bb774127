import type { ExecutionRecord } from '../execution.js'
import type { PlannedItem } from '../item.js'
import { isObject } from '../json.js'
import type { Plan } from '../plan.js'
import type { MigrationRecord, Receipt } from '../records.js'
import type { StageName } from '../stages.js'
import { secondsBack } from './seconds-back.js'

/**
 * How the system would come back to the last good release.
 * code: only the code goes back. undo: the migration's own undo too. swap: a snapshot on the same server takes the
 * database's name. restore: the proven backup does. none: nothing leads back.
 */
export type WayBack = Readonly<{
  kind: 'code' | 'undo' | 'swap' | 'restore' | 'none'
  /** The commit that would be live afterwards; empty when it is not known. */
  toCommit: string
  /** Seconds that it took when it was tried, or null: not measured. */
  seconds: number | null
  /** What the seconds come from, in words; empty when there are none. */
  measured: string
  /** Rows that would be lost, or null: not counted, which happens when it is asked for. */
  loss: number | null
  /** Why it is this one, in words. */
  because: string
  /** Databases that would have to be named for a restore. */
  restores: readonly string[]
}>

export type WayBackFacts = Readonly<{
  plan: Plan
  receipts: readonly Receipt[]
  migrations: readonly MigrationRecord[]
  /** SQL files in force per database, where that is known: those are not undone. */
  applied?: ExecutionRecord['applied']
  /** How long the last verified rollback of this key took, where there was one. */
  lastRollbackSeconds?: number
}>

/** The way back as far as plan and journal know it; seconds are never guessed. */
export function wayBackOf(facts: WayBackFacts): WayBack {
  const { plan } = facts
  const stuck = plan.stages.deploy.find(item => item.effect === 'action' && !leadsBack(item, plan))
  if (stuck !== undefined) return nothing(facts, whyStuck(stuck))
  const migrated = migratedItems(facts)
  const tried = triedBefore(facts)
  const base = { toCommit: plan.previous?.commit ?? '', ...tried, restores: [] }
  const first = plan.previous === null ? '; a first deployment, so its undo leads to nothing that was live' : ''
  if (migrated.length === 0) return { ...base, kind: 'code', loss: 0, because: `no migration to undo${first}` }
  if (migrated.every(item => hasUndo(item, facts))) {
    return { ...base, kind: 'undo', loss: null, because: `each migration has an undo${first}` }
  }
  return restoring(
    facts,
    migrated.filter(item => !hasUndo(item, facts))
  )
}

const nothing = ({ plan }: WayBackFacts, because: string): WayBack => ({
  kind: 'none',
  toCommit: plan.previous?.commit ?? '',
  seconds: null,
  measured: '',
  loss: null,
  because,
  restores: []
})

// `redeploy` runs the item with the last good release, so a first deployment has nothing to run it with.
const leadsBack = ({ undo, kind }: PlannedItem, plan: Plan): boolean =>
  kind === 'manual' || (undo !== undefined && (undo !== 'redeploy' || plan.previous !== null))

/** What takes an item of that stage back, in words or as its command; undefined: nothing does. */
export function undoOf(item: PlannedItem, stage: StageName, facts: WayBackFacts): string | undefined {
  if (stage === 'migrate') return hasUndo(item, facts) ? (item.undo ?? 'by its .down.sql files') : undefined
  return leadsBack(item, facts.plan) ? (item.undo ?? 'by a person') : undefined
}

const whyStuck = ({ id, undo }: PlannedItem): string =>
  undo === undefined ? `${id} has no undo` : 'a first deployment has no earlier release to redeploy'

function migratedItems({ plan, migrations }: WayBackFacts): readonly PlannedItem[] {
  const planned = plan.stages.migrate.filter(({ effect }) => effect === 'action')
  const settled = new Map(migrations.map(({ database, moved }) => [database, moved]))
  return planned.filter(item => settled.get(item.in ?? onlyDatabase(plan)) !== false)
}

const onlyDatabase = ({ databases }: Plan): string => Object.keys(databases)[0] ?? ''

/** SQL files bring their undo in files of their own: `001.sql` is taken back by `001.down.sql`. */
function hasUndo(item: PlannedItem, { plan, migrations, applied = {} }: WayBackFacts): boolean {
  if (item.undo !== undefined) return true
  if (!isObject(item.spec['migrate'])) return false
  const database = item.in ?? onlyDatabase(plan)
  const settled = migrations.findLast(migration => migration.database === database)
  const before = applied[database] ?? {}
  const pending = Object.keys(plan.files).filter(file => /(?<!\.down)\.sql$/i.test(file) && before[file] === undefined)
  const files = settled === undefined ? pending : settled.applied.map(({ file }) => file)
  return files.every(file => Object.hasOwn(plan.files, file.replace(/(\.up)?\.sql$/i, '.down.sql')))
}

const triedBefore = ({ lastRollbackSeconds: seconds }: WayBackFacts) =>
  seconds === undefined ? { seconds: null, measured: '' } : { seconds, measured: 'the last rollback here' }

function restoring(facts: WayBackFacts, without: readonly PlannedItem[]): WayBack {
  const names = [...new Set(without.map(item => item.in ?? onlyDatabase(facts.plan)))]
  const proven = names.map(name => facts.receipts.findLast(({ subject }) => subject === name))
  const ids = without.map(({ id }) => id).join(', ')
  const planned = facts.plan.stages.backup.filter(({ kind }) => kind === 'backup')
  const missing = names.find((name, index) => proven[index] === undefined && !backsUp(planned, name, facts.plan))
  if (missing !== undefined) return nothing(facts, `${ids} has no undo, and there is no backup of ${missing}`)
  const receipts = proven.filter(receipt => receipt !== undefined)
  return {
    kind: receipts.some(({ proof }) => proof === 'snapshot') ? 'swap' : 'restore',
    toCommit: facts.plan.previous?.commit ?? '',
    ...secondsBack(receipts.length < names.length ? [] : receipts),
    loss: null,
    because: `${ids} has no undo`,
    restores: names
  }
}

const backsUp = (items: readonly PlannedItem[], database: string, plan: Plan): boolean =>
  items.some(item => item.spec['backup'] === database || (item.in ?? onlyDatabase(plan)) === database)
