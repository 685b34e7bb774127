import { isObject, parseJson } from '../../core/json.js'
import { broken } from '../../core/ledger/damage.js'
import type { Index } from '../../core/ledger/key-index.js'
import { type Branch, blobOf, type Commit, type FileChange } from './branch.js'
import { type Journal, parseJournal } from './journal.js'
import { parseRows, type Rows } from './rows.js'

/** What the branch holds at one commit: its files with the hashes of their content. No tip where there is no branch. */
export type Known = Readonly<{ tip: Commit | undefined; files: ReadonlyMap<string, string> }>

export const NOTHING: Known = { tip: undefined, files: new Map() }

/** Contents by their hash, each read once. What a hash stands for never changes, so that only memory is a limit. */
export interface Shelf {
  index(known: Known, folder: string): Promise<Index | undefined>
  journal(known: Known, folder: string, file: string): Promise<Journal | undefined>
  rows(known: Known, folder: string, file: string): Promise<Rows>
  /** The rows without asking GitHub, where they were read before. */
  rowsAtHand(known: Known, folder: string, file: string): Rows
  /** What the branch holds once these changes are its newest commit. */
  after(known: Known, tip: Commit, changes: readonly FileChange[]): Known
}

export const pathOf = (folder: string, file: string): string => `${folder}/${file}`
export const INDEX = 'index.json'

export function openShelf(branch: Pick<Branch, 'text'>, name: string): Shelf {
  const texts = new Map<string, string>()
  const journals = new Map<string, Journal>()

  async function textAt({ files }: Known, path: string): Promise<string | undefined> {
    const blob = files.get(path)
    if (blob === undefined) return undefined
    const text = texts.get(blob) ?? (await branch.text(blob))
    texts.set(blob, text)
    return text
  }
  const where = (path: string) => `${path} on the branch ${name}`

  return {
    index: async (known, folder) => {
      const path = pathOf(folder, INDEX)
      const text = await textAt(known, path)
      return text === undefined ? undefined : parseIndex(where(path), text)
    },
    journal: async (known, folder, file) => {
      const path = pathOf(folder, file)
      const blob = known.files.get(path) ?? ''
      const read = journals.get(blob)
      if (read !== undefined) return read
      const text = await textAt(known, path)
      if (text === undefined) return undefined
      const journal = parseJournal(where(path), file, text)
      journals.set(blob, journal)
      return journal
    },
    rows: async (known, folder, file) => {
      const path = pathOf(folder, file)
      const text = await textAt(known, path)
      return text === undefined ? {} : parseRows(where(path), text)
    },
    rowsAtHand: ({ files }, folder, file) => {
      const path = pathOf(folder, file)
      const text = texts.get(files.get(path) ?? '')
      return text === undefined ? {} : parseRows(where(path), text)
    },
    after: ({ files }, tip, changes) => {
      const next = new Map(files)
      for (const { path, text } of changes) {
        const before = next.get(path) ?? ''
        texts.delete(before)
        journals.delete(before)
        if (text === undefined) next.delete(path)
        else {
          next.set(path, blobOf(text))
          texts.set(blobOf(text), text)
        }
      }
      return { tip, files: next }
    }
  }
}

function parseIndex(where: string, text: string): Index {
  const index = parseJson(text)
  if (isObject(index) && isObject(index['key']) && Array.isArray(index['tombstones'])) {
    if (Number.isInteger(index['lastNumber']) && Number.isInteger(index['fence'])) return index as unknown as Index
  }
  throw broken(where, 'it is no index of a ledger')
}

export const writeIndex = (index: Index): string => `${JSON.stringify(index, undefined, 2)}\n`
