import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, mkdir, open, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { messageOf, unavailable } from '../core/errors.js'
import type { JsonObject } from '../core/json.js'
import type { Receipt } from '../core/records.js'

/** A file of a store under a name that says it is not finished: made 0600 before anything is written into it. */
export async function beginFile(folder: string, name: string): Promise<string> {
  const path = join(folder, `${name}.partial`)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await rm(path, { force: true })
    const file = await open(path, 'wx', 0o600)
    await file.close()
  } catch (cause) {
    throw unavailable(
      'missing_right',
      `the store ${folder} cannot be made or written: ${messageOf(cause)}`,
      'Let the user of this job write there, or name another folder (store: …).',
      cause
    )
  }
  return path
}

/** Makes a finished file durable, then gives it its name: a reader sees all of it or nothing. */
export async function finishFile(partial: string): Promise<string> {
  const path = partial.replace(/\.partial$/, '')
  await chmod(partial, 0o600)
  await sync(partial)
  await rename(partial, path)
  await sync(dirname(path))
  return path
}

/**
 * Writes the receipt beside the bytes that it is about, with what only this file may hold: settings of a database can be
 * secrets, and a receipt is shown.
 */
export async function writeManifest(receipt: Receipt, more: JsonObject = {}): Promise<void> {
  const name = basename(manifestOf(receipt.location))
  const partial = await beginFile(dirname(receipt.location), name)
  const file = await open(partial, 'w')
  await file.writeFile(`${JSON.stringify({ ...receipt, ...more }, null, 2)}\n`)
  await file.close()
  await finishFile(partial)
}

export const manifestOf = (location: string): string => `${location}.json`

export async function readManifest(location: string): Promise<Receipt | undefined> {
  try {
    const {
      properties: _p,
      roles: _r,
      listing: _l,
      ...receipt
    } = JSON.parse(await readFile(manifestOf(location), 'utf8'))
    return receipt
  } catch {
    return undefined
  }
}

export async function removeBackup(location: string): Promise<void> {
  await rm(location, { force: true })
  await rm(manifestOf(location), { force: true })
}

/** SHA-256 of the bytes as they lie on the disk, and how many they are. */
export async function digestFile(
  path: string,
  signal: AbortSignal
): Promise<Readonly<{ sha256: string; bytes: number }>> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(path, { signal, highWaterMark: 1 << 20 })) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { sha256: hash.digest('hex'), bytes }
}

/** Removes the oldest backups of the same subject and source, so that `keep` are left. Returns what went. */
export async function removeOld(newest: Receipt, keep: number): Promise<readonly string[]> {
  const folder = dirname(newest.location)
  const names = (await readdir(folder)).filter(name => name.endsWith('.json'))
  const receipts = await Promise.all(names.map(name => readManifest(join(folder, name.slice(0, -'.json'.length)))))
  const going = choosePast(
    receipts.flatMap(receipt => (receipt !== undefined && dirname(receipt.location) === folder ? [receipt] : [])),
    newest,
    keep
  )
  for (const { location } of going) await removeBackup(location)
  return going.map(({ location }) => location)
}

/** Which receipts are too many: never the newest, never one of another source, whoever shares the folder. */
export function choosePast(receipts: readonly Receipt[], newest: Receipt, keep: number): readonly Receipt[] {
  const same = receipts.filter(
    receipt =>
      receipt.location !== newest.location &&
      receipt.subject === newest.subject &&
      receipt.source.systemIdentifier === newest.source.systemIdentifier &&
      receipt.source.databaseOid === newest.source.databaseOid &&
      receipt.source.database === newest.source.database
  )
  return [...same].sort((a, b) => (a.takenAt < b.takenAt ? 1 : -1)).slice(Math.max(keep, 1) - 1)
}

/** Free bytes where a path lies or will lie, and which file system that is. */
export async function freeSpace(path: string): Promise<Readonly<{ bytes: number; device: number }>> {
  for (let folder = path; ; folder = dirname(folder)) {
    try {
      const [{ bavail, bsize }, { dev }] = await Promise.all([statfs(folder), stat(folder)])
      return { bytes: bavail * bsize, device: dev }
    } catch (error) {
      if (folder === dirname(folder)) throw error
    }
  }
}

/** `20261120T174455Z`: sorts as time does. For names that nothing else makes unique, `fineStampOf`. */
export const stampOf = (at: Date): string => at.toISOString().replace(/[-:]|\.\d+/g, '')

/** `20261120T174455123Z`, to the millisecond. */
export const fineStampOf = (at: Date): string => at.toISOString().replace(/[-:.]/g, '')

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
