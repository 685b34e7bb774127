import type { Journal } from '../core/engine/journal.js'
import type { Ledger } from '../core/ports.js'
import { closedForNow } from './promotion.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'

/** Writes down which rules a named emergency set aside, once: what they would have said, who did it and why. */
export async function declareEmergency(
  { emergency }: Pick<Request, 'emergency'>,
  journal: Journal,
  ledger: Ledger,
  shop: Shop
): Promise<void> {
  if (emergency === '' || journal.record.emergency === emergency) return
  const { actor } = await shop.identity()
  const closed = await closedForNow(journal.state.plan, ledger, shop)
  const waived = closed.map(({ reason, message }) => ({ reason, message }))
  await journal.commit({ type: 'emergency', because: emergency, by: actor, waived })
}
