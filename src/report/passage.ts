import type { Passage } from '../core/approval.js'
import { SECOND_PERSON, secondWord } from '../core/gate/second-person.js'
import type { SignOff } from '../core/item.js'
import type { ResultStage } from '../core/result/result-stages.js'

/** `approved by ann (wrote or pushed the commit): "go", seen at …`; of a bypass, what was found. */
export function passageWords({ how, why, approvals }: Pick<Passage, 'how' | 'why' | 'approvals'>): string {
  const given = approvals.map(({ who, words, own = [], seenAt }) => {
    const role = own.map(what => (what === 'commit' ? 'whose commit it is' : 'who started the run')).join(' and ')
    const said = words === '' ? '' : `: ${words}`
    return `${who}${role === '' ? '' : ` (${role})`}${said}, seen at ${seenAt}`
  })
  const [first, ...rest] = [...(why === '' ? [] : [why]), ...given]
  // A ledger that everybody can read keeps no reason.
  if (first === undefined) return how
  return [`${how}${how === 'approved' ? ' by' : ':'} ${first}`, ...rest].join('; ')
}

/** Where a second person signs instead of a reviewer: the weaker thing, said as such. */
export function secondWords({
  stages,
  signOffs,
  execution
}: Readonly<{
  stages: readonly ResultStage[]
  signOffs: readonly SignOff[]
  execution: Readonly<{ actor: string }> | null
}>): readonly string[] {
  if (!stages.some(({ items }) => items.some(({ id }) => id === SECOND_PERSON))) return []
  const word = secondWord(signOffs, SECOND_PERSON, execution?.actor)
  const said = word.kind === 'given' ? `signed by ${word.signOff.who}: ${word.signOff.words}` : word.why
  return [`a second person's sign-off, which GitHub does not enforce: ${said}`]
}
