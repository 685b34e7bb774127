import { expect, test } from '@jest/globals'
import { problemAt } from '../../src/checks/json-expectation.js'
import { parseJsonPath, valuesAt } from '../../src/checks/json-path.js'
import type { Json } from '../../src/core/json.js'

const document: Json = {
  status: 'ok',
  version: '1.10.0',
  count: 3,
  ratio: 0.5,
  live: true,
  error: null,
  'odd key': { 'a.b': 1 },
  hyphened: { 'x-y': 2 },
  empty: [],
  items: [
    { id: 1, name: 'a', tags: ['x'] },
    { id: 2, name: 'b', tags: [] },
    { id: 3, name: 'c' }
  ]
}

test.each<[string, readonly Json[]]>([
  ['$', [document]],
  ['$.status', ['ok']],
  ['$.items[0].name', ['a']],
  ['$.items[-1].id', [3]],
  ['$.items[7]', []],
  ['$.items[*].id', [1, 2, 3]],
  ['$.items[*].tags[*]', ['x']],
  ['$.items.*.id', [1, 2, 3]],
  ["$['odd key']['a.b']", [1]],
  ['$["odd key"]["a.b"]', [1]],
  ['$.hyphened.x-y', [2]],
  ['$.error', [null]],
  ['$.nothing.below', []],
  ['$.status.length', []],
  ['$.constructor', []]
])('%s leads to its values', (path, expected) => {
  const parsed = parseJsonPath(path)
  expect(parsed && valuesAt(parsed, document)).toEqual(expected)
})

test.each(['', 'status', '$status', '$.', '$..id', '$.a[', '$.a[?(@.b)]', '$.a[x]', '$ .a'])('%j is no path', path => {
  expect(parseJsonPath(path)).toBeUndefined()
})

const problem = (path: string, wanted: Json) =>
  problemAt(path, wanted as Parameters<typeof problemAt>[1], document, found => found)

test.each<[string, Json]>([
  ['$.status', 'ok'],
  ['$.status', '/^o/'],
  ['$.status', 'exists'],
  ['$.error', 'exists'],
  ['$.error', null],
  ['$.gone', 'absent'],
  ['$.count', 3],
  ['$.count', '3'],
  ['$.count', '>= 3'],
  ['$.live', true],
  ['$.live', 'true'],
  ['$.version', '>= 1.9.0'],
  ['$.items', { count: 3 }],
  ['$.items', { count: '>= 1', type: 'list' }],
  ['$.items[*].id', { count: 3 }],
  ['$.items[*].gone', { count: 0 }],
  ['$.items[*].id', '>= 1'],
  ['$.items[*].id', [1, 2, 3]],
  ['$.items[0].tags', ['x']],
  ['$.items[*].id', { contains: 2 }],
  ['$.items[0].tags', { contains: 'x' }],
  ['$.version', { contains: '10' }],
  ['$.items[0]', { equals: { name: 'a', id: 1, tags: ['x'] } }],
  ['$.count', { type: 'integer', is: '> 2' }],
  ['$.ratio', { type: 'number' }],
  ['$.error', { type: 'null' }],
  ['$.empty', []],
  ['$.empty', { count: 0 }],
  ['$["odd key"]', { count: 1, type: 'object' }]
])('%s is %j', (path, wanted) => {
  expect(problem(path, wanted)).toBeUndefined()
})

test.each<[string, Json, string]>([
  ['$.status', 'down', 'expected down at $.status, found "ok"'],
  ['$.count', '> 3', 'expected > 3 at $.count, found 3'],
  ['$.version', 1, 'expected 1 at $.version, found "1.10.0"'],
  ['$.live', false, 'expected false at $.live, found true'],
  ['$.gone', 'exists', 'expected exists at $.gone, found nothing'],
  ['$.gone', null, 'expected null at $.gone, found nothing'],
  ['$.gone', { type: 'text' }, 'expected {"type":"text"} at $.gone, found nothing'],
  ['$.status', 'absent', 'expected nothing at $.status, found "ok"'],
  ['$.error', 'ok', 'expected ok at $.error, found null'],
  ['$.items[*].id', '> 1', 'expected > 1 at $.items[*].id, found [1,2,3]'],
  ['$.items[*].name', '/^[ab]$/', 'expected /^[ab]$/ at $.items[*].name, found ["a","b","c"]'],
  ['$.items', { count: 2 }, 'expected {"count":2} at $.items, found [{"id":1'],
  ['$.status', { count: 1 }, 'expected {"count":1} at $.status, found "ok"'],
  ['$.ratio', { type: 'integer' }, 'expected {"type":"integer"} at $.ratio, found 0.5'],
  ['$.items[0].tags', ['x', 'y'], 'expected ["x","y"] at $.items[0].tags, found ["x"]'],
  ['$.items[*].gone', { count: 0, is: 'x' }, 'expected {"count":0,"is":"x"} at $.items[*].gone, found []'],
  ['$.items[*].id', { contains: '2' }, 'expected {"contains":"2"} at $.items[*].id, found [1,2,3]'],
  ['$.items', 'text', 'expected text at $.items, found [{"id":1']
])('%s is not %j', (path, wanted, words) => {
  expect(problem(path, wanted)).toContain(words)
})
