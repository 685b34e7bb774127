import { expect, test } from '@jest/globals'
import {
  holds,
  holdsVersion,
  parseAmount,
  parseComparison,
  parseCondition,
  type Scalar
} from '../../src/core/condition.js'

const check = (written: string, found: Scalar): boolean | string => {
  const parsed = parseCondition(written)
  return 'problem' in parsed ? parsed.problem : holds(parsed.condition, found)
}

test.each<[string, Scalar, boolean]>([
  ['> 2GB', 2_000_000_001, true],
  ['> 2GB', 2_000_000_000, false],
  ['>= 2GiB', 2 ** 31, true],
  ['>2GB', '3 GB', true],
  ['> 2GB', '3s', false],
  ['>= 120000', '150018', true],
  ['>= 120000', '90600', false],
  ['>= 120000', 'many', false],
  ['> 0', null, false],
  ['< 1', null, false],
  ['> 0', true, false],
  ['< 200ms', 199.9, true],
  ['< 200ms', 200, false],
  ['< 0.5s', 499, true],
  ['> 10%', 10.5, true],
  ['< 1.5', '1.49', true],
  ['> -1', '0', true],
  ['> 9223372036854775806', '9223372036854775807', true],
  ['> 9223372036854775807', '9223372036854775807', false],
  ['<= 3', 3, true],
  ['>= 1.10.0', '1.9.0', false],
  ['>= 1.9.0', '1.10.0', true],
  ['>= 1.9.0', 'v2', true],
  ['> 1.9.0', 'two', false],
  ['> 1.9.0', '3s', false],
  ['> 1.9.0', 2, false],
  ['> 5', '1.2.3', false],
  ['> 5s', '1.2.3', false],
  ['ok', 'ok', true],
  ['ok', 'okay', false],
  ['ok', null, false],
  ['== ok', 'ok', true],
  ['== ', '', true],
  ['!= ok', 'no', true],
  ['!= ok', 'ok', false],
  ['!= ok', null, true],
  ['true', true, true],
  ['5', 5, true],
  ['5.0', 5, true],
  ['007', '7', false],
  ['', 0, false],
  ['/^a+$/', 'aaa', true],
  ['/^A+$/i', 'aaa', true],
  ['/^A+$/', 'aaa', false],
  ['/null/', null, false],
  ['/\\-x/', '-x', true],
  ['/login', '/login', true],
  ['/a/b', '/a/b', true],
  ['== /a/', '/a/', true],
  ['/^\\p{Lu}/', 'Über', true]
])('%s held against %j is %s', (written, found, expected) => {
  expect(check(written, found)).toBe(expected)
})

test.each([
  ['> abc', 'expected a number'],
  ['>', 'expected a number'],
  ['> 5 apples', 'expected a number'],
  ['=> 5', '>= == !='],
  ['= 5', '>= == !='],
  ['=< 5', '>= == !='],
  ['/(/', 'expected a regular expression']
])('%s is no condition, and the message does not repeat it', (written, words) => {
  const parsed = parseCondition(written)
  expect(parsed).toEqual({ problem: expect.stringContaining(words) })
  expect(JSON.stringify(parsed)).not.toContain('abc')
})

test('an amount may be of the units that make sense where it stands', () => {
  expect(parseCondition('> 2GB', ['duration'])).toEqual({
    problem: 'expected a duration such as 200ms or 30s after >'
  })
  expect(parseComparison('200ms', ['duration'])).toEqual({
    problem: 'expected one of < <= > >= and a duration such as 200ms or 30s'
  })
  expect(parseComparison('< 200ms', ['duration'])).toHaveProperty('condition')
  expect(parseComparison('< 2', ['duration'])).toHaveProperty('problem')
})

test.each([
  ['12', 12, 'count'],
  ['-1.5', -1.5, 'count'],
  ['2GB', 2e9, 'size'],
  ['512 MiB', 512 * 2 ** 20, 'size'],
  ['1.5h', 5_400_000, 'duration'],
  ['10 %', 10, 'percent']
] as const)('%s is an amount', (text, value, unit) => {
  expect(parseAmount(text)).toEqual({ value, unit, text })
})

test.each(['1e6', '', 'ten', '5 apples', '-2GB', '1.2.x'])('%j is no amount', text => {
  expect(parseAmount(text)).toBeUndefined()
})

test.each([
  ['>= 12', '15.18 (Debian 15.18-1)', true],
  ['>= 16', '15.18', false],
  ['>= 15.9', '15.18', true],
  ['> 15.18', '15.18', false],
  ['15', '15.18', true],
  ['1', '15.18', false],
  ['!= 15', '15.18', false],
  ['>= 17', '17beta1', true],
  ['>= 15.0.0', '15', true],
  ['>= 15', '15.0.1', true],
  ['>= 2.0.0', '2.0.0-rc1', false],
  ['< 2.0.0', '2.0.0-rc1', true],
  ['>= 12', 'unknown', false],
  ['/^15\\./', '15.18', true]
])('%s held against version %s is %s', (written, found, expected) => {
  const parsed = parseCondition(written)
  expect('condition' in parsed && holdsVersion(parsed.condition, found)).toBe(expected)
})

test('whoever searches with a pattern can be given', () => {
  const parsed = parseCondition('/x/')
  expect('condition' in parsed && holds(parsed.condition, 'y', () => true)).toBe(true)
})
