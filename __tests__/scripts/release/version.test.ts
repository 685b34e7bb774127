import { expect, test } from '@jest/globals'
import { sectionOf, unwrapped } from '../../../scripts/release/changelog.mjs'
import { compareTags, parseTag } from '../../../scripts/release/version.mjs'

test('versions stand in the order of semantic versions, whatever order they came in', () => {
  const ordered = [
    'v0.9.0',
    'v1.0.0-alpha',
    'v1.0.0-alpha.1',
    'v1.0.0-alpha.beta',
    'v1.0.0-rc.2',
    'v1.0.0-rc.10',
    'v1.0.0',
    'v1.2.10',
    'v2.0.0'
  ]
  const shuffled = [...ordered].reverse().flatMap(tag => parseTag(tag) ?? [])
  expect(shuffled.sort(compareTags).map(({ tag }) => tag)).toEqual(ordered)
})

test.each(['v1', 'v1.2', '1.2.3', 'v01.2.3', 'v1.2.3-', 'v1.2.3+1', 'v1.2.3;id', 'V1.2.3', ''])(
  '%j is no exact version',
  tag => {
    expect(parseTag(tag)).toBeUndefined()
  }
)

test.each([
  ['## 1.2.3\n\n- One.\n### Part\n- Two.\n\n## 1.2.2\n- Old.', '- One.\n### Part\n- Two.'],
  ['## [v1.2.3] 2026-11-20\r\n- One.\r\n', '- One.'],
  ['## 1.2.3', ''],
  ['## 1.2.30\n- No.\n## 11.2.3\n- No.\n## 1x2.3\n- No.', undefined]
])('the notes are what stands under the heading: %j', (changelog, notes) => {
  expect(sectionOf(changelog, '1.2.3')).toBe(notes)
})

test.each([
  ['One\ntwo.\n\nThree', 'One two.\n\nThree'],
  ['- One\n  two\n- three\n  - four\n    five', '- One two\n- three\n  - four five'],
  ['### Head\ntext\nmore\n- item', '### Head\ntext more\n- item'],
  ['```sh\na\nb\n```\ntext\nmore', '```sh\na\nb\n```\ntext more'],
  ['| a |\n| - |\n| b |\n> said\n> so', '| a |\n| - |\n| b |\n> said\n> so'],
  ['', '']
])('a line that only the width of the file has ended goes on: %j', (notes, whole) => {
  expect(unwrapped(notes)).toBe(whole)
})
