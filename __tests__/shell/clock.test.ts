import { expect, test } from '@jest/globals'
import { systemClock } from '../../src/shell/clock.js'
import { fakeClock } from '../fakes/clock.js'

const clock = systemClock()

test('now is the time of the machine', () => {
  expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(1000)
})

test('a sleep lasts as long as it was asked for', async () => {
  const from = performance.now()
  await clock.sleep(30)
  expect(performance.now() - from).toBeGreaterThanOrEqual(28)
})

test.each([0, -5])('a sleep of %d ms is none', async ms => {
  await clock.sleep(ms)
})

test.each([60_000, 2 ** 40])('a sleep of %d ms ends at once when the signal aborts', async ms => {
  const controller = new AbortController()
  const sleeping = clock.sleep(ms, controller.signal)
  setTimeout(() => controller.abort(), 5)
  await sleeping
})

test('a sleep under a signal that has aborted is none', async () => {
  await clock.sleep(60_000, AbortSignal.abort())
})

test('a longer sleep than a timer can hold does not end at once', async () => {
  const controller = new AbortController()
  let awake = false
  const sleeping = clock.sleep(2 ** 40, controller.signal).then(() => {
    awake = true
  })
  await clock.sleep(10)
  expect(awake).toBe(false)
  controller.abort()
  await sleeping
})

test('the fake clock wakes sleepers in order, those too that fall asleep meanwhile', async () => {
  const fake = fakeClock()
  const seen: string[] = []
  const poll = async () => {
    for (let i = 1; i <= 3; i++) {
      await fake.sleep(100)
      seen.push(`poll ${i} at ${fake.elapsed()}`)
    }
  }
  const polling = poll()
  const late = fake.sleep(250).then(() => seen.push('late'))
  await fake.turn(299)
  expect(seen).toEqual(['poll 1 at 100', 'poll 2 at 200', 'late'])
  await fake.turn(1)
  await Promise.all([polling, late])
  expect(seen).toHaveLength(4)
  expect(fake.sleepers()).toBe(0)
  expect(fake.now().toISOString()).toBe('2026-01-05T10:00:00.300Z')
})

test('the fake clock wakes a sleeper whose signal aborts', async () => {
  const fake = fakeClock()
  const controller = new AbortController()
  const sleeping = fake.sleep(1000, controller.signal)
  controller.abort()
  await sleeping
  expect(fake.elapsed()).toBe(0)
})

test('a turning clock lets every sleep pass at once', async () => {
  const fake = fakeClock({ mode: 'turning' })
  await fake.sleep(3_600_000)
  expect(fake.elapsed()).toBe(3_600_000)
  expect(fake.slept).toEqual([3_600_000])
})
