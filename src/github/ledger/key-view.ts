import type { ExecutionRecord, Key } from '../../core/execution.js'
import { broken } from '../../core/ledger/damage.js'
import { emptyIndex, type Index } from '../../core/ledger/key-index.js'
import { folderOf, isJournal, isOf, nameIn } from '../../core/ledger/names.js'
import type { KeyState } from '../../core/ledger/rules.js'
import type { Journal } from './journal.js'
import { INDEX, type Known, pathOf, type Shelf } from './shelf.js'

/** What one key's folder holds at one commit, as far as somebody needs it. */
export type KeyView = Readonly<{
  folder: string
  index: Index
  /** Names of all executions' files with the hashes of their content, oldest first. */
  blobs: ReadonlyMap<string, string>
  /** The holder's and those that were asked for. */
  journals: ReadonlyMap<string, Journal>
}>

/** Reads index and holder of a key, and whatever else of its files is `wanted`. */
export async function viewKey(
  shelf: Shelf,
  known: Known,
  key: Key,
  wanted: (index: Index, files: readonly string[]) => readonly string[]
): Promise<KeyView> {
  const folder = folderOf(key)
  const blobs = journalsIn(known, folder)
  const files = [...blobs.keys()]
  const found = await shelf.index(known, folder)
  if (found === undefined && files.length > 0) throw broken(pathOf(folder, INDEX), 'it is gone, its executions are not')
  const index = found ?? emptyIndex(key)
  // Numbers would be given out twice.
  if (files.some(file => nameIn(file).number > index.lastNumber))
    throw broken(pathOf(folder, INDEX), 'it is older than its executions')
  const holder = files.filter(file => index.holder !== '' && isOf(file, index.holder))
  if (index.holder !== '' && holder.length === 0) throw broken(pathOf(folder, INDEX), `${index.holder} is not there`)
  const journals = new Map<string, Journal>()
  for (const file of new Set([...holder, ...wanted(index, files)])) {
    const journal = await shelf.journal(known, folder, file)
    if (journal !== undefined) journals.set(file, journal)
  }
  return { folder, index, blobs, journals }
}

/** The files of the executions in a folder, oldest first. */
export function journalsIn({ files }: Known, folder: string): ReadonlyMap<string, string> {
  const inside = [...files].flatMap(([path, blob]) => {
    const file = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : ''
    return isJournal(file) ? [[file, blob] as const] : []
  })
  return new Map(inside.sort(([a], [b]) => nameIn(a).number - nameIn(b).number))
}

export const newestFile = ({ lastNumber }: Index, files: readonly string[]): readonly string[] =>
  files.filter(file => nameIn(file).number === lastNumber)

export const newestIn = ({ index, journals }: KeyView): Journal | undefined =>
  newestFile(index, [...journals.keys()]).map(file => journals.get(file))[0]

export function stateIn({ index, journals }: KeyView): KeyState {
  const { lastNumber, fence, holder } = index
  return { lastNumber, fence, holder: recordOf(journals, holder) }
}

function recordOf(journals: KeyView['journals'], id: string): ExecutionRecord | undefined {
  const file = [...journals.keys()].find(name => id !== '' && isOf(name, id))
  const record = file === undefined ? undefined : journals.get(file)?.tail.record
  return record?.holdsEnvironment === true ? record : undefined
}
