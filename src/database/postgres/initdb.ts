import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ChecklistError, unavailable } from '../../core/errors.js'
import { throwIfCancelled } from './client.js'
import type { User } from './run-as.js'

/** Where a server of ours is made: its programs, its folder, and whose it is. */
export type Place = Readonly<{ bin: string; folder: string; user: User | undefined; signal: AbortSignal }>

/** Makes an empty cluster in the folder's `data`; the superuser's password. */
export async function initialise({ bin, folder, user, signal }: Place): Promise<string> {
  const password = randomBytes(18).toString('hex')
  const file = join(folder, 'password')
  await writeFile(file, password, { mode: 0o600 })
  if (user !== undefined) await chown(file, user.uid, user.gid)
  const args = ['-D', join(folder, 'data'), '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${file}`]
  const child = spawn(join(bin, 'initdb'), [...args, '-E', 'UTF8', '--locale=C', '--no-sync'], {
    ...as(user),
    stdio: ['ignore', 'ignore', 'pipe'],
    signal
  })
  const stderr: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  const code = await ended(child)
  await rm(file)
  throwIfCancelled(signal)
  if (code !== 0) throw notStarted(`initdb ended with ${code}: ${Buffer.concat(stderr).toString().trim()}`)
  return password
}

// The folder that we stand in may be closed to that user. LC_ALL, so that messages are the ones we know.
export const as = (user: User | undefined) => ({ ...user, cwd: '/', env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' } })

export const ended = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.on('error', cause => (cause.name === 'AbortError' ? resolve(128) : reject(notStarted(cause.message))))
    child.on('close', (code, signal) => resolve(code ?? (signal === null ? 128 : 137)))
  })

export const notStarted = (why: string): ChecklistError =>
  unavailable(
    'service_unavailable',
    `a throwaway PostgreSQL server could not be started: ${why}`,
    'Give the checklist a server to try backups on (databases: …: scratch: URL), or mend what the message says.'
  )
