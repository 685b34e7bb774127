import { oneLine } from '../core/text.js'
import { type Layout, PLAIN } from './layout.js'

/** What was found when chains were read again: `problems` is empty when nothing was changed. */
export type Verification = Readonly<{
  ledger: string
  executions: number
  events: number
  /** Heads that were given, as `ID:SEQ:HASH`; without one a cut tail cannot be seen. */
  heads: readonly string[]
  /** What the statuses of GitHub's deployments say; `older` executions were before the ledger's first. */
  told:
    | Readonly<{ kind: 'read'; deployments: number; heads: number; older: number }>
    | Readonly<{ kind: 'unreadable'; why: string; hint: string }>
  problems: readonly Readonly<{ execution: string; seq?: number; problem: string }>[]
  /** The newest head of each execution that was read. */
  newest: readonly string[]
}>

export function verifyText(found: Verification, { paint }: Layout = PLAIN): string {
  const { executions, events, ledger, problems, heads, newest } = found
  const seen = `${events} events of ${executions} executions in ${ledger}`
  const against = [...(heads.length === 0 ? [] : [`  held against ${heads.join(', ')}`]), ...toldLines(found, paint)]
  if (problems.length === 0) {
    const isHeld = heads.length > 0 || (found.told.kind === 'read' && found.told.heads > 0)
    const hint = isHeld
      ? []
      : [paint('dim', '  A cut tail shows only against a head: --head ID:SEQ:HASH, from a summary.')]
    const last = newest.slice(0, 1).map(head => `  newest head ${head}`)
    return [`${paint('green', '✓')} The chain is whole: ${seen}`, ...against, ...last, ...hint].join('\n')
  }
  const lines = problems.map(({ execution, seq, problem }) => {
    const place = seq === undefined ? execution : `${execution}, event ${seq}`
    return `  ${paint('bold', place)}: ${oneLine(problem)}`
  })
  const next = '  → Keep a copy of the ledger as it is, and compare it with the summaries that GitHub keeps.'
  return [`${paint('red', '✗')} The chain is broken: ${seen}`, ...against, ...lines, paint('cyan', next)].join('\n')
}

/** What could not be held against GitHub was not: it is said, and never looks like a comparison that went well. */
function toldLines({ told }: Verification, paint: Layout['paint']): readonly string[] {
  if (told.kind === 'unreadable') {
    const why = `  not held against the deployments on GitHub: ${oneLine(told.why)}`
    return [paint('yellow', why), paint('dim', `  → ${oneLine(told.hint)}`)]
  }
  const { deployments, heads, older } = told
  const before = older === 0 ? '' : `; ${older} of executions before the first one here are not its matter`
  return [`  held against ${heads} heads in ${deployments} deployments on GitHub${before}`]
}
