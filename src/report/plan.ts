import { isTakenBack } from '../core/engine/deeds-to-undo.js'
import type { PlannedItem } from '../core/item.js'
import type { Plan } from '../core/plan.js'
import type { Objection } from '../core/ports.js'
import { wayBackOf } from '../core/result/way-back.js'
import { FORWARD_STAGES, STAGES } from '../core/stages.js'
import { oneLine, shortCommit } from '../core/text.js'
import { columns } from './columns.js'
import { hanging, type Layout, lines, PLAIN } from './layout.js'
import { wayBackLine } from './receipt.js'

export type PlanFacts = Readonly<{
  /** What stands in its way today; empty when it could start. */
  objections?: readonly Objection[]
  /** What it asks less of than the default branch does. */
  weakened?: string
  lastRollbackSeconds?: number
}>

/** What would happen, how it would come back, and the digest that names exactly this. */
export function planText(
  plan: Plan,
  { objections = [], weakened = '', ...measured }: PlanFacts = {},
  layout: Layout = PLAIN
): string {
  const { key, previous, commit, digest, release } = plan
  const { paint } = layout
  const from = previous === null ? 'nothing (a first deployment)' : shortCommit(previous.commit)
  const named = release === '' || release === commit ? '' : `, release ${release}`
  return [
    oneLine(`${key.checklist} → ${key.environment}: ${from} → ${shortCommit(commit)}${named}`),
    '',
    ...FORWARD_STAGES.flatMap(stage => stageLines(plan, stage, layout)),
    ...hanging(
      'way back  ',
      lines(wayBackLine(wayBackOf({ plan, receipts: [], migrations: [], ...measured })), 10, layout),
      10
    ),
    `by itself ${policyWords(plan)}`,
    `digest    ${digest}`,
    ...(weakened === '' ? [] : ['', `${paint('yellow', '!')} ${oneLine(weakened)}`]),
    ...objections.flatMap(({ reason, message, hint }) => [
      '',
      `${paint('red', '✗')} ${oneLine(message)} (${reason})`,
      paint('cyan', `  → ${oneLine(hint)}`)
    ]),
    '',
    paint('dim', 'Nothing was touched.')
  ].join('\n')
}

function stageLines(plan: Plan, stage: (typeof FORWARD_STAGES)[number], { width, paint }: Layout): readonly string[] {
  const items = plan.stages[stage]
  if (items.length === 0) return []
  const cells = items.map(item => [
    { text: item.effect === 'action' ? 'does' : item.kind === 'manual' ? 'asks' : 'looks' },
    { text: item.id },
    { text: remark(item), style: 'dim' as const },
    { text: `line ${item.at.line}`, style: 'dim' as const }
  ])
  const onFailure = { stop: 'stop', undo: 'undo, stop', 'roll-back': 'roll back', ask: 'as the checklist says' }
  const does = stage === 'backup' && items.some(isTakenBack) ? 'undo' : STAGES[stage].onFailure
  return [
    `${paint('bold', stage)} ${paint('dim', `(if it fails: ${onFailure[does]})`)}`,
    ...columns(['', '', '', ''], cells, { width: width - 2, paint })
      .slice(1)
      .map(line => `  ${line}`),
    ''
  ]
}

const remark = ({ optional, skip, undo, effect, kind }: PlannedItem): string =>
  [
    kind,
    ...(optional ? ['optional'] : []),
    ...(skip === undefined ? [] : [`skipped: ${skip}`]),
    ...(undo === undefined ? [] : [`undo: ${undo}`]),
    ...(effect === 'action' && undo === undefined && kind === 'run' ? ['no undo'] : [])
  ].join(', ')

function policyWords({ rollback: { code, schema, data } }: Plan): string {
  const schemas = { lossless: 'undone where nothing would be lost', auto: 'undone', never: 'left as it is' }
  return `code ${code === 'auto' ? 'goes back' : 'waits for a person'}, schema ${schemas[schema]}, data ${data === 'never' ? 'never restored' : data}`
}
