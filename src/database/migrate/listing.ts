import { readdir, readFile, stat } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { refused } from '../../core/errors.js'
import { compareNames, downOf, isDown, namesLike } from '../../core/sql-names.js'
import { readSqlFile, type SqlFile } from '../postgres/sql-files.js'

/** The files of a migration in their order, and what takes each of them back, where there is such a file. */
export type Listing = Readonly<{ files: readonly SqlFile[]; downs: Readonly<Record<string, SqlFile>> }>

/**
 * Paths relative to `folder` that these patterns stand for: a folder means every .sql file right in it, `*` any part of
 * a file's name, and any other path itself, whether it is there or not. Sorted by number within each pattern.
 */
export async function expandPatterns(folder: string, patterns: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(patterns.map(pattern => expand(folder, pattern)))
  return [...new Set(found.flat())]
}

/** All files of the patterns, with their down files, which are never run forward. */
export async function listMigrations(folder: string, patterns: readonly string[]): Promise<Listing> {
  const paths = (await expandPatterns(folder, patterns)).filter(path => !isDown(path))
  if (paths.length === 0) {
    const hint = 'Correct the path under `migrate`; it is relative to the folder that the tool runs in.'
    throw refused('usage', `expected SQL files in ${patterns.join(', ')}, found none`, hint)
  }
  const files = await Promise.all(paths.map(path => read(folder, path)))
  const downs = await Promise.all(paths.map(path => readDown(folder, path)))
  return { files, downs: Object.fromEntries(downs.flat()) }
}

async function expand(folder: string, pattern: string): Promise<readonly string[]> {
  const path = posix.normalize(pattern)
  if (path.startsWith('../') || posix.isAbsolute(path)) {
    const hint = 'Name files of the repository, relative to its folder, so that they are part of what is deployed.'
    throw refused('usage', `expected a path inside the repository, found ${pattern}`, hint)
  }
  if (await isFolder(join(folder, path))) return await matching(folder, path, /\.sql$/)
  if (path.endsWith('/')) return []
  const name = posix.basename(path)
  if (!name.includes('*')) return [path]
  return await matching(folder, posix.dirname(path), namesLike(name))
}

async function matching(folder: string, path: string, name: RegExp): Promise<readonly string[]> {
  const entries = await readdir(join(folder, path), { withFileTypes: true }).catch(() => [])
  const names = entries.filter(entry => !entry.isDirectory() && name.test(entry.name)).map(entry => entry.name)
  return names.map(each => posix.join(path, each)).sort(compareNames)
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    found => found.isDirectory(),
    () => false
  )

async function read(folder: string, path: string): Promise<SqlFile> {
  try {
    return readSqlFile(path, await readFile(join(folder, path), 'utf8'))
  } catch (error) {
    throw refused('usage', `expected the SQL file ${path}, and it cannot be read`, 'Correct the path.', error)
  }
}

async function readDown(folder: string, path: string): Promise<readonly (readonly [string, SqlFile])[]> {
  const down = downOf(path)
  const sql = await readFile(join(folder, down), 'utf8').catch(() => undefined)
  return sql === undefined ? [] : [[path, readSqlFile(down, sql)]]
}
