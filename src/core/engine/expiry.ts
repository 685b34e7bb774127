import type { Event } from '../events.js'
import { FORWARD_STAGES, type ForwardStage, type StageName } from '../stages.js'

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
  const changes = FORWARD_STAGES.filter(stage => !EVIDENCE.includes(stage))
  const begun = events.some(({ body }) => body.type === 'stage-started' && changes.some(stage => stage === body.stage))
  if (begun) return []
  return EVIDENCE.filter(stage => (asked === undefined || asked === stage) && oldest(stage, events) < since)
}

/** When the oldest of what counts now was found; what was looked at ahead of the stage counts as it does. */
function oldest(stage: ForwardStage, events: readonly Event[]): number {
  const forgotten = events.findLast(({ body }) => body.type === 'expired' && body.stages.includes(stage))?.seq ?? 0
  const counts = events.filter(({ seq, body }) => seq > forgotten && body.type === 'outcome' && body.stage === stage)
  const failed = events.findLast(({ body }) => body.type === 'stage-ended' && body.stage === stage)
  // What has failed is not made good by time.
  if (failed?.body.type === 'stage-ended' && !failed.body.passed) return Number.POSITIVE_INFINITY
  return Math.min(...counts.map(({ at }) => Date.parse(at)))
}
