import { existsSync, statSync } from 'node:fs'
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GENESIS } from '../core/events.js'
import type { ExecutionRecord, Key } from '../core/execution.js'
import type { Change, Clock, Filter, Ledger, Liveness, NewExecution } from '../core/ports.js'
import {
  beatOf,
  fileOf,
  foldersIn,
  isOf,
  journalsIn,
  readExecution,
  readTail,
  snapshotOf,
  withBeat,
  writeBeat,
  writeSnapshot
} from './file-execution.js'
import { broken, isCode, onDisk } from './file-faults.js'
import { commit, emptyIndex, folderOf, type Index, readIndex, recover } from './file-index.js'
import { type Tail, writeLine } from './file-journal.js'
import { type FolderLock, openFolderLock } from './file-lock.js'
import { syncFolder, writeDurably } from './file-write.js'
import { matches, matchesKey, matchesTombstone, pageOf, tombstoneOf } from './pages.js'
import { assertChained, judgeAppend, judgeCreate, judgeRemoval, type KeyState, stateAfter } from './rules.js'

export type FileLedgerOptions = Readonly<{ folder: string; clock: Clock; liveness: Liveness }>

/** A file whose end we wrote ourselves. It is read again when its inode or size is not what we left. */
type Known = Readonly<{ handle: FileHandle; inode: number; tail: Tail }>

/**
 * Executions in a folder (absolute, outside the workspace): one folder per key, in it one file of JSON lines per
 * execution and an index. An append is one write and one fdatasync; what changes several files goes through a redo
 * file, so that a kill leaves all of it or nothing. Needs a local file system: one machine's processes share it.
 */
export function openFileLedger({ folder, clock, liveness }: FileLedgerOptions): Ledger {
  const known = new Map<string, Known>()
  let lock: Promise<FolderLock> | undefined
  const folderFor = (key: Key) => join(folder, folderOf(key))

  async function locked<T>(keyFolder: string, work: () => Promise<T>): Promise<T> {
    lock ??= openFolderLock(clock, liveness)
    return (await lock).within(keyFolder, async () => {
      await recover(keyFolder)
      return await work()
    })
  }

  /** Readers look without the lock; only what a killed process left half done is ended first. */
  async function settled(keyFolder: string): Promise<void> {
    if (!existsSync(join(keyFolder, 'redo.json'))) return
    await locked(keyFolder, async () => {}).catch(error => {
      // A reader without rights sees what is there; the next writer will end it.
      if (!isCode(error, 'EACCES') && !isCode(error, 'EROFS')) throw error
    })
  }

  async function openKnown(path: string): Promise<Known | undefined> {
    const before = known.get(path)
    const file = statSync(path, { throwIfNoEntry: false })
    if (before !== undefined && file?.ino === before.inode && file.size === before.tail.bytes) return before
    await before?.handle.close()
    known.delete(path)
    const tail = file && readTail(path)
    if (tail === undefined) return undefined
    const handle = await open(path, 'r+')
    // A write that was cut short by a kill; nobody was told that it had happened.
    if ((await handle.stat()).size > tail.bytes) await handle.truncate(tail.bytes)
    const opened = { handle, inode: (await handle.stat()).ino, tail }
    known.set(path, opened)
    return opened
  }

  async function remember(path: string, tail: Tail, before?: ExecutionRecord): Promise<void> {
    const opened = known.get(path)
    if (opened !== undefined) known.set(path, { ...opened, tail })
    if (before === undefined || wantsSnapshot(before, tail.record)) await writeSnapshot(path, tail)
  }

  async function append(change: Change) {
    const { record } = change
    const keyFolder = folderFor(record.key)
    const path = join(keyFolder, fileOf(record))
    if (!existsSync(path)) return { kind: 'moved', head: '' } as const
    return await locked(keyFolder, async () => {
      const opened = await openKnown(path)
      if (opened === undefined) return { kind: 'moved', head: '' } as const
      const { handle, tail } = opened
      const steady = keepsPlace(tail.record, record)
      const index = steady ? undefined : loadIndex(keyFolder, record.key)
      const state = index === undefined ? NO_STATE : stateOf(keyFolder, index)
      const verdict = judgeAppend(state, tail, change)
      if (verdict.kind !== 'appended') return verdict
      const text = writeLine(change, tail.record)
      if (index === undefined) await writeDurably(handle, tail.bytes, text)
      else {
        const writes = [{ file: fileOf(record), at: tail.bytes, text }]
        await commit(keyFolder, { index: indexAfter(index, stateAfter(state, record)), writes, removes: [] })
      }
      await remember(path, tailAfter(tail, change, text), tail.record)
      return verdict
    })
  }

  async function create(entry: NewExecution, takingOverFrom: Change | undefined) {
    assertChained(entry.events, GENESIS, 0)
    const { record } = entry
    const keyFolder = folderFor(record.key)
    await makeFolder(keyFolder)
    return await locked(keyFolder, async () => {
      const index = loadIndex(keyFolder, record.key)
      const state = stateOf(keyFolder, index)
      if (journalsIn(keyFolder).some(path => isOf(path, record.id))) return { kind: 'moved' } as const
      const freed = takingOverFrom && (await freeing(keyFolder, state, takingOverFrom))
      if (freed === 'moved') return { kind: 'moved' } as const
      const verdict = judgeCreate(state, entry, takingOverFrom?.record.id)
      if (verdict.kind !== 'created') return verdict
      const text = writeLine(entry)
      const writes = [...(freed === undefined ? [] : [freed.write]), { file: fileOf(record), at: 0, text }]
      const between = freed === undefined ? state : stateAfter(state, freed.tail.record)
      await commit(keyFolder, { index: indexAfter(index, stateAfter(between, record)), writes, removes: [] })
      if (freed !== undefined) await remember(freed.path, freed.tail)
      await remember(join(keyFolder, fileOf(record)), tailAfter(undefined, entry, text))
      return verdict
    })
  }

  async function freeing(keyFolder: string, state: KeyState, change: Change) {
    const path = join(keyFolder, fileOf(change.record))
    const opened = await openKnown(path)
    if (opened === undefined || judgeAppend(state, opened.tail, change).kind !== 'appended') return 'moved'
    const text = writeLine(change, opened.tail.record)
    const write = { file: fileOf(change.record), at: opened.tail.bytes, text }
    return { path, tail: tailAfter(opened.tail, change, text), write }
  }

  async function survey(key: Key) {
    const keyFolder = folderFor(key)
    await settled(keyFolder)
    const index = loadIndex(keyFolder, key)
    const newest = journalsIn(keyFolder).findLast(path => Number.parseInt(fileName(path), 10) === index.lastNumber)
    const { holder } = stateOf(keyFolder, index)
    return {
      nextNumber: index.lastNumber + 1,
      nextToken: index.fence + 1,
      newest: newest === undefined ? undefined : recordAt(newest),
      holder
    }
  }

  function pathOf(id: string): string | undefined {
    return foldersIn(folder)
      .flatMap(journalsIn)
      .find(path => isOf(path, id))
  }

  async function read(id: string) {
    const path = pathOf(id)
    if (path === undefined) return undefined
    await settled(dirname(path))
    // Finds an end that was cut off, which the lines alone cannot show.
    readTail(path)
    const execution = readExecution(path)
    if (execution === undefined) return undefined
    const { tail, events } = execution
    return { record: withBeat(path, tail.record), events, head: tail.head }
  }

  async function list(filter: Filter, page: Readonly<{ limit: number; cursor?: string }>) {
    const records: ExecutionRecord[] = []
    const tombstones: Index['tombstones'][number][] = []
    for (const keyFolder of foldersIn(folder)) {
      await settled(keyFolder)
      const index = readIndex(keyFolder)
      if (index === undefined || !matchesKey(filter.key, index.key)) continue
      const found = journalsIn(keyFolder).flatMap(path => recordAt(path) ?? [])
      records.push(...found.filter(record => matches(filter, record)))
      tombstones.push(...index.tombstones.filter(tombstone => matchesTombstone(filter, tombstone)))
    }
    return pageOf(records, tombstones, page)
  }

  async function remove(id: string, by: string, at: string) {
    const path = pathOf(id)
    if (path === undefined) return 'absent'
    const keyFolder = dirname(path)
    return await locked(keyFolder, async () => {
      const tail = (await openKnown(path))?.tail
      if (tail === undefined) return 'absent'
      const index = loadIndex(keyFolder, tail.record.key)
      const verdict = judgeRemoval(stateOf(keyFolder, index), tail.record)
      if (verdict !== 'removed') return verdict
      const tombstones = [...index.tombstones, tombstoneOf(tail.record, tail.head, by, at)]
      const removes = [path, snapshotOf(path), beatOf(path)].map(fileName)
      await commit(keyFolder, { index: { ...index, version: index.version + 1, tombstones }, writes: [], removes })
      await known.get(path)?.handle.close()
      known.delete(path)
      return 'removed'
    })
  }

  return {
    name: `file ${folder}`,
    prepare: () => onDisk(folder, () => makeFolder(folder)),
    create: (entry, options) => onDisk(folder, () => create(entry, options?.takingOverFrom)),
    survey: key => onDisk(folder, () => survey(key)),
    append: change => onDisk(folder, () => append(change)),
    beat: (id, token, at) =>
      onDisk(folder, async () => {
        const path = pathOf(id)
        if (path !== undefined) writeBeat(path, token, at)
      }),
    read: id => onDisk(folder, () => read(id)),
    list: (filter, page) => onDisk(folder, () => list(filter, page)),
    remove: (id, by, at) => onDisk(folder, () => remove(id, by, at)),
    close: async () => {
      for (const { handle } of known.values()) await handle.close()
      known.clear()
    }
  }
}

const NO_STATE: KeyState = { lastNumber: 0, fence: 0, holder: undefined }

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

// Neither the holder nor the fence can change by such a write, so the index is not looked at.
const keepsPlace = (before: ExecutionRecord, after: ExecutionRecord): boolean =>
  before.holdsEnvironment === after.holdsEnvironment && before.token === after.token

// Where lists and surveys look often: what has ended, and where an execution that was killed got to.
const wantsSnapshot = (before: ExecutionRecord, after: ExecutionRecord): boolean =>
  after.completedAt !== '' || before.status !== after.status || !keepsPlace(before, after)

function tailAfter(before: Tail | undefined, { record, events }: NewExecution, text: string): Tail {
  const last = events.at(-1)
  return {
    record,
    head: last?.hash ?? before?.head ?? GENESIS,
    seq: last?.seq ?? before?.seq ?? 0,
    bytes: (before?.bytes ?? 0) + Buffer.byteLength(text)
  }
}

const indexAfter = (index: Index, { lastNumber, fence, holder }: KeyState): Index => ({
  ...index,
  version: index.version + 1,
  lastNumber,
  fence,
  holder: holder?.id ?? ''
})

function loadIndex(keyFolder: string, key: Key): Index {
  const index = readIndex(keyFolder)
  if (index !== undefined) return index
  // Numbers and tokens would start again from one.
  if (journalsIn(keyFolder).length > 0)
    throw broken(join(keyFolder, 'index.json'), 'it is gone, its executions are not')
  return emptyIndex(key)
}

function stateOf(keyFolder: string, { lastNumber, fence, holder }: Index): KeyState {
  const path = holder === '' ? undefined : journalsIn(keyFolder).find(journal => isOf(journal, holder))
  const record = path === undefined ? undefined : recordAt(path)
  return { lastNumber, fence, holder: record?.holdsEnvironment === true ? record : undefined }
}

function recordAt(path: string): ExecutionRecord | undefined {
  const record = readTail(path)?.record
  return record && withBeat(path, record)
}

async function makeFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (made !== undefined) await syncFolder(dirname(made))
}
