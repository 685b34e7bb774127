import type { CiRule, GateRules } from '../checklist.js'
import type { ExecutionRecord } from '../execution.js'
import type { PlannedItem } from '../item.js'
import { isObject, type Json } from '../json.js'
import type { Plan } from '../plan.js'
import type { ProofLevel } from '../records.js'
import { compareNames, isDown, namesLike, pendingOf as toRun } from '../sql-names.js'

/** What of the plan is still to come: what would be changed, saved and asked, as far as the plan itself knows it. */
export type Ahead = Readonly<{
  migrations: readonly PendingMigration[]
  backups: readonly PendingBackup[]
  questions: readonly Question[]
}>

/** A migration by a command says what it changes only when it runs, so `files` is null then, and `command` its text. */
export type PendingMigration = Readonly<{
  item: string
  database: string
  files: readonly Readonly<{ file: string; sha256: string }>[] | null
  command: string
}>
/** A backup of the plan that has no receipt yet, with the least proof that is accepted of it; null: none is demanded. */
export type PendingBackup = Readonly<{ subject: string; atLeast: ProofLevel | null }>
/** `by` is the role or person named in the checklist, resolved to who that is, or empty: anybody. */
export type Question = Readonly<{ item: string; name: string; by: string }>

/** What the checklist demands of the world around; members that are null are not demanded. */
export type Demands = Readonly<{ after: string | null; ci: CiRule | null; gate: GateRules | null }>

/** Of what deploys nothing, such as a rollback, whose plan is that of what it takes back. */
export const NOTHING_AHEAD: Readonly<{ ahead: Ahead; demands: Demands }> = {
  ahead: { migrations: [], backups: [], questions: [] },
  demands: { after: null, ci: null, gate: null }
}

export const demandsOf = ({ rules: { after, ci, gate } }: Plan): Demands => ({
  after: after ?? null,
  ci: ci ?? null,
  gate: gate ?? null
})

type Known = Readonly<{
  plan: Plan
  applied: ExecutionRecord['applied']
  receipts: ExecutionRecord['receipts']
  /** Ids of items that have begun, whatever came of them. */
  begun: ReadonlySet<string>
}>

export function aheadOf({ plan, applied, receipts, begun }: Known): Ahead {
  const left = (stage: keyof Plan['stages']) =>
    plan.stages[stage].filter(({ id, skip }) => !begun.has(id) && skip === undefined)
  return {
    migrations: left('migrate')
      .filter(({ effect }) => effect === 'action')
      .map(item => pendingOf(item, plan, applied)),
    backups: left('backup')
      .filter(({ kind }) => kind === 'backup')
      .flatMap(item => backupOf(item, plan))
      .filter(({ subject }) => !receipts.some(receipt => receipt.subject === subject)),
    questions: Object.values(plan.stages)
      .flat()
      .filter(({ id, kind, skip }) => kind === 'manual' && !begun.has(id) && skip === undefined)
      .map(item => ({ item: item.id, name: item.name, by: whoOf(item, plan) }))
  }
}

/** The role of an item resolved to who has it: `product-owner (@alice)`. */
export function whoOf({ spec }: PlannedItem, { people }: Plan): string {
  const by = spec['by']
  if (typeof by !== 'string') return ''
  const person = Object.hasOwn(people, by) ? people[by] : undefined
  return person === undefined ? by : `${by} (${person})`
}

function pendingOf(item: PlannedItem, plan: Plan, applied: Known['applied']): PendingMigration {
  const database = item.in ?? onlyDatabase(plan)
  const migrate = item.spec['migrate'] ?? item.spec['run']
  const base = { item: item.id, database }
  if (!isObject(migrate)) return { ...base, files: null, command: typeof migrate === 'string' ? migrate : '' }
  const { sql, baseline } = migrate
  const there = Object.keys(plan.files)
    .filter(file => /\.sql$/i.test(file) && !isDown(file))
    .toSorted(compareNames)
  // As they are run: pattern by pattern, each in the order of its numbers.
  const listed = [...new Set(textsIn(sql).flatMap(pattern => there.filter(file => belongs(file, pattern))))]
  const known = applied[database] ?? {}
  const files = toRun(listed, file => file, known, typeof baseline === 'string' ? baseline : undefined)
  return { ...base, files: files.map(file => ({ file, sha256: plan.files[file] ?? '' })), command: '' }
}

const onlyDatabase = ({ databases }: Plan): string => Object.keys(databases)[0] ?? ''

const textsIn = (value: Json | undefined): readonly string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string')

/** A folder holds what lies in it, a pattern what it matches, a file itself. */
function belongs(file: string, written: string): boolean {
  const path = written.replace(/^(\.\/)+/, '').replace(/\/+$/, '')
  if (file === path || folderOf(file) === path) return true
  return folderOf(file) === folderOf(path) && namesLike(nameOf(path)).test(nameOf(file))
}

const nameOf = (path: string): string => path.split('/').at(-1) ?? path
const folderOf = (path: string): string => path.slice(0, Math.max(0, path.length - nameOf(path).length - 1))

function backupOf(item: PlannedItem, plan: Plan): readonly PendingBackup[] {
  const backup = item.spec['backup']
  if (isObject(backup)) return [{ subject: 'files', atLeast: null }]
  const subject = typeof backup === 'string' ? backup : (item.in ?? onlyDatabase(plan))
  return [{ subject, atLeast: plan.databases[subject]?.atLeast ?? null }]
}
