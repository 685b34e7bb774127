import { randomBytes } from 'node:crypto'
import { homedir, tmpdir, userInfo } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../shell/clock.js'
import { outlive } from '../terminal/outlive.js'
import type { Host } from './host.js'

/** The real surroundings of this process, which outlives whoever reads what it prints. */
export function thisMachine(): Host {
  const { env } = process
  outlive(process.stdout, process.stderr)
  return {
    folder: env['GITHUB_ACTIONS'] === 'true' ? (env['GITHUB_WORKSPACE'] ?? process.cwd()) : process.cwd(),
    env: Object.fromEntries(
      Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
    ),
    // Opened when somebody is asked, which is seldom: to open it takes time.
    get stdin() {
      return process.stdin
    },
    stdout: process.stdout,
    stderr: process.stderr,
    clock: systemClock(),
    gitHubToken: env['GITHUB_TOKEN'] || env['GH_TOKEN'] || '',
    user: userName(),
    home: homedir(),
    temporary: tmpdir(),
    random: bytes => randomBytes(bytes).toString('hex'),
    installation: dirname(dirname(fileURLToPath(import.meta.url)))
  }
}

// A user number without an entry in the system's list has no name.
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
