import type { ExecutionRecord } from '../../core/execution.js'
import { broken, damageFor } from '../../core/ledger/damage.js'
import type { Index } from '../../core/ledger/key-index.js'
import { folderOf, isJournal, nameIn } from '../../core/ledger/names.js'
import { matches, matchesKey, matchesTombstone, pageOf } from '../../core/ledger/pages.js'
import type { Filter, Page, Paging, Tombstone } from '../../core/ports.js'
import { journalsIn } from './key-view.js'
import { isRowsFile, type Row } from './rows.js'
import { INDEX, type Known, pathOf, type Shelf } from './shelf.js'

/** A page of a list. What ended long ago comes from rows, fifty a request; the rest is read from its own file. */
export async function listExecutions(shelf: Shelf, known: Known, filter: Filter, page: Paging): Promise<Page> {
  const records: ExecutionRecord[] = []
  const tombstones: Tombstone[] = []
  const damage = damageFor(page)
  for (const folder of foldersFor(known, filter)) {
    const index = await damage.orTellLater(SHARED, () => mustHaveIndex(shelf, known, folder))
    if (index === undefined || !matchesKey(filter.key, index.key)) continue
    const found = await recordsIn(shelf, known, { folder, environment: index.key.environment }, damage)
    records.push(...found.filter(record => matches(filter, record)))
    tombstones.push(...index.tombstones.filter(tombstone => matchesTombstone(filter, tombstone)))
  }
  const { unreadable } = damage
  const listed = pageOf(records, tombstones, page)
  // When it began is not known, so it has no place in the order but the first page.
  return unreadable.length === 0 || page.cursor !== undefined ? listed : { ...listed, unreadable }
}

const SHARED = { id: '', number: 0, environment: '' } as const

async function mustHaveIndex(shelf: Shelf, known: Known, folder: string): Promise<Index> {
  const index = await shelf.index(known, folder)
  if (index === undefined) throw broken(pathOf(folder, INDEX), 'it is gone, its executions are not')
  return index
}

async function recordsIn(
  shelf: Shelf,
  known: Known,
  { folder, environment }: Readonly<{ folder: string; environment: string }>,
  { orTellLater }: ReturnType<typeof damageFor>
): Promise<readonly ExecutionRecord[]> {
  const rows = new Map<string, Row>()
  for (const file of filesIn(known, folder).filter(isRowsFile)) {
    const read = await orTellLater({ ...SHARED, environment }, () => shelf.rows(known, folder, file))
    for (const [name, row] of Object.entries(read ?? {})) rows.set(name, row)
  }
  const records: ExecutionRecord[] = []
  for (const [file, blob] of journalsIn(known, folder)) {
    const row = rows.get(file)
    const read = async () => (await shelf.journal(known, folder, file))?.tail.record
    const record = row?.blob === blob ? row.record : await orTellLater({ ...nameIn(file), environment }, read)
    if (record !== undefined) records.push(record)
  }
  return records
}

/** Of one whole key, only its own folder, so that damage elsewhere is not its matter. */
function foldersFor(known: Known, { key }: Filter): readonly string[] {
  const { repository, checklist, environment } = key ?? {}
  const all = foldersIn(known)
  if (repository === undefined || checklist === undefined || environment === undefined) return all
  const own = folderOf({ repository, checklist, environment })
  return all.filter(folder => folder === own)
}

/** The folders of all keys, also of one that has lost its index. */
export const foldersIn = ({ files }: Known): readonly string[] => {
  const inside = [...files.keys()].map(path => path.split('/'))
  const ours = inside.flatMap(([folder = '', file = '', ...more]) =>
    more.length === 0 && (file === INDEX || isJournal(file)) ? [folder] : []
  )
  return [...new Set(ours)]
}

const filesIn = ({ files }: Known, folder: string): readonly string[] =>
  [...files.keys()].flatMap(path => (path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : []))
