import { describe, expect, test } from '@jest/globals'
import { countFor, queryCatalog } from '../../src/database/postgres/catalog.js'
import {
  describeDiff,
  diffCatalogs,
  digestOfCatalog,
  isEmptyDiff,
  readCatalogs,
  recordCatalogs,
  takeBack
} from '../../src/database/postgres/catalog-diff.js'
import { losslessUndo, questionsOf } from '../../src/database/postgres/catalog-loss.js'
import { withClient } from '../../src/database/postgres/client.js'
import { never, usePostgres } from '../fakes/postgres-server.js'

const server = usePostgres('embedded')
const catalogOf = (url: string) => withClient(url, { signal: never }, queryCatalog)

const BASE = `
  create schema app; create table app.users (id int primary key, name text);
  create table app.events (id int, at date) partition by range (at);
  create table app.events_2026 partition of app.events for values from ('2026-01-01') to ('2027-01-01');
  insert into app.users values (1, 'a'), (2, 'b');
  create type app.mood as enum ('sad', 'ok'); create function app.f() returns int language sql as 'select 1';
  create view app.v as select 1 as one; create table alembic_version (version_num text primary key)`

/** Changes a database with these statements: what the diff says, what an undo would lose. */
async function change(statements: string, written = '') {
  const url = await server.create()
  await server.sql(url, BASE)
  const before = await catalogOf(url)
  await server.sql(url, statements)
  const after = await catalogOf(url)
  const diff = diffCatalogs(before, after)
  if (written !== '') await server.sql(url, written)
  const counts = await withClient(url, { signal: never }, connection => countFor(connection, questionsOf(diff)))
  return { before, after, diff, lines: describeDiff(diff), ...losslessUndo(diff, counts) }
}

describe('each of these is seen', () => {
  test.each([
    ['alter table app.users add column age int', ['column app.users.age was added']],
    ['alter table app.users drop column name', ['column app.users.name is gone']],
    ['alter table app.users alter name type varchar(9)', ['column app.users.name was changed']],
    ["alter table app.users alter name set default 'x'", ['column app.users.name was changed']],
    ['alter table app.users alter name set not null', ['column app.users.name was changed']],
    ['alter table app.users add check (id > 0) not valid', ['constraint app.users.users_id_check was added']],
    ['create index "odd.name" on app.users (name)', ['index app."odd.name" was added']],
    ["alter type app.mood add value 'glad'", ['enum app.mood was changed']],
    ["create or replace function app.f() returns int language sql as 'select 2'", ['function app.f() was changed']],
    ['create or replace view app.v as select 2 as one', ['view app.v was changed']],
    ['create materialized view app.m as select 1', ['materialized view app.m was added']],
    ['create domain app.d as int check (value > 0)', ['domain app.d was added']],
    ['create sequence app.s', ['sequence app.s was added']],
    ['alter table app.users enable row level security', ['table app.users was changed']],
    ['create policy p on app.users using (true)', ['policy app.users.p was added']],
    ['grant select on app.users to public', ['table app.users was changed']],
    ['create extension pgcrypto', ['extension pgcrypto was added']],
    ['drop schema app cascade; create schema app', expect.arrayContaining(['table app.users is gone'])],
    ['update app.users set name = id::text', []],
    ["insert into alembic_version values ('1'); create table schema_migrations (version text primary key)", []]
  ])('%s', async (statements, lines) => expect((await change(statements)).lines).toEqual(lines))
})

describe('what an undo would lose', () => {
  test.each([
    [
      'an empty table with all that belongs to it',
      "create table app.t (id serial primary key, u int references app.users, x text check (x > '')); create index on app.t (x); alter table app.t enable row level security; create policy p on app.t using (true)",
      '',
      []
    ],
    [
      'a table with a row',
      'create table app.t (id serial primary key)',
      'insert into app.t default values',
      ['table app.t holds 1 rows']
    ],
    ['a column that is NULL everywhere', 'alter table app.users add column age int', '', []],
    ['a column with its default', 'alter table app.users add column age int not null default 7', '', []],
    ['a column of json with its default', "alter table app.users add column j json default '{}'", '', []],
    ['a computed column', 'alter table app.users add column twice int generated always as (id * 2) stored', '', []],
    [
      'an index on an added column only',
      'alter table app.users add column age int; create index on app.users (age)',
      '',
      []
    ],
    ['a foreign key on an added column', 'alter table app.users add column boss int references app.users', '', []],
    [
      'a column that somebody wrote to',
      'alter table app.users add column age int',
      'update app.users set age = 1 where id = 1',
      ['column app.users.age holds 1 values that are neither NULL nor the default']
    ],
    [
      'a column that is equal to its default but not the same',
      "create collation app.ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false); alter table app.users add column c text collate app.ci default 'a'",
      "update app.users set c = 'A' where id = 1",
      ['collation app.ci would be dropped', 'column app.users.c holds 1 values that are neither NULL nor the default']
    ],
    [
      'a column with a default that nobody can repeat',
      'alter table app.users add column token uuid default gen_random_uuid()',
      '',
      ['column app.users.token holds 2 values that are neither NULL nor the default']
    ],
    [
      'a serial column',
      'alter table app.users add column n serial',
      '',
      ['column app.users.n holds 2 values that are neither NULL nor the default']
    ],
    [
      'an identity column',
      'alter table app.users add column n int generated always as identity',
      '',
      ['column app.users.n holds 2 values that are neither NULL nor the default']
    ],
    [
      'a column of a partitioned table',
      'alter table app.events add column x int',
      "insert into app.events values (1, '2026-02-03', 4)",
      ['column app.events_2026.x holds 1 values that are neither NULL nor the default']
    ],
    [
      'a partition',
      "create table app.events_2027 partition of app.events for values from ('2027-01-01') to ('2028-01-01')",
      "insert into app.events values (1, '2027-02-03')",
      ['table app.events_2027 holds 1 rows']
    ],
    [
      'a dropped column',
      'alter table app.users drop column name',
      '',
      [expect.stringContaining('column app.users.name was dropped by the migration')]
    ],
    [
      'a changed type',
      'alter table app.users alter name type varchar(9)',
      '',
      [expect.stringContaining('column app.users.name was changed')]
    ],
    ['an index on what was there', 'create index i on app.users (name)', '', ['index app.i would be dropped']],
    [
      'rows alone',
      'update app.users set name = id::text',
      '',
      [expect.stringContaining('what the migration did to rows cannot be told')]
    ]
  ])('%s', async (_, statements, written, losses) => {
    expect(await change(statements, written)).toMatchObject({ lossless: (losses as unknown[]).length === 0, losses })
  })
})

test('a role that row-level security filters gets no count, and that is a loss', async () => {
  const url = await server.create()
  await server.sql(
    url,
    'create role reader; create table t (id int); insert into t values (1); alter table t enable row level security; grant all on t to reader'
  )
  const question = { of: 'rows', key: 'table public.t', table: 'public.t' } as const
  const counts = await withClient(url, { signal: never }, async connection => {
    await connection.query('set role reader')
    return countFor(connection, [question])
  })
  expect(counts).toEqual({})
  const diff = { added: { 'table public.t': { def: 'table', of: [] } }, removed: {}, changed: {} }
  expect(losslessUndo(diff, counts).losses).toEqual(['table public.t: its rows could not be counted'])
})

test('a difference taken back gives the catalogue before it, also after a trip through the journal', async () => {
  const { before, after, diff } = await change(
    'alter table app.users add age int; drop view app.v; alter table app.users alter name set not null'
  )
  expect(isEmptyDiff(diffCatalogs(before, takeBack(after, diff)))).toBe(true)
  const record = readCatalogs(JSON.parse(JSON.stringify(recordCatalogs(before, after))))
  expect(record).toEqual({ before: digestOfCatalog(before), after: digestOfCatalog(after), diff })
  expect(readCatalogs({ before: 'x' })).toBeUndefined()
})

test('a catalogue reads the same with another search path, and its digest has no order', async () => {
  const url = await server.create()
  await server.sql(url, BASE)
  const plain = await catalogOf(url)
  const other = await withClient(url, { signal: never }, async connection => {
    await connection.query('set search_path = app')
    return queryCatalog(connection)
  })
  expect(other).toEqual(plain)
  expect(digestOfCatalog(Object.fromEntries(Object.entries(plain).reverse()))).toBe(digestOfCatalog(plain))
})
