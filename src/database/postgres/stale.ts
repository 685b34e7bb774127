import { execFile } from 'node:child_process'
import { readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What the folder of every throwaway server begins with. */
export const PREFIX = 'deploy-checklist-pg-'

type Owner = Readonly<{ pid: number; startedAt: string; place: string }>

/** Writes down whose process needs the folder, so that a later one can tell whether it is left over. */
export async function claim(folder: string): Promise<void> {
  const owner: Owner = { pid: process.pid, startedAt: await startOf(process.pid), place: await place() }
  await writeFile(join(folder, 'owner.json'), JSON.stringify(owner), { mode: 0o600 })
}

/** Ends and removes the servers whose processes were killed. `ours` has just been made; others may be at work beside us. */
export async function removeStale(parent: string, ours: string, uids: readonly number[]): Promise<void> {
  const { mtimeMs: now } = await stat(ours)
  for (const name of await readdir(parent)) {
    const folder = join(parent, name)
    if (!name.startsWith(PREFIX) || folder === ours) continue
    await removeIfStale(folder, { now, uids }).catch(() => {}) // somebody else's, or being removed by another one
  }
}

async function removeIfStale(folder: string, { now, uids }: { now: number; uids: readonly number[] }): Promise<void> {
  const { uid, mtimeMs } = await stat(folder)
  if (!uids.includes(uid)) return
  const owner = await readOwner(folder)
  // Without a claim it may be between its first two steps; those take no minute.
  const stale = owner === undefined ? now - mtimeMs > 60_000 : await isGone(owner)
  if (!stale) return
  await endServer(join(folder, 'data'))
  await rm(folder, { recursive: true, force: true, maxRetries: 3 })
}

async function readOwner(folder: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, 'owner.json'), 'utf8'))
  } catch {
    return undefined
  }
}

async function isGone({ pid, startedAt, place: where }: Owner): Promise<boolean> {
  // Another container may share the folder; its process numbers say nothing here.
  if (where !== (await place())) return false
  return (await startOf(pid)) !== startedAt
}

/** Ends the server of a data folder at once, without saving anything; only if it is that folder's. */
async function endServer(data: string): Promise<void> {
  const [line] = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  const pid = Number(line)
  if (!(pid > 1) || !(await worksIn(pid, data))) return
  process.kill(pid, 'SIGKILL')
  while (await worksIn(pid, data)) await new Promise(resolve => setTimeout(resolve, 20))
}

// A number may have been given to another process since; a server's working folder is its data.
async function worksIn(pid: number, data: string): Promise<boolean> {
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => undefined)
  if (cwd !== undefined || process.platform === 'linux') return cwd === data
  return (await ps(pid, 'command')).includes(data)
}

/** When a process began, in the system's own words; empty when there is none of that number. */
async function startOf(pid: number): Promise<string> {
  if (process.platform !== 'linux') return ps(pid, 'lstart')
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The second field is the program's name, in parentheses and with any character in it; the 22nd is the start.
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

async function ps(pid: number, field: string): Promise<string> {
  const { stdout } = await promisify(execFile)('ps', ['-p', String(pid), '-o', `${field}=`]).catch(() => ({
    stdout: ''
  }))
  return stdout.trim()
}

const place = async (): Promise<string> =>
  `${hostname()} ${await readlink('/proc/self/ns/pid').catch(() => '')} ${await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')}`.trim()
