import type { Finding } from '../../core/item.js'
import type { MigrationRecord } from '../../core/records.js'
import { type Catalog, type CatalogDiff, describeDiff, diffCatalogs, takeBack } from '../postgres/catalog-diff.js'

type Files = MigrationRecord['applied']

export const stuck = (detail: string, hint: string): Finding => ({
  outcome: 'fail',
  detail,
  hint,
  reason: 'rollback_failed'
})

export const undone = (record: MigrationRecord, gone: Files): Finding => ({
  outcome: 'pass',
  detail: `the schema is back at ${record.before === '' ? 'what it was' : record.before}`,
  migration: reversed(record, gone)
})

/** What an undo did, in the words of a run: from after to before, with the files that it took back. */
export const reversed = (record: MigrationRecord, gone: Files): MigrationRecord => ({
  database: record.database,
  before: record.after,
  after: record.before,
  moved: true,
  applied: gone,
  catalog: {}
})

export const migratedSince = (record: MigrationRecord, found: string): Finding =>
  stuck(
    `somebody migrated since: expected the schema that this run left (${record.after || 'no version'}), found ${found}`,
    'Look at what was migrated since and undo that first, or undo this one by hand.'
  )

/** Whether everything that the migration did is gone. `after` is the catalogue that it had left, `now` the one of now. */
export function judgeUndo(
  record: MigrationRecord,
  gone: Files,
  { after, diff, now }: Readonly<{ after: Catalog; diff: CatalogDiff; now: Catalog }>
): Finding {
  const left = describeDiff(diffCatalogs(takeBack(after, diff), now))
  if (left.length === 0) return undone(record, gone)
  const more = left.length > 10 ? ` and ${left.length - 10} more` : ''
  const detail = `after the undo the schema is not the one from before: ${left.slice(0, 10).join('; ')}${more}`
  const hint = 'The undo does not take back all that the migration did: correct the schema by hand.'
  return { ...stuck(detail, hint), migration: reversed(record, gone) }
}
