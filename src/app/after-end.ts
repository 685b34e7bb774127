import { changeFrom } from '../core/engine/journal.js'
import { unavailable } from '../core/errors.js'
import type { EventBody } from '../core/events.js'
import type { Ledger } from '../core/ports.js'
import { mustRead } from './begin.js'
import type { Shop } from './shop.js'

const TRIES = 20

/** Adds what is legal after the end (checkpoint, mark, link) to an execution that others may write to as well. */
export async function addAfterEnd(
  id: string,
  bodies: readonly EventBody[],
  ledger: Ledger,
  { clock }: Shop
): Promise<void> {
  for (let tries = 1; tries <= TRIES; tries++) {
    const stored = await mustRead(id, ledger)
    const written = await ledger.append(changeFrom(stored, bodies, ledger, clock.now().toISOString()))
    if (written.kind === 'appended') return
  }
  throw unavailable('ledger_unavailable', `${id} changed each time something was to be added to it`, 'Try again.')
}
