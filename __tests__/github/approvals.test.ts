import { describe, expect, test } from '@jest/globals'
import { openApprovals, openRefs } from '../../src/github/approvals.js'
import { ciOf, fakeRun } from '../fakes/github/ci-state.js'
import { clientOf } from '../fakes/github/client.js'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'

const github = useGitHub()
const sha = 'a'.repeat(40)
const approvals = () => openApprovals(clientOf(github.url()))
const refs = () => openRefs(clientOf(github.url()))
const forbid = () => github.state.tokens.set(TOKEN, { kind: 'installation', login: 'x', permissions: {}, sees: true })

describe('reviews of a run', () => {
  test('say who, what they wrote and for which environments', async () => {
    const { runs, reviews } = ciOf(github.state)
    runs.push(fakeRun())
    reviews.push({ run: 77, state: 'approved', who: 'ann', words: 'go', environments: ['production', 'eu'] })
    reviews.push({ run: 78, state: 'approved', who: 'eve', words: '', environments: ['production'] })
    expect(await approvals().read('77')).toEqual({
      reviews: [{ state: 'approved', who: 'ann', words: 'go', environments: ['production', 'eu'] }]
    })
  })

  test('there may be none', async () => {
    ciOf(github.state).runs.push(fakeRun())
    expect(await approvals().read('77')).toEqual({ reviews: [] })
  })

  test('are unknown, which is not none, when GitHub would not tell', async () => {
    expect(await approvals().read('77')).toMatchObject({
      unknown: expect.stringContaining('404'),
      reason: 'missing_permission',
      hint: expect.stringContaining('actions: read')
    })
    ciOf(github.state).runs.push(fakeRun())
    github.faults.add({ on: '*', times: 99, kind: 'status', status: 503 })
    expect(await approvals().read('77')).toMatchObject({
      unknown: expect.stringContaining('503'),
      reason: 'github_unavailable'
    })
    github.faults.clear()
    github.faults.add({ on: '*', kind: 'status', status: 200, body: {} })
    expect(await approvals().read('77')).toMatchObject({ unknown: expect.stringContaining('list of reviews') })
    forbid()
    expect(await approvals().read('77')).toMatchObject({ unknown: expect.stringContaining('actions: read') })
  })
})

describe('a commit', () => {
  test('is by its author and its committer, who may be nobody on GitHub', async () => {
    ciOf(github.state).commits.set(sha, { sha, author: 'ann', committer: '' })
    expect(await approvals().commit(sha)).toEqual({ sha, author: 'ann', committer: '' })
  })

  test('is unknown when GitHub would not tell', async () => {
    expect(await approvals().commit(sha)).toBeUndefined()
    forbid()
    expect(await approvals().commit(sha)).toBeUndefined()
  })
})

describe('the newest commit of a ref', () => {
  test.each([
    ['refs/heads/main', 'heads/main'],
    ['refs/heads/release/1', 'heads/release/1'],
    ['refs/tags/v1', 'tags/v1']
  ])('of %s', async (ref, known) => {
    ciOf(github.state).commits.set(known, { sha, author: '', committer: '' })
    expect((await refs().newest(ref))?.sha).toBe(sha)
  })

  test('is nothing when the ref is gone', async () => {
    expect(await refs().newest('refs/heads/gone')).toBeUndefined()
  })

  test('is not known, which is not nothing, after a fault', async () => {
    github.faults.add({ on: '*', times: 99, kind: 'cut' })
    await expect(refs().newest('refs/heads/main')).rejects.toMatchObject({ reason: 'github_unavailable' })
    github.faults.clear()
    forbid()
    await expect(refs().newest('refs/heads/main')).rejects.toMatchObject({ reason: 'missing_permission' })
  })
})
