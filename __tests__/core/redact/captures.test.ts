import { expect, test } from '@jest/globals'
import { isHiddenCapture } from '../../../src/core/redact/captures.js'

const PLAIN = ['production', 'e2f1c0de00000000000000000000000000000000', 'https://shop.example.com/api']

test.each<[string, string, string, string, boolean]>([
  ['long enough to be a secret', 'A', '$.a', 'captok-987654321', true],
  ['a list that holds one', 'A', '$..token', '["captok-1"]', true],
  ['short', 'A', '$.state', 'running', false],
  ['short, of a cookie', 'A', 'cookie:sid', 'hush-2', true],
  ['short, of a header', 'A', 'header:X-Id', 'hush-3', true],
  ['short, called as a secret', 'API_KEY', '$.a', 'hush', true],
  ['short, found where secrets are', 'A', '$.session.id', 'hush', true],
  ['too short to be hidden anywhere', 'TOKEN', '$.token', 'abc', false],
  ['an id', 'ORDER', '$.id', '1234567890', false],
  ['an id of a header', 'ORDER', 'header:X-Order', '1234567890', false],
  ['a number that is called as a secret', 'PASSCODE', '$.a', '123456', true],
  ['what is live', 'SHA', '$.sha', 'e2f1c0de00000000000000000000000000000000', false],
  ['the beginning of what is live', 'SHA', '$.sha', 'e2f1c0de', false],
  ['the environment', 'WHERE', 'header:X-Environment', 'production', false]
])('of a capture that is %s', (_, name, source, value, hidden) => {
  expect(isHiddenCapture({ name, value, source }, PLAIN)).toBe(hidden)
})
