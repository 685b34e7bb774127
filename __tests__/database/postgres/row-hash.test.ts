import { expect, test } from '@jest/globals'
import { type Column, rowHash } from '../../../src/database/postgres/row-hash.js'

const column = (name: string, type: string | undefined, hasLength = false): Column => ({ name, type, hasLength })

test('plain columns are hashed as they are, each seeded with the others, behind a bit for each NULL', () => {
  expect(rowHash([column('id', 'int4'), column('of "x"', 'text')])).toBe(
    `hashtextextended(coalesce(r."of ""x""" COLLATE "C", ''), hashint4extended(coalesce(r."id", 0), ` +
      `(CASE WHEN r."id" IS NULL THEN 1 ELSE 0 END::int8 + CASE WHEN r."of ""x""" IS NULL THEN 2 ELSE 0 END::int8)))`
  )
})

test('what has no plain type is the text of a row beneath them', () => {
  const hash = rowHash([column('at', 'timestamptz'), column('id', 'int4'), column('price', undefined)])
  expect(hash).toContain('hashtextextended(ROW(r."at", r."price")::text COLLATE "C", (CASE')
})

test.each([
  'numeric',
  'float4',
  'float8',
  'timestamp',
  'timestamptz',
  'jsonb',
  'oid',
  'regclass',
  'name',
  'constructor',
  undefined
])('a row of %s alone is its text', type => {
  expect(rowHash([column('a', type)])).toBe('hashtextextended((r.*)::text COLLATE "C", 0)')
})

test('a padded text is plain only where its length is known', () => {
  expect(rowHash([column('a', 'bpchar', true)])).toContain('hashbpcharextended')
  expect(rowHash([column('a', 'bpchar')])).not.toContain('hashbpcharextended')
})

test('more columns than a number has bits are hashed as text', () => {
  const many = Array.from({ length: 70 }, (_, index) => column(`c${index}`, 'int4'))
  const hash = rowHash(many)
  expect(hash).toContain('ROW(r."c62", r."c63"')
  expect(hash).toContain(`THEN ${2n ** 61n} ELSE`)
})

test('a table without columns has a hash', () => {
  expect(rowHash([])).toBe('hashtextextended((r.*)::text COLLATE "C", 0)')
})
