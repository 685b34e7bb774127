import { expect, test } from '@jest/globals'
import { fillSql, literal } from '../../src/checks/sql-text.js'

const values = { A: 'plain', Q: "it's", D: 'a"b', B: 'back\\slash', N: '5', EVIL: "x'; drop table users; --" }

test.each([
  ['select 1', 'select 1'],
  ['select ${A}', "select 'plain'"],
  ['select ${Q}', "select 'it''s'"],
  ["select '${Q}'", "select 'it''s'"],
  ["select 'v${A}-${N}'", "select 'vplain-5'"],
  ['select ${B}', "select  E'back\\\\slash'"],
  ['select * from "${D}"', 'select * from "a""b"'],
  ['select ${EVIL}', "select 'x''; drop table users; --'"],
  ["select '${EVIL}'", "select 'x''; drop table users; --'"],
  ["select 'it''s ${A}'", "select 'it''s plain'"],
  ["select ${N}::int -- of '${A}", "select '5'::int -- of '${A}"],
  ["select /* '${A} */ ${A}", "select /* '${A} */ 'plain'"],
  ['select $$ a $$, ${A}', "select $$ a $$, 'plain'"],
  ["select $1, E'a\\'b', ${A}", "select $1, E'a\\'b', 'plain'"],
  ['limit ${N}', "limit '5'"]
])('%s', (sql, filled) => {
  expect(fillSql(sql, values)).toEqual({ sql: filled })
})

test.each(["select '${B}'", "select E'${A}'", 'select $$ ${A} $$', 'select $tag$ ${A} $tag$'])('%s is refused', sql => {
  expect(fillSql(sql, values)).toEqual({ problem: expect.stringContaining('write it without any') })
})

test('a name without a value is named once', () => {
  expect(fillSql('select ${X}, ${X}, ${A}', values)).toEqual({ problem: 'no value for X' })
})

test('a literal keeps what is special', () => {
  expect([literal('a'), literal("o'b"), literal('\\')]).toEqual(["'a'", "'o''b'", " E'\\\\'"])
})
