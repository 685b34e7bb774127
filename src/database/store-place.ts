import { access, constants, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import type { Objection } from '../core/ports.js'
import { codeOf } from './postgres/faults.js'
import { freeSpace } from './store.js'

/** A folder, what is free there and which file system that is. */
export type Space = Readonly<{ path: string; bytes: number; device: number }>

/** Where backups are to lie, as it is before anything is written there. */
export type StorePlace = Space &
  Readonly<{
    /** On a file system of this machine's own, as its workspace is: it goes when the machine goes. */
    ofTheMachine: boolean
    /** Why nothing can be written there, in words; undefined where it can. */
    refuses: string | undefined
  }>

export type PlacePorts = Readonly<{
  baseEnv: Readonly<Record<string, string>>
  /** What stands for the machine's file systems; default the real ones. */
  freeSpace?: typeof freeSpace
}>

// GitHub's images for Linux have a second disk at /mnt, as fleeting as the first.
const OF_EVERY_MACHINE = ['/', '/mnt', '/dev/shm']

export async function readStorePlace(
  path: string,
  workspace: string,
  { baseEnv, freeSpace: spaceAt = freeSpace }: PlacePorts
): Promise<StorePlace> {
  const here = [...OF_EVERY_MACHINE, workspace, baseEnv['RUNNER_TEMP'] ?? '', tmpdir()].filter(each => each !== '')
  const devices = await Promise.all(here.map(async each => (await spaceAt(each)).device))
  const space = await spaceAt(path)
  return { path, ...space, ofTheMachine: devices.includes(space.device), refuses: await whyNotWritable(path) }
}

/** What stands in the way of keeping `what` there: it would not last, or cannot be written. */
export function objectionsToStore(
  what: string,
  { path, ofTheMachine, refuses }: StorePlace,
  diskDisappears: boolean
): readonly Objection[] {
  const found: Objection[] = []
  if (diskDisappears && ofTheMachine) {
    found.push({
      reason: 'no_lasting_store',
      message: `${what}: expected a store on a mounted place that outlives this hosted runner, found ${path} on the runner's own disk`,
      hint: 'Mount one before this step and name a folder in it (store: /mnt/backups/shop), or use a self-hosted runner.'
    })
  }
  if (refuses !== undefined) {
    found.push({
      reason: 'missing_right',
      message: `${what}: the store ${path} cannot be made or written: ${refuses}`,
      hint: `Let the user of this job write there (sudo install -d -o "$(id -un)" ${path}), or name another folder (store: …).`
    })
  }
  return found
}

/** Asked of the nearest folder that is there, since nothing may be made yet. */
async function whyNotWritable(path: string): Promise<string | undefined> {
  for (let folder = path; ; folder = dirname(folder)) {
    try {
      if (!(await stat(folder)).isDirectory()) return `${folder} is no folder`
      await access(folder, constants.W_OK | constants.X_OK)
      return undefined
    } catch (error) {
      const code = codeOf(error)
      if (!['ENOENT', 'ENOTDIR'].includes(code)) return `${folder} does not let us (${code})`
    }
  }
}
