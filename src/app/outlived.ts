import { changeFrom, type Journal } from '../core/engine/journal.js'
import { ChecklistError } from '../core/errors.js'
import { type ExecutionRecord, isSuccess } from '../core/execution.js'
import type { Ledger } from '../core/ports.js'
import { mustRead } from './begin.js'
import type { Shop } from './shop.js'
import { waitsAhead } from './sign-ahead.js'
import { closePage } from './sign-page.js'

/**
 * Ends what was prepared before this release, went live after it, still waits for people: nobody may go on with that any
 * more, so nobody is asked any more. What only waits for an approval is left to its own last job. A fault here is said and
 * changes nothing of how the release went; the next one comes by again.
 */
export async function endOutlived({ record }: Journal, ledger: Ledger, shop: Shop): Promise<void> {
  if (record.purpose !== 'deploy' || !isSuccess(record.status)) return
  try {
    const { records } = await ledger.list({ key: record.key, status: ['WAITING'] }, { limit: 100 })
    const outlived = records.filter(waiting => waiting.number < record.number && waitsAhead(waiting))
    for (const { id } of outlived) await end(id, record, ledger, shop)
  } catch (error) {
    if (!(error instanceof ChecklistError)) throw error
    shop.terminal.say(`What waited before this release was left as it is: ${error.message}.`)
  }
}

/** Only as it was seen to wait: whoever goes on with it at this moment learns by itself what is live. */
async function end(id: string, by: ExecutionRecord, ledger: Ledger, shop: Shop): Promise<void> {
  const stored = await mustRead(id, ledger)
  if (!waitsAhead(stored.record)) return
  const message = `${by.id} (commit ${by.commit.slice(0, 12)}) went live while it waited`
  const ended = { type: 'ended', status: 'CANCELLED', reason: 'superseded', message } as const
  const written = await ledger.append(changeFrom(stored, [ended], ledger, shop.clock.now().toISOString()))
  if (written.kind !== 'appended') return
  shop.terminal.say(`${id} waited for people and is over: this release is newer.`)
  await closePage(id, shop)
}
