import { type PlanFacts, planView } from '../core/result/plan-view.js'
import { shortCommit } from '../core/text.js'
import { brief } from './brief.js'
import { code, fitted, kept, prose } from './markdown.js'
import { short } from './short.js'
import { commitList, migrationList } from './summary-evidence.js'
import { stepLines } from './summary-next.js'

/** A plan as a page: what a reviewer decides from, in the order of every page, and what stands in the way today. */
export function planPage(facts: PlanFacts, { serverUrl = '' }: Readonly<{ serverUrl?: string }> = {}): string {
  const { plan, objections } = facts
  const view = planView(facts)
  const what = `${shortCommit(plan.commit)} for ${plan.key.environment}`
  const title =
    objections.length === 0
      ? `## 📋 Plan: ${short(what, 120)}`
      : `## ⛔ Plan: ${short(what, 120)} would be refused today`
  const about = { ...view, execution: { ...view.execution, about: ['a plan, nothing was touched'] } }
  return fitted(
    [
      { head: [title, ''], lines: [kept(brief(about, { serverUrl }).join('\n'))] },
      {
        name: 'what stands in the way',
        head: objections.length === 0 ? [] : ['### In the way today', ''],
        lines: objections.map(({ message, reason, hint }) =>
          kept([`- ❌ ${prose(message)} (${reason})`, ...stepLines(hint).map(line => `  ${line}`)].join('\n'))
        ),
        foot: ['']
      },
      commitList(view, { serverUrl }),
      migrationList(view)
    ],
    {
      limit: 500_000,
      tail: [`Plan ${code(plan.digest.slice(0, 16))}`, ''],
      notice: ({ lines }) => `> [!NOTE]\n> ${lines} lines had no room here.`
    }
  )
}
