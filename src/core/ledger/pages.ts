import { refused } from '../errors.js'
import type { ExecutionRecord, Key } from '../execution.js'
import type { Filter, Page, Tombstone } from '../ports.js'

/** Where an entry stands in a list: newest first, by start, then number, then id, each by code unit. */
export type Place = Readonly<{ startedAt: string; number: number; id: string }>

const MOST = 100

export const limitOf = (limit: number): number => Math.min(MOST, Math.max(1, Math.floor(limit)))

export const writeCursor = ({ startedAt, number, id }: Place): string =>
  Buffer.from(JSON.stringify([startedAt, number, id])).toString('base64url')

/** Refuses what no page ever gave out. */
export function readCursor(cursor: string): Place {
  try {
    const [startedAt, number, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (typeof startedAt === 'string' && Number.isInteger(number) && typeof id === 'string') {
      return { startedAt, number, id }
    }
  } catch {} // said below, the same for every way of being wrong
  throw refused('usage', 'the cursor of the list cannot be read', 'Start again from the first page, without a cursor.')
}

/** Negative when `a` stands before `b`, the newer one first. */
export const compare = (a: Place, b: Place): number =>
  byText(b.startedAt, a.startedAt) || b.number - a.number || byText(b.id, a.id)

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export function matches(filter: Filter, record: ExecutionRecord): boolean {
  if (!matchesPlace(filter, record)) return false
  if (filter.status !== undefined && !filter.status.includes(record.status)) return false
  if (filter.commit !== undefined && filter.commit !== record.commit) return false
  return filter.release === undefined || filter.release === record.release
}

export const matchesTombstone = (filter: Filter, tombstone: Tombstone): boolean =>
  wantsTombstones(filter) && matchesPlace(filter, tombstone)

export const wantsTombstones = ({ status, commit, release }: Filter): boolean =>
  status === undefined && commit === undefined && release === undefined

function matchesPlace({ key, since, until }: Filter, entry: Readonly<{ key: Key; startedAt: string }>): boolean {
  if (since !== undefined && entry.startedAt < since) return false
  if (until !== undefined && entry.startedAt >= until) return false
  return matchesKey(key, entry.key)
}

export const matchesKey = (wanted: Filter['key'], key: Key): boolean =>
  (wanted?.repository ?? key.repository) === key.repository &&
  (wanted?.checklist ?? key.checklist) === key.checklist &&
  (wanted?.environment ?? key.environment) === key.environment

/** One page out of everything that may be on it; each of the two lists in any order. */
export function pageOf(
  records: readonly ExecutionRecord[],
  tombstones: readonly Tombstone[],
  page: Readonly<{ limit: number; cursor?: string }>
): Page {
  const after = page.cursor === undefined ? undefined : readCursor(page.cursor)
  const entries = [...records.map(record => ({ record, place: record })), ...tombstones.map(asEntry)]
    .filter(({ place }) => after === undefined || compare(after, place) < 0)
    .sort((a, b) => compare(a.place, b.place))
  const shown = entries.slice(0, limitOf(page.limit))
  const last = shown.at(-1)
  return {
    records: shown.flatMap(entry => ('record' in entry ? [entry.record] : [])),
    tombstones: shown.flatMap(entry => ('tombstone' in entry ? [entry.tombstone] : [])),
    next: last === undefined || shown.length === entries.length ? undefined : writeCursor(last.place)
  }
}

const asEntry = (tombstone: Tombstone) => ({ tombstone, place: tombstone })

export const tombstoneOf = (record: ExecutionRecord, head: string, by: string, at: string): Tombstone => ({
  id: record.id,
  key: record.key,
  number: record.number,
  startedAt: record.startedAt,
  completedAt: record.completedAt,
  lastHash: head,
  deletedAt: at,
  deletedBy: by
})
