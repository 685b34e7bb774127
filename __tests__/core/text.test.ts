import { expect, test } from '@jest/globals'
import {
  clip,
  elapsed,
  oneLine,
  outputLine,
  padded,
  shortCommit,
  took,
  unpainted,
  widthOf,
  wrapped
} from '../../src/core/text.js'

const ESC = '\u001b'

test.each([
  ['several lines', 'a\nb\r\n\tc  d', 'a b c d'],
  ['colours', `${ESC}[31mred${ESC}[0m`, 'red'],
  ['a window title', `${ESC}]0;evil\u0007kept`, 'kept'],
  ['a link', `${ESC}]8;;http://x${ESC}\\kept${ESC}]8;;${ESC}\\`, 'kept'],
  ['text that is read the other way around', 'a\u202eb', 'a b'],
  ['a command for the runner', '##[error]no', '# #[error]no'],
  ['a zero byte', 'a\u0000b', 'a b']
])('one line of %s', (_, text, expected) => {
  expect(oneLine(text)).toBe(expected)
})

test.each([
  ['blanks at its beginning', '   at x.js:1  ', '   at x.js:1'],
  ['a bar that redraws itself', '10 %\r50 %\r99 %\r', '99 %'],
  ['nothing but blanks', ' \r ', ''],
  ['a command for the runner', '##[error]no', '# #[error]no'],
  ['movement of the cursor', `${ESC}[2Aup`, 'up'],
  ['tabs', '\ta\tb', '  a  b']
])('a line of output with %s', (_, text, expected) => {
  expect(outputLine(text)).toBe(expected)
})

test.each([
  ['abc', 3],
  ['日本', 4],
  ['e\u0301', 1],
  ['🚀', 2]
])('%s takes %d columns', (text, width) => {
  expect(widthOf(text)).toBe(width)
})

test.each([
  ['abcdef', 6, 'abcdef'],
  ['abcdef', 4, 'abc…'],
  ['ab cdef', 4, 'ab…'],
  ['日本語', 4, '日…'],
  ['abc', 0, '']
])('%s in %d columns', (text, columns, expected) => {
  expect(clip(text, columns)).toBe(expected)
})

test('filling counts columns, not characters', () => {
  expect(padded('日', 4)).toBe('日  ')
  expect(padded('long', 2)).toBe('long')
})

test('words are kept whole, and a word that is too long stands alone', () => {
  expect(wrapped('aa bb cc', 5)).toEqual(['aa bb', 'cc'])
  expect(wrapped('a unbreakable b', 4)).toEqual(['a', 'unbreakable', 'b'])
})

test('only commits are shortened', () => {
  expect(shortCommit('a'.repeat(40))).toBe('aaaaaaa')
  expect(shortCommit('v1.2.3')).toBe('v1.2.3')
})

test('short times are told in milliseconds', () => {
  expect([took(3), took(200)]).toEqual(['3 ms', '0.2 s'])
})

test('a text without paint is itself', () => {
  expect(unpainted('red', 'x')).toBe('x')
})

test.each([
  ['2026-03-02T10:00:00Z', '2026-03-02T10:02:00.000Z', '2 min'],
  ['2026-03-02T10:00:00Z', '2026-03-02T10:00:00Z', '0.0 s'],
  ['2026-03-02T10:00:01Z', '2026-03-02T10:00:00Z', ''],
  ['', '2026-03-02T10:00:00Z', ''],
  ['2026-03-02T10:00:00Z', '', '']
])('from %j to %j it is %j', (at, now, expected) => {
  expect(elapsed(at, now)).toBe(expected)
})
