import { expect, test } from '@jest/globals'
import { z } from 'zod'
import { nameOf, slugOf } from '../../src/config/item-id.js'
import { keysAt } from '../../src/config/keys.js'
import { collectProblems, formatPath, formatProblems, locateIn } from '../../src/config/problems.js'
import { isMoment, isZone, parseDays, parseHours } from '../../src/config/window.js'
import { complaintsOf, describe, looksSecret } from '../../src/config/wording.js'
import { didYouMean, nearest, stepsBetween } from '../../src/core/nearest.js'

test.each([
  ['', '', 0],
  ['kitten', 'sitting', 3],
  ['abc', '', 3],
  ['', 'abc', 3],
  ['htpp', 'http', 1],
  ['same', 'same', 0]
])('from %j to %j it is %d steps', (from, to, steps) => {
  expect(stepsBetween(from, to)).toBe(steps)
})

test.each([
  ['htpp', ['run', 'http'], 'http'],
  ['HTTP', ['http'], 'http'],
  ['x', ['y', 'run'], 'y'],
  ['load', ['run', 'http'], undefined],
  ['stage', [], undefined],
  ['x'.repeat(61), ['x'.repeat(60)], undefined]
])('the word that %s was meant to be', (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected)
  expect(didYouMean(word, candidates)).toBe(expected === undefined ? '' : ` (did you mean ${expected}?)`)
})

test.each([
  [[], ''],
  [['stages', 'smoke-test', 0, 'json', '$.sha'], 'stages.smoke-test[0].json["$.sha"]'],
  [['a b', Symbol.for('x')], 'a b["Symbol(x)"]']
])('a path is written as %s', (path, expected) => {
  expect(formatPath(path)).toBe(expected)
})

test('what is not there is placed at its nearest parent', () => {
  const root = { offset: 0, inner: new Map([['a', { offset: 5, keyOffset: 3, inner: new Map([[0, { offset: 7 }]]) }]]) }
  const locate = locateIn(root, '', offset => ({ line: 1, col: offset }))
  const cols = [
    locate([]),
    locate(['a']),
    locate(['a'], 'key'),
    locate(['a', 0], 'key'),
    locate(['a', 'b', 'c']),
    locate(['b'])
  ].map(({ col }) => col)
  expect(cols).toEqual([0, 5, 3, 7, 5, 0])
})

test('a place inside a value is looked for in its source, and is its beginning where it is not there', () => {
  const root = { offset: 0, inner: new Map([['a', { offset: 3, end: 10, keyOffset: 0 }]]) }
  const locate = locateIn(root, 'a: one two three', offset => ({ line: 1, col: offset }))
  expect(locate(['a'], source => source.indexOf('two'))).toEqual({ line: 1, col: 7 })
  expect(locate(['a'], source => source.indexOf('three'))).toEqual({ line: 1, col: 3 })
  expect(locate([], () => 7)).toEqual({ line: 1, col: 0 })
})

test('problems come in the order of the file, each once, and a flood ends with its number', () => {
  const problems = collectProblems('f', path => ({ line: path.length, col: 1 }), [
    { at: { line: 9, col: 9 }, text: 'z' }
  ])
  problems.add(['a', 'b'], 'second')
  problems.add(['a'], 'first')
  problems.add(['a'], 'first')
  expect(problems.lines()).toEqual(['f:1:1 a: first', 'f:2:1 a.b: second', 'f:9:9 z'])
  const flood = Array.from({ length: 130 }, (_, line) => ({ at: { line, col: 1 }, text: 'x' }))
  const lines = formatProblems('f', flood)
  expect(lines).toHaveLength(100)
  expect(lines.at(-1)).toBe('f:99:1 x (and 30 more problems after it)')
})

test('a problem is one line of text, whatever stands in a key', () => {
  const at = { line: 1, col: 1 }
  expect(formatProblems('f', [{ at, text: 'a\n::error::\u001b[2Jb\u2028c' }])).toEqual([
    'f:1:1 a\\u000a::error::\\u001b[2Jb\\u2028c'
  ])
  expect(formatProblems('f', [{ at, text: 'x'.repeat(700) }])[0]).toHaveLength(606)
})

test.each([
  ['GET https://example.com/health', 'get-https-example-com-health'],
  ['データベースの準備', 'データベースの準備'],
  ['../', ''],
  [`${'a'.repeat(59)}  b`, 'a'.repeat(59)]
])('the slug of %s', (name, expected) => {
  expect(slugOf(name)).toBe(expected)
})

test.each([
  ['\n set -e\nmake', 'set -e'],
  ['x'.repeat(90), `${'x'.repeat(79)}…`],
  ['', '']
])('the name that %j gives', (subject, expected) => {
  expect(nameOf(subject)).toBe(expected)
})

test.each([
  ['mon', [1]],
  ['mon-thu', [1, 2, 3, 4]],
  ['fri - mon', [5, 6, 7, 1]],
  ['SUN', [7]],
  ['mon-', undefined],
  ['mon-tue-wed', undefined],
  ['', undefined]
])('the days of %j', (written, expected) => {
  expect(parseDays(written)).toEqual(expected)
})

test.each([
  ['09:00-16:00', { from: 540, to: 960 }],
  ['9:00 - 24:00', { from: 540, to: 1440 }],
  ['22:00-02:00', { from: 1320, to: 120 }],
  ['09:00-09:00', undefined],
  ['09:60-10:00', undefined],
  ['09:00-24:01', undefined],
  ['24:00-09:00', undefined],
  ['9-17', undefined]
])('the hours of %j', (written, expected) => {
  expect(parseHours(written)).toEqual(expected)
})

test.each([
  ['2026-12-27', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-12-27T08:00:00Z', true],
  ['2026-12-27T08:00+01:00', true],
  ['2026-12-27T25:00Z', false],
  ['2026-12-27T08:00', false],
  ['soon', false]
])('whether %s is a moment', (written, expected) => {
  expect(isMoment(written)).toBe(expected)
})

test('time zones are those that the runtime knows', () => {
  expect(['UTC', 'Europe/Berlin', 'Europe/Bonn', ''].map(isZone)).toEqual([true, true, false, false])
})

test.each([
  [undefined, 'nothing'],
  [null, 'nothing'],
  [[], 'an empty list'],
  [[1], 'a list'],
  [{}, 'a mapping'],
  [3, 'the number 3'],
  [false, 'the boolean false'],
  ['', 'empty text'],
  ['soon', '"soon"'],
  ['x'.repeat(61), 'other text'],
  ['a\nb', 'other text'],
  ['postgres://a:b@c', 'other text']
])('%j is described as %s', (value, expected) => {
  expect(describe(value)).toBe(expected)
})

test.each([
  ['postgres://app:${PASSWORD}@db/app', false],
  ['https://example.com:8080/a@b', false],
  ['/var/lib/a/very/long/path/of/something', false],
  ['sha256:0123456789abcdef0123456789abcdef', false],
  ['https://example.com/Path/To/Resource1/2024-Builds/SomethingLong', false],
  ['TheProductionClusterOfTheShopNumber2', false],
  ['q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ', true],
  ['sk_live_1234567890', true],
  ['redis://:secret@cache', true]
])('whether %s looks like a secret', (text, expected) => {
  expect(looksSecret(text)).toBe(expected)
})

const mapping = z.strictObject({ a: z.strictObject({ deep: z.string() }).optional() })
const form = z.union([mapping, z.array(z.strictObject({ b: z.number() })), z.record(z.string(), mapping)])

test('the keys that a shape knows, at any depth and in all its forms', () => {
  expect(keysAt(form)).toEqual(['a'])
  expect(keysAt(form, ['a'])).toEqual(['deep', 'a'])
  expect(keysAt(form, [0])).toEqual(['b'])
  expect(keysAt(form, ['a', 'deep', 'x'])).toEqual([])
  expect(keysAt({ safeParse: () => ({ success: true, data: 1 }) })).toEqual([])
})

const said = (shape: z.ZodType, raw: unknown) =>
  (shape.safeParse(raw).error?.issues ?? []).flatMap(issue =>
    complaintsOf(issue, raw, () => ['known']).map(({ path, problem }) => `${formatPath(path)}: ${problem}`)
  )

test.each<[string, z.ZodType, unknown, string[]]>([
  ['a wrong type', z.string(), 3, [': expected text, found the number 3']],
  ['a type that has no noun', z.map(z.string(), z.string()), 3, [': expected map, found the number 3']],
  ['a missing value', z.strictObject({ a: z.int() }), {}, ['a: expected a number, found nothing']],
  ['a fraction', z.int(), 1.5, [': expected a whole number, found the number 1.5']],
  ['too little', z.number().min(3), 1, [': expected number to be >=3, found the number 1']],
  ['a wrong form', z.string().regex(/^x$/), 'y', [': expected another form: must match pattern /^x$/, found "y"']],
  ['words of the shape', z.string('expected a name'), 1, [': expected a name, found the number 1']],
  ['words that say what was found', z.string('expected a, found b'), 1, [': expected a, found b']],
  ['one word only', z.literal('a'), 'b', [': expected a, found "b" (did you mean a?)']],
  ['one of several', z.enum(['aa', 'bb']), 7, [': expected one of aa, bb, found the number 7']],
  [
    'an unknown key',
    z.strictObject({}),
    { knwon: 1 },
    ['knwon: expected a known key, found knwon (did you mean known?)']
  ],
  [
    'the form that was meant',
    z.union([z.string(), z.strictObject({ a: z.string() })]),
    { a: 1 },
    ['a: expected text, found the number 1']
  ],
  ['no form at all', z.union([z.string(), z.array(z.string())]), 1, [': expected another form, found the number 1']],
  [
    "a form's own words before the union's",
    z.union([z.string().refine(() => false, 'expected better'), z.number()], 'expected all'),
    'a',
    [': expected better, found "a"']
  ],
  [
    "the union's words before the package's",
    z.union([z.string().regex(/^x$/), z.string().regex(/^y$/)], 'expected x or y'),
    'a',
    [': expected x or y, found "a"']
  ],
  [
    'a key of the wrong form',
    z.record(z.string().regex(/^x$/, 'expected x'), z.string()),
    { y: '' },
    ['y: expected x, found "y"']
  ],
  ['an entry of a list', z.array(z.string()), ['a', 1], ['1: expected text, found the number 1']]
])('%s in words', (_, shape, raw, expected) => {
  expect(said(shape, raw)).toEqual(expected)
})

test('an issue that says nothing more is told by its message', () => {
  const bare = { code: 'invalid_key', message: 'Invalid key', path: ['a'] }
  expect(complaintsOf(bare, {}, () => [])[0]?.problem).toBe('expected another form, found "a"')
  expect(
    complaintsOf({ code: 'invalid_union', message: 'Invalid', path: [], ...{ errors: [3] } }, 1, () => [])
  ).toHaveLength(1)
  expect(complaintsOf({ message: 'bad', path: ['a', 'b'] }, ['x'], () => [])[0]?.problem).toBe('bad, found nothing')
})
