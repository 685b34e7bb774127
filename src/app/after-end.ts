import { changeFrom } from '../core/engine/journal.js'
import { unavailable } from '../core/errors.js'
import type { EventBody } from '../core/events.js'
import type { Ledger, Stored } from '../core/ports.js'
import { mustRead } from './begin.js'
import type { Shop } from './shop.js'

const TRIES = 20

/**
 * Adds what is legal after the end (checkpoint, mark, link) to an execution that others may write to as well. `bodies` of
 * how it stands then: whoever comes second may have nothing to add any more. Returns what was added.
 */
export async function addAfterEnd(
  id: string,
  bodies: readonly EventBody[] | ((stored: Stored) => readonly EventBody[]),
  ledger: Ledger,
  { clock }: Shop
): Promise<readonly EventBody[]> {
  for (let tries = 1; tries <= TRIES; tries++) {
    const stored = await mustRead(id, ledger)
    const added = typeof bodies === 'function' ? bodies(stored) : bodies
    if (added.length === 0) return added
    const written = await ledger.append(changeFrom(stored, added, ledger, clock.now().toISOString()))
    if (written.kind === 'appended') return added
  }
  throw unavailable('ledger_unavailable', `${id} changed each time something was to be added to it`, 'Try again.')
}
