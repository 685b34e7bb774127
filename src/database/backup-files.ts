import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ChecklistError } from '../core/errors.js'
import type { Finding, GuardContext, ItemContext, Probe } from '../core/item.js'
import { sha256 } from '../core/plan.js'
import type { Objection } from '../core/ports.js'
import type { Receipt } from '../core/records.js'
import { formatSize } from '../core/units.js'
import { type DatabaseBackupPorts, programEnv } from './backup-facts.js'
import type { FilesSpec } from './backup-spec.js'
import { secondsBetween } from './elapsed.js'
import { compareListings, type Listing, listFiles, pathsToArchive, sizeOf } from './file-listing.js'
import {
  beginFile,
  digestFile,
  finishFile,
  freeSpace,
  readManifest,
  removeBackup,
  removeOld,
  stampOf,
  writeManifest
} from './store.js'
import { objectionsToStore, readStorePlace } from './store-place.js'

const storeOf = ({ store }: FilesSpec, folder: string, { defaultStore }: DatabaseBackupPorts): string =>
  resolve(folder, store ?? defaultStore)

/** What stands in the way of an archive. Files may still come into being, so a missing one is found later. */
export async function objectionsToFiles(
  spec: FilesSpec,
  { execution, diskDisappears }: GuardContext,
  ports: DatabaseBackupPorts
): Promise<readonly Objection[]> {
  const store = storeOf(spec, execution.folder, ports)
  const sizes = await Promise.all(spec.files.map(path => sizeOf(resolve(execution.folder, path))))
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  const place = await readStorePlace(store, execution.folder, ports)
  const full = [place, { path: tmpdir(), ...(await freeSpace(tmpdir())) }].filter(({ bytes: there }) => there < bytes)
  return [
    ...full.map(({ path, bytes: there }) => ({
      reason: 'no_space' as const,
      message: `the files have ${formatSize(bytes)}, at ${path} are ${formatSize(there)} free`,
      hint: 'Free some, or name another folder (store: …).'
    })),
    ...objectionsToStore('the archive', place, diskDisappears)
  ]
}

/** Archives the files, unpacks the stored bytes elsewhere and compares each of them. */
export async function backUpFiles(
  spec: FilesSpec,
  keep: number | undefined,
  context: ItemContext,
  ports: DatabaseBackupPorts
): Promise<Finding> {
  const { execution, signal } = context
  const paths = await pathsToArchive(spec.files.map(path => resolve(execution.folder, path)))
  const store = storeOf(spec, execution.folder, ports)
  const name = `${clean(execution.environment)}-files-${stampOf(ports.clock.now())}-${randomBytes(3).toString('hex')}.tar.gz`
  const trial = await mkdtemp(join(tmpdir(), 'deploy-checklist-files-'))
  try {
    await context.note({ archive: join(store, name), trial })
    const taken = ports.clock.now()
    const source = await listFiles(paths, '', signal)
    const location = await archive(join(store, name), paths, context, ports)
    const archived = ports.clock.now()
    await unpack(location, trial, context, ports)
    const unpacked = ports.clock.now()
    const differences = compareListings(source, await listFiles(paths, trial, signal))
    if (differences.length > 0) {
      await removeBackup(location)
      return differing(differences)
    }
    const moments = { taken, archived, unpacked, compared: ports.clock.now() }
    const receipt = await receiptOf(location, { source, spec, moments }, context)
    await writeManifest(receipt, { listing: source })
    if (keep !== undefined) await removeOld(receipt, keep)
    return passed(receipt, source)
  } finally {
    await rm(trial, { recursive: true, force: true })
  }
}

// Paths are stored from the root on, so that each comes back to where it was: tar -xzf ARCHIVE -C /
async function archive(path: string, paths: readonly string[], context: ItemContext, ports: DatabaseBackupPorts) {
  const partial = await beginFile(resolve(path, '..'), path.slice(path.lastIndexOf('/') + 1))
  try {
    await tar(['-czf', partial, '-C', '/', '--', ...paths.map(name => name.slice(1))], context, ports)
    return await finishFile(partial)
  } catch (error) {
    await removeBackup(partial)
    throw error
  }
}

async function unpack(location: string, trial: string, context: ItemContext, ports: DatabaseBackupPorts) {
  try {
    await tar(['-xpzf', location, '-C', trial], context, ports)
  } catch (error) {
    await removeBackup(location)
    throw error
  }
}

async function tar(args: readonly string[], context: ItemContext, ports: DatabaseBackupPorts): Promise<void> {
  const exit = await ports.shell.run({
    what: { argv: ['tar', ...args] },
    env: { ...programEnv(ports, context.names), LC_ALL: 'C' },
    folder: '/',
    timeoutMs: context.timeoutMs,
    signal: context.signal,
    onAbort: 'end'
  })
  context.signal.throwIfAborted()
  if (exit.kind === 'exited' && exit.code === 0) return
  throw new ChecklistError('FAILED', 'backup_failed', {
    message: `tar ended with ${exit.code}: ${exit.stderr.trim().slice(-500)}`,
    hint: 'Mend what tar says: free some disk, make the files readable, or let nothing write to them meanwhile.'
  })
}

type Moments = Readonly<{ taken: Date; archived: Date; unpacked: Date; compared: Date }>

async function receiptOf(
  location: string,
  { source, spec, moments }: Readonly<{ source: Listing; spec: FilesSpec; moments: Moments }>,
  { execution, signal }: ItemContext
): Promise<Receipt> {
  const { taken, archived, unpacked, compared } = moments
  return {
    subject: 'files',
    proof: 'identical',
    takenAt: taken.toISOString(),
    location,
    ...(await digestFile(location, signal)),
    scratch: 'a folder of this machine',
    versions: { server: '', client: 'tar' },
    seconds: {
      dump: secondsBetween(taken, archived),
      restore: secondsBetween(archived, unpacked),
      compare: secondsBetween(unpacked, compared),
      total: secondsBetween(taken, compared)
    },
    relations: {},
    schemaSha256: '',
    // What was asked for tells one store's archives apart. Hashes of small secrets stay in the manifest alone.
    source: {
      systemIdentifier: '',
      databaseOid: 0,
      database: sha256([execution.environment, ...spec.files].join('\0'))
    },
    details: { files: countFiles(source) }
  }
}

const countFiles = (listing: Listing): number => Object.values(listing).filter(({ kind }) => kind !== 'folder').length

const passed = (receipt: Receipt, source: Listing): Finding => ({
  outcome: 'pass',
  detail: `${countFiles(source)} files archived (${formatSize(receipt.bytes)}), unpacked again and found identical`,
  receipt
})

const differing = (differences: readonly string[]): Finding => ({
  outcome: 'fail',
  reason: 'backup_not_proven',
  detail: `the archive is not what it was made of: ${differences.slice(0, 10).join('; ')}`,
  hint: 'It was removed. Let nothing write to the files meanwhile, then run it again.'
})

/** An archive changes nothing, so an interrupted one is removed and made again. */
export async function probeFiles({ notes }: ItemContext): Promise<Probe> {
  for (const { archive: path, trial } of notes) {
    if (typeof trial === 'string') await rm(trial, { recursive: true, force: true })
    if (typeof path !== 'string') continue
    const receipt = await readManifest(path)
    if (receipt !== undefined) {
      const finding: Finding = { outcome: 'pass', detail: `archived and proven before: ${path}`, receipt }
      return { took: 'effect', detail: `proven and stored at ${path}`, finding }
    }
    await removeBackup(`${path}.partial`)
    await removeBackup(path)
  }
  return { took: 'no-effect', detail: 'what was left of it is removed' }
}

const clean = (text: string) => text.replaceAll(/[^A-Za-z0-9_-]/g, '_')
