import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { chown, mkdtemp, open, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Address, formatAddress } from './address.js'
import { throwIfCancelled } from './client.js'
import { startGuardian } from './guardian.js'
import { as, ended, initialise, notStarted, type Place } from './initdb.js'
import { chooseUser, othersMayEnter, runnableBy, type User } from './run-as.js'
import { claim, PREFIX, removeStale } from './stale.js'

export type ServerOptions = Readonly<{
  /** Folder with initdb and postgres. */
  bin: string
  signal: AbortSignal
  /** `socket` (the default): only by a unix socket in the server's own folder; `loopback`: by TCP on 127.0.0.1. */
  listen?: 'socket' | 'loopback'
  /** Where its folder is made; default the machine's place for temporary files. */
  parent?: string
  /** Server settings beside or instead of the throwaway ones. */
  settings?: Readonly<Record<string, string>>
}>

export type RunningServer = Readonly<{
  /** Of the superuser and the database `postgres`, with the password. */
  url: string
  folder: string
  pid: number
  /** Ends it at once and removes its folder; idempotent. */
  stop(): Promise<void>
}>

/** Nothing of it is needed after a crash, so it need not be safe from one. */
const THROWAWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '4GB',
  checkpoint_timeout: '1h',
  autovacuum: 'off',
  maintenance_work_mem: '256MB',
  logging_collector: 'off'
}

const READY_MS = 30_000

/** The bracket around `startServer`. */
export async function withServer<T>(options: ServerOptions, work: (server: RunningServer) => Promise<T>): Promise<T> {
  const server = await startServer(options)
  try {
    return await work(server)
  } finally {
    await server.stop()
  }
}

/**
 * A new, empty PostgreSQL server of our own, also as root (it then runs as `postgres` or `nobody`). It ends with its
 * `stop` and with our process, however that ends; what is left over of a killed machine goes at the next start.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const user = await readUser()
  const parent = await realpath(options.parent ?? (await parentFor(user)))
  const folder = await mkdtemp(join(parent, PREFIX))
  try {
    await claim(folder)
    await removeStale(parent, folder, [process.getuid?.() ?? -1, ...(user === undefined ? [] : [user.uid])])
    if (user !== undefined) await chown(folder, user.uid, user.gid)
    const bin = await runnableBy(user, options.bin, folder)
    const password = await initialise({ ...options, bin, folder, user })
    return await listen({ ...options, bin, folder, user, password })
  } catch (error) {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    throw error
  }
}

/** Where a server of ours would lie. */
export async function serverParent(): Promise<string> {
  return realpath(await parentFor(await readUser()))
}

const readUser = async (): Promise<User | undefined> =>
  chooseUser(process.getuid?.(), await readFile('/etc/passwd', 'utf8').catch(() => ''))

/** A folder that the server's user can reach; a private TMPDIR of root cannot be. */
async function parentFor(user: User | undefined): Promise<string> {
  return user === undefined || (await othersMayEnter(await realpath(tmpdir()))) ? tmpdir() : '/tmp'
}

type Start = Place & Pick<ServerOptions, 'listen' | 'settings'> & Readonly<{ password: string }>

async function listen(place: Start): Promise<RunningServer> {
  for (let tries = 0; tries < 10; tries += 1) {
    // Below the range that client sockets are given out of, or one of them takes it sooner or later.
    const port = place.listen === 'loopback' ? randomInt(15_000, 30_000) : 5432
    const started = await start(place, port)
    if (typeof started !== 'string') return started
    if (!started.includes('could not create any TCP/IP sockets')) throw notStarted(started)
  }
  throw notStarted('ten ports were taken')
}

/** The running server, or the end of its log. */
async function start(place: Start, port: number): Promise<RunningServer | string> {
  const { bin, folder, user, password, signal } = place
  const tcp = place.listen === 'loopback'
  const settings = {
    ...THROWAWAY,
    ...place.settings,
    listen_addresses: tcp ? '127.0.0.1' : '',
    port: String(port),
    unix_socket_directories: folder,
    unix_socket_permissions: '0700'
  }
  const log = await open(join(folder, 'log'), 'w', 0o600)
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(join(bin, 'postgres'), ['-D', join(folder, 'data'), ...args], {
    ...as(user),
    detached: true,
    stdio: ['ignore', log.fd, log.fd]
  })
  const end = ended(child)
  await log.close()
  if (!(await isReady(folder, end, signal))) {
    child.kill('SIGKILL')
    await end
    throwIfCancelled(signal)
    return (await readFile(join(folder, 'log'), 'utf8')).trim().slice(-2000)
  }
  const address: Address = {
    host: tcp ? '127.0.0.1' : folder,
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    ssl: { mode: 'disable', rootCert: '', cert: '', key: '' },
    options: ''
  }
  return running(child, end, { folder, user, url: formatAddress(address) })
}

function running(
  child: ChildProcess,
  end: Promise<number>,
  { folder, user, url }: Readonly<{ folder: string; user: User | undefined; url: string }>
): RunningServer {
  const pid = child.pid ?? 0
  const guardian = startGuardian({ pid, folder, user })
  child.unref()
  let stopped: Promise<void> | undefined
  const stop = async () => {
    child.kill('SIGQUIT')
    const slow = setTimeout(() => child.kill('SIGKILL'), 3_000)
    await end
    clearTimeout(slow)
    guardian.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  return {
    url,
    folder,
    pid,
    stop: () => {
      stopped ??= stop()
      return stopped
    }
  }
}

async function isReady(folder: string, end: Promise<number>, signal: AbortSignal): Promise<boolean> {
  let over = false
  end.then(
    () => {
      over = true
    },
    () => {}
  )
  for (let waited = 0; waited < READY_MS && !over && !signal.aborted; waited += 20) {
    const lines = await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8').catch(() => '')
    if (lines.split('\n')[7]?.trim() === 'ready') return true
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  return false
}
