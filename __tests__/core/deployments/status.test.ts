import { describe, expect, test } from '@jest/globals'
import { descriptionOf, headIn, MOST_CHARACTERS, stateFor } from '../../../src/core/deployments/status.js'

const id = '20260105T100000-0badcafe'
const hash = 'ab'.repeat(32)
const head = `${id}:12:${hash}`

describe('what a status says', () => {
  test.each([
    ['SUCCESS', 'ok', 'success'],
    ['PARTIAL', 'optional_failed', 'success'],
    ['FAILED', 'smoke_test_failed', 'failure'],
    ['FAILED', 'rollback_failed', 'error'],
    ['ROLLED_BACK', 'smoke_test_failed', 'failure'],
    ['CANCELLED', 'cancelled', 'error'],
    ['WAITING', 'waiting_for_person', 'pending'],
    ['DEPLOYING', '', 'in_progress'],
    ['TESTING', '', 'in_progress']
  ] as const)('%s (%s) is %s', (status, reason, expected) => {
    expect(stateFor({ status, reason })).toBe(expected)
  })

  test('is the status and the whole head, which can be read back', () => {
    const said = descriptionOf({ id, status: 'SUCCESS', head })
    expect(said).toBe(`SUCCESS ${head}`)
    expect(headIn(said)).toEqual({ id, seq: 12, hash })
  })

  test('is the id alone while it goes on, and then no head is read from it', () => {
    const said = descriptionOf({ id, status: 'DEPLOYING', head: '' })
    expect([said, headIn(said)]).toEqual([`DEPLOYING ${id}`, undefined])
  })

  test('has words only where they fit; the head is never cut', () => {
    const words = 'back at 1234567'
    expect(descriptionOf({ id, status: 'SUCCESS', head }, words)).toBe(`SUCCESS ${head}, ${words}`)
    expect(descriptionOf({ id, status: 'SUCCESS', head }, 'x'.repeat(99))).toBe(`SUCCESS ${head}`)
    const longest = descriptionOf({ id, status: 'UNAVAILABLE', head: `${id}:1234567890:${hash}` })
    expect(longest.length).toBeLessThanOrEqual(MOST_CHARACTERS)
    expect(headIn(`${longest}, ${words}`)).toMatchObject({ seq: 1234567890 })
  })
})

test.each([
  ['', 'nothing'],
  ['Deployed by hand', 'words'],
  [`SUCCESS ${id}:12:${hash.slice(1)}`, 'a hash that was cut'],
  [`SUCCESS ${id}:12:${hash}f`, 'a hash that is too long'],
  [`SUCCESS ${id}:0:${hash}`, 'an event before the first'],
  [`SUCCESS${id}:12:${hash}`, 'an id that is none']
])('%j is no head: %s', said => {
  expect(headIn(said)).toBeUndefined()
})
