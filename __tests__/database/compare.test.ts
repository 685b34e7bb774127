import { expect, test } from '@jest/globals'
import { compareFingerprints, compareSequences, type Fingerprint, rowsOf } from '../../src/database/compare.js'
import { compareSchemas, normalizeSchema } from '../../src/database/postgres/schema-text.js'

const print = (relations: Fingerprint['relations'], populated: Fingerprint['populated'] = {}): Fingerprint => ({
  relations,
  populated,
  sequences: {}
})
const users = { rows: 3, fingerprint: '77' }

test.each([
  ['nothing', print({ users }), print({ users }), []],
  ['two empty databases', print({}), print({}), []],
  [
    'a row less',
    print({ users }),
    print({ users: { rows: 2, fingerprint: '5' } }),
    ['users: 3 rows in the source, 2 in the copy']
  ],
  [
    'other content',
    print({ users }),
    print({ users: { rows: 3, fingerprint: '5' } }),
    ['users: same number of rows (3), other content']
  ],
  ['a missing relation', print({ users }), print({}), ['users: missing in the copy']],
  ['one too many', print({}), print({ users }), ['users: only in the copy']],
  ['an unfilled view', print({}, { v: true }), print({}, { v: false }), ['v: filled in the source only']]
])('what differs between two fingerprints: %s', (_, source, copy, expected) => {
  expect(compareFingerprints(source, copy)).toEqual(expected)
})

const at = (next: number, step = 1) => ({ s: { next: String(next), step: String(step) } })

test.each([
  ['stands still', at(5), at(5), at(5), true],
  ['has gone on during the dump', at(5), at(9), at(7), true],
  ['was behind before', at(5), at(9), at(4), false],
  ['is ahead of the source', at(5), at(9), at(10), false],
  ['counts down', at(-5, -1), at(-9, -1), at(-7, -1), true],
  ['counts down and is behind', at(-5, -1), at(-9, -1), at(-4, -1), false],
  ['has begun anew during the dump', at(99), at(2), at(100), true],
  [
    'is beyond what a number holds',
    { s: { next: '9223372036854775807', step: '1' } },
    { s: { next: '9223372036854775808', step: '1' } },
    { s: { next: '9223372036854775806', step: '1' } },
    false
  ],
  ['is missing', at(5), at(5), {}, false]
])('a sequence that %s', (_, before, after, copy, holds) => {
  expect(compareSequences(before, after, copy).length === 0).toBe(holds)
})

test('rows are summed over relations', () => {
  expect(rowsOf(print({ users, 'large objects': { rows: 2, fingerprint: '1' } }))).toBe(5)
})

const dump = (token: string, body: string) => `--
-- PostgreSQL database dump
--

\\restrict ${token}

-- Dumped from database version 15.18
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
${body}

\\unrestrict ${token}
`

test('two dumps of one schema are one text, whatever token and comments stand around them', () => {
  const body = 'CREATE TABLE app.users (\n    id integer\n);'
  expect(normalizeSchema(dump('abc', body))).toBe(body)
  expect(compareSchemas(normalizeSchema(dump('abc', body)), normalizeSchema(dump('xyz', body)))).toEqual([])
})

test('what one schema lacks is named by its first line', () => {
  const table = 'CREATE TABLE app.users (\n    id integer\n);'
  const index = 'CREATE INDEX i ON app.users USING btree (id);'
  expect(compareSchemas(`${table}\n${index}`, table)).toEqual([`the copy lacks: ${index}`])
  expect(compareSchemas(table, `${table}\n${index}`)).toEqual([`only in the copy: ${index}`])
})
