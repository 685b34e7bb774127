import type { Checklist } from '../core/checklist.js'
import { NO_RULES } from '../core/checklist.js'
import { readSpec } from '../core/engine/read-spec.js'
import { ChecklistError, refused } from '../core/errors.js'
import type { ExecutionRecord, Key } from '../core/execution.js'
import type { PlannedItem } from '../core/item.js'
import { resolveNames } from '../core/names.js'
import { makePlan, type Plan, sha256 } from '../core/plan.js'
import type { Ledger } from '../core/ports.js'
import { SHORTEST_HIDDEN } from '../core/redact/secret-forms.js'
import { count } from '../report/short.js'
import { findChecklist, readChecklist, readOwnFiles } from './find-checklist.js'
import { type Identity, keyOf, nameOf } from './identity.js'
import { recordsOf } from './records.js'
import { releaseOf } from './release.js'
import type { Shop } from './shop.js'
import { VERSION } from './version.js'
import { maskSecrets } from './workshop.js'

/** A checklist that was read, with the names that a plan is kept under. */
export type Prepared = Readonly<{ file: string; checklist: Checklist; key: Key; identity: Identity }>

/** Reads the checklist and settles which environment is meant. Without a checklist a starter is the refusal's text. */
export async function prepare(
  shop: Shop,
  wanted: Readonly<{ checklist: string; environment: string }>
): Promise<Prepared> {
  const { host, kinds, identity } = shop
  const file = await findChecklist(host.folder, wanted.checklist)
  if (file === undefined) throw await withoutChecklist(shop)
  // Asked of git while the checklist is read; what stands in its way is told after that of the checklist.
  const asked = identity()
  asked.catch(() => {})
  const checklist = await readChecklist(host.folder, file, kinds)
  maskSecrets(checklist, shop)
  noteShortSecrets(checklist, shop)
  const environment = chooseEnvironment(checklist, wanted.environment)
  const who = await asked
  return {
    file,
    checklist,
    identity: who,
    key: keyOf(who.repository, checklist.name ?? nameOf(who.repository), environment)
  }
}

/** Hiding every `1` would leave nothing to read, so it is not done; whoever relies on it has to know. */
function noteShortSecrets({ secrets }: Checklist, { host, terminal, noted }: Shop): void {
  for (const name of secrets) {
    const { length } = (host.env[name] ?? '').trim()
    if (length === 0 || length >= SHORTEST_HIDDEN || noted.has(name)) continue
    noted.add(name)
    terminal.say(`${name} has only ${count(length, 'character')}: values that short are not hidden in output`)
  }
}

function chooseEnvironment({ environments, file }: Checklist, wanted: string): string {
  const names = Object.keys(environments)
  if (wanted !== '') {
    if (names.length === 0 || names.includes(wanted)) return wanted
    throw refused(
      'usage',
      `${file} knows no environment ${wanted}; it names ${names.join(', ')}`,
      'Name one of them, or add it to `environments`.'
    )
  }
  if (names.length > 1)
    throw refused(
      'usage',
      `${file} names ${names.length} environments: ${names.join(', ')}`,
      'Say which with --environment.'
    )
  return names[0] ?? 'production'
}

async function withoutChecklist({ host, actions }: Shop): Promise<ChecklistError> {
  const { lookAround } = await import('../init/folder.js')
  const { starter } = await import('../init/starter.js')
  return new ChecklistError('REFUSED', 'checklist_missing', {
    message: 'there is no checklist: neither .github/deploy-checklist.yml nor deploy-checklist.yml',
    hint:
      actions === undefined
        ? 'Save the starter below (`deploy-checklist plan > deploy-checklist.yml`), mend it, and try `deploy-checklist plan`.'
        : 'Check the repository out in a step before this one. Where it has no checklist yet, commit the starter below as deploy-checklist.yml, mended.',
    problems: starter(await lookAround(host.folder))
      .trimEnd()
      .split('\n')
  })
}

/** The plan as it would be begun now; `previous` is what a rollback leads to. */
export async function planFor(prepared: Prepared, shop: Shop, previous: Plan['previous']): Promise<Plan> {
  const { checklist, key, identity } = prepared
  const items = Object.values(checklist.stages).flat()
  const bytes = await readOwnFiles(
    shop.host.folder,
    items.flatMap(item => filesOf(item, shop))
  )
  const files = Object.fromEntries(Object.entries(bytes).map(([file, content]) => [file, sha256(content)]))
  const rules = checklist.environments[key.environment] ?? NO_RULES
  return makePlan(checklist, {
    tool: VERSION,
    key,
    rules,
    commit: identity.commit,
    release: await releaseOf(checklist.release, identity.commit, shop.host.folder, valuesFor(prepared, shop)),
    previous,
    files
  })
}

/** Values of the vars that `release` may mention; a value of the environment may be a secret, and the plan is kept. */
function valuesFor({ checklist, key }: Prepared, { kinds }: Shop): Readonly<Record<string, string>> {
  const vars = { ...checklist.vars, ...(checklist.environments[key.environment] ?? NO_RULES).vars }
  const plan = { ...checklist, vars, monitor: null }
  return resolveNames({ plan, kinds, stages: [], env: {}, builtIns: {} }).values
}

function filesOf({ kind, spec }: PlannedItem, { kinds }: Shop): readonly string[] {
  const known = kinds.find(({ name }) => name === kind)
  const parsed = known && readSpec(known, spec)
  return parsed?.success === true ? (known?.files?.(parsed.data) ?? []) : []
}

/**
 * What a rollback leads to: the last execution that succeeded, was not taken back since and is not marked bad. Where a
 * rollback went further back than one, what it passed over is not live, and so it is none of it.
 */
export async function lastGood(
  ledger: Ledger,
  key: Key,
  before = Number.POSITIVE_INFINITY
): Promise<ExecutionRecord | undefined> {
  let live: string | undefined
  return await findGood(ledger, key, record => {
    if (record.number >= before) return false
    if (record.purpose === 'rollback') live ??= record.commit
    return live === undefined || record.commit === live
  })
}

/** The good one of that commit before the undone execution. */
export const targetBefore = (
  ledger: Ledger,
  { key, number }: ExecutionRecord,
  commit: string
): Promise<ExecutionRecord | undefined> =>
  findGood(ledger, key, record => record.number < number && record.commit === commit)

/** `wanted` is asked of every success, newest first, rollbacks among them, which are never found. */
async function findGood(
  ledger: Ledger,
  key: Key,
  wanted: (record: ExecutionRecord) => boolean
): Promise<ExecutionRecord | undefined> {
  // A rollback comes before what it undid; that one's own mark is a write of its own and may be missing.
  const undone = new Set<string>()
  for await (const record of recordsOf(ledger, { key, status: ['SUCCESS', 'PARTIAL'] })) {
    if (record.purpose === 'rollback') undone.add(record.undoesExecutionId)
    if (wanted(record) && isGood(record) && !undone.has(record.id)) return record
  }
  return undefined
}

const isGood = ({ purpose, rolledBack, markedBad }: ExecutionRecord): boolean =>
  (purpose === 'deploy' || purpose === 'adopt') && !rolledBack && markedBad === ''

export const previousOf = (good: ExecutionRecord | undefined): Plan['previous'] =>
  good === undefined ? null : { execution: good.id, commit: good.commit }
