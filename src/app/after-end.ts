import { unavailable } from '../core/errors.js'
import type { EventBody } from '../core/events.js'
import { linkFor } from '../core/kept.js'
import type { Ledger } from '../core/ports.js'
import { mustRead, replay } from './begin.js'
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
    const last = stored.events.at(-1)
    const at = clock.now().toISOString()
    const events = linkFor(ledger, bodies, { head: stored.head, seq: last?.seq ?? 0, at, token: stored.record.token })
    const written = await ledger.append({ record: replay(stored, events), events, expectedHead: stored.head })
    if (written.kind === 'appended') return
  }
  throw unavailable('ledger_unavailable', `${id} changed each time something was to be added to it`, 'Try again.')
}
