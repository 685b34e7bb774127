import { expect, test } from '@jest/globals'
import { parseSecretLines } from '../../src/app/secret-lines.js'

test.each([
  ['nothing', '', {}],
  ['a bare value', 'A=one', { A: 'one' }],
  ['several, with gaps and words of explanation', '\n# first\nA=1\n\n  # second\n  B = 2  \n', { A: '1', B: '2' }],
  ['an empty value', 'A=', { A: '' }],
  ['signs of a URL', 'URL=postgres://u:p=%20#x@h/d?a=b&c=<<d', { URL: 'postgres://u:p=%20#x@h/d?a=b&c=<<d' }],
  ['quotes inside', `A=it's "so"`, { A: `it's "so"` }],
  ['single quotes, as they stand', `A=' a\\n# '`, { A: ' a\\n# ' }],
  ['double quotes, as JSON', 'A="one\\ntwo \\"x\\" \\u00e9"', { A: 'one\ntwo "x" é' }],
  [
    'a heredoc',
    'KEY<<END\n-----BEGIN-----\n a=b\n\n# no comment\n-----END-----\nEND\nB=2',
    {
      KEY: '-----BEGIN-----\n a=b\n\n# no comment\n-----END-----',
      B: '2'
    }
  ],
  ["a heredoc's end that is indented", 'A<<x\none\n  x', { A: 'one' }],
  ['an empty heredoc', 'A<<x\nx', { A: '' }],
  [
    "Windows' line ends, and a mark of the byte order",
    '\uFEFFA=1\r\nB<<x\r\none\r\ntwo\r\nx\r\n',
    {
      A: '1',
      B: 'one\ntwo'
    }
  ]
])('reads %s', (_, text, names) => {
  expect(parseSecretLines(text)).toMatchObject({ names, problems: [] })
})

const SECRET = 'hunter2-of-the-test'

test.each([
  ['a line without a sign', `A=1\n${SECRET}`, ['line 2: expected NAME=value or NAME<<END']],
  ['a name that is none', `${SECRET}-x=1`, ['line 1: expected NAME=value or NAME<<END']],
  ['an export', `export A=${SECRET}`, ['line 1: expected NAME=value or NAME<<END']],
  ['a name twice', `A=${SECRET}\nA=${SECRET}`, ['line 2: A comes twice']],
  ['an open quote', `A="${SECRET}\nB=1`, [expect.stringMatching(/^line 1: the value of A begins with a quote/)]],
  ['something behind a quote', `A='x'${SECRET}`, [expect.stringMatching(/^line 1: the value of A begins/)]],
  ['JSON that is no text', `A="x", "${SECRET}"`, [expect.stringMatching(/^line 1: the value of A begins/)]],
  [
    'a heredoc without a word',
    `A<<\n${SECRET}`,
    ['line 1: A<< names no word that ends it', 'line 2: expected NAME=value or NAME<<END']
  ],
  ['a heredoc without an end', `A<<END\n${SECRET}\nB=1`, ['line 1: A<< is not ended by its word on a line of its own']],
  [
    'a variable of the runner',
    `GITHUB_TOKEN=${SECRET}`,
    [expect.stringMatching(/^line 1: GITHUB_TOKEN is not to be set/)]
  ],
  ['the search path', `PATH=${SECRET}`, [expect.stringMatching(/^line 1: PATH is not to be set/)]],
  ['what Node loads', `NODE_OPTIONS=${SECRET}`, [expect.stringMatching(/^line 1: NODE_OPTIONS is not to be set/)]],
  ['a zero byte', `A="${SECRET}\\u0000"`, ['line 1: the value of A holds a zero byte']],
  [
    'several at once',
    `x\n=1\nA=${SECRET}`,
    ['line 1: expected NAME=value or NAME<<END', 'line 2: expected NAME=value or NAME<<END']
  ]
])('refuses %s, and never shows a value', (_, text, problems) => {
  const found = parseSecretLines(text)
  expect(found.problems).toEqual(problems)
  expect(JSON.stringify(found.problems)).not.toContain(SECRET)
  // Wherever it stood, it is among what is masked, by itself or in its line.
  expect(found.values.some(value => value.includes(SECRET))).toBe(true)
})

test('every value is masked, each once, and never an empty one', () => {
  expect(parseSecretLines('A=1\nB=\nC=1\nD="  "\nE<<x\none\ntwo\nx').values).toEqual(['1', 'one\ntwo'])
})

test('of a key that stands there bare, no part is shown as if it were a name', () => {
  const { problems } = parseSecretLines("KEY=-----BEGIN-----\nQwErTy='\nQwErTy==\nQwErTy==")
  expect(problems).toHaveLength(2)
  expect(problems.join()).not.toContain('QwErTy')
})

test('no name of an object is mistaken for one that is there', () => {
  expect(parseSecretLines('constructor=x\n__proto__=y')).toMatchObject({ problems: [] })
  expect(Object.entries(parseSecretLines('__proto__=y').names)).toEqual([['__proto__', 'y']])
})
