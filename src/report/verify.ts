import { oneLine } from '../core/text.js'
import { type Layout, PLAIN } from './layout.js'

/** What was found when chains were read again: `problems` is empty when nothing was changed. */
export type Verification = Readonly<{
  ledger: string
  executions: number
  events: number
  /** Heads that were given, as `ID:SEQ:HASH`; without one a cut tail cannot be seen. */
  heads: readonly string[]
  problems: readonly Readonly<{ execution: string; seq?: number; problem: string }>[]
  /** The newest head of each execution that was read. */
  newest: readonly string[]
}>

export function verifyText(found: Verification, { paint }: Layout = PLAIN): string {
  const { executions, events, ledger, problems, heads, newest } = found
  const seen = `${events} events of ${executions} executions in ${ledger}`
  const against = heads.length === 0 ? [] : [`  held against ${heads.join(', ')}`]
  if (problems.length === 0) {
    const hint =
      heads.length > 0
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
