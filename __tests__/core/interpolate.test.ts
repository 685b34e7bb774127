import { expect, test } from '@jest/globals'
import { interpolate, interpolateAll, namesIn } from '../../src/core/interpolate.js'

const VALUES = { HOST: 'db', PORT: '5432', EMPTY: '', TRICK: '${HOST} $& $1' }

test.each([
  ['nothing', []],
  ['$HOST {HOST} $$', []],
  [
    '${HOST}:${PORT}',
    [
      ['HOST', true],
      ['PORT', true]
    ]
  ],
  [
    '${}${a-b}${ HOST }',
    [
      ['', false],
      ['a-b', false],
      [' HOST ', false]
    ]
  ],
  [
    '${_x9}${9x}',
    [
      ['_x9', true],
      ['9x', false]
    ]
  ],
  ['${HOST', []]
])('the names of %j', (text, expected) => {
  expect(namesIn(text).map(({ name, valid }) => [name, valid])).toEqual(expected)
})

test.each([
  ['${HOST}:${PORT}', { text: 'db:5432' }],
  ['no names', { text: 'no names' }],
  ['<${EMPTY}>', { text: '<>' }],
  ['${TRICK}', { text: '${HOST} $& $1' }],
  ['${A} ${HOST} ${B} ${A}', { missing: ['A', 'B'] }],
  ['${toString}', { missing: ['toString'] }],
  ['$HOST', { text: '$HOST' }]
])('%j with its names replaced, once', (text, expected) => {
  expect(interpolate(text, VALUES)).toEqual(expected)
})

test('every string of a value is filled in, but not its keys, nor what is excepted at the top', () => {
  const value = {
    run: 'echo ${HOST}',
    url: '${HOST}',
    deep: [{ run: '${PORT}', n: 1, b: true, z: null }],
    '${HOST}': 'x'
  }
  expect(interpolateAll(value, VALUES, ['run'])).toEqual({
    value: { run: 'echo ${HOST}', url: 'db', deep: [{ run: '5432', n: 1, b: true, z: null }], '${HOST}': 'x' }
  })
})

test.each([
  ['${HOST}', { value: 'db' }],
  [['${HOST}', 1], { value: ['db', 1] }],
  [null, { value: null }],
  [{ a: '${A}', b: ['${B}', '${A}'], c: '${HOST}' }, { missing: ['A', 'B'] }]
])('%j as a whole', (value, expected) => {
  expect(interpolateAll(value, VALUES)).toEqual(expected)
})
