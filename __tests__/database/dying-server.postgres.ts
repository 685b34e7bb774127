import { access, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { ChecklistError } from '../../src/core/errors.js'
import type { Finding } from '../../src/core/item.js'
import type { Command, Shell } from '../../src/core/ports.js'
import { startServer } from '../../src/database/postgres/server.js'
import { type BackupBench, backupBench, realShell } from '../fakes/backup.js'
import { binOf, never, usePostgres } from '../fakes/postgres-server.js'

const server = usePostgres('machine')
const benches: BackupBench[] = []

afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.remove()
})

const FILL = `CREATE TABLE big AS SELECT i, md5(i::text) || md5((i * 3)::text) AS body FROM generate_series(1, 300000) i`

/** The machine's shell; as soon as that program has begun to work, `then` happens. */
const meanwhile = (
  program: string,
  begun: (command: Command) => Promise<boolean>,
  then: (command: Command) => Promise<void>
): Shell => {
  const shell = realShell()
  return {
    run: async command => {
      const isIt =
        'argv' in command.what &&
        command.what.argv[0].endsWith(program) &&
        command.what.argv.includes('-Fc') === (program === 'pg_dump')
      if (!isIt) return shell.run(command)
      const running = shell.run(command)
      const over = running.then(() => true)
      while (!(await begun(command))) {
        if (await Promise.race([over, new Promise(resolve => setTimeout(() => resolve(false), 5))])) break
      }
      await then(command)
      return running
    }
  }
}

const argumentOf = (command: Command, name: string): string => {
  const argv: readonly string[] = 'argv' in command.what ? command.what.argv : []
  return argv[argv.indexOf(name) + 1] ?? ''
}

async function messageOf(work: Promise<Finding>): Promise<string> {
  try {
    const { outcome, detail } = await work
    return `${outcome}: ${detail}`
  } catch (error) {
    if (!(error instanceof ChecklistError)) throw error
    return `${error.status}: ${error.message}`
  }
}

test('the source dying in the middle of a dump is said, and nothing of the dump stays', async () => {
  const source = await startServer({ bin: await binOf('machine'), signal: never })
  try {
    await server.sql(source.url, FILL)
    const dumping = async (command: Command) => (await stat(argumentOf(command, '-f'))).size > 100_000
    const shell = meanwhile('pg_dump', dumping, async () => void process.kill(source.pid, 'SIGQUIT'))
    const bench = await backupBench(() => source.url, { ports: { shell } })
    benches.push(bench)
    const said = await messageOf(bench.run({ backup: 'main' }))
    expect(said).toMatch(/^UNAVAILABLE: the database postgres at \S+ (cannot be reached|broke off|says)/)
    expect(said).not.toContain(new URL(source.url).password)
    expect(await bench.stored()).toEqual([])
  } finally {
    await source.stop()
  }
})

test('the scratch server dying in the middle of a restore says nothing about the dump, and production is as it was', async () => {
  const url = await server.create()
  await server.sql(url, FILL)
  let host = ''
  const restoring = async ({ env }: Command) => {
    host = env['PGHOST'] ?? ''
    const scratch = `postgresql://postgres:${env['PGPASSWORD']}@localhost/${env['PGDATABASE']}?host=${encodeURIComponent(host)}`
    const { rows } = await server.sql(scratch, `SELECT to_regclass('public.big')`)
    return rows[0]?.[0] !== null
  }
  const die = async () => {
    const [pid] = (await readFile(join(host, 'data', 'postmaster.pid'), 'utf8')).split('\n')
    process.kill(Number(pid), 'SIGQUIT')
  }
  const bench = await backupBench(() => url, { ports: { shell: meanwhile('pg_restore', restoring, die) } })
  benches.push(bench)
  const said = await messageOf(bench.run({ backup: 'main' }))
  expect(said).toMatch(
    /^UNAVAILABLE: the database deploy_checklist_scratch_\w+ at \S+ (cannot be reached|broke off|says)/
  )
  expect(await bench.stored()).toEqual([])
  await expect(access(host)).rejects.toThrow()
  expect((await server.sql(url, 'SELECT count(*) FROM big')).rows).toEqual([['300000']])
  expect(
    (await server.sql(url, `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()`)).rows
  ).toEqual([['1']])
})

test('a cancel in the middle of a restore ends it within two seconds and leaves nothing', async () => {
  const url = await server.create()
  await server.sql(url, FILL)
  const cancel = new AbortController()
  let at = 0
  let host = ''
  const shell = meanwhile(
    'pg_restore',
    async () => true,
    async ({ env }) => {
      host = env['PGHOST'] ?? ''
      at = performance.now()
      cancel.abort()
    }
  )
  const bench = await backupBench(() => url, { ports: { shell } })
  benches.push(bench)
  const said = await messageOf(bench.run({ backup: 'main' }, { signal: cancel.signal }))
  expect(said).toMatch(/^CANCELLED/)
  expect(performance.now() - at).toBeLessThan(2_500)
  expect(await bench.stored()).toEqual([])
  await expect(access(host)).rejects.toThrow()
})
