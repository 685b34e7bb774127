import type { GateRules } from '../checklist.js'
import type { PlannedItem, SignOff } from '../item.js'
import { isSameLogin } from '../login.js'

/** Stands in preflight where `gate: { reviewers: sign-off }` is promised; no item of a checklist has such an id. */
export const SECOND_PERSON = 'preflight/gate:second-person'

const ITEM: PlannedItem = {
  id: SECOND_PERSON,
  name: 'A second person agrees',
  kind: 'manual',
  at: { line: 1, col: 1 },
  effect: 'check',
  optional: false,
  spec: { manual: 'A second person agrees; GitHub does not enforce it, the ledger records it', second: true }
}

/**
 * Preflight with the item that waits for the second person, last, so that they see what the checks before it have found.
 * All that acts comes after preflight, and so after their word.
 */
export const withSecondPerson = (
  preflight: readonly PlannedItem[],
  gate: GateRules | undefined
): readonly PlannedItem[] => (gate?.reviewers === 'sign-off' ? [...preflight, ITEM] : preflight)

type Word = Readonly<{ kind: 'given'; signOff: SignOff }> | Readonly<{ kind: 'lacking'; why: string }>

/**
 * The last word on an item by somebody else than who started the run. One that is only claimed is none: whoever started the
 * run could have written it.
 */
export function secondWord(signOffs: readonly SignOff[], item: string, starter: string | undefined): Word {
  const own = signOffs.filter(signOff => signOff.item === item)
  if (starter === undefined) return { kind: 'lacking', why: 'it is not known who started this' }
  const counting = own.findLast(({ who, claimed }) => !claimed && !isSameLogin(who, starter))
  if (counting !== undefined) return { kind: 'given', signOff: counting }
  const last = own.at(-1)
  if (last === undefined) return { kind: 'lacking', why: `nobody beside ${starter} has signed yet` }
  return {
    kind: 'lacking',
    why: isSameLogin(last.who, starter)
      ? `${last.who} has signed, who started this; somebody else has to`
      : `${last.who} is only claimed to have signed; they have to do it themselves`
  }
}
