import { expect, test } from '@jest/globals'
import { type Lookup, withEntry } from '../../../src/core/engine/lookup.js'

const START: Lookup<string, number> = new Map()

// What a plain map does is what is expected, at every step and across the merges of the layers.
test('it is a map, in the order of first entries, however often it changes', () => {
  const expected = new Map<string, number>()
  let map = START
  for (let step = 0; step < 1000; step++) {
    const key = `k${(step * 7) % 300}`
    map = withEntry(map, key, step)
    expected.set(key, step)
    expect(map.get(key)).toBe(step)
    if (step % 37 !== 0) continue
    expect([...map]).toEqual([...expected])
    expect([...map.keys()]).toEqual([...expected.keys()])
    expect([...map.values()]).toEqual([...expected.values()])
    expect(map.size).toBe(expected.size)
  }
  expect(map.has('k7')).toBe(true)
  expect(map.has('other')).toBe(false)
  expect(map.get('other')).toBeUndefined()
})

test('an older one stays as it was', () => {
  const one = withEntry(START, 'a', 1)
  const two = withEntry(one, 'a', 2)
  const other = withEntry(one, 'b', 3)
  expect([[...START], [...one], [...two], [...other]]).toEqual([
    [],
    [['a', 1]],
    [['a', 2]],
    [
      ['a', 1],
      ['b', 3]
    ]
  ])
})
