import type { Result } from '../core/result/result.js'
import type { ResultItem, ResultStage } from '../core/result/result-stages.js'
import { took } from '../core/text.js'
import { type Block, kept, prose, row, tableHead } from './markdown.js'
import { isNotable, itemMark, stageMark } from './marks.js'
import type { SummaryOptions } from './summary.js'

/** Red items with what to do above the tables; the tables have all of them. */
const MOST_NOTABLE = 6
/** Of an item that must stand on the page although there is no room for what was found. */
const SHORT_NAME = 100

/** What is red or waits, with what to do. */
export function notable({ stages }: Result, options: SummaryOptions): Block {
  const items = stages.flatMap(({ items }) => items.filter(({ outcome }) => isNotable(outcome)))
  if (items.length === 0) return { head: [], lines: [] }
  const more = items.length - MOST_NOTABLE
  const lines = items.slice(0, MOST_NOTABLE).map(item => notableLine(item, options))
  const rest = more > 0 ? [`- and ${more} more in the tables below`] : []
  return {
    head: ['### To look at', ''],
    lines: [...lines, ...rest].map(kept),
    foot: ['']
  }
}

function notableLine(item: ResultItem, options: SummaryOptions): string {
  const detail = item.detail === '' ? item.outcome : prose(item.detail)
  const hint = item.hint === '' ? '' : `<br>→ ${prose(item.hint)}`
  return `- ${itemMark(item.outcome).emoji} **${nameOf(item)}** ${placeOf(item, options)}: ${detail}${hint}`
}

/** A stage with all its items. */
export function stageTable(stage: ResultStage, options: SummaryOptions): Block {
  const { name, state, durationMs, items } = stage
  const time = state === 'running' ? `running for ${took(durationMs)}` : `${state} in ${took(durationMs)}`
  const mark = waits(stage) ? itemMark('waiting') : stageMark(state)
  const said = state === 'not-run' ? 'looked at ahead of it' : waits(stage) ? 'waits for a person' : time
  const title = `### ${mark.emoji} ${name}: ${said}`
  if (items.length === 0) return { head: [title, ''], lines: [] }
  const lines = items.map(item => {
    const text = itemRow(item, options)
    return isNotable(item.outcome) ? { text, short: shortRow(item, options) } : text
  })
  return { name, head: [title, '', ...tableHead([' ', 'item', 'what was found', 'time'])], lines, foot: [''] }
}

// It was left without having passed, and nothing in it is red.
const waits = ({ state, items }: ResultStage): boolean =>
  state === 'failed' &&
  items.some(({ outcome }) => outcome === 'waiting') &&
  items.every(({ outcome }) => outcome === 'waiting' || outcome === 'degraded' || !isNotable(outcome))

/** Stages that were not reached, in one place, so that what happened is not hidden between empty tables. */
export function notRun({ stages, execution }: Result): Block {
  const missing = stages.filter(({ state, items }) => state === 'not-run' && !items.some(isSettled))
  if (missing.length === 0) return { head: [], lines: [] }
  const lines = missing.map(({ name, items }) => `- **${name}**: ${items.map(({ id }) => prose(id)).join(', ')}`)
  return {
    name: 'not run',
    head: [`### ${stageMark('not-run').emoji} Not run${execution?.completedAt === '' ? ' yet' : ''}`, ''],
    lines,
    foot: ['']
  }
}

/** Stages with something to show: one that has begun, or one of which items were looked at ahead of it. */
export const isShown = ({ state, items }: ResultStage): boolean => state !== 'not-run' || items.some(isSettled)

const isSettled = ({ outcome }: ResultItem): boolean => outcome !== 'not-run'

const shortRow = (item: ResultItem, options: SummaryOptions): string =>
  itemRow({ ...item, id: item.id.slice(0, SHORT_NAME), detail: '', hint: '' }, options)

function itemRow(item: ResultItem, options: SummaryOptions): string {
  const { outcome, detail, hint, target, attempt, durationMs, startedAt } = item
  const { longest } = options
  const where = target === '' ? '' : ` on ${prose(target)}`
  const again = attempt > 1 ? ` (attempt ${attempt})` : ''
  const advice = hint === '' || outcome === 'pass' ? '' : `→ ${prose(hint, longest)}`
  const found = [prose(detail, longest), advice].filter(part => part !== '')
  const time = startedAt === '' || outcome === 'running' ? '' : took(durationMs).replaceAll(' ', '&nbsp;')
  const mark = `${itemMark(outcome).emoji}&nbsp;${outcome}`
  return row([mark, `${nameOf(item)}${where}${again} ${placeOf(item, options)}`, found.join('<br>'), time])
}

const nameOf = ({ id, deed, optional }: ResultItem): string =>
  `${deed === 'undo' ? 'undo of ' : ''}${prose(id)}${optional ? ' (optional)' : ''}`

const placeOf = ({ at }: ResultItem, { checklist }: SummaryOptions): string =>
  at === null ? '' : `<sub>${prose(checklist ?? 'line')}${checklist === undefined ? '&nbsp;' : ':'}${at.line}</sub>`
