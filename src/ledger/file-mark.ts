import { closeSync, fsyncSync, linkSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { unavailable } from '../core/errors.js'
import type { ProcessIdentity } from '../core/records.js'
import { isCode } from './file-faults.js'

/** Who takes part in locking: a process, and a number of its own that no other opening of the ledger has. */
export type Mark = Readonly<{ nonce: string; process: ProcessIdentity }>

/** True when `path` is now one more name of our file; false when the name is taken. */
export function tryLink(own: string, path: string): boolean {
  try {
    linkSync(own, path)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

/** Who has that name; undefined when nobody has. */
export function readMark(path: string): Mark | undefined {
  const text = readIfThere(path)
  if (text === undefined) return undefined
  const mark = parse(text)
  if (mark !== undefined) return mark
  const hint = 'Something else has written there. Remove it when no deployment is running.'
  throw unavailable('ledger_unavailable', `${path} is no lock of this ledger`, hint)
}

function parse(text: string): Mark | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** On the disk before it gets its second name: after a loss of power a lock that says nothing would be nobody's. */
export function writeMark(path: string, mark: Mark): void {
  const file = openSync(path, 'w', 0o600)
  try {
    writeSync(file, JSON.stringify(mark))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** The same where it may be half written. */
export const peekMark = (path: string): Mark | undefined => parse(readIfThere(path) ?? '')

export function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
}
