import type { RequestListener } from 'node:http'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, expect, test } from '@jest/globals'
import type { ChecklistError } from '../../src/core/errors.js'
import type { HttpRequest } from '../../src/core/ports.js'
import { openHttp } from '../../src/network/http.js'
import { pair } from './certificates.js'
import { type LocalServer, serve, serveRaw, serveTls } from './local-server.js'

const open: LocalServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(server => server.close()))
})
const started = async (server: Promise<LocalServer>): Promise<LocalServer> => {
  open.push(await server)
  return server
}
const listening = (listener: RequestListener) => started(serve(listener))

const http = openHttp({ bodyLimitBytes: 100_000 })
const never = new AbortController().signal
const send = (url: string, more: Partial<HttpRequest> = {}) =>
  http.send({
    method: 'GET',
    url,
    headers: {},
    followRedirects: false,
    timeoutMs: 5_000,
    signal: never,
    ...more
  })
const refusal = (url: string, more: Partial<HttpRequest> = {}): Promise<ChecklistError> =>
  send(url, more).then(
    () => Promise.reject(new Error('an answer came')),
    fault => fault
  )

test('an answer comes with its status, its headers in lower case, each value of a repeated one, and its time', async () => {
  const { url } = await listening((_, response) => {
    response.writeHead(201, { 'X-One': 'a', 'Set-Cookie': ['a=1', 'b=2'] }).end('made')
  })
  const answer = await send(`${url}/things`)
  expect(answer).toMatchObject({ status: 201, body: 'made', urls: [`${url}/things`] })
  expect(answer.headers).toMatchObject({ 'x-one': ['a'], 'set-cookie': ['a=1', 'b=2'] })
  expect(answer.ms).toBeGreaterThan(0)
})

test('method, headers and body arrive as they were given', async () => {
  const { url } = await listening(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    response.end(JSON.stringify({ ...request.headers, method: request.method, body: Buffer.concat(chunks).toString() }))
  })
  const { body } = await send(url, { method: 'PUT', headers: { Authorization: 'Bearer t' }, body: 'größe' })
  expect(JSON.parse(body)).toMatchObject({
    method: 'PUT',
    authorization: 'Bearer t',
    body: 'größe',
    'content-length': '7'
  })
})

test.each([
  ['gzip', gzipSync('squeezed')],
  ['deflate', deflateSync('squeezed')],
  ['deflate', deflateRawSync('squeezed')],
  ['br', brotliCompressSync('squeezed')],
  ['deflate, gzip', gzipSync(deflateSync('squeezed'))],
  ['identity', Buffer.from('squeezed')]
])('a body that came as %s is read as text', async (encoding, bytes) => {
  const { url } = await listening((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(bytes))
  expect((await send(url)).body).toBe('squeezed')
})

test('a HEAD with the content-encoding of its GET is no broken body', async () => {
  const { url } = await listening((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end())
  expect(await send(url, { method: 'HEAD' })).toMatchObject({ status: 200, body: '' })
})

test('a charset other than UTF-8 is honoured', async () => {
  const { url } = await listening((_, response) =>
    response.writeHead(200, { 'content-type': 'text/plain; charset=ISO-8859-1' }).end(Buffer.from([0xfc]))
  )
  expect((await send(url)).body).toBe('ü')
})

test('an endless body is cut where the limit is', async () => {
  const { url } = await listening((_, response) => {
    const chunk = Buffer.alloc(64 * 1024, 'x')
    const pour = (): void => {
      while (!response.destroyed && response.write(chunk));
    }
    response.on('drain', pour)
    pour()
  })
  const answer = await send(url)
  expect(answer).toMatchObject({ status: 200, cut: true })
  expect(answer.body).toHaveLength(100_000)
})

test('a few bytes that unfold to a gigabyte are cut too', async () => {
  const bomb = gzipSync(Buffer.alloc(10_000_000))
  const { url } = await listening((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb))
  expect(await send(url)).toMatchObject({ status: 200, cut: true })
})

test('an answer that drips for ever ends with the time limit', async () => {
  const { url } = await listening((_, response) => {
    const drip = setInterval(() => response.write('.'), 10)
    response.on('close', () => clearInterval(drip))
  })
  const fault = await refusal(url, { timeoutMs: 150 })
  expect(fault).toMatchObject({ reason: 'service_unavailable', message: expect.stringContaining('within 0.1 s') })
})

test('a server that accepts and says nothing ends with the time limit', async () => {
  const { url } = await started(serveRaw(() => {}))
  expect(await refusal(url, { timeoutMs: 100 })).toMatchObject({ reason: 'service_unavailable' })
})

test('the caller can give up', async () => {
  const caller = new AbortController()
  const { url } = await listening(() => caller.abort())
  const fault = await refusal(url, { signal: caller.signal })
  expect(fault.message).not.toContain('within')
  expect(await refusal(url, { signal: caller.signal })).toMatchObject({ reason: 'service_unavailable' })
})

test.each([
  ['a connection that is closed at once', () => serveRaw(socket => socket.end()), 'closed the connection'],
  ['a reset', () => serveRaw(socket => socket.resetAndDestroy()), 'closed the connection'],
  ['something that is not HTTP', () => serveRaw(socket => socket.end('SSH-2.0-OpenSSH_9.2\r\n')), 'is not HTTP'],
  [
    'half a body',
    () => serveRaw(socket => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf')),
    'closed the connection'
  ]
])('%s is no answer', async (_, server, words) => {
  const { url } = await started(server())
  const fault = await refusal(url)
  expect(fault).toMatchObject({ status: 'UNAVAILABLE', reason: 'service_unavailable' })
  expect(fault.message).toContain(words)
  expect(fault.hint).not.toBe('')
})

test('nothing listens', async () => {
  const server = await serve(() => {})
  await server.close()
  expect(await refusal(server.url)).toMatchObject({ message: `nothing listens at 127.0.0.1:${server.port}` })
})

test('a value that cannot be sent is not shown', async () => {
  const fault = await refusal('http://127.0.0.1:9/', { headers: { authorization: 'hush\nhush' } })
  expect(fault).toMatchObject({ status: 'REFUSED', message: expect.stringContaining('authorization') })
  expect(`${fault.message}${fault.hint}`).not.toContain('hush')
})

test('a redirect is an answer unless it is to be followed', async () => {
  const { url } = await listening((request, response) => {
    if (request.url === '/new') response.end('here')
    else response.writeHead(301, { location: '/new' }).end()
  })
  expect(await send(`${url}/old`)).toMatchObject({ status: 301, headers: { location: ['/new'] } })
  expect(await send(`${url}/old`, { followRedirects: true })).toMatchObject({
    status: 200,
    body: 'here',
    urls: [`${url}/old`, `${url}/new`]
  })
})

test.each(['ftp://127.0.0.1/', 'file:///etc/passwd', 'http://'])('a redirect to %s leads nowhere', async location => {
  const { url } = await listening((_, response) => response.writeHead(302, { location }).end())
  expect((await refusal(url, { followRedirects: true })).message).toContain('is redirected to')
})

test('redirects in a circle come to an end', async () => {
  let asked = 0
  const { url } = await listening((_, response) => {
    asked++
    response.writeHead(302, { location: '/' }).end()
  })
  expect((await refusal(url, { followRedirects: true })).message).toContain('more than 10 times')
  expect(asked).toBe(11)
})

test('a redirect elsewhere takes no credentials along and turns a POST into a GET', async () => {
  const seen: Record<string, unknown>[] = []
  const stranger = await listening((request, response) => {
    seen.push({ method: request.method, ...request.headers })
    response.end()
  })
  const { url } = await listening((_, response) => response.writeHead(302, { location: stranger.url }).end())
  const headers = {
    Authorization: 'Bearer t',
    Cookie: 'sid=1',
    'X-Api-Key': 'k',
    'Content-Type': 'text/plain',
    'X-Ok': 'y'
  }
  await send(url, { method: 'POST', body: 'b', headers, followRedirects: true })
  expect(seen).toHaveLength(1)
  expect(seen[0]).toMatchObject({ method: 'GET', 'x-ok': 'y' })
  for (const name of ['authorization', 'cookie', 'x-api-key', 'content-type']) expect(seen[0]).not.toHaveProperty(name)
})

test('a burst of checks shares a connection, and one closed meanwhile is opened anew', async () => {
  const ports = new Set<number | undefined>()
  const { url } = await listening((request, response) => {
    ports.add(request.socket.remotePort)
    response.end()
    if (request.url === '/last') setImmediate(() => request.socket.destroy())
  })
  for (const path of ['/', '/', '/', '/last', '/']) expect((await send(url + path)).status).toBe(200)
  expect(ports.size).toBe(2)
})

test('who polls sees who answers new connections', async () => {
  const ports = new Set<number | undefined>()
  const { url } = await listening((request, response) => {
    ports.add(request.socket.remotePort)
    request.socket.once('close', closed)
    response.end()
  })
  let closed = () => {}
  const gone = new Promise<void>(resolve => {
    closed = resolve
  })
  const impatient = openHttp({ idleMs: 20 })
  const request = { method: 'GET', url, headers: {}, followRedirects: false, timeoutMs: 5_000, signal: never }
  await impatient.send(request)
  await gone
  await impatient.send(request)
  expect(ports.size).toBe(2)
})

test('a warm request is sent once before; what is not safe is warmed by an OPTIONS', async () => {
  const seen: string[] = []
  const { url } = await listening((request, response) => {
    seen.push(`${request.method} ${request.socket.remotePort}`)
    response.end()
  })
  await send(url, { warm: true, method: 'POST', body: 'x' })
  const port = seen[0]?.split(' ')[1]
  expect(seen).toEqual([`OPTIONS ${port}`, `POST ${port}`])
})

test.each([
  ['self-signed', {}, 'is self-signed'],
  ['other-host', { tls: { ca: pair('other-host').cert } }, 'is for another host; it is for DNS:other.example'],
  ['expired', { tls: { ca: pair('expired').cert } }, 'has expired']
] as const)('a certificate that is %s is refused with a sentence', async (name, more, words) => {
  const { url, port } = await started(serveTls((_, response) => response.end(), pair(name)))
  const fault = await refusal(url, more)
  expect(fault.message).toBe(`the certificate of 127.0.0.1:${port} ${words}`)
  expect(fault.hint).not.toBe('')
})

test('a certificate whose authority was named is accepted, and only there', async () => {
  const { url } = await started(serveTls((_, response) => response.end('safe'), pair('self-signed')))
  expect((await send(url, { tls: { ca: pair('self-signed').cert } })).body).toBe('safe')
  expect((await refusal(url)).message).toContain('self-signed')
})

test('plain HTTP where TLS was expected', async () => {
  const { port } = await listening((_, response) => response.end())
  expect((await refusal(`https://127.0.0.1:${port}`)).message).toContain('does not speak TLS')
})
