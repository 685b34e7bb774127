import type { PlannedItem } from '../item.js'
import { isSameLogin } from '../login.js'
import type { Plan } from '../plan.js'

/** Whose word an item asks for. Members of a team are known to GitHub alone, so that any word for it is a claim. */
export type Signer = Readonly<{ kind: 'anybody' }> | Readonly<{ kind: 'person' | 'team'; name: string }>

/** By the role of the item, or the person that it names itself. */
export function signerOf({ spec }: Pick<PlannedItem, 'spec'>, people: Plan['people']): Signer {
  const by = typeof spec['by'] === 'string' ? spec['by'] : ''
  const name = by.startsWith('@') ? by : Object.hasOwn(people, by) ? people[by] : undefined
  if (name === undefined) return { kind: 'anybody' }
  return { kind: name.includes('/') ? 'team' : 'person', name }
}

/** Whether a sign-off by `who` may be kept, and whether it is only claimed: `actor` is who started the run. */
export function judgeSigner(signer: Signer, who: string, actor: string): 'stranger' | 'claimed' | 'vouched' {
  if (signer.kind === 'person' && !isSameLogin(signer.name, who)) return 'stranger'
  return signer.kind !== 'team' && isSameLogin(who, actor) ? 'vouched' : 'claimed'
}
