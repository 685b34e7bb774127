import { getEventListeners } from 'node:events'
import { expect, test } from '@jest/globals'
import { joinSignals } from '../../src/core/join-signals.js'

test.each([0, 1])('the first of them to abort is the cause, whichever it is (%i)', first => {
  const both = [new AbortController(), new AbortController()] as const
  const { signal } = joinSignals(both[0].signal, both[1].signal)
  expect(signal.aborted).toBe(false)
  both[first]?.abort('first')
  both[1 - first]?.abort('second')
  expect(signal.reason).toBe('first')
})

test('one that is over already aborts at once', () => {
  expect(joinSignals(new AbortController().signal, AbortSignal.abort('over')).signal.reason).toBe('over')
})

test('done lets go of all of them', () => {
  const long = new AbortController()
  const { signal, done } = joinSignals(long.signal)
  expect(getEventListeners(long.signal, 'abort')).toHaveLength(1)
  done()
  expect(getEventListeners(long.signal, 'abort')).toHaveLength(0)
  long.abort()
  expect(signal.aborted).toBe(false)
})
