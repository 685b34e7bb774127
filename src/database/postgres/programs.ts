import { execFile } from 'node:child_process'
import { access, constants, readdir, realpath } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'

const NAMES = ['pg_dump', 'pg_restore', 'initdb', 'postgres'] as const
export type Program = (typeof NAMES)[number]

/** A folder with PostgreSQL's programs of one version. */
export type Programs = Readonly<{ folder: string; version: string; major: number; has: readonly Program[] }>

/** Where installers put them outside of PATH: `*` stands for one name in its folder. */
const PLACES = [
  '/usr/lib/postgresql/*/bin',
  '/usr/pgsql-*/bin',
  '/usr/libexec/postgresql*',
  '/usr/local/pgsql/bin',
  '/opt/homebrew/opt/postgresql*/bin',
  '/opt/homebrew/opt/libpq/bin',
  '/usr/local/opt/postgresql*/bin',
  '/usr/local/opt/libpq/bin',
  '/home/linuxbrew/.linuxbrew/opt/postgresql*/bin',
  '/Applications/Postgres.app/Contents/Versions/*/bin'
]

/** For dumping a server of that major: the same major, else the next newer one. An older one refuses, so it counts as absent. */
export const chooseClient = (found: readonly Programs[], serverMajor: number): Programs | undefined =>
  nearest(
    found.filter(({ has }) => has.includes('pg_dump') && has.includes('pg_restore')),
    serverMajor
  )

/**
 * For a scratch server that takes a dump of `clientMajor`: that major, since pg_restore may set what an older server does
 * not know; else the next newer one, else one that is at least as new as the source.
 */
export function chooseServer(
  found: readonly Programs[],
  majors: Readonly<{ server: number; client: number }>
): Programs | undefined {
  const servers = found.filter(({ has }) => has.includes('initdb') && has.includes('postgres'))
  return nearest(servers, majors.client) ?? nearest(servers, majors.server)
}

/** Every folder with programs on this machine, in no order of preference. `path` is the PATH of the environment. */
export async function findPrograms(path: string, places: readonly string[] = PLACES): Promise<readonly Programs[]> {
  const folders = [...path.split(delimiter), ...(await Promise.all(places.map(expand))).flat()]
  const real = await Promise.all([...new Set(folders)].filter(folder => folder.startsWith('/')).map(realFolder))
  const looked = await Promise.all([...new Set(real.flat())].map(look))
  return looked.filter(programs => programs !== undefined)
}

/** What `pg_dump --version` and its like print: `pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`, `17beta1`. */
export function parseVersion(text: string): Readonly<{ version: string; major: number }> | undefined {
  const [, version, major] = /\(PostgreSQL\) ((\d+)[\w.]*)/.exec(text) ?? []
  return version === undefined ? undefined : { version, major: Number(major) }
}

const nearest = (found: readonly Programs[], major: number): Programs | undefined =>
  [...found].filter(programs => programs.major >= major).sort((a, b) => a.major - b.major)[0]

async function look(folder: string): Promise<Programs | undefined> {
  const there = await Promise.all(NAMES.map(async name => ((await runnable(join(folder, name))) ? [name] : [])))
  const [first, ...rest] = there.flat()
  if (first === undefined) return undefined
  const version = await versionOf(join(folder, first))
  return version === undefined ? undefined : { folder, ...version, has: [first, ...rest] }
}

async function versionOf(program: string): Promise<ReturnType<typeof parseVersion>> {
  try {
    const { stdout } = await promisify(execFile)(program, ['--version'], { timeout: 5_000, env: { LC_ALL: 'C' } })
    return parseVersion(stdout)
  } catch {
    return undefined
  }
}

async function runnable(program: string): Promise<boolean> {
  try {
    await access(program, constants.X_OK)
    // Debian's wrapper picks a version by its own rules; the real ones are found in their folders.
    return !(await realpath(program)).endsWith('pg_wrapper')
  } catch {
    return false
  }
}

async function expand(place: string): Promise<readonly string[]> {
  const parts = place.split('/')
  const star = parts.findIndex(part => part.includes('*'))
  if (star < 0) return [place]
  const parent = parts.slice(0, star).join('/')
  const [before = '', behind = ''] = (parts[star] ?? '').split('*')
  const names = await readdir(parent).catch(() => [])
  return names
    .filter(name => name.startsWith(before) && name.endsWith(behind))
    .map(name => [parent, name, ...parts.slice(star + 1)].join('/'))
}

// /bin and /usr/bin are often one folder, and a link to one program in PATH leads to the folder with the others.
async function realFolder(folder: string): Promise<readonly string[]> {
  const itself = await realpath(folder).catch(() => undefined)
  if (itself === undefined) return []
  const linked = await realpath(join(folder, 'pg_dump')).catch(() => undefined)
  return linked === undefined || linked.endsWith('pg_wrapper') ? [itself] : [itself, dirname(linked)]
}
