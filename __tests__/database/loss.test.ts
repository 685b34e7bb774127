import { describe, expect, test } from '@jest/globals'
import { parseAddress } from '../../src/database/postgres/address.js'
import { withClient } from '../../src/database/postgres/client.js'
import { SETTINGS, takeFingerprint } from '../../src/database/postgres/fingerprint.js'
import { countLoss } from '../../src/database/postgres/loss.js'
import { compareRows, describeLoss, rowsIn } from '../../src/database/postgres/loss-rows.js'
import { never, usePostgres } from '../fakes/postgres-server.js'

const server = usePostgres('embedded')

const row = (key: string, content: string, count = 1) => ({ key, content, count })

describe('rows of both sides', () => {
  test.each([
    ['the same', [row('1', 'a')], [row('1', 'a')], { added: 0, removed: 0, changed: 0 }],
    ['one more', [row('1', 'a'), row('2', 'b')], [row('1', 'a')], { added: 1, removed: 0, changed: 0 }],
    ['one less', [], [row('1', 'a')], { added: 0, removed: 1, changed: 0 }],
    ['another content', [row('1', 'b')], [row('1', 'a')], { added: 0, removed: 0, changed: 1 }],
    ['a duplicate more', [row('a', 'a', 3)], [row('a', 'a', 2)], { added: 1, removed: 0, changed: 0 }],
    ['nothing', [], [], { added: 0, removed: 0, changed: 0 }]
  ])('%s', (_, production, backup, expected) => expect(compareRows(production, backup)).toEqual(expected))
})

const BASE = `
  create table users (id int primary key, name text); insert into users select n, 'u' || n from generate_series(1, 3000) n;
  create table log (line text); insert into log values ('a'), ('a'), (null);
  create table "odd ""name" ("r" text primary key, "Select" int); insert into "odd ""name" values ('x', 1);
  create table events (id int, at date) partition by range (at);
  create table events_1 partition of events for values from ('2026-01-01') to ('2027-01-01');
  create table alembic_version (version_num text); insert into alembic_version values ('1');
  select lo_from_bytea(4242, 'bytes')`

/** Counts what these statements, run after the backup, would lose. */
async function lossAfter(statements: string) {
  const [url, copy] = [await server.create(), await server.create()]
  for (const each of [url, copy]) await server.sql(each, BASE)
  const backup = (await takeFingerprint({ database: parseAddress(copy), signal: never })).relations
  await server.sql(url, statements)
  const now = (await takeFingerprint({ database: parseAddress(url), signal: never })).relations
  return withClient(url, { signal: never }, production =>
    withClient(copy, { signal: never }, async restored => {
      for (const side of [production, restored]) await side.query(SETTINGS)
      return countLoss({ production, copy: restored, now, backup })
    })
  )
}

const loss = (name: string, more: object) => ({ [name]: { added: 0, removed: 0, changed: 0, ...more } })

describe('what was written since', () => {
  test.each([
    ['nothing', 'select 1', {}],
    ['a row', "insert into users values (9999, 'new')", loss('public.users', { added: 1 })],
    ['a row that went', 'delete from users where id = 7', loss('public.users', { removed: 1 })],
    ['a row that changed', "update users set name = 'x' where id in (7, 8)", loss('public.users', { changed: 2 })],
    ['a key that changed', 'update users set id = 90000 where id = 7', loss('public.users', { added: 1, removed: 1 })],
    [
      'all of it at once',
      "insert into users values (9999, 'n'); delete from users where id < 3; update users set name = null where id = 5",
      loss('public.users', { added: 1, removed: 2, changed: 1 })
    ],
    ['an update that changes nothing', 'update users set name = name', {}],
    ['a duplicate where there is no key', "insert into log values ('a')", loss('public.log', { added: 1 })],
    [
      'NULL and the empty text',
      "update log set line = '' where line is null",
      loss('public.log', { added: 1, removed: 1 })
    ],
    ['odd names', `update "odd ""name" set "Select" = 2`, loss('public."odd ""name"', { changed: 1 })],
    ['a partition', "insert into events values (1, '2026-02-02')", loss('public.events_1', { added: 1 })],
    [
      'large objects',
      "select lo_put(4242, 0, 'B'); select lo_from_bytea(4243, 'new')",
      loss('large objects', { added: 1, changed: 1 })
    ],
    ['the books of a migration tool', "update alembic_version set version_num = '2'", {}],
    ['a truncate', 'truncate users', loss('public.users', { removed: 3000 })]
  ])('%s', async (_, statements, expected) => expect(await lossAfter(statements)).toEqual(expected))
})

describe('a migration in between', () => {
  test.each([
    ['a new column that is empty', 'alter table users add age int', {}],
    ['a new column with its default', "alter table users add kind text not null default 'plain'", {}],
    [
      'a new column that two rows have a value in',
      'alter table users add age int; update users set age = 1 where id < 3',
      loss('public.users', { changed: 2 })
    ],
    [
      'a new column of a table without a key',
      'alter table log add x int; update log set x = 1 where line is null',
      loss('public.log', { added: 1, removed: 1 })
    ],
    [
      'a dropped column and a new row',
      'alter table users drop name; insert into users values (9999)',
      loss('public.users', { added: 1 })
    ],
    ['a widened type', 'alter table users alter id type bigint', {}],
    [
      'a new table',
      'create table fresh (id int); insert into fresh values (1), (2)',
      loss('public.fresh', { added: 2 })
    ],
    ['a dropped table', 'drop table log', loss('public.log', { removed: 3 })],
    ['a computed column', 'alter table users add twice int generated always as (id * 2) stored', {}]
  ])('%s', async (_, statements, expected) => expect(await lossAfter(statements)).toEqual(expected))
})

test('a loss is told per relation', () => {
  const found = { 'public.b': { added: 2, removed: 0, changed: 1 }, 'public.a': { added: 0, removed: 3, changed: 0 } }
  expect(describeLoss(found)).toEqual(['public.a: 3 removed', 'public.b: 2 added, 1 changed'])
  expect(rowsIn(found)).toBe(6)
})
