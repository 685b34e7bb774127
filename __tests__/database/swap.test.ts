import { beforeEach, describe, expect, test } from '@jest/globals'
import type { JsonObject } from '../../src/core/json.js'
import type { Receipt } from '../../src/core/records.js'
import { parseAddress } from '../../src/database/postgres/address.js'
import { withClient } from '../../src/database/postgres/client.js'
import { nameBeside } from '../../src/database/postgres/swap.js'
import { readProperties } from '../../src/database/postgres/swap-properties.js'
import { never, usePostgres } from '../fakes/postgres-server.js'
import { restoring, snapshotOf } from '../fakes/restore.js'

const server = usePostgres('embedded', {
  max_prepared_transactions: '4',
  wal_level: 'logical',
  max_wal_senders: '4',
  allow_in_place_tablespaces: 'on'
})

let url: string
let name: string
let receipt: Receipt
beforeEach(async () => {
  url = await server.create()
  name = parseAddress(url).database
  await server.sql(
    url,
    "create table users (id int primary key, name text); insert into users values (1, 'a'), (2, 'b')"
  )
  receipt = await snapshotOf(url)
})

const users = async () =>
  (await server.sql(url, "select string_agg(id || name, ',' order by id) from users")).rows[0]?.[0]
const oidOf = async (database: string) =>
  (await server.sql(server.url(), `select oid from pg_database where datname = '${database}'`)).rows[0]?.[0]
const isOpen = async (database = name) =>
  (await server.sql(server.url(), `select datallowconn from pg_database where datname = '${database}'`))
    .rows[0]?.[0] === 't'
const asRole = (url: string, role: string) => {
  const its = new URL(url)
  its.username = role
  its.password = 'app'
  return its.toString()
}
const collect = () => {
  const notes: JsonObject[] = []
  return { notes, note: async (data: JsonObject) => void notes.push(JSON.parse(JSON.stringify(data))) }
}

test('the backup takes production’s place, and the one from before is kept', async () => {
  const before = await oidOf(name)
  await server.sql(url, 'alter table users add age int')
  const { notes, note } = collect()
  const finding = await restoring({ url, note }).restore(receipt)
  expect(finding).toMatchObject({ outcome: 'pass', detail: expect.stringContaining('no row was written since') })
  const old = String(finding.evidence?.['old'])
  expect(old).toMatch(new RegExp(`^${name}_before_\\d{8}t\\d{9}z$`))
  expect(await oidOf(old)).toBe(before)
  expect([await isOpen(), await isOpen(old)]).toEqual([true, false])
  expect(
    (await server.sql(url, "select count(*) from information_schema.columns where table_name = 'users'")).rows
  ).toEqual([['2']])
  expect(notes.map(({ restore }) => restore)).toEqual(['closing', 'swapping', 'open'])
  // Asked once more with those notes, as after a kill, it sees that all is done.
  expect(await restoring({ url, notes }).restore(receipt)).toMatchObject({
    outcome: 'pass',
    detail: expect.stringContaining(old)
  })
})

describe('rows written since', () => {
  test('are counted although their writer is still connected, and keep the restore from happening', async () => {
    const before = await oidOf(name)
    await withClient(url, { signal: never }, async writer => {
      await writer.query("insert into users values (3, 'c'); update users set name = 'x' where id = 1")
      await writer.query("begin; insert into users values (4, 'never committed')")
      expect(await restoring({ url }).restore(receipt)).toMatchObject({
        outcome: 'fail',
        reason: 'would_lose_rows',
        detail: expect.stringContaining('would lose 2 rows written since the backup: public.users: 1 added, 1 changed'),
        hint: expect.stringContaining('--accept-loss main')
      })
    })
    expect(await oidOf(name)).toBe(before)
    expect(await isOpen()).toBe(true)
    expect(await users()).toBe('1x,2b,3c')
  })

  test('are counted to the last one that was told it is written', async () => {
    let written = 0
    const writer = withClient(url, { signal: never }, async ({ query }) => {
      for (let id = 10; ; id += 1) {
        await query(`insert into users values (${id}, 'w')`)
        written += 1
      }
    }).catch(() => {}) // until its session is ended
    const finding = await restoring({ url }).restore(receipt)
    await writer
    expect(written).toBeGreaterThan(0)
    expect(finding).toMatchObject({ reason: 'would_lose_rows' })
    const rows = Number((await server.sql(url, 'select count(*) - 2 from users')).rows[0]?.[0])
    expect(finding.evidence).toEqual({ loss: { 'public.users': { added: rows, changed: 0, removed: 0 } } })
    expect(rows).toBeGreaterThanOrEqual(written)
  })

  test('are given up when that is accepted by name, and named', async () => {
    await server.sql(url, "insert into users values (3, 'c')")
    expect(await restoring({ url, accept: ['other'] }).restore(receipt)).toMatchObject({ reason: 'would_lose_rows' })
    const finding = await restoring({ url, accept: ['main'] }).restore(receipt)
    expect(finding).toMatchObject({ outcome: 'pass', evidence: { loss: { 'public.users': { added: 1 } } } })
    expect(finding.detail).toContain('given up, as accepted: public.users: 1 added')
    expect(await users()).toBe('1a,2b')
  })
})

test('what belongs to the database itself is carried over', async () => {
  const role = `${name}_owner`
  await server.sql(
    server.url(),
    `create role ${role}; create role ${role}_reader; alter database ${name} owner to ${role};
     revoke connect on database ${name} from public; grant connect on database ${name} to ${role}_reader with grant option;
     alter database ${name} set search_path = "$user", "odd schema", public; alter database ${name} set work_mem = '7MB';
     alter role ${role} in database ${name} set app."user" = 'it''s me'; alter database ${name} connection limit 7;
     comment on database ${name} is 'it''s ours'`
  )
  const read = () => withClient(server.url(), { signal: never }, connection => readProperties(connection, name))
  const before = await read()
  expect(await restoring({ url }).restore(receipt)).toMatchObject({ outcome: 'pass' })
  const after = await read()
  expect(after).toEqual({ ...before, oid: after?.oid })
  expect(after?.oid).not.toBe(before?.oid)
  expect(after).toMatchObject({ owner: role, connectionLimit: 7, comment: "it's ours" })
  expect((await server.sql(url, 'show search_path')).rows).toEqual([['"$user", "odd schema", public']])
})

test('a role that owns the database, may create databases and end sessions can do it with a snapshot', async () => {
  const role = `${name}_app`
  await server.sql(
    server.url(),
    `create role ${role} login createdb password 'app'; grant pg_signal_backend to ${role}; alter database ${name} owner to ${role}`
  )
  await server.sql(url, `alter table users owner to ${role}`)
  const mine = await snapshotOf(url)
  await server.sql(server.url(), `alter database ${mine.location.slice(7)} owner to ${role}`)
  expect(await restoring({ url: asRole(url, role) }).objections('snapshot')).toEqual([])
  expect(await restoring({ url: asRole(url, role) }).restore(mine)).toMatchObject({ outcome: 'pass' })
})

test('each right that is missing is named, with the statement that gives it', async () => {
  const role = `${name}_weak`
  await server.sql(server.url(), `create role ${role} login password 'weak'`)
  const weak = new URL(url)
  weak.username = role
  weak.password = 'weak'
  const found = await restoring({ url: weak.toString() }).objections()
  expect(found.map(({ hint }) => hint)).toEqual([
    `GRANT "postgres" TO "${role}"`,
    `ALTER ROLE "${role}" CREATEDB`,
    `GRANT pg_signal_backend TO "${role}" (sessions of superusers stay theirs)`
  ])
  expect(await restoring({ url: weak.toString() }).restore(receipt)).toMatchObject({
    outcome: 'fail',
    reason: 'no_way_back'
  })
})

test.each([
  [
    'a table of another role',
    'create role NAME_boss; create table secret (); alter table secret owner to NAME_boss',
    'is no member of NAME_boss, who owns table secret'
  ],
  [
    'a function of a superuser',
    'create function f() returns int language sql as $$select 1$$',
    'who owns function f()'
  ],
  ['a large object of a superuser', "select lo_from_bytea(0, 'x')", 'who owns large object'],
  [
    'a table in a schema of somebody else',
    'create role NAME_guest; grant NAME_guest to NAME_app; grant create on schema public to NAME_guest; create table g (); alter table g owner to NAME_guest',
    'cannot give NAME_guest what it owns in schema public'
  ],
  ['an extension that is not trusted', 'create extension file_fdw', 'not trusted: file_fdw'],
  ['a setting for superusers', "alter database NAME set log_statement = 'all'", 'set for the database: log_statement'],
  ['a setting that nobody defined', "alter database NAME set app.x = 'y'", 'set for the database: app.x'],
  [
    'a setting of another role',
    'create role NAME_other; alter role NAME_other in database NAME set work_mem = 64',
    'in the database for NAME_other'
  ],
  [
    'a schema public that is not its own',
    'create role NAME_boss; alter schema public owner to NAME_boss',
    'who owns schema public'
  ]
])('a restore from a dump would fail over %s: that is said before', async (_, statements, said) => {
  const role = `${name}_app`
  const named = (text: string) => text.replaceAll('NAME', name)
  await server.sql(
    server.url(),
    `create role ${role} login createdb password 'app'; grant pg_signal_backend to ${role};
     alter database ${name} owner to ${role}`
  )
  await server.sql(url, `alter table users owner to ${role}; create extension citext; create temp table t ()`)
  const way = restoring({ url: asRole(url, role) })
  expect(await way.objections()).toEqual([])
  await server.sql(url, named(statements))
  const found = await way.objections()
  expect(found).toMatchObject([{ reason: 'missing_right', message: expect.stringContaining(named(said)) }])
})

test('a tablespace other than the usual one asks for the right to it', async () => {
  const role = `${name}_app`
  await server.sql(server.url(), `create tablespace ${name}_fast location ''`)
  const url = await server.create(`tablespace ${name}_fast`)
  await server.sql(
    server.url(),
    `create role ${role} login createdb password 'app'; grant pg_signal_backend to ${role};
     alter database ${parseAddress(url).database} owner to ${role}`
  )
  const way = restoring({ url: asRole(url, role) })
  expect(await way.objections('snapshot')).toEqual([])
  expect(await way.objections()).toMatchObject([{ hint: `GRANT CREATE ON TABLESPACE "${name}_fast" TO "${role}"` }])
  await server.sql(server.url(), `grant create on tablespace ${name}_fast to ${role}`)
  expect(await way.objections()).toEqual([])
})

describe('it is refused, and production is open and as it was', () => {
  test.each([
    ['a publication', 'create publication p for all tables', 'publication p', 'drop publication p'],
    [
      'a logical slot',
      "select pg_create_logical_replication_slot('slot_' || current_database(), 'pgoutput')",
      'logical replication slot',
      "select pg_drop_replication_slot('slot_' || current_database())"
    ],
    [
      'a subscription',
      "create subscription s connection 'host=nowhere' publication p with (connect = false)",
      'subscription s',
      'alter subscription s set (slot_name = none); drop subscription s'
    ],
    [
      'a prepared transaction',
      "begin; insert into users values (9); prepare transaction 'two'",
      'prepared transaction two',
      "rollback prepared 'two'"
    ]
  ])('under %s', async (_, statements, said, undo) => {
    for (const statement of statements.split('; ').length > 2 ? [statements] : statements.split('; '))
      await server.sql(url, statement)
    expect(await restoring({ url }).restore(receipt)).toMatchObject({
      outcome: 'fail',
      detail: expect.stringContaining(said)
    })
    expect(await isOpen()).toBe(true)
    for (const statement of undo.split('; ')) await server.sql(url, statement)
  })

  test('when it is another database', async () => {
    const other = await server.create()
    expect(await restoring({ url: other }).restore(receipt)).toMatchObject({
      outcome: 'fail',
      detail: expect.stringContaining('is not the database that the backup was taken from')
    })
  })

  test('when somebody wrote to the snapshot', async () => {
    await server.sql(server.url(receipt.location.slice(7)), "update users set name = 'z' where id = 1")
    await expect(restoring({ url }).restore(receipt)).rejects.toMatchObject({
      reason: 'rollback_failed',
      message: expect.stringContaining('is not what the receipt proves')
    })
    expect(await isOpen()).toBe(true)
  })

  test.each(['closing', 'swapping'])('when the journal fails before %s', async point => {
    const note = async (data: JsonObject) => {
      if (data['restore'] === point) throw new Error('the journal is gone')
    }
    const before = await oidOf(name)
    await expect(restoring({ url, note }).restore(receipt)).rejects.toThrow('the journal is gone')
    expect(await isOpen()).toBe(true)
    expect(await oidOf(name)).toBe(before)
    expect(await restoring({ url }).restore(receipt)).toMatchObject({ outcome: 'pass' })
  })
})

describe('killed', () => {
  test('while production was shut: the next process opens it before anything else', async () => {
    await server.sql(server.url(), `alter database ${name} allow_connections false`)
    const notes = [{ restore: 'closing', database: name }]
    expect(await restoring({ url, notes }).probe()).toMatchObject({ took: 'effect' })
    expect(await isOpen()).toBe(true)
    await server.sql(server.url(), `alter database ${name} allow_connections false`)
    expect(await restoring({ url, notes }).restore(receipt)).toMatchObject({ outcome: 'pass' })
  })

  test('right after the names were swapped: it is found done, and open', async () => {
    const { notes, note } = collect()
    await restoring({ url, note }).restore(receipt)
    await server.sql(server.url(), `alter database ${name} allow_connections false`)
    const left = notes.filter(({ restore }) => restore !== 'open')
    expect(await restoring({ url, notes: left }).restore(receipt)).toMatchObject({
      outcome: 'pass',
      detail: expect.stringContaining('had been swapped before')
    })
    expect(await isOpen()).toBe(true)
  })

  test('before anything was shut: what was left is made anew', async () => {
    await server.sql(server.url(), `create database ${name}_restored_1`)
    const notes = [{ restore: 'making', copy: `${name}_restored_1` }]
    expect(await restoring({ url, notes }).restore(receipt)).toMatchObject({ outcome: 'pass' })
    expect(await oidOf(`${name}_restored_1`)).toBeUndefined()
  })
})

test.each([
  ['app', 'app_before_20260105t100000000z'],
  ['a'.repeat(63), `${'a'.repeat(36)}_before_20260105t100000000z`],
  ['ä'.repeat(31), `${'ä'.repeat(18)}_before_20260105t100000000z`]
])('%s gets a name beside it that fits the server', (database, expected) => {
  expect(nameBeside(database, 'before', '20260105T100000000Z')).toBe(expected)
  expect(Buffer.byteLength(expected)).toBeLessThanOrEqual(63)
})
