import { expect, test } from '@jest/globals'
import { openLastHead } from '../../src/github/last-head.js'
import { clientOf } from '../fakes/github/client.js'
import { beginJob, type FakeDeployment } from '../fakes/github/handlers/deployments.js'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'

const github = useGitHub()
const SHA = 'a'.repeat(40)
const read = (own: string | undefined = SHA) => openLastHead(clientOf(github.url())).read('production', own)
const head = (seq: number) => ({ id: '20260105T100000-0badcafe', seq, hash: 'ab'.repeat(32) })
const descriptionOf = (seq: number) => `SUCCESS 20260105T100000-0badcafe:${seq}:${'ab'.repeat(32)}`

/** A job's deployment of another commit, with statuses after GitHub's own, oldest first. */
function deployed(...statuses: readonly Readonly<{ description: string; by?: string }>[]): FakeDeployment {
  const made = beginJob(github.state, { environment: 'production', sha: 'b'.repeat(40) })
  if (made === undefined) throw new Error('it has an environment')
  for (const status of statuses)
    made.statuses.push({ id: 1, state: 'success', environmentUrl: '', logUrl: '', at: 0, ...status })
  return made
}

test('the newest head of the newest deployment is found with two requests', async () => {
  deployed({ description: descriptionOf(1) })
  const newest = deployed({ description: descriptionOf(2) }, { description: descriptionOf(3) }, { description: 'x' })
  beginJob(github.state, { environment: 'production', sha: SHA })
  expect(await read()).toEqual({ deployment: String(newest.id), head: head(3) })
  expect(github.requests().map(({ operationId }) => operationId)).toEqual([
    'repos/list-deployments',
    'repos/list-deployment-statuses'
  ])
})

test('with nothing but our own job there is nothing to look into', async () => {
  beginJob(github.state, { environment: 'production', sha: SHA })
  expect(await read()).toBeUndefined()
  expect(github.requests()).toHaveLength(1)
})

test("what was written with another token than a job's is no head, and neither is what nobody can read", async () => {
  deployed({ description: descriptionOf(2) }, { description: descriptionOf(9), by: 'mallory' })
  expect((await read())?.head).toEqual(head(2))
  deployed({ description: descriptionOf(9), by: 'mallory' }, { description: 'SUCCESS' })
  expect(await read()).toBeUndefined()
})

test('a token that must not see deployments leaves it to verify', async () => {
  deployed({ description: descriptionOf(2) })
  const permissions = { contents: 'write', actions: 'read' } as const
  github.state.tokens.set(TOKEN, { kind: 'installation', login: 'github-actions[bot]', permissions, sees: true })
  expect(await read()).toBeUndefined()
})

test.each(['repos/list-deployments', 'repos/list-deployment-statuses'])('an outage of %s is one', async on => {
  deployed({ description: descriptionOf(2) })
  github.faults.add({ on, times: 99, kind: 'status', status: 502 })
  await expect(read()).rejects.toMatchObject({ status: 'UNAVAILABLE', reason: 'github_unavailable' })
})
