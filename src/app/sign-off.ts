import type { Journal } from '../core/engine/journal.js'
import { refused } from '../core/errors.js'
import type { SignOff } from '../core/item.js'
import type { Plan } from '../core/plan.js'
import type { Sign } from './request.js'
import type { Shop } from './shop.js'

/** Refuses a sign-off that names no item of the plan: it would be kept, and nobody would ever look at it. */
export function mustFit(signs: readonly Sign[], { stages }: Plan): void {
  const items = Object.values(stages).flat()
  const stray = signs.find(({ item }) => !items.some(({ id }) => id === item))
  if (stray === undefined) return
  const manual = items.filter(({ kind }) => kind === 'manual')
  const known = (manual.length > 0 ? manual : items).map(({ id }) => id).join(', ')
  const which = manual.length > 0 ? 'Those that wait for a person are' : 'Its items are'
  throw refused('usage', `--sign ${stray.item}=…: the plan has no item ${stray.item}`, `${which} ${known}.`)
}

/** Writes sign-offs that came with the request. Only who started the run is vouched for; anybody else is claimed. */
export async function sign(signs: readonly Sign[], journal: Journal, shop: Shop): Promise<void> {
  const { actor } = await shop.identity()
  const at = shop.clock.now().toISOString()
  for (const { item, who, words } of signs) {
    const signOff: SignOff = { item, who, words, claimed: who !== actor, at }
    await journal.commit({ type: 'signed', signOff })
  }
}
