import { expect, test } from '@jest/globals'
import { openTcp } from '../../src/network/tcp.js'
import { serveRaw } from './local-server.js'

const connect = (host: string, port: number, signal = new AbortController().signal) =>
  openTcp().connect({ host, port, timeoutMs: 2_000, signal })

test('a port is open while something listens and refused when it has gone', async () => {
  const server = await serveRaw(() => {})
  expect(await connect('127.0.0.1', server.port)).toEqual({ open: true })
  await server.close()
  expect(await connect('127.0.0.1', server.port)).toMatchObject({ open: false, answer: 'refused' })
})

test('a host without an address is not taken for a closed port', async () => {
  expect(await connect('nowhere.invalid', 80)).toMatchObject({ open: false, answer: 'none' })
})

test('a check that was ended does not wait', async () => {
  expect(await connect('127.0.0.1', 1, AbortSignal.abort())).toMatchObject({ open: false, answer: 'none' })
})
