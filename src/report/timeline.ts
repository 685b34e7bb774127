import type { ResultItem, ResultStage } from '../core/result/result-stages.js'
import { byMoment, took } from '../core/text.js'

/** Bars that a reader can still tell apart, and far below Mermaid's own limit of 50,000 characters. */
const MOST_BARS = 80

/** A Gantt chart of the stages and their items in Mermaid, or nothing when nothing has run; times are UTC. */
export function timeline(stages: readonly ResultStage[]): readonly string[] {
  const ran = stages.filter(({ items }) => items.some(hasTime))
  const longest = ran.flatMap(({ items }) => items.filter(hasTime)).toSorted((a, b) => b.durationMs - a.durationMs)
  // One bar says nothing that its row does not.
  if (longest.length < 2) return []
  const shown = new Set(longest.slice(0, MOST_BARS))
  const left = longest.length - shown.size
  return [
    '```mermaid',
    'gantt',
    '  dateFormat YYYY-MM-DD HH:mm:ss.SSS',
    '  axisFormat %H:%M:%S',
    ...ran.flatMap(stage => section(stage, shown)),
    '```',
    ...(left > 0 ? ['', `The ${left} shortest items are left out of the chart.`] : [])
  ]
}

const hasTime = ({ startedAt }: ResultItem): boolean => startedAt !== ''

function section({ name, items }: ResultStage, shown: ReadonlySet<ResultItem>): readonly string[] {
  const bars = items.filter(item => shown.has(item)).toSorted((a, b) => byMoment(a.startedAt, b.startedAt))
  return bars.length === 0 ? [] : [`  section ${name}`, ...bars.map(bar)]
}

function bar(item: ResultItem): string {
  const start = Date.parse(item.startedAt)
  // A bar of no length is an error to Mermaid.
  const end = start + Math.max(1, item.durationMs)
  const deed = item.deed === 'undo' ? 'undo ' : ''
  const label = `${deed}${plain(item.name)} ${plain(took(item.durationMs))}`
  return `  ${label} :${tagOf(item)}${moment(start)}, ${moment(end)}`
}

// Mermaid reads colons, semicolons, hashes and line ends as its own; letters and digits are safe in every renderer.
const plain = (text: string): string =>
  text
    .replace(/[^\p{L}\p{N} ._/-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 48)

const tagOf = ({ outcome }: ResultItem): string => {
  if (outcome === 'pass') return 'done, '
  return outcome === 'skip' || outcome === 'running' ? 'active, ' : 'crit, '
}

const moment = (at: number): string => new Date(at).toISOString().replace('T', ' ').replace('Z', '')
