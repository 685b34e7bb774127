import { type NotifyRule, nameOfDestination, toldOf } from '../notify/notifier.js'
import { rule, type Weakening } from './weakening.js'

type Rules = readonly NotifyRule[]

/** Who would be told less of deployments to that environment; more, or somebody else beside, is nothing less. */
export function toldLess(before: Rules = [], now: Rules = [], environment: string): readonly Weakening[] {
  const there = now.filter(other => toldOf(other, environment))
  return before
    .filter(was => toldOf(was, environment))
    .flatMap(was => {
      const same = there.filter(other => isSame(other, was))
      const lost = was.on.filter(kind => !same.some(({ on }) => on.includes(kind)))
      const later =
        lost.length === 0 &&
        was.on.includes('escalation') &&
        same.every(({ on, afterMs }) => !on.includes('escalation') || afterMs > was.afterMs)
      const who = nameOfDestination(was.to)
      if (same.length === 0) return [rule('notify', `does not tell ${who} any more`)]
      if (lost.length > 0) return [rule('notify', `does not tell ${who} of ${lost.join(', ')} any more`)]
      return later ? [rule('notify', `tells ${who} later that nobody reacts`)] : []
    })
}

/** The same receiver: another signature, sender or server of a mail makes no other of it. */
function isSame({ to: one }: NotifyRule, { to: other }: NotifyRule): boolean {
  if (one.kind === 'email' && other.kind === 'email') return other.to.every(address => one.to.includes(address))
  if (one.kind === 'issue-comment' && other.kind === 'issue-comment') return one.issue === other.issue
  return 'url' in one && 'url' in other && one.kind === other.kind && one.url === other.url
}
