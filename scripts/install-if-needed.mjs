import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs `npm ci` when node_modules is missing or does not hold what package-lock.json asks for; else takes no time. */
export function installIfNeeded() {
  const why = staleness(readPackages('package-lock.json') ?? {}, readPackages('node_modules/.package-lock.json'))
  if (why === undefined) return
  console.error(`Installing the development tools (${why}) ...`)
  const npm = process.env.npm_execpath
  const [program, args] = npm?.endsWith('.js') ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']]
  const { status, error } = spawnSync(program, [...args, '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    // Under `npm run` npm's own settings come as variables; a dry run or a global prefix must not reach the installation.
    env: Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^npm_config_(global|dry_run)$/i.test(name))
    )
  })
  if (status === 0) return
  console.error(`npm ci failed${error ? ` (${error.message})` : ''}. Run it by hand in ${root} and see what it says.`)
  process.exit(status ?? 1)
}

/**
 * Why the installed packages are not those of the lock, or undefined. Compares contents, not file times: those are
 * whatever the clone or the copy made of them.
 */
export function staleness(wanted, installed) {
  if (installed === undefined) return 'there are none yet'
  const differs = Object.entries(wanted).find(([path, entry]) => {
    if (path === '') return false
    const found = installed[path]
    return found === undefined ? entry.optional !== true : found.version !== entry.version
  })
  return differs && `${differs[0]} is not as in package-lock.json`
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}
