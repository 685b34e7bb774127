import type { Receipt } from '../core/records.js'
import type { PendingBackup } from '../core/result/ahead.js'
import { elapsed, shortCommit, took } from '../core/text.js'
import type { Brief } from './brief.js'
import { isOver } from './brief-change.js'
import { code } from './markdown.js'
import { PROOF, receiptWords, showsWayBack, wayBackLine } from './receipt.js'
import { count, short } from './short.js'

const MOST_BACKUPS = 2

/** What is saved and how it was proven; what is still to be saved never looks as if it were. */
export function backupLines(view: Brief): readonly string[] {
  const { receipts, ahead, toldAt } = view
  const made = receipts.map(
    receipt => `${markOf(receipt)} ${short(`${receiptWords(receipt)}${ageOf(receipt, toldAt)}`)}`
  )
  const all = [...made, ...ahead.backups.map(backup => comingLine(backup, view))]
  if (all.length === 0) return [withoutBackup(view)]
  const more = all.length - MOST_BACKUPS
  return more > 0 ? [...all.slice(0, MOST_BACKUPS), `and ${count(more, 'more', 'more')} below`] : all
}

// Only what was restored and compared is proven; a lesser proof is no reason to be calm.
const markOf = ({ proof }: Receipt): string => (proof === 'identical' ? '✅' : '⚠️')

/** How long before the page was made it was taken; nothing where one of the two is not known. */
export function ageOf({ takenAt }: Receipt, toldAt: string): string {
  const age = elapsed(takenAt, toldAt)
  return age === '' ? '' : `, ${age} old`
}

function comingLine({ subject, atLeast }: PendingBackup, view: Brief): string {
  const name = short(subject, 60)
  if (isOver(view)) return `❔ ${name}: no backup was made`
  const proof =
    atLeast === null ? '' : `, and has to be ${atLeast === 'snapshot' ? 'a snapshot at least' : PROOF[atLeast]}`
  return `⏳ ${name}: not made yet; it is made before anything changes${proof}`
}

function withoutBackup({ ahead, migrations, stages }: Brief): string {
  const migrates = ahead.migrations.length + migrations.length > 0
  const commands = stages.some(({ name, items }) => name === 'backup' && items.length > 0)
  if (commands) return '❔ by commands of its own: what they save, and whether it can be restored, nobody has proven'
  return migrates ? '⚠️ none in this checklist, although it migrates' : 'none in this checklist'
}

/** How it would come back, how long that took when it was tried and what it costs; or how it did come back. */
export function wayBackLines(view: Brief): readonly string[] {
  const { wayBack, rollback } = view
  if (rollback !== null) return takenLines(rollback)
  if (!showsWayBack(view)) return ['nothing was touched, so there is nothing to take back']
  if (wayBack === null) return ['❔ this execution is none that has one']
  const mark = wayBack.kind === 'none' ? '⚠️ ' : ''
  return [`${mark}${short(wayBackLine(wayBack), 260)}`]
}

function takenLines({
  because,
  toCommit,
  verified,
  durationMs,
  detail,
  remains,
  restored
}: NonNullable<Brief['rollback']>): readonly string[] {
  const to = toCommit === '' ? '' : ` to ${code(shortCommit(toCommit))}`
  const how =
    verified === true
      ? `↩️ taken${to} in ${took(durationMs)}, verified by the smoke test`
      : verified === null
        ? `🔄 begun${to}, and not ended`
        : `❌ tried${to}, and stopped after ${took(durationMs)}`
  const said = detail === '' ? '' : `; ${short(detail, 120)}`
  const [first, ...others] = remains
  return [
    `${how}; because ${short(because, 100)}${said}`,
    ...(restored.length === 0 ? [] : [`restored: ${short(restored.join(', '), 120)}`]),
    ...(first === undefined
      ? []
      : [`⚠️ left as it is: ${short(first)}${others.length === 0 ? '' : ` … and ${others.length} more`}`])
  ]
}
