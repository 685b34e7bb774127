import { expect, test } from '@jest/globals'
import { canonical, plain } from '../../src/core/json.js'

test.each([
  [{ b: 1, a: [true, null, 'x"'] }, '{"a":[true,null,"x\\""],"b":1}'],
  [{ B: {}, a: [], '': 0 }, '{"":0,"B":{},"a":[]}'],
  ['text', '"text"'],
  [[{ ä: 'ß' }, -0.5], '[{"ä":"ß"},-0.5]']
])('one text for %j', (value, text) => {
  expect(canonical(value)).toBe(text)
  expect(JSON.parse(canonical(value))).toEqual(value)
})

const odd = {
  undefined: undefined,
  list: [undefined, 1, Number.NaN, Number.POSITIVE_INFINITY],
  inner: { gone: undefined, kept: null, text: 'a' },
  ['__proto__']: { polluted: true },
  'a b': false
}

test('a plain copy is what JSON would give back, whatever the members are called', () => {
  const copy = plain(odd)
  expect(copy).toEqual(JSON.parse(JSON.stringify(odd)))
  expect(Object.keys(copy)).toEqual(['list', 'inner', '__proto__', 'a b'])
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

test('what is plain as it stands is not copied, and what is not shares the rest', () => {
  const inner = { a: [1, { b: null }], c: 'x' }
  expect(plain(inner)).toBe(inner)
  expect(plain([inner, undefined])[0]).toBe(inner)
  const copy = plain({ inner, gone: undefined })
  expect(copy.inner).toBe(inner)
  expect('gone' in copy).toBe(false)
})

test('each text may be changed on the way, knowing its key, but for those of a list', () => {
  const marked = plain({ a: 'x', b: ['y'], c: { d: 'z' } }, (text, key) => `${key}:${text}`)
  expect(marked).toEqual({ a: 'a:x', b: [':y'], c: { d: 'd:z' } })
})
