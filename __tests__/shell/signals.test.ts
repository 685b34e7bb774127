import { EventEmitter } from 'node:events'
import { expect, test } from '@jest/globals'
import { onSignals } from '../../src/shell/signals.js'

test('the handler hears each signal by its name, until it is disposed of', () => {
  const source = new EventEmitter()
  const heard: string[] = []
  const dispose = onSignals(source, signal => heard.push(signal))
  for (const signal of ['SIGINT', 'SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR1']) source.emit(signal)
  dispose()
  source.emit('SIGINT')
  expect(heard).toEqual(['SIGINT', 'SIGINT', 'SIGTERM', 'SIGHUP'])
  expect(source.eventNames()).toEqual([])
})
