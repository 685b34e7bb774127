import { chmod, cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { DatabasePlan } from '../../src/core/item.js'
import { formatAddress, inDatabase, parseAddress } from '../../src/database/postgres/address.js'
import { withClient } from '../../src/database/postgres/client.js'
import { offeredByServer, offeredOnDisk } from '../../src/database/postgres/offered.js'
import { findPrograms } from '../../src/database/postgres/programs.js'
import { withScratch } from '../../src/database/postgres/scratch.js'
import { type RunningServer, startServer } from '../../src/database/postgres/server.js'
import { readSource } from '../../src/database/postgres/source.js'
import { type BackupBench, backupBench, realShell } from '../fakes/backup.js'
import { binOf, never, usePostgres } from '../fakes/postgres-server.js'

const machine = usePostgres('machine')
const benches: BackupBench[] = []
let install = ''
let production: RunningServer | undefined

/** A whole installation of its own, the only one on this machine that has the extension `made_up`. */
beforeAll(async () => {
  install = await mkdtemp(join(tmpdir(), 'extensions-test-'))
  await chmod(install, 0o755)
  const bin = await binOf('embedded')
  await cp(dirname(bin), join(install, 'native'), { recursive: true, verbatimSymlinks: true })
  const folder = join(install, 'native', 'share', 'postgresql', 'extension')
  await writeFile(join(folder, 'made_up.control'), "default_version = '1.2'\n")
  const sql = 'CREATE FUNCTION @extschema@.made_up() RETURNS integer LANGUAGE sql IMMUTABLE RETURN 1;'
  for (const version of ['1.2', '1.3']) await writeFile(join(folder, `made_up--${version}.sql`), sql)
  production = await startServer({ bin: join(install, 'native', 'bin'), listen: 'loopback', signal: never })
})

afterAll(async () => {
  await production?.stop()
  await rm(install, { recursive: true, force: true })
})

afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.remove()
})

const url = (database: string) => formatAddress(inDatabase(parseAddress(production?.url ?? ''), database))

async function bench(database: string, plan: Partial<DatabasePlan> = {}) {
  const made = await backupBench(() => url(database), { database: plan })
  benches.push(made)
  return made
}

async function createDatabase(name: string, version: string): Promise<void> {
  await machine.sql(url('postgres'), `CREATE DATABASE ${name}`)
  await machine.sql(
    url(name),
    `CREATE EXTENSION citext; CREATE EXTENSION made_up VERSION '${version}';
     CREATE TABLE t AS SELECT i, made_up() AS one FROM generate_series(1, 10) i`
  )
}

test("the machine's extensions, read from disk, are what its running server says", async () => {
  const bin = await binOf('machine')
  const programs = (await findPrograms(process.env['PATH'] ?? '')).find(({ folder }) => folder === bin)
  if (programs === undefined) throw new Error('no programs')
  const said = await withClient(machine.url(), { signal: never }, offeredByServer)
  expect(said.has('citext')).toBe(true)
  expect(await offeredOnDisk(programs)).toEqual(said)
})

test('an extension that no scratch server here has is refused before anything starts, and not tried', async () => {
  await createDatabase('shop', '1.2')
  const expected = /does not offer extensions that the database uses: expected made_up 1\.2 \(found none\)$/
  for (const plan of [{}, { scratch: machine.url() }]) {
    const { guard, run, stored } = await bench('shop', plan)
    expect(await guard({ backup: 'main' })).toEqual([
      {
        reason: 'backup_not_proven',
        message: expect.stringMatching(expected),
        hint: expect.stringContaining('scratch: URL')
      }
    ])
    expect(await run({ backup: 'main' })).toMatchObject({ outcome: 'fail', detail: expect.stringMatching(expected) })
    expect(await stored()).toEqual([])
  }
})

test('where it could not be known before, the running server is asked', async () => {
  await createDatabase('late', '1.2')
  const source = await withClient(url('late'), { signal: never }, readSource)
  const request = { source, shell: realShell(), env: {}, signal: never }
  const work = withScratch({ kind: 'given', url: machine.url() }, request, async () => 'never')
  await expect(work).rejects.toMatchObject({
    reason: 'backup_not_proven',
    message: expect.stringContaining('expected made_up 1.2 (found none)')
  })
})

test('a server that is given and has it proves the backup', async () => {
  await createDatabase('other', '1.2')
  const { guard, run } = await bench('other', { scratch: url('postgres') })
  expect(await guard({ backup: 'main' })).toEqual([])
  expect(await run({ backup: 'main' })).toMatchObject({ outcome: 'pass', receipt: { proof: 'identical' } })
})

test('one that would make an older version of it is refused', async () => {
  await createDatabase('newer', '1.3')
  const { guard } = await bench('newer', { scratch: url('postgres') })
  expect(await guard({ backup: 'main' })).toEqual([
    expect.objectContaining({ message: expect.stringContaining('expected made_up 1.3 (found 1.2)') })
  ])
})

test('what the machine has itself stands in nobody’s way', async () => {
  const own = await machine.create()
  await machine.sql(own, 'CREATE EXTENSION citext; CREATE EXTENSION hstore')
  const made = await backupBench(() => own)
  benches.push(made)
  expect(await made.guard({ backup: 'main' })).toEqual([])
})
