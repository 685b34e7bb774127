import { readFile } from 'node:fs/promises'
import { beforeAll, expect, test } from '@jest/globals'
import { compareFingerprints } from '../../../src/database/compare.js'
import { parseAddress } from '../../../src/database/postgres/address.js'
import { withClient } from '../../../src/database/postgres/client.js'
import { takeFingerprint, withSnapshot } from '../../../src/database/postgres/fingerprint.js'
import { readSource } from '../../../src/database/postgres/source.js'
import { never, usePostgres } from '../../fakes/postgres-server.js'

const server = usePostgres('embedded', { max_worker_processes: '4' })
let nasty = ''

beforeAll(async () => {
  nasty = await server.create()
  await server.sql(nasty, await readFile('__tests__/fixtures/database/nasty.sql', 'utf8'))
})

const take = (url: string) => takeFingerprint({ database: parseAddress(url), signal: never })

test('every relation that holds rows is there once, whatever it is called; views, parents and extensions are not', async () => {
  const { relations, populated, sequences } = await take(nasty)
  expect(Object.fromEntries(Object.entries(relations).map(([name, { rows }]) => [name, rows]))).toEqual({
    'app.users': 3000,
    'app.trap': 100,
    'app.heap': 41,
    '"Größe ""x"""."Ünïcode\nline; DROP TABLE x --"': 2,
    'app.nothing': 1,
    'app.empty': 0,
    'app.unlogged': 10,
    'app.events_2025': 365,
    'app.events_2026': 205,
    'app.events_rest': 30,
    'app.parent': 2,
    'app.child': 1,
    'app.notes': 50,
    'large objects': 5
  })
  expect(populated).toEqual({ 'app.stale': true, 'app.unfilled': false })
  expect(sequences).toEqual({
    'app.down': { next: '-3', step: '-1' },
    'app.events_id_seq': { next: '601', step: '1' },
    'app.untouched': { next: '1', step: '1' },
    'app.users_id_seq': { next: '3001', step: '1' }
  })
})

const table = 'CREATE EXTENSION IF NOT EXISTS citext; CREATE TABLE t AS SELECT * FROM (VALUES'

test.each([
  [
    'another column than the one called as the alias',
    `${table} (1, 'a'), (2, 'b')) v(r, other)`,
    `UPDATE t SET other = 'x' WHERE r = 1`
  ],
  ['a second duplicate pair', `${table} (1), (1)) v(a)`, 'INSERT INTO t VALUES (1), (1)'],
  ['a pair of equal rows that became another pair', `${table} (1), (1)) v(a)`, 'UPDATE t SET a = 2'],
  ['the case of a citext', `${table} ('a'::citext)) v(a)`, `UPDATE t SET a = 'A'`],
  ['the scale of a number', `${table} (1.0)) v(a)`, 'UPDATE t SET a = 1.00'],
  ['the sign of zero', `${table} ('0'::float8)) v(a)`, `UPDATE t SET a = '-0'`],
  ['the last bit of a float', `${table} ('0.1'::float8)) v(a)`, `UPDATE t SET a = '0.10000000000000002'`],
  ['an empty text instead of NULL', `${table} (NULL::text)) v(a)`, `UPDATE t SET a = ''`],
  ['a number instead of NULL', `${table} (NULL::int, 1)) v(a, b)`, 'UPDATE t SET a = 0'],
  ['a NULL that changed columns', `${table} (NULL::int, 0)) v(a, b)`, 'UPDATE t SET a = 0, b = NULL'],
  ['values that changed rows', `${table} (1, 'a', 1.5), (2, 'b', 2.5)) v(a, b, c)`, 'UPDATE t SET a = 3 - a'],
  ['numbers whose halves were exchanged', `${table} (4294967298::int8)) v(a)`, 'UPDATE t SET a = 8589934593'],
  ['numbers with the same halves, folded', `${table} (0::int8)) v(a)`, 'UPDATE t SET a = 4294967297'],
  ['the sign of a number of two halves', `${table} (5::int8)) v(a)`, 'UPDATE t SET a = ~(5::int8)'],
  ['a boolean', `${table} (true, false)) v(a, b)`, 'UPDATE t SET a = b, b = a'],
  [
    'a digit of an identifier',
    `${table} (uuid '00000000-0000-0000-0000-000000000001')) v(a)`,
    `UPDATE t SET a = '00000000-0000-0000-0000-000000000002'`
  ],
  ['a short number beside a text', `${table} (1::int2, 'x'::varchar(9))) v(a, b)`, 'UPDATE t SET a = 2'],
  ['blanks at the end of a text of free length', `${table} ('a'::bpchar)) v(a)`, `UPDATE t SET a = 'a  '`],
  ['blanks at the end of a text', `${table} ('a'::varchar(9))) v(a)`, `UPDATE t SET a = 'a  '`],
  ['letters of a padded text', `${table} ('ab'::char(9))) v(a)`, `UPDATE t SET a = 'ba'`],
  [
    'a text in a collation where it equals another',
    `CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
     CREATE TABLE t (a text COLLATE loose); INSERT INTO t VALUES ('a')`,
    `UPDATE t SET a = 'A'`
  ],
  [
    'a label of an enum',
    `CREATE TYPE mood AS ENUM ('ok', 'sad'); CREATE TABLE t AS SELECT 1 AS i, 'ok'::mood AS a`,
    `UPDATE t SET a = 'sad'`
  ],
  [
    'the scale of a number in a domain',
    `CREATE DOMAIN price AS numeric; CREATE TABLE t AS SELECT 1 AS i, 1.0::price AS a`,
    'UPDATE t SET a = 1.00'
  ],
  ['values that changed columns', `${table} ('a', 'b')) v(a, b)`, 'UPDATE t SET a = b, b = a'],
  [
    'a time of another second',
    `${table} (timestamptz '2026-01-01')) v(a)`,
    `UPDATE t SET a = a + interval '1 microsecond'`
  ],
  ['a byte of a large object', 'SELECT lo_from_bytea(4711, $$abc$$)', 'SELECT lo_put(4711, 1, $$x$$)'],
  [
    'the number of a large object',
    'SELECT lo_from_bytea(4711, $$abc$$)',
    'SELECT lo_unlink(4711), lo_from_bytea(4712, $$abc$$)'
  ]
])('it sees %s', async (_, before, change) => {
  const url = await server.create()
  await server.sql(url, before)
  const first = await take(url)
  expect(compareFingerprints(first, await take(url))).toEqual([])
  await server.sql(url, change)
  expect(compareFingerprints(first, await take(url))).toHaveLength(1)
})

test('settings of role and database change nothing in it, and end nothing', async () => {
  const url = await server.create()
  await server.sql(
    url,
    `CREATE TABLE t AS SELECT now() AS at, 1.5::float8 AS f, '1 day'::interval AS i, 'x'::bytea AS b, '3'::money AS m`
  )
  const first = await take(url)
  const name = parseAddress(url).database
  for (const setting of [
    "timezone = 'Asia/Tokyo'",
    "datestyle = 'German'",
    'extra_float_digits = 0',
    "bytea_output = 'escape'",
    "intervalstyle = 'iso_8601'",
    "search_path = 'nowhere'",
    'statement_timeout = 1000',
    'idle_in_transaction_session_timeout = 1000',
    'default_transaction_read_only = on'
  ]) {
    await server.sql(server.url(), `ALTER DATABASE ${name} SET ${setting}`)
  }
  expect(await take(url)).toEqual(first)
  const limits = `SELECT current_setting('statement_timeout'), current_setting('idle_in_transaction_session_timeout')`
  const { rows } = await withSnapshot(parseAddress(url), { signal: never }, (_, { query }) => query(limits))
  expect(rows).toEqual([['0', '0']])
})

test('a snapshot keeps the moment for those that join it, while others write', async () => {
  const url = await server.create()
  await server.sql(url, 'CREATE TABLE t AS SELECT 1 AS a')
  const seen = await withSnapshot(parseAddress(url), { signal: never }, async snapshot => {
    await server.sql(url, 'INSERT INTO t VALUES (2); CREATE TABLE later ()')
    return takeFingerprint({ database: parseAddress(url), snapshot, signal: never })
  })
  expect(Object.entries(seen.relations).map(([name, { rows }]) => [name, rows])).toEqual([['public.t', 1]])
})

test('two connections give what one gives, and tell how far they are', async () => {
  const url = await server.create()
  await server.sql(
    url,
    `CREATE TABLE a AS SELECT i, repeat('x', 300) AS t FROM generate_series(1, 30000) i;
     CREATE TABLE b AS SELECT i FROM generate_series(1, 1000) i; ANALYZE`
  )
  const seen: number[] = []
  const both = await takeFingerprint({ database: parseAddress(url), signal: never, onRows: done => seen.push(done) })
  const alone = await takeFingerprint({ database: parseAddress(url), signal: never, beforehand: async () => {} })
  expect(both).toEqual(alone)
  expect(seen.at(-1)).toBe(31000)
})

test('a relation that cannot be read fails it, and says which', async () => {
  const url = await server.create()
  await server.sql(
    url,
    `CREATE ROLE blind LOGIN PASSWORD 'blind'; CREATE TABLE hidden (); CREATE TABLE seen (); GRANT SELECT ON seen TO blind`
  )
  await expect(take(url.replace(/\/\/[^@]+@/, '//blind:blind@'))).rejects.toThrow(/hidden/)
})

test('a source says what a scratch database must have: roles that own or may, extensions, encoding', async () => {
  const source = await withClient(nasty, { signal: never }, readSource)
  expect(source).toMatchObject({
    major: 15,
    encoding: 'UTF8',
    seesEveryRow: true,
    extensions: [{ name: 'citext', version: '1.6' }]
  })
  expect(source.roles).toEqual(['App Owner', 'postgres', 'reader'])
  expect(source.systemIdentifier).toMatch(/^\d{15,}$/)
})
