import { expect, test } from '@jest/globals'
import { harmless, maskIn } from '../../../src/core/redact/workflow-commands.js'

test.each([
  ['::error::boom', ': :error::boom'],
  ['  \t::set-env name=PATH::/tmp', '  \t: :set-env name=PATH::/tmp'],
  ['\u00a0\u3000\u0085::warning::x', '\u00a0\u3000\u0085: :warning::x'],
  ['::::', ': :::'],
  ['::stop-commands::token', ': :stop-commands::token'],
  ['##[error]boom', '# #[error]boom'],
  ['text before ##[add-matcher]x ##[group]y', 'text before # #[add-matcher]x # #[group]y'],
  ['####[error]', '### #[error]'],
  ['std::vector::push_back', 'std::vector::push_back'],
  ['error ::', 'error ::'],
  [': not one', ': not one'],
  ['# [title](x)', '# [title](x)'],
  ['', '']
])('%j reads %j', (line, expected) => {
  expect(harmless(line)).toBe(expected)
  expect(harmless(expected)).toBe(expected)
})

test('the runner finds no command in what is harmless', () => {
  for (const blank of [
    '',
    ' ',
    '\t',
    '\v',
    '\f',
    '\u0085',
    '\u00a0',
    '\u1680',
    '\u2028',
    '\u202f',
    '\u3000',
    '\ufeff'
  ]) {
    for (const command of ['::error::x', '##[error]x', '::add-mask ::x', '#####[x]']) {
      expect(isCommand(harmless(blank + command))).toBe(false)
      expect(isCommand(harmless(`${blank + command}${command}`))).toBe(false)
    }
  }
})

// actions/runner, src/Runner.Common/ActionCommand.cs; .NET's Trim also knows U+0085.
function isCommand(line: string): boolean {
  const trimmed = line.replace(/^[\s\u0085]+/, '')
  const open = line.indexOf('##[')
  return (trimmed.startsWith('::') && trimmed.indexOf('::', 2) >= 0) || (open >= 0 && line.indexOf(']', open) >= 0)
}

test.each([
  ['::add-mask::value', 'value', true],
  ['  ::ADD-MASK::value with blanks ', 'value with blanks', true],
  ['::add-mask x=y::value', 'value', true],
  ['::add-mask::a%0Ab%0D%25%250A', 'a\nb\r%%0A', true],
  ['::add-mask::a::b', 'a::b', true],
  ['::add-mask::', '', true],
  ['##[add-mask]value', 'value', true],
  ['said ##[add-mask x=y;]a%5Db%3B', 'a]b;', true],
  ['+ echo ::add-mask::value', 'value', false],
  ["+ echo '::add-mask::two words'", "two words'", false]
])('%j masks %j', (line, value, isCommand) => {
  expect(maskIn(line)).toEqual({ value, isCommand })
})

test.each(['', 'add-mask', '::add-masks::x', '::add-mask', '::error::x', '##[add-mask'])('%j masks nothing', line => {
  expect(maskIn(line)).toBeUndefined()
})
