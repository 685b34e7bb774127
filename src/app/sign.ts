import { refused } from '../core/errors.js'
import { isEnded } from '../core/execution.js'
import { openJournal } from '../core/journal.js'
import { stateOf } from '../core/state.js'
import type { Request } from './request.js'
import { sign as write } from './run.js'
import type { Shop } from './shop.js'
import { find } from './views.js'

/** Writes sign-offs into an open execution without going on with it. Returns its id. */
export async function signOnly(request: Request, shop: Shop): Promise<string> {
  if (request.signs.length === 0) throw refused('usage', 'nothing is signed', 'Name it: --sign ITEM=WHO:WORDS.')
  const stored = await find(request, shop)
  const { record, events, head } = stored
  if (isEnded(record))
    throw refused('usage', `${record.id} ended ${record.status}`, 'Only an open execution can be signed.')
  const state = stateOf(events)
  const known = Object.values(state.plan.stages)
    .flat()
    .map(({ id }) => id)
  const stray = request.signs.find(({ item }) => !known.includes(item))
  if (stray !== undefined)
    throw refused('usage', `${record.id} has no item ${stray.item}`, `Its items are ${known.join(', ')}.`)
  const { clock, redactor } = shop
  const journal = openJournal(
    { state, record, head, seq: events.at(-1)?.seq ?? 0 },
    { ledger: await shop.ledger(), clock, redactor, observers: [] }
  )
  await write(request.signs, journal, shop)
  return record.id
}
