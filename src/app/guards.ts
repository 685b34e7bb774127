import { builtIns, liveOf } from '../core/engine/bench.js'
import { ChecklistError } from '../core/errors.js'
import { interpolateAll } from '../core/interpolate.js'
import type { AnyKind, ExecutionView, GuardContext, PlannedItem } from '../core/item.js'
import { resolveNames } from '../core/names.js'
import type { Plan } from '../core/plan.js'
import type { Objection } from '../core/ports.js'
import type { Reason } from '../core/reasons.js'
import { FORWARD_STAGES, type StageName } from '../core/stages.js'
import type { Shop } from './shop.js'

/** Values of the names, or one refusal that lists every name without a value and who needs it. */
export function demandValues(
  plan: Plan,
  stages: readonly StageName[],
  shop: Shop,
  execution: string
): Readonly<Record<string, string>> {
  const { host, kinds } = shop
  const known = builtIns(execution, plan.key.environment, liveOf(plan))
  const { values, missing } = resolveNames({ plan, kinds, stages, env: host.env, builtIns: known })
  if (missing.length === 0) return values
  const problems = missing.map(({ name, by }) => `${name}: needed by ${by.join(', ')}`)
  throw new ChecklistError('REFUSED', 'missing_value', {
    message: `${missing.map(({ name }) => name).join(', ')} ${missing.length === 1 ? 'has' : 'have'} no value`,
    hint: 'Set them where this runs: as variables, in Actions as `env:` from secrets; an empty one counts as missing.',
    problems
  })
}

/** `stages` run in this process; `others: false` asks of nothing else. `applied` are the SQL files in force. */
export type Inquiry = Readonly<{
  plan: Plan
  stages: readonly StageName[]
  applied: ExecutionView['applied']
  others?: boolean
  /** Before the gate, perhaps as a role that only reads: what others lack is asked again behind it. */
  ahead?: boolean
}>

/**
 * Everything that stands in the way, asked of every item before anything starts: rights, tools, disk. What cannot be
 * asked is an objection too; but where `stages` are only some, another one's secrets need not be here, and it is asked
 * again by the process that runs it.
 */
export async function objections(
  { plan, stages, applied, others = true, ahead = false }: Inquiry,
  shop: Shop
): Promise<readonly Objection[]> {
  const names = demandValues(plan, stages, shop, 'none')
  const execution = { ...viewBefore(plan, shop.host.folder, applied), ...(ahead && { ahead: true as const }) }
  const laterOn: readonly Reason[] = ahead ? ['missing_value', 'missing_right'] : ['missing_value']
  const asked = FORWARD_STAGES.filter(stage => others || stages.includes(stage)).flatMap(stage =>
    plan.stages[stage].map(async item => {
      const found = await ask(item, stage, { plan, execution, names }, shop)
      return stages.includes(stage) ? found : found.filter(({ reason, later }) => !later && !laterOn.includes(reason))
    })
  )
  return once([...(await withoutRelease(plan, shop)), ...(await Promise.all(asked)).flat()])
}

/** The same of one item that is run ahead of the gate, where its own values are. */
export async function objectionsAhead(
  item: PlannedItem,
  stage: StageName,
  { plan, applied }: Pick<Inquiry, 'plan' | 'applied'>,
  shop: Shop
): Promise<readonly Objection[]> {
  const execution = { ...viewBefore(plan, shop.host.folder, applied), ahead: true } as const
  return await ask(item, stage, { plan, execution, names: demandValues(plan, [], shop, 'none') }, shop)
}

/** `redeploy` needs the commit of the last good release: a shallow clone that lacks it is told now, not at 3 a.m. */
async function withoutRelease({ previous, stages }: Plan, { repository }: Shop): Promise<readonly Objection[]> {
  const again = Object.values(stages)
    .flat()
    .filter(({ undo, skip }) => undo === 'redeploy' && skip === undefined)
  if (previous === null || again.length === 0 || (await repository.has(previous.commit))) return []
  try {
    // Fetches it where the remote gives it.
    await (await repository.worktree(previous.commit)).remove()
    return []
  } catch (error) {
    if (!(error instanceof ChecklistError)) throw error
    const { reason, message, hint } = error
    return [
      { reason, message: `${again.map(({ id }) => id).join(', ')} could not be deployed again: ${message}`, hint }
    ]
  }
}

// Several items of one database meet the same obstacle; it is told once.
const once = (found: readonly Objection[]): readonly Objection[] =>
  found.filter(({ message }, index) => found.findIndex(other => bare(other.message) === bare(message)) === index)
const bare = (message: string): string => message.replace(/^[a-z-]+\/[^:\s]+: /, '')

type Known = Readonly<{ plan: Plan; execution: ExecutionView; names: Readonly<Record<string, string>> }>

const ask = (item: PlannedItem, stage: StageName, known: Known, shop: Shop): Promise<readonly Objection[]> =>
  item.skip === undefined ? askKind(item, stage, known, shop, kind => kind.guard?.bind(kind)) : Promise.resolve([])

type Question = (spec: unknown, context: GuardContext) => Promise<readonly Objection[]>

/** Puts a question about an item to its kind, if that can be asked it, before anything starts; what cannot be asked is an objection. */
export async function askKind(
  item: PlannedItem,
  stage: StageName,
  { plan, execution, names }: Known,
  shop: Shop,
  of: (kind: AnyKind) => Question | undefined
): Promise<readonly Objection[]> {
  const kind = shop.kinds.find(({ name }) => name === item.kind)
  const question = kind && of(kind)
  if (kind === undefined || question === undefined) return []
  const filled = interpolateAll(item.spec, names, [...(kind.shellText ?? []), ...(kind.nested ?? [])])
  const parsed = 'value' in filled ? kind.shape.safeParse(filled.value) : undefined
  if (parsed?.success !== true) return []
  try {
    const { signal, actions } = shop
    const ledgerDatabase = await shop.ledgerDatabase()
    const planned = Object.values(plan.stages).flat()
    return await question(parsed.data, {
      stage,
      item,
      execution,
      names,
      signal,
      ledgerDatabase,
      diskDisappears: actions?.hosted === true,
      planned
    })
  } catch (error) {
    if (!(error instanceof ChecklistError)) throw error
    return [{ reason: error.reason, message: `${item.id}: ${error.message}`, hint: error.hint }]
  }
}

/** What an item may know before there is an execution. */
export const viewBefore = (plan: Plan, folder: string, applied: ExecutionView['applied']): ExecutionView => ({
  id: 'none',
  environment: plan.key.environment,
  folder,
  commit: plan.commit,
  previousCommit: plan.previous?.commit ?? '',
  receipts: [],
  migrations: [],
  applied,
  databases: plan.databases,
  signOffs: [],
  acceptedLoss: []
})

/** One refusal that names everything; its reason is the first one's. */
export function refuseAll(found: readonly Objection[]): ChecklistError | undefined {
  const [first] = found
  if (first === undefined) return undefined
  const down = found.every(({ reason }) => reason === 'service_unavailable' || reason === 'github_unavailable')
  return new ChecklistError(down ? 'UNAVAILABLE' : 'REFUSED', first.reason, {
    message: found.length === 1 ? first.message : `${found.length} things stand in the way, nothing was touched`,
    hint: first.hint,
    problems: found.length === 1 ? [] : found.map(({ message, hint }) => `${message} — ${hint}`)
  })
}
