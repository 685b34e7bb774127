import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Shell } from '../../src/core/ports.js'
import type { Receipt } from '../../src/core/records.js'
import { createRedactor } from '../../src/core/redact/redact.js'
import { parseAddress } from '../../src/database/postgres/address.js'
import { withClient } from '../../src/database/postgres/client.js'
import { takeFingerprint } from '../../src/database/postgres/fingerprint.js'
import { findPrograms } from '../../src/database/postgres/programs.js'
import { prove } from '../../src/database/postgres/prove.js'
import type { ScratchPlan } from '../../src/database/postgres/scratch.js'
import { readSource } from '../../src/database/postgres/source.js'
import { systemClock } from '../../src/shell/clock.js'
import { openShell } from '../../src/shell/run.js'
import { never, usePostgres } from '../fakes/postgres-server.js'
import { restoring } from '../fakes/restore.js'

const server = usePostgres('machine')
const clock = systemClock()
const shell = openShell({ redactor: createRedactor(), clock })
const { PATH = '' } = process.env

let folder: string
let url: string
let receipt: Receipt
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'swap-'))
  url = await server.create()
  await server.sql(
    url,
    `create table users (id int primary key, name text); insert into users select n, 'u' || n from generate_series(1, 500) n;
     create materialized view m as select count(*) from users; create index on users (name)`
  )
  receipt = await provenDump()
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function provenDump(its = url, through: Shell = shell, scratch?: ScratchPlan): Promise<Receipt> {
  const programs = (await findPrograms(PATH)).find(({ has }) => has.length === 4)
  if (programs === undefined) throw new Error('no PostgreSQL programs on this machine')
  const proof = await prove({
    subject: 'main',
    database: parseAddress(its),
    source: await withClient(its, { signal: never }, readSource),
    store: { folder, name: 'main.dump' },
    scratch: scratch ?? { kind: 'machine', programs },
    tools: { shell: through, bin: programs.folder, env: { PATH } },
    client: programs.version,
    clock,
    signal: never,
    takeFingerprint,
    compression: 1,
    onProgress: () => {},
    say: () => {}
  })
  if (!('receipt' in proof)) throw new Error(proof.differences.join('; '))
  return proof.receipt
}

const names = async () => (await server.sql(server.url(), 'select datname from pg_database order by 1')).rows.flat()
const count = async () => (await server.sql(url, 'select count(*) from users')).rows[0]?.[0]

test('the proven dump takes production’s place, with its statistics, and the one from before stays', async () => {
  await server.sql(url, 'alter table users add age int')
  const finding = await restoring({ url, shell }).restore(receipt)
  expect(finding).toMatchObject({ outcome: 'pass', detail: expect.stringContaining('no row was written since') })
  expect(await count()).toBe('500')
  expect((await server.sql(url, "select reltuples from pg_class where relname = 'users'")).rows).toEqual([['500']])
  expect(await names()).toContain(finding.evidence?.['old'])
})

test('a role that is no superuser can do it, with schemas, extensions and settings of its own', async () => {
  const { database } = parseAddress(url)
  const role = `${database}_app`
  await server.sql(
    server.url(),
    `create role ${role} login createdb password 'app'; create role ${role}_group; grant ${role}_group to ${role};
     grant pg_signal_backend to ${role}; alter database ${database} owner to ${role}_group;
     revoke connect on database ${database} from public; alter database ${database} set work_mem = '7MB'`
  )
  await server.sql(
    url,
    `drop materialized view m; alter table users owner to ${role}; set role ${role}; create extension citext;
     create schema shop; create table shop.orders (id int generated always as identity primary key, who citext);
     create table public.more (id int); alter table public.more owner to ${role}_group;
     insert into shop.orders (who) values ('a'); create type shop.mood as enum ('fine'); alter table users enable row level security;
     create function shop.f() returns int language sql as 'select 1'; select lo_from_bytea(0, 'x');
     alter default privileges in schema shop grant select on tables to ${role}_group`
  )
  const its = new URL(url)
  its.username = role
  its.password = 'app'
  const asRole = { url: its.toString(), shell }
  expect(await restoring(asRole).objections()).toEqual([])
  const proven = await provenDump(asRole.url)
  expect(await restoring(asRole).restore(proven)).toMatchObject({ outcome: 'pass' })
  expect((await server.sql(url, 'select who from shop.orders')).rows).toEqual([['a']])
})

test('while the dump is restored and tried, nobody may enter the copy who may not enter the database', async () => {
  const { database } = parseAddress(url)
  await server.sql(url, `create role ${database}_out; revoke connect on database ${database} from public`)
  const open = `select datname from pg_database where has_database_privilege('${database}_out', oid, 'CONNECT')
    and (datname like '${database}\\_%' or datname like '%scratch%')`
  const seen: unknown[] = []
  const watched = {
    run: async (command: Parameters<typeof shell.run>[0]) => {
      seen.push(...(await server.sql(server.url(), open)).rows.flat())
      return shell.run(command)
    }
  }
  const proven = await provenDump(url, watched, { kind: 'given', url: server.url() })
  expect(await restoring({ url, shell: watched }).restore(proven)).toMatchObject({ outcome: 'pass' })
  expect(seen).toEqual([])
})

test('rows written since are counted, and the copy goes when they may not be lost', async () => {
  const before = await names()
  await server.sql(url, "insert into users values (501, 'new')")
  expect(await restoring({ url, shell }).restore(receipt)).toMatchObject({
    reason: 'would_lose_rows',
    detail: expect.stringContaining('public.users: 1 added')
  })
  expect(await names()).toEqual(before)
  expect(await count()).toBe('501')
})

test.each<[string, () => Promise<unknown>, string]>([
  ['is another one than was proven', () => appendFile(receipt.location, 'x'), 'is not the one that was proven'],
  ['is gone', () => rm(receipt.location), 'cannot be read']
])('a dump that %s is refused, and production is as it was', async (_, spoil, message) => {
  const before = await names()
  await spoil()
  await expect(restoring({ url, shell }).restore(receipt)).rejects.toMatchObject({
    reason: 'rollback_failed',
    message: expect.stringContaining(message)
  })
  expect(await names()).toEqual(before)
  expect(await count()).toBe('500')
})

test('nobody can read the password in a command line while the dump is restored', async () => {
  const { password } = parseAddress(url)
  const seen: string[] = []
  const watched = {
    run: async (command: Parameters<typeof shell.run>[0]) => {
      seen.push(JSON.stringify(command.what))
      return shell.run(command)
    }
  }
  expect(await restoring({ url, shell: watched }).restore(receipt)).toMatchObject({ outcome: 'pass' })
  expect(seen.some(line => line.includes('pg_restore'))).toBe(true)
  expect(seen.join()).not.toContain(password)
  expect(await readFile(receipt.location)).toHaveLength(receipt.bytes)
})
