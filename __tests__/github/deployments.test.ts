import { describe, expect, test } from '@jest/globals'
import type { WantedDeployment } from '../../src/core/deployments/deployment.js'
import { openGitHub } from '../../src/github/api.js'
import { openDeployments } from '../../src/github/deployments.js'
import { fakeClock } from '../fakes/clock.js'
import { beginJob, deployedOf, endJob, lastOf } from '../fakes/github/handlers/deployments.js'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'

const github = useGitHub({ repository: 'org/shop' })
const SHA = 'a'.repeat(40)
const OTHER = 'b'.repeat(40)
const EXECUTION = '20260105T100000-0badcafe'
const HEAD = `${EXECUTION}:12:${'ab'.repeat(32)}`

const open = () =>
  openDeployments(
    openGitHub({
      ...{ url: github.url(), token: TOKEN, repository: 'org/shop', env: {} },
      clock: fakeClock({ mode: 'turning' })
    })
  )
const wanted = (some: Partial<WantedDeployment> = {}): WantedDeployment => ({
  ...{ execution: EXECUTION, environment: 'production', commit: SHA, description: `DEPLOYING ${EXECUTION}` },
  job: { runId: '77', runAttempt: 1, runner: 'runner 1', sha: SHA },
  make: 'where-none',
  ...some
})
const words = (state: 'success' | 'inactive', description: string, endsOthers = false) => ({
  ...{ state, description, environmentUrl: '', logUrl: '', endsOthers }
})
const all = () => deployedOf(github.state).all
const calls = () => github.requests().map(({ operationId }) => operationId)

describe('a job with an environment', () => {
  test('has a deployment of its own, which is taken, and no second one is made', async () => {
    const own = beginJob(github.state, { id: 5, environment: 'production', sha: SHA })
    const taken = await open().take(wanted())
    expect(taken).toEqual({
      ...{ id: String(own?.id), environment: 'production', sha: SHA, own: true },
      logUrl: 'https://github.com/org/shop/actions/runs/77/job/5'
    })
    expect(all()).toHaveLength(1)
  })

  test('is told from the other jobs of its run by its runner, and from another run of the same commit', async () => {
    beginJob(github.state, { run: 76, environment: 'production', sha: SHA, runner: 'runner 1', status: 'completed' })
    const own = beginJob(github.state, { environment: 'production', sha: SHA })
    beginJob(github.state, { environment: 'production', sha: SHA, runner: 'runner 2' })
    expect((await open().take(wanted()))?.id).toBe(String(own?.id))
  })

  test('is told from them also in a run of more than a hundred jobs', async () => {
    const over = (id: number) => ({ id, run: 77, attempt: 1, runner: 'runner 3', status: 'completed' })
    deployedOf(github.state).jobs.push(...Array.from({ length: 120 }, (_, id) => over(id + 1)))
    const own = beginJob(github.state, { environment: 'production', sha: SHA })
    beginJob(github.state, { environment: 'production', sha: SHA, runner: 'runner 2' })
    expect((await open().take(wanted()))?.id).toBe(String(own?.id))
  })

  test('has the newest of its run where its job cannot be told, unless it has to be certain', async () => {
    beginJob(github.state, { environment: 'production', sha: SHA })
    const newest = beginJob(github.state, { environment: 'production', sha: SHA, runner: 'runner 2' })
    const job = { ...wanted().job, runner: '' }
    expect((await open().take(wanted({ job })))?.id).toBe(String(newest?.id))
    expect(await open().take(wanted({ job, make: 'unless-certain' }))).toMatchObject({ own: false })
  })

  test('of a second attempt has another one than the first', async () => {
    const first = beginJob(github.state, { environment: 'production', sha: SHA })
    deployedOf(github.state).jobs.splice(0)
    const second = beginJob(github.state, { environment: 'production', sha: SHA, attempt: 2 })
    const taken = await open().take(wanted({ job: { ...wanted().job, runAttempt: 2 } }))
    expect([taken?.id, taken?.id === String(first?.id)]).toEqual([String(second?.id), false])
  })

  test('is found also where it writes the name of its environment in capitals', async () => {
    const own = beginJob(github.state, { environment: 'Production', sha: SHA })
    expect(await open().take(wanted())).toMatchObject({ id: String(own?.id), environment: 'Production' })
  })

  test('is found also where the token must not see the jobs', async () => {
    const own = beginJob(github.state, { environment: 'production', sha: SHA })
    github.state.tokens.set(TOKEN, {
      ...{ kind: 'installation', login: 'github-actions[bot]', sees: true },
      permissions: { deployments: 'write' }
    })
    expect((await open().take(wanted()))?.id).toBe(String(own?.id))
  })
})

describe('a job without one', () => {
  test('gets one, for the commit that is deployed, merging nothing and asking for no checks', async () => {
    deployedOf(github.state).behind = true
    const taken = await open().take(wanted())
    expect(taken).toMatchObject({ own: false, sha: SHA })
    expect(all()).toMatchObject([{ sha: SHA, environment: 'production', payload: { 'deploy-checklist': EXECUTION } }])
    expect(github.requests().find(({ method }) => method === 'POST')?.body).toMatchObject({
      ...{ auto_merge: false, required_contexts: [], ref: SHA, production_environment: true }
    })
  })

  test('gets one also beside those that others made of the same commit', async () => {
    beginJob(github.state, { run: 76, environment: 'production', sha: SHA })
    beginJob(github.state, { environment: 'staging', sha: SHA })
    beginJob(github.state, {})
    expect(await open().take(wanted())).toMatchObject({ own: false })
    expect(all()).toHaveLength(3)
  })

  test('finds the one that was made for its execution before, by whichever attempt, also of another commit', async () => {
    const first = await open().take(wanted({ commit: OTHER }))
    const again = await open().take(wanted({ commit: OTHER, job: { ...wanted().job, runAttempt: 2 } }))
    expect([again?.id, all().length]).toEqual([first?.id, 1])
    await open().take(wanted({ commit: OTHER, execution: '20260105T110000-0badcafe' }))
    expect(all()).toHaveLength(2)
  })

  test('has none where none is to be made', async () => {
    expect(await open().take(wanted({ make: 'never' }))).toBeUndefined()
    expect(new Set(calls())).toEqual(new Set(['repos/list-deployments']))
  })

  test('hears from GitHub why it will not make one', async () => {
    deployedOf(github.state).unknownRefs.add(SHA)
    await expect(open().take(wanted())).rejects.toThrow(
      /would not create a deployment to production \(422\): No ref found/
    )
  })
})

test('two at once make one: the first stays, the other is taken away', async () => {
  const [one, other] = await Promise.all([open().take(wanted()), open().take(wanted())])
  expect(one?.id).toBe(other?.id)
  expect(all().map(({ id }) => String(id))).toEqual([one?.id])
})

test('two at once for two executions have one each', async () => {
  const second = wanted({ execution: '20260105T110000-0badcafe', environment: 'staging' })
  const [one, other] = await Promise.all([open().take(wanted()), open().take(second)])
  expect(
    all()
      .map(({ id }) => String(id))
      .sort()
  ).toEqual([one?.id, other?.id].sort())
})

describe('a status', () => {
  test('is added with what it says, and ends those before it only where it is told to', async () => {
    const deployments = open()
    const before = await deployments.take(wanted({ environment: 'staging' }))
    await deployments.report(before?.id ?? '', words('success', 'one', true))
    const now = await deployments.take(wanted({ environment: 'staging', execution: '20260105T110000-0badcafe' }))
    await deployments.report(now?.id ?? '', words('success', 'two'))
    expect(all().map(lastOf)).toEqual(['success', 'success'])
    await deployments.report(now?.id ?? '', words('success', 'three', true))
    expect(all().map(lastOf)).toEqual(['inactive', 'success'])
  })

  test('is not said twice where somebody else may have said it', async () => {
    const { id = '' } = (await open().take(wanted())) ?? {}
    for (const how of [undefined, 'unless-said', 'unless-said'] as const)
      await open().report(id, words('success', `SUCCESS ${HEAD}`), how)
    expect(all()[0]?.statuses).toHaveLength(1)
  })
})

describe('heads', () => {
  test('are read from the newest deployments of the environments, also where GitHub said something after us', async () => {
    const own = beginJob(github.state, { environment: 'production', sha: SHA })
    await open().report(String(own?.id), words('success', `SUCCESS ${HEAD}`))
    if (own !== undefined) endJob(github.state, own, 'success', 'https://shop.example.com')
    beginJob(github.state, { environment: 'staging', sha: SHA })
    const head = { id: EXECUTION, seq: 12, hash: 'ab'.repeat(32) }
    expect(await open().heads(['production', 'staging'])).toEqual({ kind: 'read', heads: [head], deployments: 2 })
    expect(await open().heads([])).toEqual({ kind: 'read', heads: [head], deployments: 2 })
    expect(await open().heads(['staging'])).toMatchObject({ heads: [], deployments: 1 })
  })

  test('that cannot be read are none, and the permission is named', async () => {
    github.state.tokens.set(TOKEN, {
      ...{ kind: 'installation', login: 'github-actions[bot]', sees: true, permissions: { contents: 'read' } }
    })
    const found = await open().heads(['production'])
    expect(found).toMatchObject({ kind: 'unreadable', hint: expect.stringContaining('deployments: read') })
  })
})
