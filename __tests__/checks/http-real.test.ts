import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { httpKind } from '../../src/checks/http.js'
import { openHttp } from '../../src/network/http.js'
import { pair } from '../network/certificates.js'
import { type LocalServer, serve, serveTls } from '../network/local-server.js'
import { runOf } from './context.js'

const kind = httpKind({ http: openHttp() })
let plain: LocalServer
let secure: LocalServer
beforeAll(async () => {
  plain = await serve((request, response) => {
    if (request.url === '/slow') return
    response.setHeader('content-type', 'application/json')
    response.setHeader('set-cookie', 'sid=1; HttpOnly')
    response.statusCode = request.headers.authorization === undefined && request.method === 'POST' ? 401 : 200
    response.end(JSON.stringify({ status: 'ok', items: [1, 2, 3] }))
  })
  secure = await serveTls((_, response) => response.end('safe'), pair('self-signed'))
})
afterAll(() => Promise.all([plain.close(), secure.close()]))

test('a health endpoint, from the address to the cookie', async () => {
  const spec = {
    http: 'GET /health',
    type: 'application/json',
    json: { '$.status': 'ok', '$.items': { count: '>= 1' } },
    cookie: { sid: { HttpOnly: true } },
    time: '< 5s'
  }
  expect(await runOf(kind, spec, { names: { BASE_URL: plain.url } })).toMatchObject({ outcome: 'pass' })
})

test('a POST without a session is turned away', async () => {
  expect(await runOf(kind, { http: `POST ${plain.url}/api`, status: 401 })).toMatchObject({ outcome: 'pass' })
})

test('a server that is silent fails the check in its time', async () => {
  expect(await runOf(kind, { http: `GET ${plain.url}/slow` }, { timeoutMs: 100 })).toMatchObject({
    outcome: 'fail',
    reason: 'service_unavailable',
    detail: expect.stringContaining('no whole answer')
  })
})

test('a self-signed certificate is refused, until the checklist names its authority', async () => {
  const folder = fileURLToPath(new URL('../network/certificates', import.meta.url))
  expect(await runOf(kind, { http: `GET ${secure.url}/` }, { folder })).toMatchObject({
    outcome: 'fail',
    detail: expect.stringContaining('self-signed'),
    hint: expect.stringContaining('ca:')
  })
  expect(await runOf(kind, { http: `GET ${secure.url}/`, ca: 'self-signed.pem' }, { folder })).toMatchObject({
    outcome: 'pass'
  })
  await expect(runOf(kind, { http: `GET ${secure.url}/`, ca: 'gone.pem' }, { folder })).rejects.toThrow('gone.pem')
})

test('two hundred checks, ten at a time, need no more than ten connections', async () => {
  const ports = new Set<number | undefined>()
  const server = await serve((request, response) => {
    ports.add(request.socket.remotePort)
    response.setHeader('content-type', 'application/json')
    response.end('{"status":"ok"}')
  })
  const spec = { http: `GET ${server.url}/`, status: 200, type: 'application/json', json: { '$.status': 'ok' } }
  const waiting = Array.from({ length: 200 }, () => spec)
  const worker = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      expect(await runOf(kind, next)).toMatchObject({ outcome: 'pass' })
    }
  }
  await Promise.all(Array.from({ length: 10 }, worker))
  await server.close()
  expect(ports.size).toBeLessThanOrEqual(10)
})
