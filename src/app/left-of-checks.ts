import { leftOfChecks } from '../core/engine/left-of-checks.js'
import type { Stored } from '../core/ports.js'
import type { Shop } from './shop.js'

/** Ends what checks of a dead process have left running, so that none of them runs beside itself. */
export async function endLeftChecks({ record, events }: Stored, { leftovers, terminal }: Shop): Promise<void> {
  const left = leftOfChecks(events, await leftovers.find(record.id))
  if (left.length === 0) return
  const each = left.map(({ item, pid }) => `${item} (process ${pid})`).join(', ')
  terminal.say(`ending what an earlier process left running: ${each}`)
  await leftovers.end(left.map(({ pid }) => pid))
}
