import { expect, test } from '@jest/globals'
import { sqlKind } from '../../src/checks/sql.js'
import { tablesKind } from '../../src/checks/tables.js'
import type { JsonObject } from '../../src/core/json.js'
import { openSql } from '../../src/database/postgres/sql.js'
import { never, usePostgres } from '../fakes/postgres-server.js'
import { runOf } from './context.js'

const server = usePostgres('embedded')
const port = { sql: openSql() }
const [sql, tables] = [sqlKind(port), tablesKind(port)]

const where = () => ({
  databases: { main: { url: '${URL}', engine: 'postgres', atLeast: 'identical' } } as const,
  names: { URL: server.url(), EVIL: "x'; drop table checks_users; --", TABLE: 'checks_users', BACK: 'a\\' }
})
const check = (spec: JsonObject) =>
  spec['tables'] === undefined ? runOf(sql, spec, where()) : runOf(tables, spec, where())
const make = (text: string) =>
  port.sql.query({ url: server.url(), sql: text, readOnly: false, timeoutMs: 5_000, signal: never })

test('tables, columns, policies, version and values as the server has them', async () => {
  await make('create table checks_users (id int, name text, gone int)')
  await make('alter table checks_users drop column gone')
  await make('create view checks_view as select 1 as one')
  await make('create table "Checks Odd" ("a""b" int)')
  await make('create schema checks_app')
  await make('create table checks_app.jobs (id int) partition by list (id)')
  await make('alter table checks_users enable row level security')
  await make('alter table checks_users force row level security')
  await make('create policy one on checks_users for select using (true)')
  await make('create policy two on checks_users for insert with check (true)')

  const holding: readonly JsonObject[] = [
    { tables: ['checks_users', 'checks_app.jobs', '"Checks Odd"'] },
    { tables: { checks_users: ['id', 'name'], '"Checks Odd"': ['a"b'], nowhere: 'absent' } },
    { sql: 'rls', expect: { checks_users: 2, 'checks_app.jobs': 'off' } },
    { sql: 'rls', expect: { checks_users: { forced: true, policies: '>= 1', commands: ['select', 'insert'] } } },
    { sql: 'version', value: '>= 12' },
    { sql: 'show server_version_num', value: '>= 120000' },
    { sql: 'select ${EVIL}', value: "x'; drop table checks_users; --" },
    { sql: "select '${EVIL}' || ${BACK}", value: "x'; drop table checks_users; --a\\" },
    { sql: 'select count(*) from "${TABLE}" -- ${', value: 0 },
    { sql: 'select true', value: true },
    { sql: 'select null', value: null },
    { sql: 'select 1 as a, 2 as b union select 3, 4', rows: 2, columns: ['a', 'b'] },
    { sql: 'create temp table scratch ()', rows: 0, write: true }
  ]
  for (const spec of holding)
    expect([spec, await check(spec)]).toEqual([spec, expect.objectContaining({ outcome: 'pass' })])

  const failing: readonly [JsonObject, string][] = [
    [{ tables: ['checks_view', 'nowhere'] }, 'found a view; expected table nowhere'],
    [{ tables: { checks_users: ['gone'] } }, 'to have gone'],
    [{ sql: 'rls', expect: { checks_users: { commands: ['delete'] }, nowhere: 1 } }, 'policy for delete'],
    [{ sql: 'version', value: '>= 99' }, 'found 15'],
    [{ sql: 'select oops', value: 1 }, '42703'],
    [{ sql: 'create table written ()', rows: 0 }, '25006']
  ]
  for (const [spec, words] of failing) expect((await check(spec)).detail).toContain(words)
})
