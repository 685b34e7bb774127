import { expect, test } from '@jest/globals'
import { httpKind } from '../../src/checks/http.js'
import { ChecklistError, unavailable } from '../../src/core/errors.js'
import type { JsonObject } from '../../src/core/json.js'
import type { Http, HttpRequest, HttpResponse } from '../../src/core/ports.js'
import { complaints, parsed, runOf } from './context.js'

const URL = 'https://app.example/health'
const answer: HttpResponse = { status: 200, headers: {}, body: '', ms: 12.3, urls: [URL] }

function fakeHttp(given: Partial<HttpResponse> = {}) {
  const sent: HttpRequest[] = []
  const http = {
    send: async request => {
      sent.push(request)
      return { ...answer, ...given }
    }
  } satisfies Http
  return { sent, kind: httpKind({ http }) }
}
const json = (value: unknown): Partial<HttpResponse> => ({
  body: JSON.stringify(value),
  headers: { 'content-type': ['application/json; charset=utf-8'] }
})
const judge = (spec: JsonObject, given: Partial<HttpResponse>) =>
  runOf(fakeHttp(given).kind, { http: `GET ${URL}`, ...spec })

test('a request has its method, address, headers and a JSON body with its type', async () => {
  const { sent, kind } = fakeHttp()
  const spec = { http: `POST ${URL}`, headers: { Authorization: 'Bearer t', 'X-N': 1 }, body: { a: [1, true, null] } }
  expect(await runOf(kind, spec, { timeoutMs: 60_000 })).toEqual({ outcome: 'pass', detail: '200 in 12 ms' })
  expect(sent).toMatchObject([
    {
      method: 'POST',
      url: URL,
      headers: { 'content-type': 'application/json', Authorization: 'Bearer t', 'X-N': '1' },
      body: '{"a":[1,true,null]}',
      followRedirects: false,
      timeoutMs: 10_000
    }
  ])
  expect(sent[0]).not.toHaveProperty('warm')
})

test('a text goes as it is, and a type that is named stays', async () => {
  const { sent, kind } = fakeHttp()
  await runOf(kind, {
    http: `POST ${URL}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'a=1'
  })
  await runOf(kind, { http: `POST ${URL}`, body: 'plain' })
  expect(sent.map(({ headers, body }) => [headers['content-type'], body])).toEqual([
    ['application/x-www-form-urlencoded', 'a=1'],
    ['text/plain; charset=utf-8', 'plain']
  ])
})

test("the item's own time limit holds for the request", async () => {
  const { sent, kind } = fakeHttp()
  await runOf(kind, { http: `GET ${URL}` }, { timeoutMs: 45_000, item: { timeoutMs: 45_000 } })
  expect(sent[0]?.timeoutMs).toBe(45_000)
})

test('a path stands below BASE_URL, with whatever path that has', async () => {
  const { sent, kind } = fakeHttp()
  await runOf(kind, { http: 'GET /health' }, { names: { BASE_URL: 'https://app.example/api/' } })
  expect(sent[0]?.url).toBe('https://app.example/api/health')
})

test('a path demands a BASE_URL', async () => {
  const { kind } = fakeHttp()
  expect(kind.mentions?.(parsed(kind, { http: 'GET /health' }))).toEqual(['BASE_URL'])
  expect(kind.mentions?.(parsed(kind, { http: 'GET ${HOST}/health' }))).toEqual([])
  await expect(runOf(kind, { http: 'GET /health' })).rejects.toThrow('BASE_URL')
})

test('an address that is none once it is filled in is not sent', async () => {
  const { sent, kind } = fakeHttp()
  await expect(runOf(kind, { http: 'GET ftp://hush.example/' })).rejects.toThrow('begins with http')
  expect(sent).toEqual([])
})

test.each([
  [{}, 204, 'pass'],
  [{}, 301, 'fail'],
  [{ status: 301 }, 301, 'pass'],
  [{ status: [200, 401] }, 401, 'pass'],
  [{ status: [200, 401] }, 403, 'fail'],
  [{ status: '4xx' }, 404, 'pass'],
  [{ status: ['2xx', '401'] }, 401, 'pass'],
  [{ status: ['2xx', 401] }, 500, 'fail']
])('%j with status %i is a %s', async (spec, status, outcome) => {
  expect(await judge(spec, { status })).toMatchObject({ outcome })
})

test('a wrong status is told alone, with where it leads or what it says', async () => {
  const spec = { json: { '$.a': 1 }, type: 'application/json' }
  expect(await judge(spec, { status: 503, body: 'no database' })).toMatchObject({
    detail: 'expected 2xx, found 503: "no database"'
  })
  expect(await judge(spec, { status: 302, headers: { location: ['/login'] } })).toMatchObject({
    detail: 'expected 2xx, found 302 to "/login"'
  })
})

test.each([
  [{ type: 'application/json' }, json({}), 'pass'],
  [{ type: '/json$/' }, json({}), 'pass'],
  [{ type: 'text/html' }, json({}), 'fail'],
  [{ type: 'text/html' }, {}, 'fail'],
  [{ header: { 'X-Frame-Options': 'DENY' } }, { headers: { 'x-frame-options': ['DENY'] } }, 'pass'],
  [{ header: { 'x-frame-options': 'DENY' } }, { headers: {} }, 'fail'],
  [{ header: { 'X-Powered-By': 'absent' } }, { headers: {} }, 'pass'],
  [{ header: { 'X-Powered-By': 'absent' } }, { headers: { 'x-powered-by': ['PHP'] } }, 'fail'],
  [{ header: { Age: 'exists' } }, { headers: { age: ['1'] } }, 'pass'],
  [{ header: { Age: '< 10' } }, { headers: { age: ['11'] } }, 'fail'],
  [{ header: { Vary: '/origin/i' } }, { headers: { vary: ['Cookie', 'Origin'] } }, 'pass'],
  [{ text: 'Welcome' }, { body: '<h1>Welcome</h1>' }, 'pass'],
  [{ text: { not: '/error/i' } }, { body: 'An Error' }, 'fail'],
  [{ json: { '$.items': { count: '>= 1' }, '$.s': 'ok' } }, json({ items: [1], s: 'ok' }), 'pass'],
  [{ json: { '$.items': { count: '>= 1' } } }, json({ items: [] }), 'fail'],
  [{ json: { '$.s': 'ok' } }, { body: '<html>' }, 'fail'],
  [{ json: { '$.s': 'absent' } }, { body: '' }, 'fail'],
  [{ json: { $: 'null' } }, json(null), 'fail'],
  [{ json: { $: null } }, json(null), 'pass'],
  [{ json: { '$.s': 'ok' } }, { ...json({ s: 'ok' }), cut: true }, 'fail'],
  [{ text: 'a' }, { body: 'a', cut: true }, 'fail'],
  [{ status: 200 }, { cut: true }, 'pass']
])('%j is judged', async (spec, given, outcome) => {
  expect(await judge(spec, given)).toMatchObject({ outcome })
})

test('every expectation that does not hold is told', async () => {
  const { detail } = await judge(
    { type: 'text/html', header: { a: 'b' }, json: { '$.v': '> 1', '$.w': 'exists' }, time: '< 5ms' },
    json({ v: 1 })
  )
  expect(detail.split('; ')).toEqual([
    'expected type text/html, found application/json',
    'expected header a b, found none',
    'expected > 1 at $.v, found "1"',
    'expected exists at $.w, found nothing',
    'expected an answer in < 5ms, found 12 ms'
  ])
})

const cookies = {
  headers: { 'set-cookie': ['sid=hush-hush; Path=/; HttpOnly; SameSite=lax; Max-Age=3600', 'other=1; Secure'] }
}
test.each([
  [{ sid: 'exists' }, 'pass'],
  [{ gone: 'absent' }, 'pass'],
  [{ sid: 'absent' }, 'fail'],
  [{ gone: 'exists' }, 'fail'],
  [{ sid: { HttpOnly: true, Secure: false, SameSite: 'Lax', Path: '/', 'Max-Age': '<= 3600' } }, 'pass'],
  [{ sid: { Secure: true } }, 'fail'],
  [{ sid: { SameSite: 'Strict' } }, 'fail'],
  [{ other: { SameSite: 'Lax' } }, 'fail'],
  [{ other: { Secure: true, HttpOnly: false } }, 'pass'],
  [{ sid: { value: '/^hush/' } }, 'pass'],
  [{ sid: { value: 'another' } }, 'fail']
])('cookies held against %j are a %s, and no value of one is told', async (cookie, outcome) => {
  const finding = await judge({ cookie }, cookies)
  expect(finding).toMatchObject({ outcome })
  expect(JSON.stringify(finding)).not.toContain('hush')
})

test('a cookie that is set twice counts as it was set last', async () => {
  const headers = { 'set-cookie': ['sid=1; Secure', 'sid=2'] }
  expect(await judge({ cookie: { sid: { Secure: false, value: 2 } } }, { headers })).toMatchObject({ outcome: 'pass' })
})

test('captures come from the body, the headers and the cookies, and stand in no detail', async () => {
  const given = {
    ...json({ token: 'hush-1', user: { id: 7 } }),
    headers: { 'set-cookie': ['sid=hush-2; Secure'], location: ['/hush-3'] }
  }
  const capture = { TOKEN: '$.token', ID: '$.user.id', USER: '$.user', SID: 'cookie:sid', WHERE: 'header:Location' }
  const finding = await judge({ capture }, given)
  expect(finding).toMatchObject({
    outcome: 'pass',
    captures: { TOKEN: 'hush-1', ID: '7', USER: '{"id":7}', SID: 'hush-2', WHERE: '/hush-3' }
  })
  expect(finding.detail).not.toContain('hush')
})

test('a capture that finds nothing fails, and what failed gives none', async () => {
  expect(await judge({ capture: { A: '$.token', B: 'header:x' } }, json({}))).toEqual({
    outcome: 'fail',
    detail: 'expected a value for A at $.token, B at header:x, found none',
    hint: expect.any(String)
  })
  const failed = await judge({ capture: { A: '$.token' } }, { ...json({ token: 'hush' }), status: 500 })
  expect(failed).not.toHaveProperty('captures')
  expect(JSON.stringify(failed)).not.toContain('hush')
})

test('what was sent is not repeated when the server does', async () => {
  const spec = {
    http: `POST ${URL}`,
    headers: { Authorization: 'Bearer hush-token', Cookie: 'sid=hush-sid', 'Content-Type': 'application/json' },
    body: { user: 'u', password: 'hush-password', nested: ['hush-nested'] }
  }
  const body = 'application/json refused: hush-password, hush-nested, hush-token, hush-sid'
  const { kind } = fakeHttp({ status: 400, body })
  const { detail } = await runOf(kind, spec)
  expect(detail).toBe('expected 2xx, found 400: "application/json refused: ***, ***, ***, ***"')
})

test.each([
  [{}, 'together'],
  [{ capture: { A: '$.a' } }, 'barrier'],
  [{ time: '< 200ms' }, 'alone'],
  [{ time: '< 200ms', capture: { A: '$.a' } }, 'alone']
])('with %j it takes its turn %s', (spec, turn) => {
  const { kind } = fakeHttp()
  expect(kind.turn(parsed(kind, { http: 'GET /', ...spec }))).toBe(turn)
})

test('a time is taken on a warm connection', async () => {
  const { sent, kind } = fakeHttp({ ms: 199 })
  expect(await runOf(kind, { http: `GET ${URL}`, time: '< 200ms' })).toMatchObject({ outcome: 'pass' })
  expect(sent[0]?.warm).toBe(true)
})

test('a service that does not answer fails the check; a fault of another kind does not', async () => {
  const refusing = (fault: ChecklistError) => httpKind({ http: { send: () => Promise.reject(fault) } })
  const down = unavailable('service_unavailable', 'nothing listens', 'Start it.')
  expect(await runOf(refusing(down), { http: `GET ${URL}` })).toEqual({
    outcome: 'fail',
    detail: 'nothing listens',
    hint: 'Start it.',
    reason: 'service_unavailable'
  })
  await expect(runOf(refusing(down), { http: `GET ${URL}` }, { signal: AbortSignal.abort() })).rejects.toBe(down)
  const over = new ChecklistError('FAILED', 'cancelled', { message: 'no end within 1 min', hint: 'Raise it.' })
  expect(await runOf(refusing(down), { http: `GET ${URL}` }, { signal: AbortSignal.abort(over) })).toMatchObject({
    outcome: 'fail',
    detail: 'no end within 1 min'
  })
  const odd = new ChecklistError('REFUSED', 'usage', { message: 'odd', hint: '' })
  await expect(runOf(refusing(odd), { http: `GET ${URL}` })).rejects.toBe(odd)
})

test('every status and nothing else can never fail', () => {
  const { kind } = fakeHttp()
  const all = ['1xx', '2xx', '3xx', '4xx', '5xx']
  expect(kind.vacuous?.(parsed(kind, { http: 'GET /', status: all }))).toBeDefined()
  expect(kind.vacuous?.(parsed(kind, { http: 'GET /', status: all, type: 'text/html' }))).toBeUndefined()
  expect(kind.vacuous?.(parsed(kind, { http: 'GET /' }))).toBeUndefined()
})

test.each([
  [{ http: 'get /health' }, 'with the method in capitals'],
  [{ http: 'https://example.com' }, 'expected a method and an address'],
  [{ http: 'FETCH ${BASE_URL}/x' }, 'expected a method and an address'],
  [{ http: 'GET /', status: [] }, 'status: expected a status'],
  [{ http: 'GET /', status: 99 }, 'status: expected a status'],
  [{ http: 'GET /', status: '6xx' }, 'status: expected a status'],
  [{ http: 'GET /', json: {} }, 'json: expected at least one path'],
  [{ http: 'GET /', json: { status: 'ok' } }, 'json.status'],
  [{ http: 'GET /', json: { '$.a': {} } }, 'expected count, type, is, contains or equals'],
  [
    { http: 'GET /', json: { '$.a': { cuont: 1 } } },
    'json.$.a.cuont: expected a known key, found cuont (did you mean count?)'
  ],
  [{ http: 'GET /', json: { '$.a': '> x' } }, 'json.$.a: expected a number'],
  [{ http: 'GET /', cookie: { sid: {} } }, 'expected an attribute such as HttpOnly'],
  [{ http: 'GET /', cookie: { sid: { SameSite: 'Loose' } } }, 'cookie.sid.SameSite: expected Strict, Lax or None'],
  [{ http: 'GET /', capture: { TOKEN: 'token' } }, 'expected $.path, header:NAME or cookie:NAME'],
  [{ http: 'GET /', capture: { 'A-B': '$.a' } }, 'A-B'],
  [{ http: 'GET /', time: '200ms' }, 'time: expected one of <'],
  [{ http: 'GET /', time: '< 2GB' }, 'time: expected a duration'],
  [{ http: 'GET /', redirects: 'yes' }, 'expected follow or none'],
  [{ http: 'GET /', headers: { 'a b': 'c' } }, 'headers.a b'],
  [{ http: 'GET /', statsu: 3 }, 'statsu: expected a known key']
])('%j is refused', (spec, words) => {
  const found = complaints(fakeHttp().kind, spec)
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(words)
})

test('names that still have to be filled in are let through', () => {
  const spec = {
    http: 'GET ${BASE_URL}/x',
    status: '${CODE}',
    json: { '$.v': '${V}', '$.w': { count: '${N}' } },
    header: { a: '/${B}(/' },
    time: '< ${LIMIT}',
    cookie: { sid: { value: '${SID}' } },
    body: { a: '${A}' }
  }
  expect(complaints(fakeHttp().kind, spec)).toEqual([])
})
