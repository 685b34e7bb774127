import { beforeEach, describe, expect, test } from '@jest/globals'
import type { MigrationRecord, Receipt } from '../../src/core/records.js'
import { parseAddress } from '../../src/database/postgres/address.js'
import { queryCatalog } from '../../src/database/postgres/catalog.js'
import { recordCatalogs } from '../../src/database/postgres/catalog-diff.js'
import { withClient } from '../../src/database/postgres/client.js'
import { takeFingerprint, withSnapshot } from '../../src/database/postgres/fingerprint.js'
import { changesSince, sureLoss } from '../../src/database/postgres/loss-ahead.js'
import { never, usePostgres } from '../fakes/postgres-server.js'
import { restoring, snapshotOf } from '../fakes/restore.js'

const server = usePostgres('embedded')

const USERS = `create table users (id int primary key, name text, "odd ""one" numeric);
  insert into users values (1, 'a', 1), (2, 'b', 2); create table empty (n int)`

let url: string
beforeEach(async () => {
  url = await server.create()
  await server.sql(url, USERS)
})

describe('of a snapshot', () => {
  let receipt: Receipt
  beforeEach(async () => {
    receipt = await snapshotOf(url)
  })
  const asked = (accept: readonly string[] = []) => restoring({ url, accept }).obstacles(receipt)

  test('nothing stands in the way of what loses nothing, although the schema is another one', async () => {
    await server.sql(url, 'alter table users add age int default 7')
    expect(await asked()).toEqual([])
  })

  test('rows written since are counted exactly, with the door open, unless their loss is accepted', async () => {
    await server.sql(url, `insert into users values (3, 'c'); update users set name = 'x' where id = 1`)
    await withClient(url, { signal: never }, async ({ query }) => {
      expect(await asked()).toMatchObject([
        {
          reason: 'would_lose_rows',
          message:
            'nothing was touched: a restore of main would lose 2 rows written since the backup: public.users: 1 added, 1 changed',
          hint: expect.stringContaining('rollback execution-1 --restore main --accept-loss main')
        }
      ])
      // Its session was not ended.
      expect((await query('select 1')).rows).toEqual([['1']])
    })
    expect(await asked(['main'])).toEqual([])
  })

  test('a clone that somebody wrote to, or that is gone, is found', async () => {
    const clone = receipt.location.slice(7)
    await server.sql(server.url(clone), `update users set name = 'z'`)
    expect(await asked(['main'])).toMatchObject([
      { message: expect.stringContaining('is not what the receipt proves') }
    ])
    await server.sql(server.url(), `drop database ${clone}`)
    expect(await asked(['main'])).toMatchObject([{ message: expect.stringContaining(clone) }])
  })

  test('what is tied to the database and what it was not taken from are told at once', async () => {
    await server.sql(url, 'create publication p for all tables')
    const other = { ...receipt, source: { ...receipt.source, databaseOid: 1 } }
    const found = await restoring({ url }).obstacles(other)
    expect(found.map(({ reason, message }) => [reason, message])).toEqual([
      ['no_way_back', expect.stringContaining('publication p')],
      ['no_way_back', expect.stringContaining('is not the database that the backup was taken from')]
    ])
  })

  test('a role that may not do it is told what it lacks', async () => {
    const role = `${parseAddress(url).database}_weak`
    await server.sql(server.url(), `create role ${role} login password 'weak'; grant pg_read_all_data to ${role}`)
    const weak = new URL(url)
    weak.username = role
    weak.password = 'weak'
    expect(await restoring({ url: weak.toString(), accept: ['main'] }).obstacles(receipt)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ message: expect.stringContaining('may neither create nor rename a database') })
      ])
    )
  })
})

describe('of a dump, whose rows are not there to compare', () => {
  const catalogOf = () => withClient(url, { signal: never }, queryCatalog)
  const fingerprintOf = async () => (await takeFingerprint({ database: parseAddress(url), signal: never })).relations

  /** What is surely lost after `since`, when a migration did `migrates` before it. */
  async function lost(migrates: string, since: string, after = '') {
    const [backup, before] = [await fingerprintOf(), await catalogOf()]
    await server.sql(url, migrates)
    const catalog = recordCatalogs(before, await catalogOf())
    const record: MigrationRecord = { database: 'main', before: '', after: '', moved: true, applied: [], catalog }
    await server.sql(url, since)
    await server.sql(url, after)
    return await withSnapshot(parseAddress(url), { signal: never }, async (snapshot, production) => {
      const { relations: now } = await takeFingerprint({ database: parseAddress(url), snapshot, signal: never })
      return await sureLoss({ production, now, backup, since: changesSince([record], await catalogOf()) })
    })
  }
  const users = (added: number, removed: number, changed: number) => ({ 'public.users': { added, removed, changed } })

  test.each<[string, string, string, string, object]>([
    ['nothing that was written', 'create table other (n int)', '', '', {}],
    ['rows that came', '', `insert into users values (3), (4)`, '', users(2, 0, 0)],
    ['rows that went', '', 'delete from users where id = 1', '', users(0, 1, 0)],
    ['as many rows with another content', '', `update users set name = 'x'`, '', users(0, 0, 1)],
    ['a column that came', `alter table users add "Say ""so" int default 7`, '', '', {}],
    [
      'one that came, and a value of the others',
      'alter table users add age int',
      `update users set name = 'x'`,
      '',
      users(0, 0, 1)
    ],
    [
      'a column of another type: told by the exact count',
      'alter table users alter id type bigint',
      `update users set name = 'x'`,
      '',
      {}
    ],
    [
      'a column that went: told by the exact count',
      'alter table users drop name',
      `update users set "odd ""one" = 9`,
      '',
      {}
    ],
    [
      'rows of a table that came',
      'create table other (n int)',
      'insert into other values (1)',
      '',
      { 'public.other': { added: 1, removed: 0, changed: 0 } }
    ],
    [
      'the books of a migration tool',
      'create table schema_migrations (v int)',
      'insert into schema_migrations values (1)',
      '',
      {}
    ],
    [
      'what somebody changed by hand since: told by the exact count',
      '',
      `update users set name = 'x'`,
      'alter table users add byhand int',
      {}
    ]
  ])('%s', async (_, migrates, since, after, expected) => {
    expect(await lost(migrates, since, after)).toEqual(expected)
  })
})
