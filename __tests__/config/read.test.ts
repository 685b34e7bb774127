import { expect, test } from '@jest/globals'
import { readYaml } from '../../src/config/read.js'

const problemsOf = (text: string): readonly string[] => {
  const read = readYaml('f', text)
  return 'problems' in read ? read.problems : []
}

test.each<[string, string, unknown]>([
  ['an empty file', '', null],
  ['only a comment', '# nothing', null],
  ['words that older YAML reads as yes and no', 'a: yes\nb: on\nc: 2026-12-27', { a: 'yes', b: 'on', c: '2026-12-27' }],
  ['a directive of older YAML', '%YAML 1.1\n---\na: yes', { a: 'yes' }],
  ['a merge key as any other', '<<: { a: 1 }', { '<<': { a: 1 } }],
  ['keys as text', '1: a\ntrue: b\n: c', { '1': 'a', true: 'b', '': 'c' }],
  ['windows line ends', 'a:\r\n  - b\r\n', { a: ['b'] }],
  ['values of nothing', 'a:\nb: [c, ]\n? d', { a: null, b: ['c'], d: null }],
  ['an alias', 'a: &x { b: 1 }\nc: [*x, *x]', { a: { b: 1 }, c: [{ b: 1 }, { b: 1 }] }],
  ['an anchor that is set again', 'a: &x 1\nb: &x 2\nc: *x', { a: 1, b: 2, c: 2 }],
  ['keys that JavaScript knows', 'constructor: 1\ntoString: 2', { constructor: 1, toString: 2 }]
])('%s is read as it stands', (_, text, expected) => {
  expect(readYaml('f', text)).toMatchObject({ value: expected, found: [] })
})

test('the last of a repeated key counts while the rest is looked at, and it is said', () => {
  expect(readYaml('f', 'a: 1\na: 2')).toMatchObject({ value: { a: 2 }, found: [{ at: { line: 2, col: 1 } }] })
})

test.each<[string, string, string]>([
  ['a file over 1 MiB', 'x'.repeat(2 ** 20 + 1), 'f:1:1 expected a checklist of at most 1 MiB, found 1048577 bytes'],
  ['a file over 1 MiB in bytes only', 'ä'.repeat(2 ** 19 + 1), 'f:1:1 expected a checklist of at most 1 MiB'],
  ['lists in lists', '['.repeat(100_000), 'f:1:52 expected at most 50 levels'],
  ['dashes in dashes', '- '.repeat(100_000), 'f:1:103 expected at most 50 levels'],
  ['keys in keys', '? '.repeat(100_000), 'f:1:103 expected at most 50 levels'],
  [
    'indentation',
    Array.from({ length: 60 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
    'f:52:52 expected at most 50 levels'
  ],
  [
    'an alias bomb',
    `a0: &a0 [x]\n${Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(9)}]\n`).join('')}`,
    'f:6:'
  ],
  ['too many values', `[${'a,'.repeat(50_001)}]`, 'f:1:100000 expected at most 50000 values'],
  ['a key that is a list', '[a]: b', 'f:1:1 expected YAML, found: With stringKeys, all keys must be strings'],
  ['an unknown tag', 'a: !!binary aGk=', 'f:1:4 expected YAML, found: Unresolved tag'],
  ['a text without an end', 'a: "b', 'f:1:6 expected YAML, found: Missing closing'],
  [
    'a name without quotes in a mapping',
    'a: { b: ${C} }\nd: [e\nf: g',
    'f:1:10 expected text in quotes, found a bare ${NAME}'
  ],
  ['a name without quotes in a list', 'a: [${C}]', 'f:1:6 expected text in quotes, found a bare ${NAME}'],
  ['another document', 'a: 1\n---\nb: 2', 'f:2:1 expected one YAML document']
])('%s is refused with its place', (_, text, expected) => {
  expect(problemsOf(text)[0]?.slice(0, expected.length)).toBe(expected)
})

test('after what cannot be read its echoes are left out, and what the text holds is not repeated', () => {
  const problems = problemsOf('a: { b: c } { d }\nsecret: "hunter2"\nmore: [x]\n')
  expect(problems).toEqual(['f:1:13 expected YAML, found: Unexpected flow-map-start at node end'])
  expect(problemsOf('a: "b" "hunter2"').join()).not.toContain('hunter2')
})
