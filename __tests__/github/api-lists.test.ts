import { describe, expect, test } from '@jest/globals'
import { ChecklistError } from '../../src/core/errors.js'
import { openGitHub } from '../../src/github/api.js'
import { type ApiRequest, LOST_ANSWER } from '../../src/github/github.js'
import { fakeClock } from '../fakes/clock.js'
import { type Handlers, paged } from '../fakes/github/handler.js'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'

let many = 0
const own: Handlers = {
  'git/list-matching-refs': ({ base }) => ({
    status: 200,
    body: [{ ref: 'refs/heads/x', node_id: 'x', url: base, object: { type: 'commit', sha: 'a'.repeat(40), url: base } }]
  }),
  'repos/list-deployment-branch-policies': request =>
    paged(
      request,
      Array.from({ length: many }, (_, id) => ({ id, name: `b${id}` })),
      (page, total) => ({
        total_count: total,
        branch_policies: page
      })
    ),
  'git/create-blob': ({ base }) => ({ status: 201, body: { url: base, sha: 'a'.repeat(40) } })
}
const github = useGitHub({ handlers: own })

const POLICIES: ApiRequest = {
  method: 'GET',
  path: '/repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies',
  parameters: { environment_name: 'prod/eu' },
  needs: 'actions: read',
  what: 'list the policies'
}
const REFS = { ...POLICIES, path: '/repos/{owner}/{repo}/git/matching-refs/{ref}', parameters: { ref: 'heads/x' } }
const BLOB = {
  ...POLICIES,
  method: 'POST',
  path: '/repos/{owner}/{repo}/git/blobs',
  parameters: { content: 'x' }
} as const

type Page = Readonly<{ branch_policies: readonly { id: number }[] }>
const policiesOf = (page: unknown) => (page as Page).branch_policies

const open = (signal?: AbortSignal, clock = fakeClock({ mode: 'turning' })) =>
  openGitHub({ url: github.url(), token: TOKEN, repository: 'octo/shop', clock, env: {}, ...(signal && { signal }) })

describe('a list', () => {
  test.each([
    [0, 1],
    [1, 1],
    [100, 1],
    [101, 2],
    [350, 4]
  ])('of %i comes whole, in %i requests of 100 each', async (count, requests) => {
    many = count
    const api = open()
    const found = await api.all(POLICIES, policiesOf)
    expect(found.map(({ id }) => id)).toEqual(Array.from({ length: count }, (_, id) => id))
    expect(github.requests().map(({ query }) => query['per_page'])).toEqual(Array(requests).fill('100'))
    expect(api.sent()).toBe(requests)
  })

  test('a page that fails is asked again, and the others are not', async () => {
    many = 250
    github.faults.add({ on: '*', nth: 2, kind: 'torn' })
    expect(await open().all(POLICIES, policiesOf)).toHaveLength(250)
    expect(github.requests().map(({ query }) => query['page'])).toEqual([undefined, '2', '2', '3'])
  })

  test('a page that cannot be had is no shorter list', async () => {
    many = 250
    github.faults.add({ on: '*', nth: 3, times: 9, kind: 'status', status: 502 })
    await expect(open().all(POLICIES, policiesOf)).rejects.toMatchObject({ reason: 'github_unavailable' })
  })

  test('what is no list is refused, and so is one without end', async () => {
    many = 1
    await expect(open().all(POLICIES)).rejects.toMatchObject({ reason: 'github_unavailable' })
    many = 20_000
    await expect(open().all(POLICIES, policiesOf)).rejects.toMatchObject({ reason: 'github_unavailable' })
    expect(github.requests()).toHaveLength(101)
  })

  test('the next page is asked of the same server, whatever its address says', async () => {
    many = 1
    const link = '<https://elsewhere.example/repos/octo/shop/x?per_page=100&page=2>; rel="next"'
    const body = { total_count: 2, branch_policies: [{ id: 7, name: 'b' }] }
    github.faults.add({ on: '*', kind: 'status', status: 200, body, headers: { link } })
    expect(await open().all(POLICIES, policiesOf)).toHaveLength(1)
    expect(github.requests()).toHaveLength(2)
  })
})

describe('a repository that was renamed', () => {
  const sendOn = (location: string, status = 301) =>
    github.faults.add({
      on: '*',
      kind: 'status',
      status,
      body: { message: 'Moved Permanently' },
      headers: { location }
    })

  test('is read where it is now', async () => {
    sendOn(`${github.url()}/repos/octo/shop/git/matching-refs/heads%2Fx`)
    const api = open()
    expect((await api.ask(REFS)).data).toHaveLength(1)
    expect(github.requests()[1]).toMatchObject({ token: TOKEN })
    expect(api.sent()).toBe(2)
  })

  test('is not written to', async () => {
    sendOn(`${github.url()}/repos/octo/shop/git/blobs`, 307)
    await expect(open().ask(BLOB)).rejects.toMatchObject({ reason: 'usage' })
    expect(github.requests()).toHaveLength(1)
  })

  test('is not looked for on another server, which would get the token', async () => {
    sendOn('http://localhost:1/repos/octo/shop')
    await expect(open().ask(REFS)).rejects.toMatchObject({ reason: 'usage' })
  })
})

describe('a run that is cancelled', () => {
  const faultOf = async (asked: Promise<unknown>): Promise<ChecklistError> => {
    const thrown: unknown = await asked.catch((error: unknown) => error)
    if (thrown instanceof ChecklistError) return thrown
    throw new Error(`expected a ChecklistError, found ${thrown}`)
  }
  const nameOf = ({ cause }: ChecklistError) => (cause instanceof Error ? cause.name : undefined)

  test('sends nothing more', async () => {
    const api = open(AbortSignal.abort())
    expect(await faultOf(api.ask(BLOB))).toMatchObject({ status: 'CANCELLED', reason: 'cancelled' })
    expect(github.requests()).toHaveLength(0)
    expect(api.sent()).toBe(0)
  })

  test('does not wait on', async () => {
    const stop = new AbortController()
    const clock = fakeClock()
    github.faults.add({ on: '*', kind: 'status', status: 502 })
    const asked = faultOf(open(stop.signal, clock).ask(REFS))
    while (clock.sleepers() === 0) await new Promise(resolve => setImmediate(resolve))
    stop.abort()
    expect(await asked).toMatchObject({ status: 'CANCELLED' })
    expect(github.requests()).toHaveLength(1)
  })

  test.each([
    [BLOB, LOST_ANSWER],
    [REFS, undefined]
  ])('leaves what is on its way, in doubt if it is a write', async (request, name) => {
    const stop = new AbortController()
    github.faults.add({ on: '*', kind: 'hang' })
    const asked = faultOf(open(stop.signal).ask(request))
    while (github.requests().length === 0) await new Promise(resolve => setImmediate(resolve))
    stop.abort()
    const fault = await asked
    expect(fault).toMatchObject({ status: 'CANCELLED', reason: 'cancelled' })
    expect(nameOf(fault)).toBe(name)
  })
})
