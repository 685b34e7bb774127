import { expiredStages } from '../core/engine/expiry.js'
import type { Journal } from '../core/engine/journal.js'
import type { Event } from '../core/events.js'
import { formatDuration } from '../core/units.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'

/** What an earlier process has checked or saved too long ago is made afresh by this one, backups too. */
export async function expireEvidence(
  { stage: asked }: Pick<Request, 'stage'>,
  events: readonly Event[],
  journal: Journal,
  { clock, terminal }: Shop
): Promise<void> {
  const { maxAgeMs } = journal.state.plan.rules
  const now = clock.now()
  const stages = expiredStages(events, { asked, maxAgeMs, now })
  if (stages.length === 0) return
  const limit = maxAgeMs === undefined ? '' : ` (max-age: ${formatDuration(maxAgeMs)})`
  terminal.say(`${stages.join(' and ')} ran too long ago to count${limit}: made afresh.`)
  await journal.commit({ type: 'expired', stages, because: `too old at ${now.toISOString()}${limit}` })
}
