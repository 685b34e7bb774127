import { expect, test } from '@jest/globals'
import {
  defaultVersionIn,
  describeLacking,
  lackingExtensions,
  type Offered,
  offeredByImage
} from '../../../src/database/postgres/extensions.js'

test.each<[string, string, string | undefined, boolean]>([
  ['the same version', '3.4.2', '3.4.2', false],
  ['a newer one takes a dump of an older one', '1.3', '1.6', false],
  ['numbers are no text', '1.9', '1.10', false],
  ['numbers are no text, the other way round', '1.10', '1.9', true],
  ['an older major one', '3.0', '2.5', true],
  ['an older minor one', '3.4.2', '3.1.9', true],
  ['only mended faults apart', '3.4.2', '3.4.0', false],
  ['one number alone', '2', '1', true],
  ['with words behind', '1.4-1', '1.4', false],
  ['a version that is no number cannot be older', 'next', '1.0', false],
  ['nor can a number be older than it', '1.0', 'unpackaged', false],
  ['a version that nobody knows', '1.0', undefined, false]
])('what a server offers of an extension: %s', (_, version, offered, lacks) => {
  const lacking = lackingExtensions([{ name: 'e', version }], new Map([['e', offered]]))
  expect(lacking).toEqual(lacks ? [{ name: 'e', version, found: offered }] : [])
})

test('what is not offered at all is lacking, and only what the database has is asked for', () => {
  const needed = [
    { name: 'citext', version: '1.6' },
    { name: 'postgis', version: '3.4.2' },
    { name: 'vector', version: '0.7.0' }
  ]
  const offered: Offered = new Map([
    ['citext', '1.6'],
    ['hstore', '1.8'],
    ['vector', '0.5.1']
  ])
  expect(describeLacking(lackingExtensions(needed, offered))).toBe(
    'postgis 3.4.2 (found none), vector 0.7.0 (found 0.5.1)'
  )
})

test.each<[string, string | undefined]>([
  ["comment = 'x'\ndefault_version = '1.6'\nrelocatable = true\n", '1.6'],
  ["default_version='1.0' # the first\n", '1.0'],
  ['  default_version 2.1\n', '2.1'],
  ["default_version = '1.0'\ndefault_version = '1.1'\n", '1.1'],
  ["default_version = 'it''s'\n", "it's"],
  ["# default_version = '1.6'\nmodule_pathname = '$libdir/x'\n", undefined],
  ['', undefined]
])('the default version in a control file: %j', (control, expected) => {
  expect(defaultVersionIn(control)).toBe(expected)
})

test.each<[string, number, boolean]>([
  ['citext', 11, true],
  ['uuid-ossp', 18, true],
  ['adminpack', 16, true],
  ['adminpack', 17, false],
  ['postgis', 15, false],
  ['plpython3u', 15, false],
  ['constructor', 15, false]
])('%s is in the official image of %i: %p', (name, major, expected) => {
  expect(offeredByImage(major)?.has(name)).toBe(expected)
})

test('nothing is claimed of an image that is newer than we are', () => {
  expect(offeredByImage(19)).toBeUndefined()
})
