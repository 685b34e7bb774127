import { statSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { ExecutionRecord } from '../core/execution.js'
import type { Tail } from '../core/ledger/lines.js'
import { readTail, writeSnapshot } from './file-execution.js'

/** A file whose end we know. It is read again when its inode or size is not what we left. */
type Known = Readonly<{ handle: FileHandle; inode: number; tail: Tail }>

/** The ends of the files that this process writes to, so that an append need not read what it appends to. */
export interface Tails {
  /** Under the folder's lock; undefined when there is no such execution. Cuts what a killed process left half written. */
  at(path: string): Promise<Readonly<{ handle: FileHandle; tail: Tail }> | undefined>
  /** What the file ends with from now on. */
  moved(path: string, tail: Tail, before?: ExecutionRecord): Promise<void>
  forget(path: string): Promise<void>
  close(): Promise<void>
}

export function openTails(): Tails {
  const known = new Map<string, Known>()

  async function forget(path: string): Promise<void> {
    await known.get(path)?.handle.close()
    known.delete(path)
  }

  async function at(path: string): Promise<Known | undefined> {
    const before = known.get(path)
    const file = statSync(path, { throwIfNoEntry: false })
    if (before !== undefined && file?.ino === before.inode && file.size === before.tail.bytes) return before
    await forget(path)
    const tail = file && readTail(path)
    if (tail === undefined) return undefined
    const handle = await open(path, 'r+')
    const { ino: inode, size } = await handle.stat()
    // Nobody was told that this write had happened.
    if (size > tail.bytes) await handle.truncate(tail.bytes)
    const opened = { handle, inode, tail }
    known.set(path, opened)
    return opened
  }

  return {
    at,
    moved: async (path, tail, before) => {
      const opened = known.get(path)
      if (opened !== undefined) known.set(path, { ...opened, tail })
      if (before === undefined || wantsSnapshot(before, tail.record)) await writeSnapshot(path, tail)
    },
    forget,
    close: async () => {
      for (const path of [...known.keys()]) await forget(path)
    }
  }
}

// Where lists and surveys look often: what has ended, and how far one has come that was killed.
const wantsSnapshot = (before: ExecutionRecord, after: ExecutionRecord): boolean =>
  after.completedAt !== '' || before.status !== after.status || !keepsPlace(before, after)

/** True when neither the holder nor the fence can change by such a write. */
export const keepsPlace = (before: ExecutionRecord, after: ExecutionRecord): boolean =>
  before.holdsEnvironment === after.holdsEnvironment && before.token === after.token
