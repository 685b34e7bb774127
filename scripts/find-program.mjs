import { accessSync, constants, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

/** Where `.ci/run` puts programs that it built itself. */
export const cacheBin = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'deploy-checklist', 'bin')

/** The program's full path, or undefined. Looks on PATH, then where Debian keeps PostgreSQL's, then in our own cache. */
export function findProgram(name) {
  const onPath = (process.env.PATH ?? '').split(delimiter).filter(folder => folder !== '')
  const places = [...onPath, ...postgresFolders(), cacheBin, join(homedir(), 'go', 'bin')]
  return places.map(folder => join(folder, name)).find(isExecutable)
}

// The newest first: pg_dump serves servers up to its own version.
function postgresFolders() {
  const base = '/usr/lib/postgresql'
  try {
    return readdirSync(base)
      .sort((a, b) => Number(b) - Number(a))
      .map(version => join(base, version, 'bin'))
  } catch {
    return []
  }
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
