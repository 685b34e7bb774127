import type { Result } from '../core/result/result.js'
import type { ResultItem } from '../core/result/result-stages.js'
import { oneLine, type Paint } from '../core/text.js'
import { deploymentLines } from './deployment.js'
import { hanging, indented, type Layout, lines, PLAIN } from './layout.js'
import { isNotable, itemMark, statusMark } from './marks.js'
import { passageWords, secondWords } from './passage.js'
import { migrationLine, migrationsUndone, receiptLine, showsWayBack, wayBackLine } from './receipt.js'
import { linkWords, whyLines } from './said.js'
import { untoldWords } from './untold.js'

/** What a terminal shows last: what is red, what stands now, and what to do. `page` is where the summary was written. */
export function ending(result: Result, layout: Layout = PLAIN, page = ''): string {
  const { paint } = layout
  const red = result.stages.flatMap(({ items }) => items.filter(({ outcome }) => isNotable(outcome)))
  const { sign, style } = statusMark(result.status)
  const verdict = hanging(
    `${paint(style, sign)} `,
    lines(result.verdict, 2, layout).map(line => paint('bold', line)),
    2
  )
  const items = [...red.flatMap(item => itemLines(item, layout)), ...(red.length > 0 ? [''] : [])]
  return [
    '',
    // Whoever is waited for is to see it first.
    ...(result.status === 'WAITING' ? [...verdict, '', ...items] : [...items, ...verdict]),
    // A starter is no list of problems: it is shown as it has to be saved.
    ...(result.reason === 'checklist_missing' ? [] : result.problems.map(problem => `  ${oneLine(problem)}`)),
    ...faultLines(result, red.length > 0, layout),
    ...factLines(result, layout),
    ...copied('summary', page, layout)
  ].join('\n')
}

function itemLines(item: ResultItem, layout: Layout): readonly string[] {
  const { paint } = layout
  const { sign, style } = itemMark(item.outcome)
  const deed = item.deed === 'undo' ? 'undo of ' : ''
  const place = item.at === null ? '' : paint('dim', ` (line ${item.at.line})`)
  return [
    `${paint(style, `${sign} ${deed}${item.id}`)}${place}`,
    ...indented(item.detail || item.outcome, 4, layout),
    ...(item.hint === '' ? [] : indented(`→ ${item.hint}`, 4, layout).map(line => paint('cyan', line)))
  ]
}

// Where an item has said it already, the message would only say it again.
function faultLines({ message, hint, execution }: Result, said: boolean, layout: Layout): readonly string[] {
  if (said) return []
  const steps = execution === null && hint !== '' ? indented(`→ ${hint}`, 2, layout) : []
  return [...(message === '' ? [] : indented(message, 2, layout)), ...steps.map(line => layout.paint('cyan', line))]
}

function factLines(result: Result, layout: Layout): readonly string[] {
  const { receipts, migrations, wayBack, rollback, gate, emergency, head, execution, nextSteps, rollbackCommand } =
    result
  if (execution === null) return []
  const facts: readonly (readonly [string, string])[] = [
    ...(emergency === null ? [] : [['emergency', `${emergency.because} (${emergency.by})`] as const]),
    ...(emergency?.waived ?? []).map(({ message }) => ['set aside', message] as const),
    ...whyLines(result).map(line => ['why', line] as const),
    ...(result.weakened === undefined ? [] : [['checklist', result.weakened] as const]),
    ...secondWords(result).map(words => ['gate', words] as const),
    ...(gate === null ? [] : [['gate', passageWords(gate)] as const]),
    ...receipts.map(receipt => ['backup', receiptLine(receipt)] as const),
    ...migrations.map(migration => ['migration', migrationLine(migration, migrationsUndone(result))] as const),
    ...(wayBack === null || !showsWayBack(result) ? [] : [['way back', wayBackLine(wayBack)] as const]),
    ...(rollback?.remains ?? []).map(what => ['left as it is', what] as const),
    ...result.links.map(link => ['belongs to', linkWords(link)] as const),
    ...deploymentLines(result),
    ...(result.untold ?? []).map(untold => ['not told', untoldWords(untold)] as const),
    ...nextSteps.map(step => ['next', step] as const)
  ]
  return [
    ...facts.flatMap(([name, text]) => hanging(labelOf(name, layout.paint), lines(text, LABEL + 2, layout), LABEL + 2)),
    ...copied('take it back', rollbackCommand, layout),
    ...result.pasteLines.flatMap(({ line }) => copied('on GitHub', line, layout)),
    ...copied('chain', head, layout)
  ]
}

/** Something to copy is never broken into lines. */
const copied = (name: string, text: string, { paint }: Layout): readonly string[] =>
  text === '' ? [] : [labelOf(name, paint) + oneLine(text)]

const LABEL = 14
const labelOf = (name: string, paint: Paint): string => paint('dim', `  ${name.padEnd(LABEL)}`)
