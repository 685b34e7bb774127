import { readFile } from 'node:fs/promises'
import { afterEach, expect, test } from '@jest/globals'
import type { BackupPorts } from '../../src/database/backup.js'
import { parseAddress } from '../../src/database/postgres/address.js'
import { withClient } from '../../src/database/postgres/client.js'
import { withClosing } from '../../src/database/postgres/closed.js'
import { snapshotName } from '../../src/database/postgres/snapshot.js'
import { type BackupBench, backupBench, damagedBefore } from '../fakes/backup.js'
import { fakeClock } from '../fakes/clock.js'
import { never, usePostgres } from '../fakes/postgres-server.js'

const server = usePostgres('embedded')
const benches: BackupBench[] = []

afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.remove()
})

/** On a machine with a server and nothing else. */
async function bench(url: string, ports: Partial<BackupPorts> = {}, atLeast: 'snapshot' | 'identical' = 'snapshot') {
  const bare = { baseEnv: { PATH: '/nonexistent' }, places: [], ...ports }
  const made = await backupBench(() => url, { database: { atLeast }, ports: bare })
  benches.push(made)
  return made
}

const clones = async (url: string) => {
  const start = `${parseAddress(url).database}_snapshot_`
  const { rows } = await server.sql(
    server.url(),
    `SELECT datname FROM pg_database WHERE starts_with(datname, '${start}') ORDER BY 1`
  )
  return rows.flat()
}
const isOpen = async (url: string) => {
  const { rows } = await server.sql(
    server.url(),
    `SELECT datallowconn FROM pg_database WHERE datname = '${parseAddress(url).database}'`
  )
  return rows[0]?.[0] === 't'
}

async function filled(): Promise<string> {
  const url = await server.create()
  await server.sql(url, `CREATE TABLE t AS SELECT i, md5(i::text) FROM generate_series(1, 100) i; CREATE SEQUENCE s`)
  return url
}

test('where there is no pg_dump and the checklist does not allow less, it is refused with the remedy', async () => {
  const { guard } = await bench(await filled(), {}, 'identical')
  expect(await guard({ backup: 'main' })).toMatchObject([
    { reason: 'no_backup_tool', hint: expect.stringMatching(/postgresql-client-15.*at-least: snapshot/) }
  ])
})

test('a snapshot is a clone on the same server, found identical, named so, and says how long nobody could connect', async () => {
  const url = await server.create()
  await server.sql(url, await readFile('__tests__/fixtures/database/nasty.sql', 'utf8'))
  const { run, guard, said, notes } = await bench(url)
  expect(await guard({ backup: 'main' })).toEqual([])
  const { outcome, receipt } = await run({ backup: 'main' })
  const [clone] = await clones(url)
  expect({ outcome, receipt }).toMatchObject({
    outcome: 'pass',
    receipt: {
      proof: 'snapshot',
      location: `server:${clone}`,
      scratch: 'same server',
      details: { outageSeconds: expect.any(Number) }
    }
  })
  // Nothing was put back, so that took no time which could be promised.
  expect(Object.keys(receipt?.seconds ?? {})).toEqual(['dump', 'compare', 'total'])
  expect(notes).toEqual([{ snapshot: clone }])
  expect(said.join()).toContain('nobody could connect to')
  expect(await isOpen(url)).toBe(true)
})

test('nobody may enter a clone who may not enter the database', async () => {
  const url = await filled()
  const { database } = parseAddress(url)
  await server.sql(url, `CREATE ROLE ${database}_out; REVOKE CONNECT ON DATABASE ${database} FROM PUBLIC`)
  const { run } = await bench(url)
  expect(await run({ backup: 'main' })).toMatchObject({ outcome: 'pass' })
  const [clone] = await clones(url)
  const asked = `SELECT has_database_privilege('${database}_out', '${clone}', 'CONNECT'), datallowconn FROM pg_database
    WHERE datname = '${clone}'`
  expect((await server.sql(server.url(), asked)).rows).toEqual([['f', 't']])
})

test('sessions that were in it are ended, and the application comes back', async () => {
  const url = await filled()
  const { run } = await bench(url)
  const held = withClient(url, { signal: never }, ({ query }) => query('SELECT pg_sleep(60)'))
  const ended = expect(held).rejects.toMatchObject({ reason: 'service_unavailable' })
  expect(await run({ backup: 'main' })).toMatchObject({ outcome: 'pass' })
  await ended
  expect((await server.sql(url, 'SELECT count(*) FROM t')).rows).toEqual([['100']])
})

test('a clone that differs is removed, and what differs is named', async () => {
  const url = await filled()
  let calls = 0
  const damaged = damagedBefore('DELETE FROM t WHERE i = 1')
  const { run } = await bench(url, {
    // The second fingerprint is the clone's.
    takeFingerprint: request => {
      calls += 1
      if (calls === 2) return damaged(request)
      return damagedBefore('SELECT 1')({ ...request })
    }
  })
  expect(await run({ backup: 'main' })).toMatchObject({
    outcome: 'fail',
    reason: 'backup_not_proven',
    detail: expect.stringContaining('public.t')
  })
  expect([await clones(url), await isOpen(url)]).toEqual([[], true])
})

test('whatever breaks while it is closed, it is open again', async () => {
  const url = await filled()
  const work = withClosing(parseAddress(url), { signal: never, nowMs: () => 0 }, async close => {
    await close([])
    expect(await isOpen(url)).toBe(false)
    await expect(server.sql(url, 'SELECT 1')).rejects.toMatchObject({
      message: expect.stringContaining('closed to connections')
    })
    throw new Error('broken')
  })
  await expect(work).rejects.toThrow('broken')
  expect(await isOpen(url)).toBe(true)
})

test('a cancel while it is closed opens it again', async () => {
  const url = await filled()
  const cancel = new AbortController()
  const { run } = await bench(url, {
    takeFingerprint: async request => {
      await request.beforehand?.(0)
      cancel.abort()
      return withClient(server.url(), { signal: request.signal }, () => new Promise(() => {}))
    }
  })
  await expect(run({ backup: 'main' }, { signal: cancel.signal })).rejects.toMatchObject({ status: 'CANCELLED' })
  expect(await isOpen(url)).toBe(true)
})

test('what a killed snapshot has left is put right: open again, the half clone gone', async () => {
  const url = await filled()
  const { database } = parseAddress(url)
  const { probe } = await bench(url)
  const clone = snapshotName(database, '20260101T000000000Z', 'abcd')
  await server.sql(server.url(), `CREATE DATABASE ${clone}`)
  await server.sql(server.url(), `ALTER DATABASE ${database} ALLOW_CONNECTIONS false`)
  expect(await probe({ backup: 'main' }, [{ snapshot: clone }])).toMatchObject({ took: 'no-effect' })
  expect([await clones(url), await isOpen(url)]).toEqual([[], true])
})

test('keep: 2 leaves the two newest clones, and nothing that only looks like one goes', async () => {
  const url = await filled()
  const { database } = parseAddress(url)
  for (const stamp of ['20260101T000000000Z', '20260102T000000000Z', '20260103T000000000Z']) {
    await server.sql(server.url(), `CREATE DATABASE ${snapshotName(database, stamp, 'abcd')}`)
  }
  await server.sql(server.url(), `CREATE DATABASE ${database}_snapshot_mine`)
  const { run } = await bench(url, { clock: fakeClock({ at: '2026-01-04T00:00:00.000Z', mode: 'turning' }) })
  expect(await run({ backup: 'main', keep: 2 })).toMatchObject({ outcome: 'pass' })
  expect(await clones(url)).toEqual([
    `${database}_snapshot_20260103t000000000z_abcd`,
    expect.stringMatching(/_snapshot_20260104t000000\d{3}z_[0-9a-f]{4}$/),
    `${database}_snapshot_mine`
  ])
})

test('two of the same moment have names of their own', async () => {
  const url = await filled()
  const { run } = await bench(url, { clock: fakeClock({ at: '2026-01-04T00:00:00.000Z' }) })
  for (const _ of [1, 2]) expect(await run({ backup: 'main' })).toMatchObject({ outcome: 'pass' })
  expect(await clones(url)).toHaveLength(2)
})

test('a name stays within what the server keeps of one', () => {
  const [one, other] = ['x', 'y'].map(end => snapshotName(`${'ä'.repeat(40)}${end}`, '20260101T000000000Z', 'abcd'))
  expect(Buffer.byteLength(one ?? '')).toBeLessThanOrEqual(63)
  expect(one).not.toBe(other)
})
