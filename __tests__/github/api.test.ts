import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { ChecklistError } from '../../src/core/errors.js'
import { type GitHubOptions, openGitHub } from '../../src/github/api.js'
import { type ApiRequest, LOST_ANSWER } from '../../src/github/github.js'
import { fakeClock } from '../fakes/clock.js'
import { secondaryLimit, usedUp } from '../fakes/github/faults.js'
import { type Handlers, paged } from '../fakes/github/handler.js'
import { startGitHub, useGitHub } from '../fakes/github/server.js'
import { ADMIN_TOKEN, TOKEN } from '../fakes/github/state.js'

const SHA = 'a'.repeat(40)
let blobs = 0
const own: Handlers = {
  'git/create-blob': ({ base }) => {
    blobs += 1
    return { status: 201, body: { url: `${base}/blob`, sha: SHA } }
  },
  'issues/list-comments': request => paged(request, []),
  'git/list-matching-refs': () => ({ status: 200, body: [] })
}
const github = useGitHub({ handlers: own })

const REF: ApiRequest = {
  method: 'GET',
  path: '/repos/{owner}/{repo}/git/matching-refs/{ref}',
  parameters: { ref: 'heads/x/y' },
  needs: 'contents: read',
  what: 'list the refs'
}
const BLOB: ApiRequest = {
  method: 'POST',
  path: '/repos/{owner}/{repo}/git/blobs',
  parameters: { content: 'x' },
  needs: 'contents: write',
  what: 'keep a blob'
}

function open(options: Partial<GitHubOptions> = {}) {
  const clock = fakeClock({ mode: 'turning' })
  const api = openGitHub({ url: github.url(), token: TOKEN, repository: 'octo/shop', clock, env: {}, ...options })
  return { api, clock, ask: (request: ApiRequest) => api.ask<unknown>(request) }
}

async function faultOf(asked: Promise<unknown>): Promise<ChecklistError> {
  const thrown: unknown = await asked.then(
    () => undefined,
    (error: unknown) => error
  )
  if (!(thrown instanceof ChecklistError)) throw new Error(`expected a ChecklistError, found ${thrown}`)
  expect(`${thrown.message} ${thrown.hint} ${thrown.stack} ${JSON.stringify(thrown.cause)}`).not.toContain(TOKEN)
  return thrown
}

const isLost = ({ cause }: ChecklistError) => cause instanceof Error && cause.name === LOST_ANSWER
const arrived = () => github.requests().length

describe('a request', () => {
  test('goes to the repository, with the path encoded, the token, the version, and what is left as query or body', async () => {
    const { ask } = open({ url: `${github.url()}/` })
    expect((await ask(REF)).data).toEqual([])
    expect(await ask({ ...BLOB, parameters: { content: 'x', encoding: 'utf-8' } })).toMatchObject({ status: 201 })
    expect(github.requests()).toMatchObject([
      { path: '/repos/octo/shop/git/matching-refs/heads%2Fx%2Fy', token: TOKEN, query: {} },
      { path: '/repos/octo/shop/git/blobs', body: { content: 'x', encoding: 'utf-8' } }
    ])
    expect(github.requests()[0]?.headers).toMatchObject({
      'x-github-api-version': '2022-11-28',
      'user-agent': expect.stringContaining('deploy-checklist')
    })
  })

  test('outside a repository carries no owner', async () => {
    const request = { ...REF, path: '/users/{username}', parameters: { username: 'ada' } }
    expect((await open().ask(request)).data).toMatchObject({ login: 'ada' })
  })

  test('a status that is expected is an answer', async () => {
    const request = { ...REF, path: '/repos/{owner}/{repo}/contents/{path}', parameters: { path: 'no.yml' } }
    expect((await open().ask({ ...request, expect: [404] })).status).toBe(404)
  })

  test.each(['', 'two words', 'line\nend'])('is not sent with %j for a token, which is not said', async token => {
    const fault = await faultOf(open({ token }).ask(REF))
    expect(fault).toMatchObject({ status: 'REFUSED', reason: 'missing_permission' })
    if (token !== '') expect(fault.message).not.toContain(token)
    expect(arrived()).toBe(0)
  })

  test.each(['', 'api.github.com', 'file:///etc'])('%j is no address of an API', url => {
    expect(() => open({ url })).toThrow(expect.objectContaining({ reason: 'usage' }))
  })

  test("goes through the runner's proxy", async () => {
    const proxied: string[] = []
    const proxy = createServer().on('connect', (request, socket) => {
      proxied.push(request.url ?? '')
      socket.end('HTTP/1.1 502 no\r\n\r\n')
    })
    await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
    const { port } = proxy.address() as AddressInfo
    process.env['https_proxy'] = `http://127.0.0.1:${port}`
    try {
      const { api } = open({ url: 'https://api.github.test', env: process.env })
      await faultOf(api.ask(REF))
    } finally {
      delete process.env['https_proxy']
      proxy.close()
    }
    expect(proxied[0]).toBe('api.github.test:443')
  })

  test('two clients at once are each answered in their own name', async () => {
    const one = open()
    const two = open({ token: ADMIN_TOKEN })
    const user = { ...REF, path: '/user', parameters: {}, expect: [403] }
    const [first, second] = await Promise.all([one.ask(user), two.ask(user)])
    expect(first.status).toBe(403)
    expect(second.data).toMatchObject({ login: 'ada' })
  })
})

describe('what a fault says', () => {
  test('a permission that is missing is named, with how to give it', async () => {
    github.state.tokens.set(TOKEN, { kind: 'installation', login: 'x', permissions: {}, sees: true })
    const fault = await faultOf(open().ask(BLOB))
    expect(fault).toMatchObject({ status: 'REFUSED', reason: 'missing_permission' })
    expect(fault.message).toContain('GitHub would not keep a blob: the token needs `contents: write`')
    expect(fault.message).toContain('contents=write (403: Resource not accessible by integration)')
    expect(fault.hint).toContain('permissions: { contents: write }')
    expect(arrived()).toBe(1)
  })

  test("one that a job can never have takes somebody else's token", async () => {
    const fault = await faultOf(open().ask({ ...REF, path: '/user', parameters: {}, needs: 'administration: write' }))
    expect(fault.hint).toContain('can never have `administration: write`')
  })

  test('a token that is not known any more', async () => {
    github.state.tokens.delete(TOKEN)
    const fault = await faultOf(open().ask(REF))
    expect(fault).toMatchObject({ status: 'REFUSED', reason: 'missing_permission' })
    expect(fault.message).toContain('401: Bad credentials')
    expect(arrived()).toBe(1)
  })

  test.each([[[404]], [[]]])(
    'a repository that the token does not see is no absent thing, expected or not: %j',
    async expected => {
      github.state.tokens.set(TOKEN, { kind: 'installation', login: 'x', permissions: {}, sees: false })
      const { ask, api } = open()
      for (const request of [REF, BLOB]) {
        const fault = await faultOf(ask({ ...request, expect: expected }))
        expect(fault).toMatchObject({ status: 'REFUSED', reason: 'missing_permission' })
        expect(fault.message).toContain('does not see the repository octo/shop')
      }
      // Whether it is seen was asked once.
      expect(arrived()).toBe(3)
      expect(api.sent()).toBe(3)
    }
  )

  test('whether the repository is seen is not asked where it has been', async () => {
    const { ask } = open()
    await ask(REF)
    const fault = await faultOf(
      ask({ ...REF, path: '/repos/{owner}/{repo}/contents/{path}', parameters: { path: 'x' } })
    )
    expect(fault.message).toContain('also does to a token without `contents: read`')
    expect(arrived()).toBe(2)
  })

  test.each([
    [422, { message: 'Validation Failed', errors: [{ resource: 'Issue', field: 'title', code: 'missing_field' }] }],
    [409, { message: 'Git Repository is empty.' }],
    [400, { message: 'Problems parsing JSON' }]
  ])("%i is told in GitHub's own words", async (status, body) => {
    github.faults.add({ on: '*', kind: 'status', status, body })
    const fault = await faultOf(open().ask(BLOB))
    expect(fault).toMatchObject({ status: 'REFUSED', reason: 'usage' })
    expect(fault.message).toContain(body.message)
    if (status === 422) expect(fault.message).toContain('Issue title missing_field')
    expect(isLost(fault)).toBe(false)
  })

  test('nobody listens', async () => {
    const { url, close } = await startGitHub()
    await close()
    const { ask, api, clock } = open({ url })
    const fault = await faultOf(ask(BLOB))
    expect(fault).toMatchObject({ status: 'UNAVAILABLE', reason: 'github_unavailable' })
    expect(fault.message).toContain(`${new URL(url).host}: the connection was refused`)
    // It never left, so that it could be tried again and is not in doubt.
    expect(isLost(fault)).toBe(false)
    expect(clock.slept).toEqual([1000, 4000, 9000])
    expect(api.sent()).toBe(0)
  })
})

describe('what may be done twice', () => {
  const TORN = [
    { kind: 'cut' },
    { kind: 'lost' },
    { kind: 'torn' },
    { kind: 'garbage' },
    { kind: 'status', status: 500 },
    { kind: 'status', status: 502 },
    { kind: 'status', status: 503 },
    { kind: 'reject', status: 504 }
  ] as const

  test.each(TORN)('a read goes on after %j', async way => {
    github.faults.add({ on: '*', times: 2, ...way })
    const { ask, api, clock } = open()
    expect((await ask(REF)).data).toEqual([])
    expect(clock.slept).toEqual([1000, 4000])
    expect([arrived(), api.sent()]).toEqual([3, 3])
  })

  test.each(TORN)('a read gives up at last after %j', async way => {
    github.faults.add({ on: '*', times: 9, ...way })
    const { ask, api } = open()
    const fault = await faultOf(ask(REF))
    expect(fault).toMatchObject({ status: 'UNAVAILABLE', reason: 'github_unavailable' })
    expect(isLost(fault)).toBe(false)
    expect([arrived(), api.sent()]).toEqual([4, 4])
  })

  test.each(TORN)('a write is never repeated after %j, and is said to be in doubt', async way => {
    blobs = 0
    github.faults.add({ on: '*', ...way })
    const { ask, api } = open()
    const fault = await faultOf(ask(BLOB))
    expect(fault).toMatchObject({ status: 'UNAVAILABLE', reason: 'github_unavailable' })
    expect(isLost(fault)).toBe(true)
    expect([arrived(), api.sent()]).toEqual([1, 1])
    expect(blobs).toBe(['lost', 'torn', 'reject'].includes(way.kind) ? 1 : 0)
  })

  test.each(TORN)('a write that may be done twice goes on after %j', async way => {
    github.faults.add({ on: '*', ...way })
    expect((await open().ask({ ...BLOB, repeatable: true })).status).toBe(201)
    expect(arrived()).toBe(2)
  })

  test('a read that may not be repeated is not', async () => {
    github.faults.add({ on: '*', kind: 'status', status: 502 })
    await faultOf(open().ask({ ...REF, repeatable: false }))
    expect(arrived()).toBe(1)
  })

  test('an answer that does not come in time is no answer', async () => {
    github.faults.add({ on: '*', kind: 'hang' })
    expect((await open({ timeoutMs: 400 }).ask(REF)).data).toEqual([])
    github.faults.add({ on: '*', kind: 'hang' })
    const fault = await faultOf(open({ timeoutMs: 400 }).ask(BLOB))
    expect(fault.message).toContain('no answer within')
    expect(isLost(fault)).toBe(true)
  })
})

describe('limits', () => {
  test('even a write waits as long as it is told to, since nothing was done', async () => {
    github.faults.add(secondaryLimit('*', 17))
    const lines: string[] = []
    const { ask, clock } = open({ onWait: line => lines.push(line) })
    expect((await ask(BLOB)).status).toBe(201)
    expect(clock.slept).toEqual([17_000])
    expect(lines).toEqual(['GitHub did not keep a blob yet: it is asked again in 17 s'])
  })

  test('without being told, a minute, then two', async () => {
    github.faults.add({ ...secondaryLimit('*'), times: 2 })
    const { ask, clock } = open()
    await ask(BLOB)
    expect(clock.slept).toEqual([60_000, 120_000])
  })

  test('until there are requests again', async () => {
    const { ask, clock } = open()
    github.faults.add(usedUp('*', clock.now().getTime() / 1000 + 90))
    await ask(REF)
    expect(clock.slept).toEqual([91_000])
  })

  test('429 is one too', async () => {
    github.faults.add({ on: '*', kind: 'status', status: 429, headers: { 'retry-after': '5' } })
    const { ask, clock } = open()
    await ask(BLOB)
    expect(clock.slept).toEqual([5000])
  })

  test.each([[[403]], [[]]])('that last too long are told with their end, whatever is expected: %j', async expected => {
    const { ask, clock } = open()
    github.faults.add(usedUp('*', clock.now().getTime() / 1000 + 3000))
    const fault = await faultOf(ask({ ...BLOB, expect: expected }))
    expect(fault).toMatchObject({ status: 'UNAVAILABLE', reason: 'github_unavailable' })
    expect(fault.message).toContain('2026-01-05T10:50:00.000Z')
    expect(isLost(fault)).toBe(false)
    expect(clock.slept).toEqual([])
  })

  test('a server error is asked again when it says so', async () => {
    github.faults.add({ on: '*', kind: 'status', status: 503, headers: { 'retry-after': '30' } })
    const { ask, clock } = open()
    await ask(REF)
    expect(clock.slept).toEqual([30_000])
  })
})
