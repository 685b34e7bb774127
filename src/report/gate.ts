import type { GateRules } from '../core/checklist.js'
import type { BranchPolicy, EnvironmentFacts } from '../core/gate/facts.js'
import { asksGitHub } from '../core/gate/settings.js'
import type { GateFacts, Objection } from '../core/ports.js'
import { oneLine } from '../core/text.js'
import { formatDuration } from '../core/units.js'
import { columns } from './columns.js'
import { type Layout, PLAIN } from './layout.js'

export type GateView = Readonly<{
  environment: string
  rules: GateRules
  found: GateFacts
  objections: readonly Objection[]
  /** True after it was set. */
  applied: boolean
  weakened?: string
}>

/** What the checklist promises beside what GitHub enforces, and what would have to be changed. */
export function gateText(
  { environment, rules, found, objections, applied, weakened = '' }: GateView,
  layout: Layout = PLAIN
) {
  const { width, paint } = layout
  const facts = found.kind === 'read' && found.facts.exists ? found.facts : undefined
  const rows = ROWS.map(([name, promise, real]) => [
    { text: name },
    { text: promise(rules) ?? '–' },
    { text: facts === undefined ? '?' : real(facts) }
  ])
  const page = found.kind === 'read' ? [`settings  ${found.facts.settingsUrl}`] : []
  const closing = [
    ...(rules.reviewers === 'sign-off'
      ? ["A second person's sign-off is kept in the ledger; GitHub enforces nothing of it."]
      : []),
    ...(objections.length > 0 ? [] : [verdict(rules, applied)])
  ]
  return [
    `the gate of ${oneLine(environment)}`,
    '',
    ...columns(['', 'promised', 'on GitHub'], rows, { width, paint }),
    '',
    ...page,
    ...(weakened === '' ? [] : [`${paint('yellow', '!')} ${oneLine(weakened)}`]),
    ...objections.flatMap(({ reason, message, hint }) => [
      `${paint('red', '✗')} ${oneLine(message)} (${reason})`,
      // Whole, since a line of it is to be copied.
      paint('cyan', `  → ${oneLine(hint)}`)
    ]),
    ...closing
  ].join('\n')
}

// What was promised nothing of, or could not be read, is not called enforced.
function verdict(rules: GateRules, applied: boolean): string {
  if (!asksGitHub(rules)) return 'The checklist promises nothing here that GitHub would have to enforce.'
  return applied ? 'It is set, and GitHub says so.' : 'GitHub enforces what is promised.'
}

type Row = readonly [string, (rules: GateRules) => string | undefined, (facts: EnvironmentFacts) => string]

const ROWS: readonly Row[] = [
  [
    'reviewers',
    ({ reviewers }) => reviewers,
    ({ reviewers }) => reviewers.map(({ name }) => name).join(', ') || 'none'
  ],
  ['self-review', ({ preventSelfReview }) => prevented(preventSelfReview), facts => allowed(facts.preventSelfReview)],
  [
    'admin bypass',
    ({ preventAdminBypass }) => prevented(preventAdminBypass),
    ({ preventAdminBypass }) => (preventAdminBypass === undefined ? 'not told' : allowed(preventAdminBypass))
  ],
  [
    'wait timer',
    ({ waitMs }) => (waitMs === undefined ? undefined : formatDuration(waitMs)),
    ({ waitMs }) => (waitMs === 0 ? 'none' : formatDuration(waitMs))
  ],
  ['branches', ({ branches }) => branches?.join(', '), ({ branches }) => branchesOf(branches)]
]

const prevented = (promise: boolean | undefined) => (promise === true ? 'prevented' : undefined)
const allowed = (isPrevented: boolean) => (isPrevented ? 'prevented' : 'allowed')

function branchesOf(policy: BranchPolicy): string {
  switch (policy.kind) {
    case 'all':
      return 'all'
    case 'protected':
      return policy.branches.length === 0 ? 'all, as none is protected' : `protected: ${policy.branches.join(', ')}`
    case 'custom':
      return (
        policy.policies.map(({ type, pattern }) => (type === 'tag' ? `tag ${pattern}` : pattern)).join(', ') || 'none'
      )
  }
}
