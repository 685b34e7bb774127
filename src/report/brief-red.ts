import type { Objection } from '../core/ports.js'
import type { ResultItem, ResultStage } from '../core/result/result-stages.js'
import type { Brief } from './brief.js'
import { isOver } from './brief-change.js'
import { isNotable, itemMark } from './marks.js'
import { count, short } from './short.js'

const MOST_RED = 3

/** What is neither good nor merely not reached, nor waits for somebody; what nobody has looked at is not called good. */
export function redLines(view: Brief): readonly string[] {
  const { stages, message, exitCode, objections = [] } = view
  if (objections.length > 0) return objectionLines(objections)
  const red = stages.flatMap(({ items }) => items.filter(({ outcome }) => isNotable(outcome) && outcome !== 'waiting'))
  if (red.length === 0) return [exitCode !== 0 && message !== '' ? `❌ ${short(message)}` : nothingRed(view)]
  const more = red.length - MOST_RED
  return red.slice(0, MOST_RED).map((item, index) => {
    const last = index === MOST_RED - 1 && more > 0 ? ` (and ${more.toLocaleString('en')} more)` : ''
    return `${redLine(item)}${last}`
  })
}

function objectionLines(objections: readonly Objection[]): readonly string[] {
  const more = objections.length - MOST_RED
  return objections
    .slice(0, MOST_RED)
    .map(
      ({ message }, index) =>
        `❌ ${short(message, 160)}${index === MOST_RED - 1 && more > 0 ? ` (and ${more} more)` : ''}`
    )
}

function redLine({ id, deed, outcome, detail, optional }: ResultItem): string {
  const name = `${deed === 'undo' ? 'undo of ' : ''}${short(id, 60)}${optional ? ' (optional)' : ''}`
  return `${itemMark(outcome).emoji} ${name}: ${detail === '' ? outcome : short(detail, 90)}`
}

function nothingRed(view: Brief): string {
  const left = view.stages.flatMap(leftIn)
  if (left.length === 0) return isOver(view) ? '✅ nothing' : 'nothing so far'
  const verb = isOver(view) ? 'not reached' : 'not looked at yet'
  return `nothing so far; ${verb}: ${left.join(', ')}`
}

/** `3 of 8 of preflight`, for stages that have something left. */
function leftIn({ name, items }: ResultStage): readonly string[] {
  const left = items.filter(({ outcome }) => outcome === 'not-run').length
  if (left === 0) return []
  return [left === items.length ? name : `${count(left, 'item')} of ${name}`]
}
