import { stat } from 'node:fs/promises'
import { expiredStages } from '../core/engine/expiry.js'
import type { Journal } from '../core/engine/journal.js'
import type { Event } from '../core/events.js'
import type { Receipt } from '../core/records.js'
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
  const lost = asked === undefined || asked === 'backup' ? await outOfReach(events, journal) : []
  if (lost.length > 0) {
    const where = lost.map(({ subject, location }) => `${subject} at ${location}`).join(', ')
    terminal.say(`The backup of ${where} cannot be reached from here: made afresh.`)
    await journal.commit({ type: 'expired', stages: ['backup'], because: 'a backup cannot be reached from here' })
  }
  const stages = expiredStages(events, { asked, maxAgeMs, now }).filter(
    stage => stage !== 'backup' || lost.length === 0
  )
  if (stages.length === 0) return
  const limit = maxAgeMs === undefined ? '' : ` (max-age: ${formatDuration(maxAgeMs)})`
  terminal.say(`${stages.join(' and ')} ran too long ago to count${limit}: made afresh.`)
  await journal.commit({ type: 'expired', stages, because: `too old at ${now.toISOString()}${limit}` })
}

/** Dumps of another job that do not lie where this one looks: no way back could be made of them. */
async function outOfReach(events: readonly Event[], { state }: Journal): Promise<readonly Receipt[]> {
  // Once the stage itself has passed, this job has looked.
  if (state.stages.has('backup')) return []
  const ahead = new Set(events.flatMap(({ body }) => (body.type === 'intent' && body.ahead ? [body.item] : [])))
  const made = [...state.deeds.values()].filter(({ item, stage }) => stage === 'backup' && ahead.has(item))
  const receipts = made.flatMap(({ settled }) => (settled?.receipt === undefined ? [] : [settled.receipt]))
  const there = await Promise.all(receipts.map(({ location, bytes }) => liesThere(location, bytes)))
  return receipts.filter((_, index) => !there[index])
}

const liesThere = async (location: string, bytes: number): Promise<boolean> => {
  const found = await stat(location).catch(() => undefined)
  return found?.size === bytes
}
