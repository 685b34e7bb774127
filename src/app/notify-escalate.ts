import { replaces } from '../core/checkpoints.js'
import { changeFrom } from '../core/engine/journal.js'
import { type ExecutionRecord, isEnded, isPaused, isSameKey, isSuccess } from '../core/execution.js'
import { type Overdue, overdueOf } from '../core/notify/overdue.js'
import type { Ledger, Stored } from '../core/ports.js'
import { mustRead } from './begin.js'
import { lifeOf } from './life.js'
import { notifyOf } from './notify-watch.js'
import type { Request } from './request.js'
import { settle } from './settle.js'
import type { Shop } from './shop.js'

const TRIES = 5

/**
 * Tells those who want to know it what nobody has reacted to for too long: a run that waits, one that was left with the
 * environment, a page of the monitor. Written before it is told, so that of two who look at once one tells it. Whatever
 * stands in its way stands in nobody else's.
 */
export async function escalate(request: Pick<Request, 'environment'>, shop: Shop): Promise<void> {
  try {
    const ledger = await shop.ledger()
    const { repository } = await shop.identity()
    const { environment } = request
    const key = environment === '' ? { repository } : { repository, environment }
    const { records } = await ledger.list({ key }, { limit: 100, damaged: 'tell' })
    for (const record of records.filter(each => mayWait(each, records))) {
      await settleDead(record, shop)
      await escalateOne(record, ledger, shop)
    }
  } catch (thrown) {
    shop.terminal.say(`Nobody could see whether something waits for a person: ${shop.redactor.redact(String(thrown))}`)
  }
}

/** Open and stopped, or the newest that acted here: its checkpoints may have called somebody. */
function mayWait(record: ExecutionRecord, records: readonly ExecutionRecord[]): boolean {
  const newer = records.filter(({ key, number }) => isSameKey(key, record.key) && number > record.number)
  const stands = !records.some(other => replaces(other, record))
  if (!isEnded(record)) return record.holdsEnvironment || (record.status === 'WAITING' && newer.length === 0)
  return stands && record.purpose === 'deploy' && isSuccess(record.status)
}

/** One whose process died in the middle, and nobody was left to say so: it is said now, and those who are told hear it. */
async function settleDead(record: ExecutionRecord, shop: Shop): Promise<void> {
  if (isEnded(record) || isPaused(record) || (await lifeOf(record, shop)) !== 'dead') return
  await settle(record.id, shop)
}

async function escalateOne({ id }: ExecutionRecord, ledger: Ledger, shop: Shop): Promise<void> {
  for (let tries = 1; tries <= TRIES; tries++) {
    const stored = await mustRead(id, ledger)
    const due = overdueOf(stored.record, stored.events, notifyOf(stored.events), shop.clock.now())
    if (due.length === 0) return
    const told = await write(stored, due, ledger, shop)
    if (told === undefined) continue
    for (const { notice, afterMs, since } of due) {
      const waitedMs = shop.clock.now().getTime() - Date.parse(since)
      shop.herald.escalate(told, { kind: 'escalation', cause: notice.cause, at: since, waitedMs }, afterMs)
      shop.terminal.say(
        `Nobody has reacted to ${notice.cause} of ${id} since ${since}: those who asked for it are told.`
      )
    }
    return
  }
}

/** Undefined when somebody else wrote meanwhile: then it is looked at again. */
async function write(stored: Stored, due: readonly Overdue[], ledger: Ledger, shop: Shop) {
  const bodies = due.map(
    ({ notice, afterMs }) => ({ type: 'told', kind: 'escalation', cause: notice.cause, afterMs }) as const
  )
  const change = changeFrom(stored, bodies, ledger, shop.clock.now().toISOString())
  const written = await ledger.append(change)
  if (written.kind !== 'appended') return undefined
  return { record: change.record, events: [...stored.events, ...change.events] }
}
