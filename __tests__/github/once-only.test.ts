import { expect, test } from '@jest/globals'
import { messageOf, unavailable } from '../../src/core/errors.js'
import { LOST_ANSWER } from '../../src/github/github.js'
import { onceOnly } from '../../src/github/once-only.js'

const ANSWERS = {
  written: () => 'written',
  lost: () => {
    throw unavailable('github_unavailable', 'lost', '', Object.assign(new Error('cut'), { name: LOST_ANSWER }))
  },
  refused: () => {
    throw unavailable('github_unavailable', 'refused', '')
  },
  found: () => 'found',
  missing: () => undefined
} as const
type Answer = keyof typeof ANSWERS

test.each<[readonly Answer[], string]>([
  [['written'], 'written'],
  [['refused'], 'refused'],
  [['lost', 'found'], 'found'],
  [['lost', 'refused'], 'refused'],
  [['lost', 'missing', 'written'], 'written'],
  [['lost', 'missing', 'refused'], 'refused'],
  [['lost', 'missing', 'lost', 'found'], 'found'],
  [['lost', 'missing', 'lost', 'missing'], 'lost']
])('write, look, write, look, answered with %j: %s', async (answers, expected) => {
  const left = [...answers]
  const next = (of: readonly Answer[]) => async () => {
    const answer = left.shift()
    if (answer === undefined || !of.includes(answer)) throw new Error(`asked for one of ${of}, which is not its turn`)
    return ANSWERS[answer]()
  }
  const done = onceOnly(next(['written', 'lost', 'refused']), next(['found', 'missing', 'refused']))
  expect(await done.catch(messageOf)).toBe(expected)
  expect(left).toEqual([])
})
