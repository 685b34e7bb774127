import { expect, test } from '@jest/globals'
import { ciOf, fakeRun } from '../fakes/github/ci-state.js'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'
import { CHECKLIST, openStand, refusal, type Stand } from './stand.js'

const github = useGitHub({ repository: 'org/shop' })
const env = () => ({ GITHUB_API_URL: github.url(), GITHUB_TOKEN: TOKEN, GITHUB_RUN_ID: '7' })
const LAST = { stage: 'settle', prepare: 'true' }

const prepared = (at: Stand) => at.step({ stage: 'preflight', prepare: 'true' }, { env: env() })
const settledLast = (at: Stand, execution: string) => at.settle({ execution }, { ...LAST, execution }, { env: env() })
const recordOf = async (at: Stand, id: string) =>
  ((await at.does(`show ${id} --ledger branch`, { env: { ...ACTIONS, ...env() } })).json ?? {}) as object
const ACTIONS = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'org/shop', GITHUB_RUN_ATTEMPT: '1' }

const reviewed = (state: 'approved' | 'rejected', environments: readonly string[], words = '') => {
  ciOf(github.state).runs.push(fakeRun({ id: 7 }))
  ciOf(github.state).reviews.push({ run: 7, state, who: 'bob', words, environments: [...environments] })
}

test('what was rejected is ended: refused, by whom, and nothing was touched', async () => {
  const at = openStand()
  reviewed('rejected', ['production'], 'not on a Friday')
  const { id } = await prepared(at)
  const result = await settledLast(at, id)
  expect(result).toMatchObject({ status: 'REFUSED', reason: 'not_approved', exitCode: 2 })
  expect(result.message).toBe('bob rejected it for production: not on a Friday')
  expect(result.nextSteps.join()).toMatch(/run all jobs of its run again/)
  expect(await recordOf(at, id)).toMatchObject({ status: 'REFUSED', reason: 'not_approved' })
  expect(at.did()).toEqual([])
})

test.each([
  ['nobody has said anything', () => {}],
  ['another environment was rejected', () => reviewed('rejected', ['staging'])],
  ['GitHub does not tell', () => github.faults.add({ on: 'actions/get-reviews-for-run', kind: 'status', status: 403 })]
])('where %s it says that its job never began', async (_, arrange) => {
  const at = openStand()
  arrange()
  const { id } = await prepared(at)
  const result = await settledLast(at, id)
  expect([result.status, result.reason]).toEqual(['REFUSED', 'not_approved'])
  expect(result.message).toMatch(/its job behind the gate of production never began/)
})

test('its run’s next attempt prepares it anew; the job behind the gate alone says what to do', async () => {
  const at = openStand()
  const { id } = await prepared(at)
  await settledLast(at, id)
  const again = { ...env(), GITHUB_RUN_ATTEMPT: '2' }
  const alone = await at.step({ stage: 'preflight', execution: id }, { env: again })
  expect(refusal(alone)).toEqual(['REFUSED', 'nothing_to_resume', 2])
  expect(alone.result.hint).toMatch(/run all jobs of its run again/)
  const anew = await at.step({ stage: 'preflight', prepare: 'true' }, { env: again })
  expect([anew.result.status, anew.id === id]).toEqual(['PLANNED', false])
  expect((await at.step({ execution: anew.id }, { env: again })).result.status).toBe('SUCCESS')
})

test('a job that died behind the gate is settled as one that did; what has ended stays as it is', async () => {
  const at = openStand(`${CHECKLIST}  preflight: [{ run: 'true', id: look }]\n`)
  const { id } = await prepared(at)
  await at.step({ stage: 'preflight', execution: id }, { env: env() })
  const died = await settledLast(at, id)
  expect([died.status, died.reason]).toEqual(['CANCELLED', 'cancelled'])
  expect((await settledLast(at, id)).status).toBe('CANCELLED')
  const other = await prepared(at)
  expect((await at.step({ execution: other.id }, { env: env() })).result.status).toBe('SUCCESS')
  expect((await settledLast(at, other.id)).status).toBe('SUCCESS')
})
