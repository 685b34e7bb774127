import { expect, test } from '@jest/globals'
import { canFail, proofOf } from '../../src/core/can-fail.js'

const check = { kind: 'http', optional: false }

test.each([
  ['a check', check, true, true],
  ['an optional one', { ...check, optional: true }, false, false],
  ['a skipped one', { ...check, skip: 'later' }, false, false],
  ['a wait', { ...check, kind: 'wait' }, false, false],
  ['a person', { ...check, kind: 'manual' }, true, false]
])('%s', (_, item, fails, proves) => {
  expect([canFail(item), proofOf([item]).length === 1]).toEqual([fails, proves])
})
