import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, test } from '@jest/globals'
import type { DatabasePlan } from '../../src/core/item.js'
import type { BackupPorts } from '../../src/database/backup.js'
import { withClient } from '../../src/database/postgres/client.js'
import { readIdentity } from '../../src/database/postgres/source.js'
import { type BackupBench, backupBench, damagedBefore } from '../fakes/backup.js'
import { never, usePostgres } from '../fakes/postgres-server.js'

const server = usePostgres('machine')
const benches: BackupBench[] = []
let nasty = ''

beforeAll(async () => {
  nasty = await server.create()
  await server.sql(nasty, await readFile('__tests__/fixtures/database/nasty.sql', 'utf8'))
})

afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.remove()
})

async function bench(url: string, database: Partial<DatabasePlan> = {}, ports: Partial<BackupPorts> = {}) {
  const made = await backupBench(() => url, { database, ports })
  benches.push(made)
  return made
}

test('a database with everything odd in it is dumped, restored and found identical', async () => {
  const { run, store, stored, notes, said } = await bench(nasty)
  const { outcome, detail, receipt } = await run({ backup: 'main' })
  expect({ outcome, detail }).toMatchObject({ outcome: 'pass', detail: expect.stringContaining('found identical') })
  expect(receipt).toMatchObject({ subject: 'main', proof: 'identical', scratch: expect.stringContaining('initdb') })
  expect(receipt?.relations['app.users']?.rows).toBe(3000)
  expect(receipt?.relations['large objects']?.rows).toBe(5)
  const [dump = '', manifest = ''] = await stored()
  expect(notes).toEqual([{ dump: join(store, dump) }])
  expect(receipt?.location).toBe(join(store, dump))
  expect(
    createHash('sha256')
      .update(await readFile(join(store, dump)))
      .digest('hex')
  ).toBe(receipt?.sha256)
  expect([(await stat(join(store, dump))).mode & 0o777, (await stat(join(store, manifest))).mode & 0o777]).toEqual([
    0o600, 0o600
  ])
  expect((await stat(store)).mode & 0o777).toBe(0o700)
  expect(JSON.parse(await readFile(join(store, manifest), 'utf8'))).toMatchObject({ sha256: receipt?.sha256 })
  expect(said.join('\n')).not.toContain('postgresql://')
})

test('an empty database is proven too', async () => {
  const { run } = await bench(await server.create())
  expect(await run({ backup: 'main' })).toMatchObject({ outcome: 'pass', receipt: { relations: {} } })
})

test.each(['LATIN1', 'SQL_ASCII'])('a database in %s keeps its bytes', async encoding => {
  const url = await server.create(`TEMPLATE template0 ENCODING '${encoding}'`)
  await server.sql(url, `CREATE TABLE t AS SELECT chr(228) || i AS text FROM generate_series(1, 20) i`)
  const { run } = await bench(url)
  expect((await run({ backup: 'main' })).detail).toContain('found identical')
})

test('a row that the copy lacks is named, and the dump does not stay', async () => {
  const { run, stored } = await bench(nasty, {}, { takeFingerprint: damagedBefore('DELETE FROM app.heap WHERE a = 1') })
  expect(await run({ backup: 'main' })).toMatchObject({
    outcome: 'fail',
    reason: 'backup_not_proven',
    detail: expect.stringContaining('app.heap: 41 rows in the source, 31 in the copy')
  })
  expect(await stored()).toEqual([])
})

test('keep: 2 leaves the two newest proven ones', async () => {
  const url = await server.create()
  const made = await bench(url)
  const receipts = [await made.run({ backup: 'main', keep: 2 }), await made.run({ backup: 'main', keep: 2 })]
  receipts.push(await made.run({ backup: 'main', keep: 2 }))
  const left = (await made.stored()).filter(name => name.endsWith('.dump'))
  expect(left.map(name => join(made.store, name)).sort()).toEqual(
    receipts
      .slice(1)
      .map(one => one.receipt?.location)
      .sort()
  )
})

test('on a given server the copy and its roles are gone afterwards', async () => {
  const { run } = await bench(nasty, { scratch: server.url() })
  const roles = "SELECT string_agg(rolname, ',' ORDER BY rolname) FROM pg_roles"
  const before = await server.sql(nasty, roles)
  expect(await run({ backup: 'main' })).toMatchObject({
    outcome: 'pass',
    receipt: { scratch: expect.stringMatching(/^given server 15/) }
  })
  const { rows } = await server.sql(nasty, `SELECT datname FROM pg_database WHERE datname LIKE '%scratch%'`)
  expect(rows).toEqual([])
  expect((await server.sql(nasty, roles)).rows).toEqual(before.rows)
})

test('`scratch: runner` is no address: the copy is tried where the checklist runs', async () => {
  const { run, guard } = await bench(await server.create(), { scratch: 'runner' })
  const found = await guard({ backup: 'main' }, { diskDisappears: true })
  expect(found.map(({ reason }) => reason)).not.toContain('copy_not_allowed')
  expect(await run({ backup: 'main' })).toMatchObject({
    outcome: 'pass',
    receipt: { scratch: expect.stringMatching(/^initdb/) }
  })
})

test('what a killed backup has left is removed, and a proven one is taken as it is', async () => {
  const made = await bench(await server.create())
  const { receipt } = await made.run({ backup: 'main' })
  expect(await made.probe({ backup: 'main' }, made.notes)).toMatchObject({ took: 'effect', finding: { receipt } })
  await rm(`${receipt?.location}.json`)
  expect(await made.probe({ backup: 'main' }, made.notes)).toMatchObject({ took: 'no-effect' })
  expect(await made.stored()).toEqual([])
})

test('all that stands in the way is said at once, before anything starts', async () => {
  const url = await server.create()
  await server.sql(url, `CREATE ROLE little LOGIN PASSWORD 'little'; CREATE TABLE hidden (id integer)`)
  const asLittle = url.replace(/\/\/[^@]+@/, '//little:little@')
  const { guard, stored } = await bench(asLittle)
  const ledgerDatabase = await withClient(url, { signal: never }, readIdentity)
  const found = await guard({ backup: 'main' }, { ledgerDatabase, diskDisappears: true })
  expect(found.map(({ reason }) => reason)).toEqual([
    'missing_right',
    'ledger_inside_database',
    'copy_not_allowed',
    'no_lasting_store'
  ])
  expect(found[0]?.message).toContain('public.hidden')
  expect(await stored()).toEqual([])
})

test('what the role may not read of large objects is said before anything starts', async () => {
  const url = await server.create()
  await server.sql(
    url,
    `CREATE ROLE reads LOGIN PASSWORD 'reads' BYPASSRLS IN ROLE pg_read_all_data; SELECT lo_from_bytea(0, 'x')`
  )
  const { run, guard, stored } = await bench(url.replace(/\/\/[^@]+@/, '//reads:reads@'))
  const words = expect.stringMatching(/cannot read all of large object \d+/)
  expect(await guard({ backup: 'main' })).toMatchObject([{ reason: 'missing_right', message: words }])
  expect(await run({ backup: 'main' })).toMatchObject({ outcome: 'fail', reason: 'missing_right', detail: words })
  expect(await stored()).toEqual([])
})

test('nothing stands in the way of a superuser with the programs', async () => {
  const { guard } = await bench(nasty)
  expect(await guard({ backup: 'main' })).toEqual([])
})

test('the dump of a database that a password protects names it nowhere', async () => {
  const { run } = await bench(nasty)
  const seen: string[] = []
  const password = new URL(nasty).password
  const look = setInterval(
    () =>
      void commandLines().then(
        lines => seen.push(...lines),
        () => {}
      ),
    20
  )
  await run({ backup: 'main' })
  clearInterval(look)
  expect(seen.some(line => line.includes('pg_dump'))).toBe(true)
  expect(seen.filter(line => line.includes(password))).toEqual([])
})

test('the password that libpq takes from the environment is enough, for our own connections and for pg_dump', async () => {
  const { password } = new URL(nasty)
  const bare = (url: string) => url.replace(`:${password}@`, '@')
  expect(bare(nasty)).not.toBe(nasty)
  const baseEnv = { PATH: process.env['PATH'] ?? '', PGPASSWORD: password }
  const here = await bench(bare(nasty), {}, { baseEnv })
  expect(await here.run({ backup: 'main' })).toMatchObject({ outcome: 'pass' })
  const there = await bench(nasty, { scratch: bare(server.url()) }, { baseEnv })
  expect(await there.run({ backup: 'main' })).toMatchObject({ outcome: 'pass' })
})

async function commandLines(): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  return Promise.all(pids.map(pid => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
}

test('a copy that a killed backup has left on a given server goes with the next one, the copy of a living one stays', async () => {
  const left = 'deploy_checklist_scratch_000000000000'
  const living = 'deploy_checklist_scratch_111111111111'
  await server.sql(server.url(), `CREATE DATABASE ${left}`)
  await server.sql(server.url(), `CREATE DATABASE ${living}`)
  const { run } = await bench(await server.create(), { scratch: server.url() })
  const outcome = await withClient(server.url(), { signal: never }, async ({ query }) => {
    await query(`SELECT pg_advisory_lock(hashtext('${living}'))`)
    return (await run({ backup: 'main' })).outcome
  })
  const { rows } = await server.sql(
    server.url(),
    `SELECT datname FROM pg_database WHERE starts_with(datname, 'deploy_checklist_scratch_')`
  )
  expect([outcome, rows]).toEqual(['pass', [[living]]])
  await server.sql(server.url(), `DROP DATABASE ${living}`)
})
