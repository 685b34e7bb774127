import type { ExecutionRecord } from '../../core/execution.js'
import { damageFor } from '../../core/ledger/damage.js'
import { folderOf, nameIn } from '../../core/ledger/names.js'
import { matches, matchesKey, matchesTombstone, pageOf } from '../../core/ledger/pages.js'
import type { Filter, Page, Paging, Tombstone } from '../../core/ports.js'
import { journalsIn } from './key-view.js'
import { isRowsFile, type Rows } from './rows.js'
import { INDEX, type Known, type Shelf } from './shelf.js'

/** A page of a list. What ended long ago comes from rows, fifty a request; the rest is read from its own file. */
export async function listExecutions(shelf: Shelf, known: Known, filter: Filter, page: Paging): Promise<Page> {
  const records: ExecutionRecord[] = []
  const tombstones: Tombstone[] = []
  const { unreadable, orTellLater } = damageFor(page)
  for (const folder of foldersFor(known, filter)) {
    const index = await orTellLater({ id: '', number: 0, environment: '' }, () => shelf.index(known, folder))
    if (index === undefined || !matchesKey(filter.key, index.key)) continue
    const { environment } = index.key
    const rows = await rowsIn(shelf, known, folder)
    for (const [file, blob] of journalsIn(known, folder)) {
      const row = rows[file]
      const read = async () => (await shelf.journal(known, folder, file))?.tail.record
      const record = row?.blob === blob ? row.record : await orTellLater({ ...nameIn(file), environment }, read)
      if (record !== undefined && matches(filter, record)) records.push(record)
    }
    tombstones.push(...index.tombstones.filter(tombstone => matchesTombstone(filter, tombstone)))
  }
  const listed = pageOf(records, tombstones, page)
  // When it began is not known, so it has no place in the order but the first page.
  return unreadable.length === 0 || page.cursor !== undefined ? listed : { ...listed, unreadable }
}

/** Of one whole key, only its own folder, so that damage elsewhere is not its matter. */
function foldersFor(known: Known, { key }: Filter): readonly string[] {
  const { repository, checklist, environment } = key ?? {}
  const all = foldersIn(known)
  if (repository === undefined || checklist === undefined || environment === undefined) return all
  const own = folderOf({ repository, checklist, environment })
  return all.filter(folder => folder === own)
}

export const foldersIn = ({ files }: Known): readonly string[] =>
  [...files.keys()].filter(path => path.endsWith(`/${INDEX}`)).map(path => path.slice(0, -INDEX.length - 1))

async function rowsIn(shelf: Shelf, known: Known, folder: string): Promise<Rows> {
  const names = [...known.files.keys()].flatMap(path =>
    path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : []
  )
  const rows: Rows[] = []
  for (const name of names.filter(isRowsFile)) rows.push(await shelf.rows(known, folder, name))
  return Object.assign({}, ...rows)
}
