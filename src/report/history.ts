import { type ExecutionRecord, isSameKey } from '../core/execution.js'
import type { Page, Tombstone, Unreadable } from '../core/ports.js'
import { byMoment, shortCommit, took } from '../core/text.js'
import { type Cell, columns } from './columns.js'
import { hanging, indented, type Layout, PLAIN, lines as textLines } from './layout.js'
import { prose, row, tableHead } from './markdown.js'
import { itemMark, statusMark } from './marks.js'

const TITLES = [
  'no.',
  'status',
  'environment',
  'commit',
  'started (UTC)',
  'took',
  'by',
  'remarks',
  'execution'
] as const
type Listed = Pick<Page, 'records' | 'tombstones' | 'unreadable'> & Partial<Pick<Page, 'next'>>

/** Executions for a terminal, newest first as the ledger gave them, deleted ones among them. */
export function historyText({ records, tombstones, unreadable = [], next }: Listed, layout: Layout = PLAIN): string {
  const { width, paint } = layout
  const broken = unreadable.flatMap(one => hanging(paint('red', '✗ '), textLines(brokenLine(one), 2, layout), 2))
  const notes = broken.length === 0 ? [] : ['', ...broken, ...indented(`→ ${CLOSED}`, 2, layout)]
  if (records.length + tombstones.length === 0) return notes.length === 0 ? EMPTY : notes.slice(1).join('\n')
  const lines = merged(records, tombstones).map(entry => ('status' in entry ? cellsOf(entry, records) : gone(entry)))
  const more = next === undefined ? [] : ['', paint('dim', `There are older ones: --cursor ${next}`)]
  return [...columns(TITLES, lines, { width, paint }), ...more, ...notes].join('\n')
}

const EMPTY = 'No execution is in this ledger yet.'
const CLOSED =
  'Until it is whole again, nothing acts on its environment; `deploy-checklist verify` looks at the others.'

const brokenLine = ({ id, number, environment, problem }: Unreadable): string =>
  id === '' ? `unreadable: ${problem}` : `no. ${number} on ${environment}, ${id}, is unreadable: ${problem}`

/** The same for a page. */
export function historyMarkdown({ records, tombstones, unreadable = [] }: Listed): string {
  const broken = unreadable.map(one => `- ${itemMark('error').emoji} ${prose(brokenLine(one))}`)
  if (records.length + tombstones.length === 0) return broken.join('\n') || EMPTY
  const lines = merged(records, tombstones).map(entry => {
    const cells = 'status' in entry ? cellsOf(entry, records) : gone(entry)
    const mark = 'status' in entry ? `${statusMark(entry.status).emoji}&nbsp;` : ''
    return row(cells.map(({ text }, index) => (index === 1 ? mark : '') + prose(text)))
  })
  return [...tableHead(TITLES), ...lines, ...(broken.length > 0 ? ['', ...broken] : [])].join('\n')
}

function merged(records: readonly ExecutionRecord[], tombstones: readonly Tombstone[]) {
  // Within one key numbers decide, since clocks of different machines may not.
  return [...records, ...tombstones].toSorted((a, b) =>
    isSameKey(a.key, b.key) ? b.number - a.number : byMoment(b.startedAt, a.startedAt)
  )
}

function cellsOf(record: ExecutionRecord, listed: readonly ExecutionRecord[]): readonly Cell[] {
  return [
    { text: String(record.number) },
    { whole: true, text: record.status, style: statusMark(record.status).style },
    { text: record.key.environment },
    { text: shortCommit(record.commit) },
    { text: moment(record.startedAt), whole: true },
    { text: record.completedAt === '' ? '' : took(record.durationSeconds * 1000) },
    { text: record.actor },
    { text: remarks(record, listed) },
    { text: record.id, style: 'dim', whole: true }
  ]
}

const gone = ({ id, number, key, startedAt, deletedBy }: Tombstone): readonly Cell[] => [
  { text: String(number) },
  { text: 'deleted', style: 'dim' },
  { text: key.environment },
  { text: '' },
  { text: moment(startedAt) },
  { text: '' },
  { text: '' },
  { text: `by ${deletedBy}` },
  { text: id, style: 'dim', whole: true }
]

/** What the status alone does not say. */
function remarks(record: ExecutionRecord, listed: readonly ExecutionRecord[]): string {
  const { purpose, undoesExecutionId, rolledBack, rollbackReason, markedBad, holdsEnvironment, status, reason } = record
  return [
    ...(purpose === 'rollback' ? [`takes back ${nameOf(undoesExecutionId, listed)}`] : []),
    ...(purpose === 'adopt' || purpose === 'observe' ? [purpose] : []),
    ...(rolledBack ? [`rolled back: ${rollbackReason}`] : []),
    ...(markedBad === '' ? [] : [markedBad === rollbackReason ? 'marked bad' : `marked bad: ${markedBad}`]),
    ...(holdsEnvironment ? ['holds the environment'] : []),
    ...(!rolledBack && !['SUCCESS', 'ROLLED_BACK'].includes(status) && reason !== '' ? [reason] : [])
  ].join('; ')
}

// Shorter by its number, where that stands in the same table.
function nameOf(id: string, listed: readonly ExecutionRecord[]): string {
  const found = listed.find(record => record.id === id)
  return found === undefined ? id || 'an earlier one' : `no. ${found.number}`
}

export const moment = (at: string): string => at.slice(0, 19).replace('T', ' ')
