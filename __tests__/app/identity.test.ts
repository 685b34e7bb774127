import { expect, test } from '@jest/globals'
import { isOwnerAndName } from '../../src/app/identity.js'

test.each([
  ['octo/shop', true],
  ['octo-org/shop.js', true],
  ['shop', false],
  ['group/part/shop', false],
  ['octo/', false],
  ['/shop', false],
  ['my folder/shop', false],
  ['', false]
])('GitHub can be asked for %j: %j', (repository, expected) => {
  expect(isOwnerAndName(repository)).toBe(expected)
})
