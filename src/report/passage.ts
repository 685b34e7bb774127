import type { Passage } from '../core/approval.js'

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
