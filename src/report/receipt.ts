import type { MigrationRecord, Receipt } from '../core/records.js'
import type { Result } from '../core/result/result.js'
import { changed } from '../core/result/result-stages.js'
import { secondsBack } from '../core/result/seconds-back.js'
import type { WayBack } from '../core/result/way-back.js'
import { shortCommit } from '../core/text.js'
import { formatDuration, formatSize } from '../core/units.js'

export const PROOF = {
  identical: 'identical (restored and compared)',
  restored: 'restored (not compared)',
  snapshot: 'snapshot (a copy on the same server, not a backup off it)',
  claimed: 'claimed (the provider says so)'
} as const satisfies Record<Receipt['proof'], string>

const seconds = (amount: number): string => formatDuration(amount * 1000)

/** A backup in one line: proof level, size, seconds, where it was tried, the beginning of its digest. */
export const receiptLine = (receipt: Receipt): string =>
  `${receiptWords(receipt)}${receipt.sha256 === '' ? '' : `, sha256 ${receipt.sha256.slice(0, 12)}`}`

/** The same without the digest, for a reader who only decides. */
export function receiptWords({ subject, proof, bytes, scratch, seconds: { total } }: Receipt): string {
  const tried = scratch === '' ? '' : `, tried on ${scratch}`
  return `${subject}: ${PROOF[proof]}, ${formatSize(bytes)}, ${seconds(total)}${tried}`
}

/** What moved in a database in one line, or that nothing did; `undone` when it was taken back since. */
export function migrationLine({ database, before, after, moved, applied }: MigrationRecord, undone: boolean): string {
  if (!moved) return `${database}: nothing to migrate${after === '' ? '' : `, at ${nameOf(after)}`}`
  const versions = before === after ? '' : ` ${nameOf(before) || 'nothing'} → ${nameOf(after)}`
  const others = applied.map(({ file }) => nameOf(file)).filter(file => file !== nameOf(after))
  const files = others.length === 0 ? '' : ` (with ${others.join(', ')})`
  return `${database}:${versions}${files}${undone ? ', undone since' : ''}`
}

// Of SQL files the version is the last one's path.
const nameOf = (version: string): string => version.split('/').at(-1) ?? ''

const KINDS = {
  code: 'code only',
  undo: 'code, then the migration’s undo',
  swap: 'the snapshot takes the database’s place',
  restore: 'the backup is restored and takes the database’s place',
  none: 'none'
} as const satisfies Record<WayBack['kind'], string>

/** How long the backup took to come back when it was proven. */
export function provenIn(receipt: Receipt): string {
  const { seconds: took, measured } = secondsBack([receipt])
  return took === null ? 'not measured' : `${measured}: ${seconds(took)}`
}

/** The way back in one line: what, to where, how long it took when tried, and what it would cost. */
export function wayBackLine({ kind, toCommit, seconds: took, measured, loss, because }: WayBack): string {
  if (kind === 'none') return `none; ${because}`
  const to = toCommit === '' ? '' : ` to ${shortCommit(toCommit)}`
  const time = took === null ? 'not measured' : `${seconds(took)} (${measured})`
  return `${KINDS[kind]}${to}: ${time}; ${lossWords(kind, loss)}; ${because}`
}

function lossWords(kind: WayBack['kind'], loss: number | null): string {
  if (loss !== null) return loss === 0 ? 'loses nothing' : `loses ${loss} rows`
  return kind === 'undo' ? 'by itself only if nothing would be lost' : 'asked for by name, counts what would be lost'
}

/** Whether every migration that this execution ran was taken back by it. */
export function migrationsUndone({ stages }: Pick<Result, 'stages'>): boolean {
  const undos = stages.flatMap(({ items }) => items).filter(({ deed, kind }) => deed === 'undo' && kind === 'migrate')
  return undos.length > 0 && undos.every(({ outcome }) => outcome === 'pass')
}

/** A way back matters while there is something to take back, or may be; one that was taken is told as the rollback. */
export function showsWayBack({ rollback, status, stages }: Pick<Result, 'rollback' | 'status' | 'stages'>): boolean {
  if (rollback !== null) return false
  const over = status === 'FAILED' || status === 'CANCELLED' || status === 'REFUSED' || status === 'UNAVAILABLE'
  return !over || changed(stages)
}
