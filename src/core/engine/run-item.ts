import { ChecklistError, messageOf } from '../errors.js'
import type { Deed, EventBody } from '../events.js'
import { interpolateAll, isBuiltIn } from '../interpolate.js'
import type { AnyKind, ExecutionView, Finding, ItemContext, PlannedItem, Progress } from '../item.js'
import { isObject, type JsonObject } from '../json.js'
import type { Plan } from '../plan.js'
import type { Clock, Shell } from '../ports.js'
import { isHiddenCapture } from '../redact/captures.js'
import type { StageName } from '../stages.js'
import { parseDuration } from '../units.js'
import type { Journal } from './journal.js'
import { limitOf, NESTED_TIMEOUT_MS, timeoutOf, withLimit } from './limits.js'
import { nestedRetry, poll, retryOf } from './poll.js'
import { readSpec } from './read-spec.js'
import { deedKey } from './state.js'

/** What the engine works with; one process has one of it. */
export type Workshop = Readonly<{
  kinds: ReadonlyMap<string, AnyKind>
  clock: Clock
  shell: Shell
  /** What commands inherit beside the declared names: the process's environment without our own inputs. */
  baseEnv: Readonly<Record<string, string>>
  /** Aborted when the run is cancelled. */
  signal: AbortSignal
  /** Values of a plan's declared names, with these built-ins; refuses what has no value. */
  values(plan: Plan, builtIns: Readonly<Record<string, string>>): Readonly<Record<string, string>>
  /** A value that nobody may see from now on. */
  hide(value: string): void
  say(item: string, line: string): void
  progress(item: string, progress: Progress): void
}>

/** Where an item runs: its stage, what it may know, and the values of the declared names. */
export type Bench = Readonly<{
  stage: StageName
  view: ExecutionView
  names: Readonly<Record<string, string>>
  /** Captures of this stage and process so far; items add to it. */
  captures: Map<string, string>
  /** When the stage's own time is over, in milliseconds since 1970; absent when it has no limit. */
  untilMs?: number
}>

/** Runs one item to its finding: skipped, polled, bounded in time; a fault becomes a finding, so that nothing is lost. */
export async function runItem(item: PlannedItem, bench: Bench, workshop: Workshop, journal: Journal): Promise<Finding> {
  if (item.skip !== undefined) return { outcome: 'skip', detail: item.skip }
  const kind = workshop.kinds.get(item.kind)
  if (kind === undefined)
    return fault(`no kind is called ${item.kind}`, 'Use the version of this tool that made the plan.')
  return await guarded(workshop, item.id, async () => {
    const filled = fill(item, kind, bench)
    if ('outcome' in filled) return filled
    const attempt = () => guarded(workshop, item.id, () => once(item, kind, filled.spec, bench, workshop, journal))
    return await poll(attempt, retryOf(item, bench.stage, kind.polls ?? false), bench, workshop)
  })
}

/** What an action found once the run was cancelled says nothing of how far it came: a later process asks its probe. */
export function unlessCancelled(finding: Finding, { signal }: Pick<Workshop, 'signal'>): Finding {
  if (!signal.aborted || ['pass', 'skip', 'unknown'].includes(finding.outcome)) return finding
  const hint = 'See what it did, then resume or roll back.'
  return { ...finding, outcome: 'unknown', detail: `cut off by a cancel; ${finding.detail}`, hint, reason: 'cancelled' }
}

type Filled = Readonly<{ spec: unknown }>

/** The kind's own keys with every `${NAME}` replaced, parsed once more; a value that does not fit is never shown. */
export function fill(item: Pick<PlannedItem, 'spec' | 'kind'>, kind: AnyKind, bench: Bench): Filled | Finding {
  const values = { ...bench.names, ...Object.fromEntries(bench.captures) }
  const except = [...(kind.shellText ?? []), ...(kind.nested ?? [])]
  const filled = interpolateAll(item.spec, values, except)
  if ('missing' in filled) {
    const names = filled.missing.join(', ')
    return { ...fault(`no value for ${names}`, `Set ${names} where this stage runs.`), reason: 'missing_value' }
  }
  const parsed = isObject(filled.value) ? readSpec(kind, filled.value) : kind.shape.safeParse(filled.value)
  if (parsed.success) return { spec: parsed.data }
  const where = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
  return fault(
    `with its values filled in, ${item.kind} is not well formed: ${where}`,
    'Look at the values of its names.'
  )
}

async function once(
  item: PlannedItem,
  kind: AnyKind,
  spec: unknown,
  bench: Bench,
  workshop: Workshop,
  journal: Journal
) {
  const limit = withLimit(workshop.signal, limitOf(item, bench, workshop.clock), workshop.clock)
  try {
    const finding = await kind.run(spec, contextOf(item, 'run', bench, workshop, journal, limit.signal))
    for (const [name, value] of Object.entries(finding.captures ?? {})) {
      bench.captures.set(name, value)
      const source = isObject(item.spec['capture']) ? String(item.spec['capture'][name]) : ''
      if (isHiddenCapture({ name, value, source }, plainIn(bench, journal))) workshop.hide(value)
    }
    return finding
  } finally {
    limit.done()
  }
}

/** What every output names: it must not be hidden because somebody captured the same. */
function plainIn({ names }: Bench, { state: { plan } }: Journal): readonly string[] {
  const vars = Object.entries(names).filter(([name]) => isBuiltIn(name) || Object.hasOwn(plan.vars, name))
  return [...Object.values(plan.key), ...vars.map(([, value]) => value)]
}

export function contextOf(
  item: PlannedItem,
  deed: Deed,
  bench: Bench,
  workshop: Workshop,
  journal: Journal,
  signal: AbortSignal
): ItemContext {
  const { stage, view, names, captures } = bench
  const state = () => journal.state.deeds.get(deedKey(stage, item.id, deed))
  const noteOf = (data: JsonObject): EventBody => ({
    ...{ type: 'note', item: item.id, attempt: state()?.attempt ?? 1, deed, data }
  })
  return {
    stage,
    item,
    deed,
    execution: view,
    names: { ...names, ...Object.fromEntries(captures), DEPLOY_ITEM: item.id },
    signal,
    timeoutMs: timeoutOf(item),
    say: line => workshop.say(item.id, line),
    progress: progress => workshop.progress(item.id, progress),
    note: data => journal.commit(noteOf(data)),
    began: program => journal.aside(noteOf({ program })),
    notes: state()?.notes ?? [],
    check: raw => runNested(raw, item, bench, workshop, journal)
  }
}

/** A check inside an item (health, revision): it polls like a smoke test, because what it looks at is starting. */
async function runNested(raw: JsonObject, item: PlannedItem, bench: Bench, workshop: Workshop, journal: Journal) {
  const { timeout, retry, ...spec } = raw
  const kind = [...workshop.kinds.values()].find(({ name }) => name in spec)
  if (kind === undefined) return fault(`${item.id}: no kind for a nested check`, 'Look at the checklist.')
  const nested: PlannedItem = { ...item, kind: kind.name, effect: 'check', spec }
  const timeoutMs = parseDuration(String(timeout ?? '')) ?? NESTED_TIMEOUT_MS
  const filled = fill(nested, kind, bench)
  if ('outcome' in filled) return filled
  const attempt = () => once({ ...nested, timeoutMs }, kind, filled.spec, bench, workshop, journal)
  return await poll(() => guarded(workshop, item.id, attempt), nestedRetry(retry), bench, workshop)
}

/** STYLE: `catch` stands once in the engine, around each item. A known fault keeps its hint, a bug its stack. */
export async function guarded(workshop: Workshop, item: string, work: () => Promise<Finding>): Promise<Finding> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ChecklistError) {
      return { outcome: 'error', detail: error.message, hint: error.hint, reason: error.reason }
    }
    if (workshop.signal.aborted) return { outcome: 'error', detail: 'cancelled', reason: 'cancelled' }
    if (error instanceof Error && error.stack !== undefined)
      for (const line of error.stack.split('\n')) workshop.say(item, line)
    return {
      ...fault(`a fault of deploy-checklist: ${messageOf(error)}`, 'Report it with the lines above.'),
      reason: 'bug'
    }
  }
}

const fault = (detail: string, hint: string): Finding => ({ outcome: 'error', detail, hint })
