import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ChecklistError } from '../core/errors.js'
import { GENESIS } from '../core/events.js'
import { openDoubts } from '../core/ledger/doubts.js'
import type { Index } from '../core/ledger/key-index.js'
import { type Tail, writeLine } from '../core/ledger/lines.js'
import { fileOf, folderOf, isOf } from '../core/ledger/names.js'
import { tombstoneOf } from '../core/ledger/pages.js'
import {
  assertChained,
  judgeAppend,
  judgeCreate,
  judgeRemoval,
  type KeyState,
  stateAfter
} from '../core/ledger/rules.js'
import type { Change, Clock, Ledger, Liveness, NewExecution } from '../core/ports.js'
import { beatOf, journalsIn, snapshotOf, writeBeat } from './file-execution.js'
import { isCode, onDisk } from './file-faults.js'
import { commit, recover } from './file-index.js'
import { type FolderLock, openFolderLock } from './file-lock.js'
import {
  findExecution,
  foldersFor,
  isUnsettled,
  listFolders,
  loadIndex,
  readStored,
  stateOf,
  surveyFolder
} from './file-read.js'
import { keepsPlace, openTails } from './file-tails.js'
import { syncFolder, writeDurably } from './file-write.js'

export type FileLedgerOptions = Readonly<{ folder: string; clock: Clock; liveness: Liveness }>

/**
 * Executions in a folder (absolute, outside the workspace): one folder per key, in it one file of JSON lines per
 * execution and an index. An append is one write and one fdatasync; what changes several files goes through a redo
 * file, so that a kill leaves all of it or nothing. Needs a local file system that knows hard links: one
 * machine's processes share it.
 */
export function openFileLedger({ folder, clock, liveness }: FileLedgerOptions): Ledger {
  const tails = openTails()
  const doubts = openDoubts()
  let lock: Promise<FolderLock> | undefined

  async function locked<T>(keyFolder: string, work: () => Promise<T>): Promise<T> {
    lock ??= openFolderLock(clock, liveness)
    return (await lock).within(keyFolder, async () => {
      await recover(keyFolder)
      return await work()
    })
  }

  /** Readers look without the lock; only what a killed process left half done is ended first. */
  async function settled(keyFolder: string): Promise<void> {
    if (!isUnsettled(keyFolder)) return
    await locked(keyFolder, async () => {}).catch(error => {
      // A reader without rights sees what is there; the next writer will end it.
      if (!isCode(error, 'EACCES') && !isCode(error, 'EROFS')) throw error
    })
  }

  /**
   * What looks broken may be a writer in the middle: of a first execution the journal is there before the index is. Under
   * the lock it is seen whole, and what is still broken then is broken.
   */
  async function looking<T>(keyFolder: string, look: () => T): Promise<T> {
    await settled(keyFolder)
    try {
      return look()
    } catch (error) {
      if (!(error instanceof ChecklistError)) throw error
      return await locked(keyFolder, async () => look())
    }
  }

  async function append(change: Change, again: boolean) {
    const { record } = change
    const keyFolder = join(folder, folderOf(record.key))
    const path = join(keyFolder, fileOf(record))
    if (!existsSync(path)) return { kind: 'moved', head: '' } as const
    return await locked(keyFolder, async () => {
      const opened = await tails.at(path)
      if (opened === undefined) return { kind: 'moved', head: '' } as const
      if (again && wasWritten(path, change)) return { kind: 'appended' } as const
      const { handle, tail } = opened
      const index = keepsPlace(tail.record, record) ? undefined : loadIndex(keyFolder, record.key)
      const state = index === undefined ? NO_STATE : stateOf(keyFolder, index)
      const verdict = judgeAppend(state, tail, change)
      if (verdict.kind !== 'appended') return verdict
      const line = lineOf(change, tail)
      if (index === undefined) await writeDurably(handle, line.at, line.text)
      else await commit(keyFolder, redoOf(index, stateAfter(state, record), [line]))
      await tails.moved(path, line.tail, tail.record)
      return verdict
    })
  }

  async function create(entry: NewExecution, takingOverFrom: Change | undefined, again: boolean) {
    assertChained(entry.events, GENESIS, 0)
    const { record } = entry
    const keyFolder = join(folder, folderOf(record.key))
    await makeFolder(keyFolder)
    return await locked(keyFolder, async () => {
      if (again && wasWritten(join(keyFolder, fileOf(record)), entry)) return { kind: 'created' } as const
      const index = loadIndex(keyFolder, record.key)
      const state = stateOf(keyFolder, index)
      if (journalsIn(keyFolder).some(path => isOf(basename(path), record.id))) return { kind: 'moved' } as const
      const freed = takingOverFrom && (await freeing(keyFolder, state, takingOverFrom))
      if (freed === 'moved') return { kind: 'moved' } as const
      const verdict = judgeCreate(state, entry, freed?.tail.record.id)
      if (verdict.kind !== 'created') return verdict
      const lines = [...(freed === undefined ? [] : [freed]), lineOf(entry)]
      const after = lines.reduce((before, { tail }) => stateAfter(before, tail.record), state)
      await commit(keyFolder, redoOf(index, after, lines))
      for (const { file, tail } of lines) await tails.moved(join(keyFolder, file), tail)
      return verdict
    })
  }

  async function freeing(keyFolder: string, state: KeyState, change: Change): Promise<Line | 'moved'> {
    const opened = await tails.at(join(keyFolder, fileOf(change.record)))
    if (opened === undefined || judgeAppend(state, opened.tail, change).kind !== 'appended') return 'moved'
    return lineOf(change, opened.tail)
  }

  async function remove(id: string, by: string, at: string) {
    const path = findExecution(folder, id)
    if (path === undefined) return 'absent'
    const keyFolder = dirname(path)
    return await locked(keyFolder, async () => {
      const tail = (await tails.at(path))?.tail
      if (tail === undefined) return 'absent'
      const index = loadIndex(keyFolder, tail.record.key)
      const verdict = judgeRemoval(stateOf(keyFolder, index), tail.record)
      if (verdict !== 'removed') return verdict
      const tombstones = [...index.tombstones, tombstoneOf(tail.record, tail.head, by, at)]
      const removes = [path, snapshotOf(path), beatOf(path)].map(file => basename(file))
      await commit(keyFolder, { index: { ...index, version: index.version + 1, tombstones }, writes: [], removes })
      await tails.forget(path)
      return 'removed'
    })
  }

  return {
    name: `file ${folder}`,
    prepare: () => onDisk(folder, () => makeFolder(folder)),
    create: (entry, options) =>
      onDisk(folder, () => doubts.during(entry.events, again => create(entry, options?.takingOverFrom, again))),
    survey: key =>
      onDisk(folder, async () => {
        const keyFolder = join(folder, folderOf(key))
        return await looking(keyFolder, () => surveyFolder(keyFolder, key))
      }),
    append: change => onDisk(folder, () => doubts.during(change.events, again => append(change, again))),
    beat: (id, token, at) =>
      onDisk(folder, async () => {
        const path = findExecution(folder, id)
        if (path !== undefined) writeBeat(path, token, at)
      }),
    read: id =>
      onDisk(folder, async () => {
        const path = findExecution(folder, id)
        if (path === undefined) return undefined
        return await looking(dirname(path), () => readStored(path))
      }),
    list: (filter, page) =>
      onDisk(folder, async () => {
        const folders = foldersFor(folder, filter)
        for (const keyFolder of folders) await settled(keyFolder)
        return listFolders(folders, filter, page)
      }),
    remove: (id, by, at) => onDisk(folder, () => remove(id, by, at)),
    close: async () => {
      await tails.close()
      const used = await lock
      used?.close()
      lock = undefined
    }
  }
}

const NO_STATE: KeyState = { lastNumber: 0, fence: 0, holder: undefined }

/** One write into one file, and what the file ends with afterwards. */
type Line = Readonly<{ file: string; at: number; text: string; tail: Tail }>

function lineOf(write: NewExecution, before?: Tail): Line {
  const { record, events } = write
  const text = writeLine(write, before?.record)
  const at = before?.bytes ?? 0
  const { hash: head = before?.head ?? GENESIS, seq = before?.seq ?? 0 } = events.at(-1) ?? {}
  return { file: fileOf(record), at, text, tail: { record, head, seq, bytes: at + Buffer.byteLength(text) } }
}

const redoOf = (index: Index, { lastNumber, fence, holder }: KeyState, lines: readonly Line[]) => ({
  index: { ...index, version: index.version + 1, lastNumber, fence, holder: holder?.id ?? '' },
  writes: lines.map(({ file, at, text }) => ({ file, at, text })),
  removes: []
})

function wasWritten(path: string, { events }: NewExecution): boolean {
  const last = events.at(-1)?.hash
  return readStored(path)?.events.some(({ hash }) => hash === last) ?? false
}

async function makeFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (made !== undefined) await syncFolder(dirname(made))
}
