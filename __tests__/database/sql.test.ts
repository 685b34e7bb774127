import { expect, test } from '@jest/globals'
import { parseAddress } from '../../src/database/postgres/address.js'
import { openSql } from '../../src/database/postgres/sql.js'
import { never, usePostgres } from '../fakes/postgres-server.js'

const server = usePostgres('embedded')
const sql = openSql()

const ask = (text: string, more: { readOnly?: boolean; timeoutMs?: number; signal?: AbortSignal } = {}) =>
  sql.query({ url: server.url(), sql: text, readOnly: true, timeoutMs: 5_000, signal: never, ...more })

test('values come as the text of the server, and NULL as null', async () => {
  expect(await ask("select 1 as a, null as b, true as c, '2026-01-02'::date as d;")).toEqual({
    columns: ['a', 'b', 'c', 'd'],
    rows: [['1', null, 't', '2026-01-02']]
  })
})

test.each([
  ['create table sql_test ()', { reason: 'statement_failed', message: expect.stringContaining('SQLSTATE 25006') }],
  ['select 1; select 2', { status: 'REFUSED', reason: 'usage', message: 'expected one SQL statement, found 2' }],
  ['commit; create table sql_test ()', { status: 'REFUSED' }],
  ['-- nothing', { status: 'REFUSED', message: 'expected one SQL statement, found none' }],
  ['select\n  oops', { message: 'column "oops" does not exist (SQLSTATE 42703) at 2:3: oops' }]
])('%j is refused or fails, and nothing is written', async (text, expected) => {
  await expect(ask(text)).rejects.toMatchObject(expected)
  expect((await ask("select to_regclass('sql_test')")).rows).toEqual([[null]])
})

test('a statement may write when it says so', async () => {
  await ask('create table sql_writes ()', { readOnly: false })
  expect((await ask("select to_regclass('sql_writes')")).rows).toEqual([['sql_writes']])
})

test('the server ends what takes too long', async () => {
  await expect(ask('select pg_sleep(20)', { timeoutMs: 300 })).rejects.toMatchObject({
    reason: 'statement_failed',
    message: 'it took longer than 0.3 s (SQLSTATE 57014)'
  })
})

test('an abort ends it, on the server too', async () => {
  const controller = new AbortController()
  const waiting = ask('select pg_sleep(21)', { timeoutMs: 30_000, signal: controller.signal })
  setTimeout(() => controller.abort(), 200)
  await expect(waiting).rejects.toMatchObject({ status: 'CANCELLED' })
  // The server obeys a cancel in its own time; by itself that statement would end long after.
  const active = `select count(*) from pg_stat_activity where query = 'select pg_sleep(21)' and state = 'active'`
  const limit = Date.now() + 10_000
  let running = await ask(active)
  while (running.rows[0]?.[0] !== '0' && Date.now() < limit) running = await ask(active)
  expect(running.rows).toEqual([['0']])
})

test('no error shows the password', async () => {
  const { password } = parseAddress(server.url())
  const nowhere = { url: server.url('nowhere'), sql: 'select 1', readOnly: true, timeoutMs: 1_000, signal: never }
  for (const fail of [() => ask('select oops'), () => sql.query(nowhere)]) {
    const error: unknown = await fail().catch(error => error)
    expect(error).toMatchObject({ name: 'ChecklistError' })
    expect(`${error instanceof Error && error.stack}`).not.toContain(password)
  }
})
