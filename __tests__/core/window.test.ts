import { expect, test } from '@jest/globals'
import { closedBy, isOpen } from '../../src/core/window.js'

const BERLIN = { days: [1, 2, 3, 4], fromMinute: 9 * 60, toMinute: 16 * 60, zone: 'Europe/Berlin' }
const NIGHT = { days: [5], fromMinute: 22 * 60, toMinute: 2 * 60, zone: 'UTC' }

test.each([
  ['Monday 9:00 in winter', BERLIN, '2026-01-05T08:00:00Z', true],
  ['a minute before', BERLIN, '2026-01-05T07:59:00Z', false],
  ['16:00 is closed', BERLIN, '2026-01-05T15:00:00Z', false],
  ['9:00 in summer is an hour earlier', BERLIN, '2026-07-06T07:00:00Z', true],
  ['Friday', BERLIN, '2026-01-09T10:00:00Z', false],
  ['Friday night', NIGHT, '2026-01-09T22:30:00Z', true],
  ['still Friday’s window on Saturday', NIGHT, '2026-01-10T01:59:00Z', true],
  ['Saturday night', NIGHT, '2026-01-10T22:30:00Z', false],
  ['Friday morning is Thursday’s night', NIGHT, '2026-01-09T01:00:00Z', false]
])('%s', (_, window, now, open) => {
  expect(isOpen(window, new Date(now))).toBe(open)
})

test('a closed window says when it is open and what time it is there', () => {
  const closed = closedBy('production', { vars: {}, window: BERLIN }, new Date('2026-01-09T10:00:00Z'))
  expect(closed).toMatchObject({
    reason: 'outside_window',
    message: 'production is open Mon, Tue, Wed, Thu from 09:00 to 16:00 (Europe/Berlin); now it is Fri 11:00 there'
  })
  expect(closedBy('production', { vars: {} }, new Date())).toBeUndefined()
})

test.each([
  ['2026-12-27', '2026-12-28T11:59:00Z', 'frozen'],
  ['2026-12-27', '2026-12-28T12:01:00Z', undefined],
  ['2026-12-27T10:00:00Z', '2026-12-27T09:59:59Z', 'frozen'],
  ['2026-12-27T10:00:00Z', '2026-12-27T10:00:00Z', undefined]
])('frozen until %s, at %s: %s', (until, now, reason) => {
  const closed = closedBy('production', { vars: {}, freeze: { until, because: 'year end' } }, new Date(now))
  expect(closed?.reason).toBe(reason)
})
