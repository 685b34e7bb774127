import type { Finding, Outcome, PlannedItem, Retry } from '../item.js'
import { isObject, type Json } from '../json.js'
import type { Clock } from '../ports.js'
import { STAGES, type StageName } from '../stages.js'
import { formatDuration, parseDuration } from '../units.js'
import { isOver } from './limits.js'

const POLL: Retry = { forMs: 30_000, everyMs: 1_000 }

/** How an item polls: as it says, else network checks of smoke-test and health wait for what is still starting. */
export function retryOf(item: PlannedItem, stage: StageName, polls: boolean): Retry | undefined {
  if (item.retry === 'none' || item.effect === 'action') return undefined
  return item.retry ?? (polls && STAGES[stage].polls ? POLL : undefined)
}

/** `retry` of a nested check stands in the plan as it was written; the loader has checked its form. */
export function nestedRetry(raw: Json | undefined): Retry | undefined {
  if (raw === 'none') return undefined
  if (!isObject(raw)) return POLL
  const ms = (key: string, otherwise: number) => parseDuration(String(raw[key] ?? '')) ?? otherwise
  return { forMs: ms('for', POLL.forMs), everyMs: ms('every', POLL.everyMs) }
}

const SETTLED: readonly Outcome[] = ['pass', 'skip', 'waiting', 'unknown']

/** Until it passes, the time is over or the run is cancelled; what is told in the end is the last finding. */
export async function poll(
  attempt: () => Promise<Finding>,
  retry: Retry | undefined,
  bench: Readonly<{ untilMs?: number }>,
  { clock, signal }: Readonly<{ clock: Clock; signal: AbortSignal }>
): Promise<Finding> {
  const began = clock.now().getTime()
  const spent = () => clock.now().getTime() - began
  const settled = ({ outcome, reason }: Finding) => SETTLED.includes(outcome) || reason === 'bug'
  const goesOn = (every: Retry): boolean =>
    !signal.aborted && !isOver(bench, clock) && spent() + every.everyMs <= every.forMs
  let finding = await attempt()
  let tries = 1
  while (retry !== undefined && !settled(finding) && goesOn(retry)) {
    await clock.sleep(retry.everyMs, signal)
    finding = await attempt()
    tries++
  }
  if (tries === 1 || settled(finding)) return finding
  return { ...finding, detail: `${finding.detail} (${tries} tries in ${formatDuration(spent())})` }
}
