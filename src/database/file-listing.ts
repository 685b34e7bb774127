import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir, readlink, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { ChecklistError } from '../core/errors.js'

/** What stands at one path. Times and owners are not compared: a trial extraction by an ordinary user cannot have them. */
export type Entry =
  | Readonly<{ kind: 'file'; mode: number; bytes: number; sha256: string }>
  | Readonly<{ kind: 'folder'; mode: number }>
  | Readonly<{ kind: 'link'; to: string }>

/** By absolute path, in no order. */
export type Listing = Readonly<Record<string, Entry>>

/** The paths to archive: each as it is, and where it is a link, what it leads to as well. */
export async function pathsToArchive(paths: readonly string[]): Promise<readonly string[]> {
  const all = await Promise.all(
    paths.map(async path => {
      const found = await lstat(path).catch(() => undefined)
      const target = found === undefined ? undefined : await realpath(path).catch(() => undefined)
      if (found === undefined || target === undefined) throw missing(path, found !== undefined)
      return found.isSymbolicLink() ? [path, target] : [path]
    })
  )
  return [...new Set(all.flat())]
}

/** Everything at and below those paths, read whole. `root` stands before each path on the disk, not in the listing. */
export async function listFiles(paths: readonly string[], root: string, signal: AbortSignal): Promise<Listing> {
  const found: Record<string, Entry> = {}
  const visit = async (path: string): Promise<void> => {
    signal.throwIfAborted()
    const here = join(root, path)
    const entry = await look(here, signal)
    if (entry === undefined) return
    found[path] = entry
    if (entry.kind !== 'folder') return
    for (const name of await readdir(here)) await visit(join(path, name))
  }
  for (const path of paths) await visit(path)
  return found
}

/** Bytes of all files below, without reading them. */
export async function sizeOf(path: string): Promise<number> {
  const found = await lstat(path).catch(() => undefined)
  if (found?.isDirectory() !== true) return found?.isFile() === true ? found.size : 0
  let sum = 0
  for (const name of await readdir(path).catch(() => [])) sum += await sizeOf(join(path, name))
  return sum
}

/** What differs, as `/app/.env: other content`; empty when nothing does. */
export function compareListings(source: Listing, copy: Listing): readonly string[] {
  const names = [...new Set([...Object.keys(source), ...Object.keys(copy)])].sort()
  return names.flatMap(name => {
    const difference = differ(source[name], copy[name])
    return difference === undefined ? [] : [`${name}: ${difference}`]
  })
}

function differ(source: Entry | undefined, copy: Entry | undefined): string | undefined {
  if (copy === undefined) return 'missing in the archive'
  if (source === undefined) return 'only in the archive'
  if (source.kind !== copy.kind) return `a ${source.kind} came back as a ${copy.kind}`
  if (source.kind === 'link') return copy.kind === 'link' && source.to === copy.to ? undefined : 'leads elsewhere'
  if (copy.kind === 'link') return undefined
  if (source.kind === 'file' && copy.kind === 'file' && source.sha256 !== copy.sha256) {
    return 'other content; it may have changed while it was archived'
  }
  if (source.mode === copy.mode) return undefined
  return `mode ${source.mode.toString(8)} came back as ${copy.mode.toString(8)}`
}

// Sockets, pipes and devices hold nothing that could be brought back.
async function look(path: string, signal: AbortSignal): Promise<Entry | undefined> {
  const found = await lstat(path)
  const mode = found.mode & 0o777
  if (found.isSymbolicLink()) return { kind: 'link', to: await readlink(path) }
  if (found.isDirectory()) return { kind: 'folder', mode }
  return found.isFile() ? { kind: 'file', mode, bytes: found.size, sha256: await digest(path, signal) } : undefined
}

async function digest(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { signal })) hash.update(chunk)
  return hash.digest('hex')
}

const missing = (path: string, isLink: boolean): ChecklistError =>
  new ChecklistError('FAILED', 'backup_failed', {
    message: isLink ? `${path} is a link that leads nowhere` : `there is no ${path} to back up`,
    hint: 'Create it, or take it out of `files`.'
  })
