import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { withClient } from '../../src/database/postgres/client.js'
import { type Bench, itemWith, migrationBench } from '../fakes/migration.js'
import { never, usePostgres } from '../fakes/postgres-server.js'

const server = usePostgres('embedded')
const SQL = { migrate: { sql: 'm/' } }

let url: string
let bench: Bench
beforeEach(async () => {
  url = await server.create()
  bench = await migrationBench(() => url, { undo: async () => 0 })
})
afterEach(() => bench.remove())

const tables = async () =>
  (await server.sql(url, "select tablename from pg_tables where schemaname = 'public' order by 1")).rows.flat()
const TWO = {
  'm/1.sql': 'create table a (id int)',
  'm/1.down.sql': 'drop table a',
  'm/2.sql': 'alter table a add b int; create table c ()',
  'm/2.down.sql': 'drop table c; alter table a drop b'
}

test('down files take back what was applied, newest first, until the catalogue is the one from before', async () => {
  await bench.write(TWO)
  const done = await bench.run(SQL)
  expect(await bench.assess(SQL, done)).toEqual({ lossless: true, losses: [] })
  const finding = await bench.undo(SQL, done)
  expect(finding).toMatchObject({
    outcome: 'pass',
    migration: { before: 'm/2.sql', after: 'none', applied: [{ file: 'm/2.sql' }, { file: 'm/1.sql' }] }
  })
  expect(await tables()).toEqual([])
})

test('a row in an added table is a loss, also one that came after the migration', async () => {
  await bench.write(TWO)
  const done = await bench.run(SQL)
  await server.sql(url, 'insert into a values (1)')
  expect(await bench.assess(SQL, done)).toEqual({ lossless: false, losses: ['table public.a holds 1 rows'] })
})

describe('an undo is refused', () => {
  test('when somebody migrated since', async () => {
    await bench.write(TWO)
    const done = await bench.run(SQL)
    await server.sql(url, 'create table stranger ()')
    expect(await bench.undo(SQL, done)).toMatchObject({
      outcome: 'fail',
      detail: expect.stringContaining('somebody migrated since')
    })
    expect(await tables()).toEqual(['a', 'c', 'stranger'])
  })

  test('when a down file is missing, before the first one runs', async () => {
    const { 'm/1.down.sql': _, ...others } = TWO
    await bench.write(others)
    const done = await bench.run(SQL)
    expect(await bench.undo(SQL, done)).toMatchObject({
      outcome: 'fail',
      detail: 'm/1.sql has no down file, and the item has no undo'
    })
    expect(await tables()).toEqual(['a', 'c'])
  })

  test('when a down file is another one than at the time', async () => {
    await bench.write(TWO)
    const done = await bench.run(SQL)
    await bench.write({ 'm/2.down.sql': 'drop table c' })
    expect(await bench.undo(SQL, done)).toMatchObject({
      outcome: 'fail',
      detail: expect.stringContaining('m/2.down.sql is not the one')
    })
  })
})

test('an undo that takes back too little fails, and says what is left', async () => {
  await bench.write({ ...TWO, 'm/1.down.sql': 'select 1' })
  const done = await bench.run(SQL)
  const finding = await bench.undo(SQL, done)
  expect(finding).toMatchObject({ outcome: 'fail', migration: { applied: [{ file: 'm/2.sql' }, { file: 'm/1.sql' }] } })
  expect(finding.detail).toContain('table public.a was added')
})

test('an undo that fails halfway says what it took back', async () => {
  await bench.write({ ...TWO, 'm/1.down.sql': 'select oops' })
  const done = await bench.run(SQL)
  const finding = await bench.undo(SQL, done)
  expect(finding).toMatchObject({
    outcome: 'fail',
    detail: expect.stringContaining('m/1.down.sql:1:8'),
    migration: { applied: [{ file: 'm/2.sql' }] }
  })
})

test('an undo that died goes on where it was', async () => {
  await bench.write(TWO)
  const done = await bench.run(SQL)
  bench.notes.length = 0
  const dies = async (note: object) => {
    if ('note' in note && note.note === 'trying' && bench.notes.some(({ note }) => note === 'done'))
      throw new Error('killed')
    bench.notes.push(JSON.parse(JSON.stringify(note)))
  }
  await bench.undo(SQL, done, { note: dies }).catch(error => expect(error).toMatchObject({ message: 'killed' }))
  expect(await tables()).toEqual(['a'])
  const notes = [...bench.notes]
  expect(await bench.probe(SQL, { deed: 'undo', notes })).toMatchObject({ took: 'effect' })
  expect(await bench.undo(SQL, done, { notes })).toMatchObject({
    outcome: 'pass',
    migration: { applied: [{ file: 'm/2.sql' }, { file: 'm/1.sql' }] }
  })
  expect(await tables()).toEqual([])
})

test('the item may say itself how files are undone', async () => {
  await bench.write({ 'm/1.sql': 'create table a ()' })
  const done = await bench.run(SQL)
  const by = await migrationBench(() => url, {
    'drop it': async ({ env }) => {
      expect(env).toMatchObject({ SCHEMA_BEFORE: 'none', SCHEMA_AFTER: 'm/1.sql' })
      await server.sql(url, 'drop table a')
      return 0
    }
  })
  expect(
    await by.undo(SQL, done, { item: itemWith({ undo: 'drop it' }), execution: { ...executionOf(bench) } })
  ).toMatchObject({ outcome: 'pass', migration: { applied: [{ file: 'm/1.sql' }] } })
  await by.remove()
})

const executionOf = ({ folder }: Bench) =>
  ({
    id: 'execution-1',
    environment: 'test',
    folder,
    commit: 'c',
    previousCommit: '',
    receipts: [],
    migrations: [],
    applied: {},
    databases: { main: { url: '${DATABASE_URL}', engine: 'postgres', atLeast: 'identical' } },
    signOffs: [],
    acceptedLoss: []
  }) as const

test('the lock of an undo is waited for in short turns as well', async () => {
  await bench.write(TWO)
  const done = await bench.run(SQL)
  await withClient(url, { signal: never }, async blocker => {
    await blocker.query('begin; lock table c in access share mode')
    const finding = await bench.undo({ ...SQL, 'lock-timeout': '10ms' }, done)
    expect(finding).toMatchObject({ outcome: 'fail', detail: expect.stringContaining('55P03') })
  })
  expect(await tables()).toEqual(['a', 'c'])
})
