import { openJournal, startFrom } from '../core/engine/journal.js'
import { refused } from '../core/errors.js'
import { isEnded } from '../core/execution.js'
import { mustBeAskedFor } from './asked-for.js'
import { mustBeOver } from './life.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'
import { mustFit, sign } from './sign-off.js'
import { find } from './views.js'

/**
 * Writes sign-offs into an open execution without going on with it; never into the journal of one whose process is at
 * work, because that would stop it. Returns its id.
 */
export async function signOnly(request: Request, shop: Shop): Promise<string> {
  if (request.signs.length === 0) throw refused('usage', 'nothing is signed', 'Name it: --sign ITEM=WHO:WORDS.')
  const stored = await find(request, shop)
  const { record } = stored
  await mustBeAskedFor(record, request, shop)
  if (isEnded(record))
    throw refused('usage', `${record.id} ended ${record.status}`, 'Only an open execution can be signed.')
  const start = startFrom(stored)
  mustFit(request.signs, start.state.plan)
  await mustBeOver(record, request.takeover, shop)
  const { clock, redactor } = shop
  const journal = openJournal(start, { ledger: await shop.ledger(), clock, redactor, observers: [] })
  await sign(request.signs, journal, shop)
  return record.id
}
