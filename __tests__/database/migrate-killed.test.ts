import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
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
  await bench.write({
    'm/1.sql': 'create table a (id int)',
    'm/2.sql': 'insert into a values (1)',
    'm/3.sql': 'insert into a values (2)'
  })
})
afterEach(() => bench.remove())

const rows = async () =>
  Number((await server.sql(url, "select count(*) from pg_tables where tablename = 'a'")).rows[0]?.[0]) === 0
    ? undefined
    : (await server.sql(url, 'select id from a order by 1')).rows.flat()

/** Runs until the journal refuses the note of that number (from 0), as if the process had died just before it. */
async function dieBefore(number: number): Promise<readonly JsonObject[]> {
  const kept: JsonObject[] = []
  const note = async (data: JsonObject) => {
    if (kept.length === number) throw new Error('killed')
    kept.push(JSON.parse(JSON.stringify(data)))
  }
  await expect(bench.run(SQL, { note })).rejects.toThrow('killed')
  return kept
}

// begin, then trying and done of three files.
test.each([0, 1, 2, 3, 4, 5, 6])(
  'killed before note %i, a resumed run has applied each file exactly once',
  async number => {
    const notes = await dieBefore(number)
    const probe = await bench.probe(SQL, { notes })
    const all = number === 6
    expect(probe.took).toBe(all ? 'effect' : 'no-effect')
    const there = await rows()
    expect(probe.finding?.migration?.applied.length ?? 0).toBe(there === undefined ? 0 : there.length + 1)
    const finding = all ? probe.finding : await bench.run(SQL, { notes })
    expect(finding).toMatchObject({ outcome: 'pass', migration: { before: 'none', after: 'm/3.sql' } })
    expect(finding?.migration?.applied.map(({ file }) => file)).toEqual(['m/1.sql', 'm/2.sql', 'm/3.sql'])
    expect(await rows()).toEqual(['1', '2'])
  }
)

test('a session that outlived its process is ended before anybody says what became of its file', async () => {
  const notes = await dieBefore(3)
  await withClient(url, { signal: never }, async orphan => {
    await orphan.query("set application_name = 'deploy-checklist migrate execution-1'; begin; insert into a values (7)")
    const {
      rows: [[xid] = []]
    } = await orphan.query('select txid_current()::text')
    const trying = { ...notes.find(({ note }) => note === 'trying'), file: 'm/2.sql', xid: xid ?? '', pid: orphan.pid }
    expect(await bench.probe(SQL, { notes: [...notes.slice(0, 3), trying] })).toMatchObject({ took: 'no-effect' })
    await expect(orphan.query('commit')).rejects.toThrow()
  })
  expect(await rows()).toEqual([])
})

test('a commit that a restarted server may have given to somebody else is left to a person', async () => {
  const notes = await dieBefore(2)
  const older = notes.map(note =>
    note['note'] === 'trying' ? { ...note, serverStartedAt: '2020-01-01 00:00:00+00' } : note
  )
  expect(await bench.probe(SQL, { notes: older })).toMatchObject({
    took: 'unknown',
    detail: expect.stringContaining('restarted')
  })
})

test('a statement without a transaction that was cut off is left to a person, and goes on behind what went through', async () => {
  await bench.write({
    'm/4.sql': '-- deploy-checklist: no-transaction\ninsert into a values (3);\ninsert into a values (4);'
  })
  const notes = await dieBefore(10)
  expect(notes.at(-1)).toMatchObject({ note: 'statement', index: 1 })
  expect(await bench.probe(SQL, { notes })).toMatchObject({
    took: 'unknown',
    detail: 'statement 2 of m/4.sql, which has no transaction, was running'
  })
  expect(await rows()).toEqual(['1', '2', '3', '4'])
  expect(await bench.probe(SQL, { notes: notes.slice(0, 9) })).toMatchObject({ took: 'no-effect' })
})

describe('files of which somebody says that they took effect', () => {
  const LAST = '-- deploy-checklist: no-transaction\ninsert into a values (3);\ninsert into a values (4);'
  const inDoubt = async (more: Readonly<Record<string, string>> = {}) => {
    await bench.write({ 'm/4.sql': LAST, ...more })
    const notes = [...(await dieBefore(10))]
    const note = async (data: JsonObject) => void notes.push(JSON.parse(JSON.stringify(data)))
    return { notes, note }
  }

  test('are recorded, with the one that was in doubt, and judged by what is expected', async () => {
    const { notes, note } = await inDoubt()
    const finding = await bench.finish(SQL, { notes, note })
    expect(finding).toMatchObject({ outcome: 'pass', migration: { before: 'none', after: 'm/4.sql', moved: true } })
    expect(finding.migration?.applied.map(({ file }) => file)).toEqual(['m/1.sql', 'm/2.sql', 'm/3.sql', 'm/4.sql'])
    const expecting = { ...SQL, expect: { tables: ['b'] } }
    expect(await bench.finish(expecting, { notes, note })).toMatchObject({
      outcome: 'fail',
      detail: 'table b is not there'
    })
  })

  test('stay open while others were never begun; run again, these are applied, and the one in doubt is not', async () => {
    const { notes, note } = await inDoubt({ 'm/5.sql': 'insert into a values (5)' })
    expect(await bench.finish(SQL, { notes, note })).toMatchObject({
      outcome: 'unknown',
      detail: 'not applied yet: m/5.sql'
    })
    expect(await bench.run(SQL, { notes, note })).toMatchObject({ outcome: 'pass' })
    expect(await rows()).toEqual(['1', '2', '3', '4', '5'])
  })

  test('that were never begun stay open', async () => {
    expect(await bench.finish(SQL)).toMatchObject({ outcome: 'unknown', detail: expect.stringContaining('m/1.sql') })
  })
})

test('an index that was INVALID before is not held against a migration that died', async () => {
  await server.sql(url, 'create table t (id int); insert into t values (1), (1)')
  await server.sql(url, 'create unique index concurrently broken on t (id)').catch(() => {})
  const probe = await bench.probe(SQL, { notes: await dieBefore(6) })
  expect(probe).toMatchObject({ took: 'effect', finding: { outcome: 'pass' } })
})

test('nothing noted means nothing begun', async () => {
  expect(await bench.probe(SQL)).toMatchObject({ took: 'no-effect', detail: 'it had not begun' })
})

test('a cancel in the middle of a file leaves it out, and a later process can tell', async () => {
  await bench.write({ 'm/2.sql': 'insert into a values (1); select pg_sleep(30)' })
  const controller = new AbortController()
  const note = async (data: JsonObject) => {
    bench.notes.push(JSON.parse(JSON.stringify(data)))
    if (data['file'] === 'm/2.sql') setTimeout(() => controller.abort(), 100)
  }
  const finding = await bench.run(SQL, { note, signal: controller.signal })
  expect(finding).toMatchObject({ outcome: 'unknown', reason: 'unknown_effect' })
  const notes = [...bench.notes]
  expect(notes.at(-1)).toMatchObject({ note: 'trying', file: 'm/2.sql' })
  expect(await bench.probe(SQL, { notes })).toMatchObject({
    took: 'no-effect',
    finding: { migration: { applied: [{ file: 'm/1.sql' }] } }
  })
  expect(await rows()).toEqual([])
})
