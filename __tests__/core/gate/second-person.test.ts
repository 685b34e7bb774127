import { expect, test } from '@jest/globals'
import { SECOND_PERSON, secondWord, withSecondPerson } from '../../../src/core/gate/second-person.js'
import type { SignOff } from '../../../src/core/item.js'

const word = (who: string, more: Partial<SignOff> = {}): SignOff => ({
  item: SECOND_PERSON,
  who,
  words: 'fine',
  claimed: false,
  at: '2026-01-05T10:00:00Z',
  ...more
})

test.each<[string, SignOff[], string | undefined, string]>([
  ['nobody has signed', [], 'ann', 'nobody beside ann'],
  ['somebody else has', [word('bob')], 'ann', 'bob'],
  ['only who started it has', [word('ann')], 'ann', 'somebody else has to'],
  ['only who started it has, in other letters', [word('@Ann')], 'ann', 'somebody else has to'],
  ['somebody else is said to have', [word('bob', { claimed: true })], 'ann', 'only claimed'],
  ['somebody else has, and who started it after them', [word('bob'), word('ann')], 'ann', 'bob'],
  ['two others have: the last word counts', [word('bob'), word('cy')], 'ann', 'cy'],
  ['another item was signed', [word('bob', { item: 'preflight/told' })], 'ann', 'nobody beside ann'],
  ['it is not known who started it', [word('bob')], undefined, 'not known who started']
])('%s', (_, signOffs, starter, expected) => {
  const found = secondWord(signOffs, SECOND_PERSON, starter)
  if (found.kind === 'given') expect(found.signOff.who).toBe(expected)
  else expect(found.why).toContain(expected)
})

test.each([
  [undefined, 0],
  [{}, 0],
  [{ reviewers: 'required' }, 0],
  [{ reviewers: 'sign-off' }, 1]
] as const)('where the gate is %j, preflight has %i item more, behind all others', (gate, more) => {
  const [last] = withSecondPerson([], { reviewers: 'sign-off' })
  if (last === undefined) throw new Error('no item')
  const own = { ...last, id: 'preflight/told', spec: { manual: 'told' } }
  const found = withSecondPerson([own], gate)
  expect(found.map(({ id }) => id)).toEqual(['preflight/told', SECOND_PERSON].slice(0, 1 + more))
})
