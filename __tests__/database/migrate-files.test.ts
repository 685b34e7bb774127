import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { JsonObject } from '../../src/core/json.js'
import { withClient } from '../../src/database/postgres/client.js'
import { type Bench, migrationBench } from '../fakes/migration.js'
import { never, usePostgres } from '../fakes/postgres-server.js'

const server = usePostgres('embedded')
const SQL = { migrate: { sql: 'm/' } }

let url: string
let bench: Bench
beforeEach(async () => {
  url = await server.create()
  bench = await migrationBench(() => url)
})
afterEach(() => bench.remove())

const tables = async () =>
  (await server.sql(url, "select tablename from pg_tables where schemaname = 'public' order by 1")).rows.flat()
const appliedBy = (finding: { migration?: { applied: readonly { file: string }[] } }) =>
  finding.migration?.applied.map(({ file }) => file)
const withApplied = (applied: Readonly<Record<string, string>>) =>
  ({
    execution: {
      id: 'execution-2',
      environment: 'test',
      folder: bench.folder,
      commit: 'c',
      previousCommit: '',
      receipts: [],
      migrations: [],
      applied: { main: applied },
      databases: { main: { url: '${DATABASE_URL}', engine: 'postgres', atLeast: 'identical' } },
      signOffs: [],
      acceptedLoss: []
    }
  }) as const

test('new files run in their order, and the next run finds nothing new', async () => {
  await bench.write({
    'm/10_c.sql': 'create table c ()',
    'm/1_a.sql': 'create table a (id int)',
    'm/2_b.sql': 'create table b ()'
  })
  const first = await bench.run(SQL)
  expect(first).toMatchObject({
    outcome: 'pass',
    migration: { moved: true, before: 'none', after: 'm/10_c.sql', database: 'main' }
  })
  expect(appliedBy(first)).toEqual(['m/1_a.sql', 'm/2_b.sql', 'm/10_c.sql'])
  const applied = Object.fromEntries(first.migration?.applied.map(({ file, sha256 }) => [file, sha256]) ?? [])
  expect(await bench.run(SQL, withApplied(applied))).toMatchObject({
    outcome: 'pass',
    migration: { moved: false, applied: [] }
  })
  await bench.write({ 'm/1_a.sql': 'create table a (id bigint)' })
  expect(await bench.run(SQL, withApplied(applied))).toMatchObject({
    outcome: 'fail',
    reason: 'migration_changed',
    detail: expect.stringContaining('m/1_a.sql')
  })
})

test('a failing file leaves nothing, and what stood before it is recorded', async () => {
  await bench.write({
    'm/1.sql': 'create table a ()',
    'm/2.sql': 'create table b ();\n\nselect oops;',
    'm/3.sql': 'create table c ()'
  })
  const finding = await bench.run(SQL)
  expect(finding).toMatchObject({ outcome: 'fail', reason: 'migration_failed', migration: { moved: true } })
  expect(finding.detail).toContain('m/2.sql:3:8: column "oops" does not exist (SQLSTATE 42703)')
  expect(appliedBy(finding)).toEqual(['m/1.sql'])
  expect(await tables()).toEqual(['a'])
})

test('a constraint that only the commit finds broken rolls the file back', async () => {
  await bench.write({
    'm/1.sql':
      'create table a (id int primary key, b int references a deferrable initially deferred); insert into a values (1, 2)'
  })
  expect(await bench.run(SQL)).toMatchObject({ outcome: 'fail', migration: { moved: false, applied: [] } })
  expect(await tables()).toEqual([])
})

test('a lock that is not granted is waited for in short turns, and others are not kept waiting', async () => {
  await server.sql(url, 'create table a (id int)')
  await bench.write({ 'm/1.sql': 'alter table a add column b int' })
  await withClient(url, { signal: never }, async blocker => {
    await blocker.query('begin; lock table a in access share mode')
    const sleep = bench.clock.sleep.bind(bench.clock)
    let pauses = 0
    Object.assign(bench.clock, {
      sleep: async (ms: number) => {
        pauses += 1
        if (pauses === 2) await blocker.query('commit')
        return sleep(ms)
      }
    })
    const finding = await bench.run({ ...SQL, 'lock-timeout': '50ms' })
    expect(finding).toMatchObject({ outcome: 'pass' })
    expect(pauses).toBe(2)
  })
  expect(bench.said.filter(line => line.includes('a lock was not granted'))).toHaveLength(2)
  expect(bench.notes.map(({ note }) => note)).toEqual([
    'begin',
    'trying',
    'undone',
    'trying',
    'undone',
    'trying',
    'done'
  ])
})

test('a lock that is never granted is given up with its reason', async () => {
  await server.sql(url, 'create table a (id int)')
  await bench.write({ 'm/1.sql': 'alter table a add column b int' })
  await withClient(url, { signal: never }, async blocker => {
    await blocker.query('begin; lock table a in access share mode')
    const finding = await bench.run({ ...SQL, 'lock-timeout': '10ms' })
    expect(finding).toMatchObject({
      outcome: 'fail',
      detail: expect.stringContaining('55P03'),
      migration: { moved: false }
    })
  })
})

test('a statement may take only so long', async () => {
  await bench.write({ 'm/1.sql': 'select pg_sleep(20)' })
  expect(await bench.run({ ...SQL, 'statement-timeout': '100ms' })).toMatchObject({
    outcome: 'fail',
    detail: expect.stringContaining('57014')
  })
})

test('a file without a transaction runs by statement and may build an index beside writes', async () => {
  await server.sql(url, 'create table a (id int)')
  await bench.write({
    'm/1.sql': '-- deploy-checklist: no-transaction\ncreate index concurrently i on a (id);\ninsert into a values (1);'
  })
  expect(await bench.run(SQL)).toMatchObject({ outcome: 'pass' })
  expect((await server.sql(url, 'select count(*) from a')).rows).toEqual([['1']])
})

test('an index that could not be built is reported as INVALID, and how to mend it', async () => {
  await server.sql(url, 'create table a (id int); insert into a values (1), (1)')
  await bench.write({
    'm/1.sql': '-- deploy-checklist: no-transaction\ncreate table b ();\ncreate unique index concurrently i on a (id);'
  })
  const finding = await bench.run(SQL)
  expect(finding).toMatchObject({ outcome: 'fail', migration: { moved: true, applied: [] } })
  expect(finding.detail).toContain('m/1.sql:3:1')
  expect(finding.detail).toContain('1 of its 2 statements went through')
  expect(finding.detail).toContain('index public.i is INVALID')
  expect(await bench.guard(SQL)).toMatchObject([{ reason: 'database_unfit' }])
})

test('what one file sets is not there for the next one, which may run in another process', async () => {
  await bench.write({ 'm/1.sql': 'create schema other; set search_path = other', 'm/2.sql': 'create table here ()' })
  expect(await bench.run(SQL)).toMatchObject({ outcome: 'pass' })
  expect(await tables()).toEqual(['here'])
})

test('what is expected of the schema must be there afterwards', async () => {
  await bench.write({ 'm/1.sql': 'create table a (id int)' })
  const expected = { tables: ['a', 'public.b'], columns: ['a.id', 'public.a.c'] }
  const finding = await bench.run({ ...SQL, expect: expected })
  expect(finding).toMatchObject({
    outcome: 'fail',
    detail: 'table public.b is not there; column public.a.c is not there',
    migration: { moved: true }
  })
})

test('files before the baseline are not run', async () => {
  await bench.write({ 'm/1.sql': 'create table a ()', 'm/2.sql': 'create table b ()', 'm/3.sql': 'create table c ()' })
  expect(appliedBy(await bench.run({ migrate: { sql: 'm/*.sql', baseline: '2.sql' } }))).toEqual(['m/3.sql'])
})

test.each<[string, Record<string, string>, JsonObject, string]>([
  ['no files', {}, SQL, 'expected SQL files in m/, found none'],
  ['a file outside', {}, { migrate: { sql: '../x.sql' } }, 'expected a path inside the repository'],
  ['a transaction in a file', { 'm/1.sql': 'begin; select 1; commit' }, SQL, 'm/1.sql:1:1: BEGIN is not needed'],
  [
    'an unknown baseline',
    { 'm/1.sql': 'select 1' },
    { migrate: { sql: 'm/', baseline: '7.sql' } },
    'expected the baseline 7.sql'
  ]
])('%s is refused before anything starts', async (_, files, spec, message) => {
  await bench.write(files)
  expect(await bench.guard(spec)).toEqual(
    expect.arrayContaining([expect.objectContaining({ message: expect.stringContaining(message) })])
  )
})

test('a role that may create nothing, a prepared transaction and a long one are refused', async () => {
  await bench.write({ 'm/1.sql': 'select 1' })
  expect(await bench.guard(SQL)).toEqual([])
  await server.sql(url, "create role weak login password 'weak'; revoke create on schema public from public")
  const real = url
  const parsed = new URL(url)
  parsed.username = 'weak'
  parsed.password = 'weak'
  url = parsed.toString()
  expect(await bench.guard(SQL)).toMatchObject([{ reason: 'missing_right' }])
  url = real
})

test('only one migrates a database at a time, and the other hears who', async () => {
  await bench.write({ 'm/1.sql': 'create table a ()' })
  await withClient(url, { signal: never }, async holder => {
    await holder.query(
      "set application_name = 'deploy-checklist lock other'; select pg_advisory_lock(hashtextextended('deploy-checklist migration', 0))"
    )
    await expect(bench.run(SQL)).rejects.toMatchObject({
      reason: 'environment_held',
      message: expect.stringContaining('deploy-checklist lock other')
    })
  })
  expect(await tables()).toEqual([])
})
