import { describe, expect, test } from '@jest/globals'
import { consequenceOf } from '../../src/core/checkpoints.js'

describe('consequenceOf', () => {
  const AUTO = { code: 'auto', schema: 'lossless', data: 'never' } as const
  const ASK = { ...AUTO, code: 'ask' } as const
  const monitor = (onFailure: 'page' | 'rollback') => ({ checkpoints: [], settleMs: 0, onFailure })

  test.each([
    ['page', AUTO, undefined, 'page'],
    ['page', AUTO, 'hand-over', 'page'],
    ['rollback', AUTO, undefined, 'rollback'],
    ['rollback', AUTO, 'page', 'page'],
    ['rollback', AUTO, 'hand-over', 'hand-over']
  ] as const)('on-failure: %s with %j, and %s asked for: %s', (onFailure, rollback, asked, to) => {
    expect(consequenceOf({ monitor: monitor(onFailure), rollback }, asked)).toEqual({ to })
  })

  test.each([undefined, 'page', 'hand-over'] as const)('what is left to a person is not done, with %s', asked => {
    const found = consequenceOf({ monitor: monitor('rollback'), rollback: ASK }, asked)
    expect(found).toEqual({ to: 'page', why: expect.stringMatching(/code: ask/) })
  })
})
