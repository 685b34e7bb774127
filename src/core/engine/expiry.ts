import type { Event, EventBody } from '../events.js'
import type { ForwardStage, StageName } from '../stages.js'

const DEFAULT_MAX_AGE_MS = 3_600_000
/** What is looked at and saved before anything changes: the evidence that a reviewer decides from. */
const EVIDENCE: readonly ForwardStage[] = ['preflight', 'backup']

export type Expiry = Readonly<{
  /** The stage that this process was asked for; undefined means all of them. */
  asked: StageName | undefined
  maxAgeMs: number | undefined
  now: Date
}>

/**
 * Stages whose evidence is too old to act on, such as that of a job that ran days before the approval. Only those that this
 * process can make afresh, and only before anything was changed: afterwards they say what stood then.
 */
export function expiredStages(events: readonly Event[], { asked, maxAgeMs, now }: Expiry): readonly ForwardStage[] {
  const since = now.getTime() - (maxAgeMs ?? DEFAULT_MAX_AGE_MS)
  // A stage without items is passed by itself, and says nothing.
  const begun = events.some(({ body }) => isFinding(body) && !EVIDENCE.some(stage => stage === body.stage))
  if (begun) return []
  return EVIDENCE.filter(stage => (asked === undefined || asked === stage) && oldest(stage, events) < since)
}

type Found = Extract<EventBody, { type: 'intent' | 'outcome' }>
const isFinding = (body: EventBody): body is Found => body.type === 'intent' || body.type === 'outcome'

/** When the oldest of what counts now was found; what was looked at ahead of the stage counts as it does. */
function oldest(stage: ForwardStage, events: readonly Event[]): number {
  const forgotten = events.findLast(({ body }) => body.type === 'expired' && body.stages.includes(stage))?.seq ?? 0
  const counts = events.filter(({ seq, body }) => seq > forgotten && 'stage' in body && body.stage === stage)
  const last = counts.findLast(({ body }) => body.type === 'stage-started' || body.type === 'stage-ended')?.body
  // What was left in the middle is found out about first, and what has failed is not made good by time.
  const whole = last === undefined || (last.type === 'stage-ended' && last.passed)
  const found = counts.filter(({ body }) => body.type === 'outcome').map(({ at }) => Date.parse(at))
  return whole ? Math.min(...found) : Number.POSITIVE_INFINITY
}
