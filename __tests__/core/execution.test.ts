import { expect, test } from '@jest/globals'
import { isSameKey, type Key } from '../../src/core/execution.js'

const KEY: Key = { repository: 'octo/shop', checklist: 'shop', environment: 'production' }

test.each<[string, Partial<Key>, boolean]>([
  ['in all three', {}, true],
  ['but for the repository', { repository: 'octo/other' }, false],
  ['but for the checklist', { checklist: 'other' }, false],
  ['but for the environment', { environment: 'staging' }, false]
])('keys that are equal %s', (_, other, expected) => {
  expect(isSameKey(KEY, { ...KEY, ...other })).toBe(expected)
})
