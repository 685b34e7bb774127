import { expect, test } from '@jest/globals'
import { isSameLogin } from '../../src/core/login.js'

test.each([
  ['alice', 'alice', true],
  ['@alice', 'Alice', true],
  ['@Org/Team', 'org/team', true],
  ['alice', 'alice2', false],
  ['@@alice', 'alice', false],
  ['al@ice', 'alice', false]
])('%s and %s', (one, other, same) => {
  expect([isSameLogin(one, other), isSameLogin(other, one)]).toEqual([same, same])
})
