import { execFile } from 'node:child_process'
import { open, readdir, readFile, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Connection, withClient } from './client.js'
import { defaultVersionIn, type Offered, offeredByImage } from './extensions.js'
import type { Programs } from './programs.js'
import type { ScratchPlan } from './scratch.js'

/** What the scratch server will offer, without starting one of our own; undefined where that cannot be known. */
export async function readOffered(plan: ScratchPlan, signal: AbortSignal): Promise<Offered | undefined> {
  if (plan.kind === 'given') return await withClient(plan.url, { signal }, offeredByServer)
  return plan.kind === 'docker' ? offeredByImage(plan.major) : await offeredOnDisk(plan.programs)
}

// Without a default version it cannot be created as a dump does it.
const OFFERED = 'SELECT name, default_version FROM pg_available_extensions WHERE default_version IS NOT NULL'

export async function offeredByServer({ query }: Pick<Connection, 'query'>): Promise<Offered> {
  return new Map((await query(OFFERED)).rows.map(([name, version]) => [name ?? '', version ?? undefined]))
}

/** What a server of these programs will offer: the control files beside them, as the server itself reads them. */
export async function offeredOnDisk(programs: Programs): Promise<Offered | undefined> {
  const share = await shareFolder(programs)
  if (share === undefined) return undefined
  const folder = join(share, 'extension')
  const controls = (await readdir(folder).catch(() => [])).filter(name => /^(?!.*--).*\.control$/.test(name))
  const read = controls.map(async file => {
    const version = defaultVersionIn(await readFile(join(folder, file), 'utf8').catch(() => ''))
    return version === undefined ? [] : [[file.slice(0, -'.control'.length), version] as const]
  })
  return new Map((await Promise.all(read)).flat())
}

/**
 * Where these programs keep what initdb and the server read. pg_config knows it as they do; where it is not installed, it
 * is one of the known places, unless several of them look like it. All of them go by where the program really lies.
 */
async function shareFolder(programs: Programs): Promise<string | undefined> {
  const { major } = programs
  const linked = join(programs.folder, 'postgres')
  const folder = dirname(await realpath(linked).catch(() => linked))
  const told = await toldByConfig(folder)
  if (told !== undefined && (await isShareOf(major, told))) return told
  const places = ['../share/postgresql', '../share', '../share/pgsql']
  const versioned = [
    `../share/postgresql${major}`,
    `../../share/postgresql${major}`,
    `../../../share/postgresql${major}`
  ]
  const debian = `../../../../share/postgresql/${major}`
  const candidates = [...places, ...versioned, debian].map(place => join(folder, place))
  const real = await Promise.all(candidates.map(place => realpath(place).catch(() => place)))
  const looked = await Promise.all([...new Set(real)].map(async p => ((await isShareOf(major, p)) ? [p] : [])))
  const [first, second] = looked.flat()
  return second === undefined ? first : undefined
}

async function toldByConfig(folder: string): Promise<string | undefined> {
  try {
    const asked = promisify(execFile)(join(folder, 'pg_config'), ['--sharedir'], {
      timeout: 5_000,
      env: { LC_ALL: 'C' }
    })
    return (await asked).stdout.trim()
  } catch {
    return undefined
  }
}

/** initdb reads this file and demands the same first line. */
async function isShareOf(major: number, folder: string): Promise<boolean> {
  const file = await open(join(folder, 'postgres.bki')).catch(() => undefined)
  if (file === undefined) return false
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0)
    return new RegExp(`^# PostgreSQL ${major}\\s`).test(buffer.toString('utf8', 0, bytesRead))
  } finally {
    await file.close()
  }
}
