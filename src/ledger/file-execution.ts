import {
  closeSync,
  type Dirent,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import type { Event } from '../core/events.js'
import type { ExecutionRecord } from '../core/execution.js'
import { broken } from '../core/ledger/damage.js'
import { readLines, type Tail } from '../core/ledger/lines.js'
import { isJournal } from '../core/ledger/names.js'
import { isCode } from './file-faults.js'
import { replaceQuickly } from './file-write.js'

/** What stands beside a journal under the same name. */
export const snapshotOf = (path: string): string => path.replace(/\.jsonl$/, '.record.json')
export const beatOf = (path: string): string => path.replace(/\.jsonl$/, '.beat.json')

/** Paths of all executions in a key's folder, oldest first. */
export const journalsIn = (folder: string): readonly string[] =>
  entriesIn(folder)
    .map(({ name }) => name)
    .filter(isJournal)
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map(name => join(folder, name))

/** Paths of the keys' folders; none when there is no ledger yet. */
export const foldersIn = (folder: string): readonly string[] =>
  entriesIn(folder)
    .filter(entry => entry.isDirectory())
    .map(({ name }) => join(folder, name))

function entriesIn(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (isCode(error, 'ENOENT')) return []
    throw error
  }
}

/** Everything that one file holds; undefined when it is not there. */
export function readExecution(path: string): Readonly<{ tail: Tail; events: readonly Event[] }> | undefined {
  const text = textFrom(path, 0)
  return text === undefined ? undefined : readLines(path, text)
}

/**
 * Where a file ends, without reading it whole: a snapshot says how it stood at some length, and only what follows is
 * read. The snapshot is made after its lines were durable, so a file that is shorter has lost some.
 */
export function readTail(path: string): Tail | undefined {
  const snapshot = readSnapshot(path)
  const text = textFrom(path, snapshot?.bytes ?? 0)
  if (text === undefined) return undefined
  try {
    return readLines(path, text, snapshot)?.tail
  } catch (error) {
    // Read from its beginning, a broken line has a number.
    readExecution(path)
    throw error
  }
}

/** The record with the newest heartbeat, which is kept aside since it comes often and needs no durability. */
export function withBeat(path: string, record: ExecutionRecord): ExecutionRecord {
  const beat = readIfWhole<{ token: number; at: string }>(beatOf(path))
  if (beat?.token !== record.token || beat.at <= record.heartbeatAt) return record
  return { ...record, heartbeatAt: beat.at }
}

export const writeBeat = (path: string, token: number, at: string): void =>
  writeFileSync(beatOf(path), JSON.stringify({ token, at }), { mode: 0o600 })

export const writeSnapshot = (path: string, tail: Tail): Promise<void> =>
  replaceQuickly(snapshotOf(path), JSON.stringify(tail))

function readSnapshot(path: string): Tail | undefined {
  const tail = readIfWhole<Tail>(snapshotOf(path))
  return typeof tail?.bytes === 'number' && typeof tail.record?.id === 'string' ? tail : undefined
}

// What can be made again is not worth an error when it is half there.
function readIfWhole<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (isCode(error, 'ENOENT') || error instanceof SyntaxError) return undefined
    throw error
  }
}

function textFrom(path: string, offset: number): string | undefined {
  const file = openIfThere(path)
  if (file === undefined) return undefined
  try {
    const { size } = fstatSync(file)
    if (size < offset) throw broken(path, `it has ${size} bytes and had ${offset}: its end was cut off`)
    const bytes = Buffer.alloc(size - offset)
    let done = 0
    for (let read = -1; done < bytes.length && read !== 0; done += read) {
      read = readSync(file, bytes, done, bytes.length - done, offset + done)
    }
    return bytes.subarray(0, done).toString()
  } finally {
    closeSync(file)
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}
