import { expect, test } from '@jest/globals'
import { strangeTo } from '../../../src/core/deployments/strange.js'

const head = (at: string) => ({ id: `${at}-0badcafe`, seq: 3, hash: 'ab'.repeat(32) })
const [early, first, between, late] = [
  head('20260101T100000'),
  head('20260105T100000'),
  head('20260106T100000'),
  head('20260107T100000')
]

test('a head of an execution that the ledger has is not strange', () => {
  expect(strangeTo(new Set([first.id]), [first])).toEqual({ lost: [], older: [] })
})

test('one from before the first of the ledger is older, any later one is lost; each is said once', () => {
  const found = strangeTo(new Set([first.id, 'odd']), [early, between, between, late])
  expect(found).toEqual({ lost: [between, late], older: [early] })
})

test('one of the same second as the first is lost, and so is everything where the ledger has nothing', () => {
  const twin = { ...first, id: '20260105T100000-00000000' }
  expect(strangeTo(new Set([first.id]), [twin]).lost).toEqual([twin])
  expect(strangeTo(new Set(), [early]).lost).toEqual([early])
})
