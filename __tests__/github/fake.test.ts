import { expect, test } from '@jest/globals'
import type { Handlers } from '../fakes/github/handler.js'
import { paged } from '../fakes/github/handler.js'
import { startGitHub, useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'

const SHA = 'a'.repeat(40)
const handlers: Handlers = {
  'git/get-ref': ({ params, base }) => ({
    status: 200,
    body: { ref: `refs/${params['ref']}`, node_id: 'x', url: base, object: { sha: SHA, type: 'commit', url: base } }
  }),
  'git/update-ref': () => ({ status: 200, body: { wrong: true } }),
  'issues/list-comments': request => paged(request, [])
}
const github = useGitHub({ handlers })

const ask = (path: string, { token = TOKEN, ...options }: RequestInit & { token?: string } = {}) =>
  fetch(`${github.url()}${path}`, { ...options, headers: token === '' ? {} : { authorization: `token ${token}` } })

test('an operation is found by its path, whose values may be encoded, and is answered by its handler', async () => {
  for (const ref of ['heads/main', 'heads%2Fmain']) {
    const answer = await ask(`/repos/octo/shop/git/ref/${ref}`)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ ref: 'refs/heads/main' })
  }
  expect(github.requests().map(({ operationId }) => operationId)).toEqual(['git/get-ref', 'git/get-ref'])
})

test.each([
  { why: 'no token', token: '', path: '/repos/octo/shop/git/ref/heads%2Fmain', status: 401 },
  { why: 'a revoked token', token: 'gone', path: '/repos/octo/shop/git/ref/heads%2Fmain', status: 401 },
  { why: 'another repository', token: TOKEN, path: '/repos/octo/other/git/ref/heads%2Fmain', status: 404 }
])('$why is answered with $status', async ({ token, path, status }) => {
  expect((await ask(path, { token })).status).toBe(status)
})

test('a token without the permission is refused in the words of GitHub, which name the permission', async () => {
  github.state.tokens.set(TOKEN, { kind: 'installation', login: 'x', permissions: { contents: 'read' }, sees: true })
  const answer = await ask('/repos/octo/shop/issues/1/comments')
  expect(answer.status).toBe(403)
  expect(answer.headers.get('x-accepted-github-permissions')).toBe('issues=read')
  expect(await answer.json()).toMatchObject({ message: 'Resource not accessible by integration' })
})

test('what breaks the contract is remembered: unknown fields, unknown parameters, wrong answers, unknown paths', async () => {
  const own = await startGitHub({ handlers })
  const send = (path: string, init: RequestInit = {}) =>
    fetch(`${own.url}/repos/octo/shop${path}`, { ...init, headers: { authorization: `token ${TOKEN}` } })
  const unknownField = await send('/git/refs/heads%2Fmain', {
    method: 'PATCH',
    body: `{"sha":"${SHA}","colour":"red"}`
  })
  await send('/issues/1/comments?colour=red')
  await send('/issues/one/comments')
  await send('/git/refs/heads%2Fmain', { method: 'PATCH', body: `{"sha":"${SHA}"}` })
  await send('/nothing')
  await fetch(`${own.url}/repos/octo/shop/actions/workflows/1`, { headers: { authorization: `token ${TOKEN}` } })
  await own.close()
  expect(unknownField.status).toBe(422)
  expect(own.violations()).toEqual([
    "request of git/update-ref: / must NOT have additional properties 'colour'",
    "request of issues/list-comments: / must NOT have additional properties 'colour'",
    'request of issues/list-comments: /issue_number must be integer',
    "answer 200 of git/update-ref: / must have required property 'ref'",
    "answer 200 of git/update-ref: / must have required property 'node_id'",
    "answer 200 of git/update-ref: / must have required property 'url'",
    "answer 200 of git/update-ref: / must have required property 'object'",
    'GET /repos/octo/shop/nothing: no operation that the fake knows; add it to scripts/trim-github-api.mjs',
    'actions/get-workflow: the fake has no handler'
  ])
})

test('two run at once, each with a state of its own', async () => {
  const [one, two] = await Promise.all([startGitHub({ handlers }), startGitHub({ repository: 'octo/other', handlers })])
  const status = async (url: string) =>
    (await fetch(`${url}/repos/octo/other/git/ref/x`, { headers: { authorization: `token ${TOKEN}` } })).status
  expect(await Promise.all([status(one.url), status(two.url)])).toEqual([404, 200])
  await Promise.all([one.close(), two.close()])
})
