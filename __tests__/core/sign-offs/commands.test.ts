import { expect, test } from '@jest/globals'
import { commandsIn, LONGEST_WORDS, MOST_COMMANDS } from '../../../src/core/sign-offs/commands.js'

test.each([
  ['/done preflight/told', { do: 'done', target: 'preflight/told', words: '' }],
  ['/done preflight/told  by phone, at ten ', { do: 'done', target: 'preflight/told', words: 'by phone, at ten' }],
  ['  /DONE `preflight/told` yes', { do: 'done', target: 'preflight/told', words: 'yes' }],
  ['/na preflight/told nobody to tell', { do: 'na', target: 'preflight/told', words: 'nobody to tell' }],
  ['/sign product-owner', { do: 'sign', target: 'product-owner', words: '' }],
  ['/sign @org/devops all seen', { do: 'sign', target: '@org/devops', words: 'all seen' }],
  ['/done told ::set-output name=x::y', { do: 'done', target: 'told', words: ': :set-output name=x::y' }],
  ['/done told ##[add-mask]x', { do: 'done', target: 'told', words: '# #[add-mask]x' }],
  ['/done told a\u202eb\u0000c', { do: 'done', target: 'told', words: 'a b c' }]
])('%j is a command', (text, expected) => {
  expect(commandsIn(text)).toEqual([expected])
})

test.each([
  ['/done', 'expected /done ID, found no word behind it'],
  ['/sign', 'expected /sign ROLE, found no word behind it'],
  ['/na preflight/told', 'expected /na preflight/told with the reason why it does not apply, found none'],
  ['/doen preflight/told', 'expected /done, /na or /sign, found /doen (did you mean /done?)'],
  ['/signn owner', 'expected /done, /na or /sign, found /signn (did you mean /sign?)']
])('%j is meant as one, and told what was expected', (text, problem) => {
  expect(commandsIn(text)).toEqual([{ problem }])
})

test.each([
  ['words'],
  ['I am /done told'],
  ['/deploy production'],
  ['/assign me'],
  ['/ok'],
  ['> /done told'],
  ['   > /done told'],
  ['    /done told'],
  ['\t/done told'],
  ['```\n/done told\n```'],
  ['```sh\n/done told'],
  ['~~~~\n/done told\n~~~\n/done told\n~~~~'],
  ['````\n```\n/done told\n````'],
  ['<!-- /done told -->'],
  ['<!--\n/done told\n-->'],
  ['<!-- never closed\n/done told']
])('%j says nothing to us', text => {
  expect(commandsIn(text)).toEqual([])
})

test('each line is one, whatever its ends, and what stands behind a code block counts again', () => {
  const text = 'Called them.\r\n/done a\r\n```\r\n/done b\r\n```\r\n/na c no need\r/sign owner'
  expect(commandsIn(text)).toMatchObject([
    { do: 'done', target: 'a' },
    { do: 'na', target: 'c', words: 'no need' },
    { do: 'sign', target: 'owner' }
  ])
})

test('words are cut, and so is a comment without an end', () => {
  expect(commandsIn(`/done a ${'x'.repeat(10_000)}`)).toEqual([
    { do: 'done', target: 'a', words: `${'x'.repeat(LONGEST_WORDS)}…` }
  ])
  const many = commandsIn('/done a\n'.repeat(5_000))
  expect([many.length, many.at(-1)]).toEqual([
    MOST_COMMANDS + 1,
    { problem: expect.stringContaining('expected at most 20 commands in one comment, found 5000') }
  ])
})
