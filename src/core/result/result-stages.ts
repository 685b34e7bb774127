import type { Deed, Event, EventBody } from '../events.js'
import type { Effect, Outcome, PlannedItem, Position } from '../item.js'
import type { Plan } from '../plan.js'
import { FORWARD_STAGES, type StageName } from '../stages.js'

/** `running`: begun, and nothing says yet how it ended. */
export type ItemState = Outcome | 'running' | 'not-run'

export type ResultItem = Readonly<{
  id: string
  name: string
  kind: string
  effect: Effect
  optional: boolean
  /** Where it stands in the checklist. */
  at: Position | null
  target: string
  deed: Deed
  attempt: number
  outcome: ItemState
  detail: string
  hint: string
  startedAt: string
  durationMs: number
}>

export type ResultStage = Readonly<{
  name: StageName
  state: 'passed' | 'failed' | 'running' | 'not-run'
  startedAt: string
  durationMs: number
  items: readonly ResultItem[]
}>

type Settled = Extract<EventBody, { type: 'outcome' }>
type Begun = Extract<EventBody, { type: 'intent' }>

/**
 * Every stage that is planned or has happened, in order, with the newest attempt of each item. Items that were not
 * reached stand there as `not-run`, so that nobody has to know the checklist to see what is missing.
 */
export function stagesOf(plan: Plan, events: readonly Event[], ended: boolean): readonly ResultStage[] {
  const happened = events.some(({ body }) => body.type === 'rollback-started')
  const forward = FORWARD_STAGES.filter(stage => plan.stages[stage].length > 0 || hasItems(events, stage))
  const names: readonly StageName[] = happened || begun(events, 'rollback') ? [...forward, 'rollback'] : forward
  // The first one of an id, should a plan ever have two.
  const known = new Map(
    FORWARD_STAGES.flatMap(stage => plan.stages[stage])
      .toReversed()
      .map(item => [item.id, item])
  )
  return names.map(name => stageOf(name, { plan, known, events, ended }))
}

/** Whether anything outside was changed, or may have been; a backup only adds a copy. */
export const changed = (stages: readonly ResultStage[]): boolean =>
  stages.some(({ items }) =>
    items.some(
      ({ kind, effect, outcome }) =>
        kind !== 'backup' && effect === 'action' && outcome !== 'not-run' && outcome !== 'skip'
    )
  )

const hasItems = (events: readonly Event[], stage: StageName): boolean =>
  events.some(({ body }) => body.type === 'outcome' && body.stage === stage)

const begun = (events: readonly Event[], stage: StageName): boolean =>
  events.some(({ body }) => body.type === 'stage-started' && body.stage === stage)

type Facts = Readonly<{
  plan: Plan
  known: ReadonlyMap<string, PlannedItem>
  events: readonly Event[]
  ended: boolean
}>

function stageOf(name: StageName, facts: Facts): ResultStage {
  const { events, ended } = facts
  const started = events.findLast(({ body }) => body.type === 'stage-started' && body.stage === name)
  const end = events.findLast(({ body, seq }) => isEndOf(name, body) && seq > (started?.seq ?? -1))
  const passed =
    end?.body.type === 'stage-ended' ? end.body.passed : end?.body.type === 'rollback-ended' && end.body.verified
  const open = started === undefined ? 'not-run' : ended ? 'failed' : 'running'
  const last = end ?? events.findLast(({ body }) => 'stage' in body && body.stage === name) ?? started
  return {
    name,
    state: end === undefined ? open : passed ? 'passed' : 'failed',
    startedAt: started?.at ?? '',
    durationMs: started === undefined || last === undefined ? 0 : Date.parse(last.at) - Date.parse(started.at),
    items: itemsOf(name, facts)
  }
}

const isEndOf = (name: StageName, body: EventBody): boolean =>
  (body.type === 'stage-ended' && body.stage === name) || (body.type === 'rollback-ended' && name === 'rollback')

function itemsOf(stage: StageName, { plan, known, events, ended }: Facts): readonly ResultItem[] {
  const seen = new Map<string, ResultItem>()
  for (const { body, at } of events) {
    if ((body.type !== 'intent' && body.type !== 'outcome') || body.stage !== stage) continue
    const key = `${body.item}|${body.target}|${body.deed}`
    const before = seen.get(key)
    const item = known.get(body.item)
    seen.set(key, body.type === 'intent' ? begunItem(item, body, at, ended) : settledItem(item, body, at, before))
  }
  const planned = stage === 'rollback' ? [] : plan.stages[stage]
  const ran = new Set([...seen.values()].map(({ id }) => id))
  const order = new Map(planned.map(({ id }, index) => [id, index]))
  const missing = planned.filter(({ id }) => !ran.has(id)).map(item => notRun(item))
  // An undo within its own stage comes after everything that ran there.
  const rank = ({ id, deed }: ResultItem): number => (order.get(id) ?? -1) + (deed === 'undo' ? planned.length : 0)
  const items = [...seen.values(), ...missing]
  return stage === 'rollback' ? items : items.toSorted((a, b) => rank(a) - rank(b))
}

const notRun = (item: PlannedItem): ResultItem => ({
  ...described(item, item.id),
  target: item.on ?? '',
  deed: 'run',
  attempt: 0,
  outcome: 'not-run',
  detail: item.skip === undefined ? '' : `to be skipped: ${item.skip}`,
  hint: '',
  startedAt: '',
  durationMs: 0
})

const begunItem = (
  planned: PlannedItem | undefined,
  { item, target, deed, attempt }: Begun,
  at: string,
  ended: boolean
): ResultItem => ({
  ...described(planned, item),
  target,
  deed,
  attempt,
  outcome: ended ? 'unknown' : 'running',
  detail: ended ? 'its process ended before it could say how it went' : '',
  hint: '',
  startedAt: at,
  durationMs: 0
})

const settledItem = (
  planned: PlannedItem | undefined,
  body: Settled,
  at: string,
  before: ResultItem | undefined
): ResultItem => ({
  ...described(planned, body.item),
  target: body.target,
  deed: body.deed,
  attempt: Math.max(body.attempt, before?.attempt ?? 0),
  outcome: body.outcome,
  detail: body.detail,
  hint: body.hint,
  startedAt: new Date(Date.parse(at) - body.durationMs).toISOString(),
  durationMs: body.durationMs
})

/** An item that the plan does not know is one of the target's, run again after a rollback. */
const described = (item: PlannedItem | undefined, id: string) => ({
  id,
  name: item?.name ?? id,
  kind: item?.kind ?? '',
  effect: item?.effect ?? ('check' as const),
  optional: item?.optional ?? false,
  at: item?.at ?? null
})
