import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { GENESIS } from '../core/events.js'
import type { ExecutionRecord, Key } from '../core/execution.js'
import { broken, damageFor } from '../core/ledger/damage.js'
import { emptyIndex, type Index } from '../core/ledger/key-index.js'
import { folderOf, isOf, nameIn } from '../core/ledger/names.js'
import { matches, matchesKey, matchesTombstone, pageOf } from '../core/ledger/pages.js'
import type { KeyState } from '../core/ledger/rules.js'
import type { Filter, Page, Paging, Stored, Survey, Tombstone } from '../core/ports.js'
import { foldersIn, journalsIn, readExecution, readTail, withBeat } from './file-execution.js'
import { readIndex } from './file-index.js'

/** True when a killed process left a change of several files half done: whoever reads ends it first. */
export const isUnsettled = (keyFolder: string): boolean => existsSync(join(keyFolder, 'redo.json'))

export function loadIndex(keyFolder: string, key: Key): Index {
  const index = readIndex(keyFolder)
  if (index !== undefined) return index
  // Numbers and tokens would start again from one.
  if (journalsIn(keyFolder).length > 0)
    throw broken(join(keyFolder, 'index.json'), 'it is gone, its executions are not')
  return emptyIndex(key)
}

export function stateOf(keyFolder: string, { lastNumber, fence, holder }: Index): KeyState {
  const path = holder === '' ? undefined : journalsIn(keyFolder).find(journal => isOf(basename(journal), holder))
  const record = path === undefined ? undefined : recordAt(path)
  return { lastNumber, fence, holder: record?.holdsEnvironment === true ? record : undefined }
}

export function surveyFolder(keyFolder: string, key: Key): Survey {
  const index = loadIndex(keyFolder, key)
  const newest = journalsIn(keyFolder).findLast(path => Number.parseInt(basename(path), 10) === index.lastNumber)
  const tail = newest === undefined ? undefined : readTail(newest)
  return {
    nextNumber: index.lastNumber + 1,
    nextToken: index.fence + 1,
    newest: newest === undefined || tail === undefined ? undefined : withBeat(newest, tail.record),
    newestHead: tail?.head ?? GENESIS,
    holder: stateOf(keyFolder, index).holder
  }
}

export const findExecution = (folder: string, id: string): string | undefined =>
  foldersIn(folder)
    .flatMap(journalsIn)
    .find(path => isOf(basename(path), id))

export function readStored(path: string): Stored | undefined {
  // Finds an end that was cut off, which the lines alone cannot show.
  readTail(path)
  const execution = readExecution(path)
  if (execution === undefined) return undefined
  const { tail, events } = execution
  return { record: withBeat(path, tail.record), events, head: tail.head }
}

/** Where a filter's executions are: of one key, only its own folder, so that damage elsewhere is not its matter. */
export function foldersFor(folder: string, { key }: Filter): readonly string[] {
  const { repository, checklist, environment } = key ?? {}
  if (repository === undefined || checklist === undefined || environment === undefined) return foldersIn(folder)
  return [join(folder, folderOf({ repository, checklist, environment }))]
}

export function listFolders(folders: readonly string[], filter: Filter, page: Paging): Page {
  const records: ExecutionRecord[] = []
  const tombstones: Tombstone[] = []
  const { unreadable, orTell } = damageFor(page)
  for (const keyFolder of folders) {
    const index = orTell({ id: '', number: 0, environment: '' }, () => readIndex(keyFolder))
    if (index === undefined || !matchesKey(filter.key, index.key)) continue
    const { environment } = index.key
    const found = journalsIn(keyFolder).flatMap(
      path => orTell({ ...nameIn(basename(path)), environment }, () => recordAt(path)) ?? []
    )
    records.push(...found.filter(record => matches(filter, record)))
    tombstones.push(...index.tombstones.filter(tombstone => matchesTombstone(filter, tombstone)))
  }
  const listed = pageOf(records, tombstones, page)
  // When it began is not known, so it has no place in the order but the first page.
  return unreadable.length === 0 || page.cursor !== undefined ? listed : { ...listed, unreadable }
}

function recordAt(path: string): ExecutionRecord | undefined {
  const record = readTail(path)?.record
  return record && withBeat(path, record)
}
