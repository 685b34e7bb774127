import { access, cp, lstat, readFile, stat, symlink } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { refused } from '../../core/errors.js'

/** The user that a server runs as: PostgreSQL refuses to run as root. */
export type User = Readonly<{ uid: number; gid: number }>

/** Undefined when we are no root and run it ourselves. `passwd` is the text of /etc/passwd. */
export function chooseUser(uid: number | undefined, passwd: string): User | undefined {
  if (uid !== 0) return undefined
  const users = new Map(
    passwd.split('\n').map(line => {
      const [name = '', , id, group] = line.split(':')
      return [name, { uid: Number(id), gid: Number(group) }] as const
    })
  )
  const user = users.get('postgres') ?? users.get('nobody')
  if (user !== undefined && user.uid > 0) return user
  throw refused(
    'runner_unfit',
    'PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody',
    'Run as an ordinary user, or add one of them: useradd --system postgres'
  )
}

/** The folder of programs as that user can run them: itself, or the one of a copy inside `folder`. */
export async function runnableBy(user: User | undefined, bin: string, folder: string): Promise<string> {
  const links = await readLinks(bin)
  const complete = (await Promise.all(links.map(({ target }) => exists(target)))).every(Boolean)
  if (complete && (user === undefined || (await othersMayRun(join(bin, 'initdb'))))) return bin
  const copy = join(folder, 'native')
  // Static libraries and headers are half of the bytes and no part of a running server.
  await cp(dirname(bin), copy, {
    recursive: true,
    verbatimSymlinks: true,
    filter: path => !/\.a$|\/include$/.test(path)
  })
  for (const { source, target } of links) {
    const inCopy = join(copy, relative(dirname(bin), target))
    if (!(await exists(inCopy))) await symlink(relative(dirname(target), source), inCopy)
  }
  return join(copy, basename(bin))
}

/** True if everybody may run that file: it and every folder above it. */
async function othersMayRun(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined)
  // What is not there cannot be copied either; starting it says so.
  if (found === undefined) return true
  return (found.mode & 0o005) === 0o005 && (await othersMayEnter(dirname(file)))
}

/** True if everybody may go into that folder, by every folder above it. */
export async function othersMayEnter(path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

type Link = Readonly<{ source: string; target: string }>

// An npm package holds no links; this one lists them for its install script, which `--ignore-scripts` leaves out.
async function readLinks(bin: string): Promise<readonly Link[]> {
  const root = dirname(bin)
  const text = await readFile(join(root, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const listed: readonly Link[] = JSON.parse(text)
  return listed.map(({ source, target }) => ({ source: join(root, '..', source), target: join(root, '..', target) }))
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () =>
      lstat(path).then(
        () => true,
        () => false
      )
  )
