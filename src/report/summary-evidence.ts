import type { Commit } from '../core/commits.js'
import type { Receipt } from '../core/records.js'
import type { Result } from '../core/result/result.js'
import { took } from '../core/text.js'
import { formatSize } from '../core/units.js'
import type { Brief } from './brief.js'
import { ageOf } from './brief-proof.js'
import { type Block, code, kept, prose, row, tableHead } from './markdown.js'
import { linked, repositoryUrl } from './markdown-links.js'
import { PROOF } from './receipt.js'
import { linkLines } from './said.js'
import { count } from './short.js'
import type { SummaryOptions } from './summary.js'
import { moment } from './summary-after.js'

const NOTHING: Block = { head: [], lines: [] }

/** The newest commits, each with who wrote it. */
export function commitList(
  { commits, execution }: Pick<Brief, 'commits' | 'execution'>,
  { serverUrl }: SummaryOptions
): Block {
  if (commits?.kind !== 'counted' || commits.newest.length === 0) return NOTHING
  const url = repositoryUrl(execution?.key.repository ?? '', serverUrl)
  const more = commits.count - commits.newest.length
  const lines = commits.newest.map(commit => commitRow(commit, url))
  const title = `### ${count(commits.count, 'commit')}${more > 0 ? `, the newest ${commits.newest.length}` : ''}`
  return { name: 'commits', head: [title, '', ...tableHead([' ', 'what', 'who', 'when'])], lines, foot: [''] }
}

const commitRow = ({ sha, subject, author, at }: Commit, url: string): string =>
  row([linked(code(sha.slice(0, 7)), `${url}/commit/${sha}`), prose(subject), prose(author), moment(at)])

/** SQL files that are still to be run, by name and hash. */
export function migrationList({ ahead, execution }: Pick<Brief, 'ahead' | 'execution'>): Block {
  const lines = ahead.migrations.flatMap(({ item, database, files, command }) =>
    files === null
      ? [row([prose(database), command === '' ? prose(item) : code(command), 'a command'])]
      : files.map(({ file, sha256 }) => row([prose(database), code(file), code(sha256.slice(0, 16))]))
  )
  if (lines.length === 0) return NOTHING
  const head = [
    `### Migrations ${execution?.completedAt === '' ? 'to come' : 'that were not run'}`,
    '',
    ...tableHead(['database', 'what', 'sha256'])
  ]
  return { name: 'migrations', head, lines, foot: [''] }
}

/** What each backup was, how it was proven, and how long each part of that took. */
export function receiptList({ receipts, toldAt }: Result): Block {
  if (receipts.length === 0) return NOTHING
  const head = ['### Backups', '', ...tableHead(['what', 'proof', 'taken', 'size', 'dump, restore, compare', 'sha256'])]
  return { name: 'backups', head, lines: receipts.map(receipt => kept(receiptRow(receipt, toldAt))), foot: [''] }
}

function receiptRow(receipt: Receipt, toldAt: string): string {
  const { subject, proof, takenAt, bytes, seconds, sha256, scratch, relations } = receipt
  const rows = Object.values(relations).reduce((sum, { rows: many }) => sum + many, 0)
  const tables = Object.keys(relations).length
  const held = tables === 0 ? '' : `<br>${count(rows, 'row')} in ${count(tables, 'table')}`
  const tried = scratch === '' ? '' : `, tried on ${prose(scratch)}`
  const times = [seconds.dump, seconds.restore, seconds.compare]
    .map(amount => (amount === undefined ? 'not measured' : took(amount * 1000)))
    .join(', ')
  return row([
    prose(subject),
    `${prose(PROOF[proof])}${tried}`,
    `${moment(takenAt)}${ageOf(receipt, toldAt)}`,
    `${formatSize(bytes)}${held}`,
    times,
    code(sha256.slice(0, 16))
  ])
}

/** Rules that a named emergency set aside, each with what it would have said. */
export function waivedList({ emergency }: Result): Block {
  if (emergency === null || emergency.waived.length === 0) return NOTHING
  const lines = emergency.waived.map(({ reason, message }) => kept(`- ${prose(message)} (${reason})`))
  return { name: 'what was set aside', head: ['### Set aside', ''], lines, foot: [''] }
}

/** Other executions and pages that belong to this one. */
export function linkList(result: Result): Block {
  const lines = linkLines(result).map(line => kept(`- ${line}`))
  return lines.length === 0 ? NOTHING : { name: 'links', head: ['### Belongs to', ''], lines, foot: [''] }
}
