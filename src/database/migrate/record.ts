import type { MigrationRecord } from '../../core/records.js'
import { type Catalog, digestOfCatalog, recordCatalogs } from '../postgres/catalog-diff.js'
import type { SqlFile } from '../postgres/sql-files.js'
import { beginOf, type MigrationNote, unpackCatalog } from './notes.js'

/** How a database stood at one moment: its version in the checklist's words, and its catalogue. */
export type Standing = Readonly<{ version: string; catalog: Catalog }>

type Facts = Readonly<{
  database: string
  before: Standing
  after: Standing
  applied: MigrationRecord['applied']
  /** Files that take the applied ones back. */
  downs?: Readonly<Record<string, SqlFile>>
}>

/** What the journal keeps. It moved if a file was applied, or the version or the catalogue is another one. */
export function recordOf({ database, before, after, applied, downs = {} }: Facts): MigrationRecord {
  const moved =
    applied.length > 0 ||
    before.version !== after.version ||
    digestOfCatalog(before.catalog) !== digestOfCatalog(after.catalog)
  const known = applied.flatMap(({ file }) => (downs[file] === undefined ? [] : [[file, downs[file].sha256]]))
  const catalog = { ...recordCatalogs(before.catalog, after.catalog), downs: Object.fromEntries(known) }
  return { database, before: before.version, after: after.version, moved, applied, catalog }
}

/** What an earlier process noted before it began; undefined when it never came so far. */
export function standingBefore(notes: readonly MigrationNote[]): Standing | undefined {
  const begin = beginOf(notes)
  return begin === undefined ? undefined : { version: begin.before, catalog: unpackCatalog(begin.catalog) }
}
