import { describe, expect, test } from '@jest/globals'
import { concealing } from '../../src/core/kept.js'
import type { Liveness } from '../../src/core/ports.js'
import type { ProcessIdentity } from '../../src/core/records.js'
import { livenessOnGitHub, openRuns } from '../../src/github/runs.js'
import { ciOf, fakeRun } from '../fakes/github/ci-state.js'
import { clientOf } from '../fakes/github/client.js'
import { deployedOf } from '../fakes/github/handlers/deployments.js'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'

const github = useGitHub()
const runs = () => openRuns(clientOf(github.url()))
const done = { status: 'completed', conclusion: 'success' } as const

const holder: ProcessIdentity = { host: 'h', bootId: 'b', pid: 1, startedAt: '9', runId: '77', runAttempt: 1 }
const machine = (state: 'alive' | 'dead' | 'unknown'): Liveness => ({
  self: async () => ({ ...holder, pid: 2, runId: '88' }),
  state: async () => state
})
const liveness = (state: 'alive' | 'dead' | 'unknown' = 'unknown') =>
  livenessOnGitHub(machine(state), runs(), 'octo/shop')
const forbid = () => {
  const permissions = { contents: 'read' } as const
  github.state.tokens.set(TOKEN, { kind: 'installation', login: 'x', permissions, sees: true })
}

describe('a workflow run', () => {
  test('is told of by its attempt, and by its newest one', async () => {
    ciOf(github.state).runs.push(fakeRun({ ...done, actor: 'ann' }), fakeRun({ attempt: 2, triggeredBy: 'cy' }))
    expect(await runs().read('77', 1)).toMatchObject({
      run: { id: '77', attempt: 1, conclusion: 'success', actor: 'ann' }
    })
    expect(await runs().read('77')).toEqual({
      run: {
        ...{ id: '77', attempt: 2, status: 'in_progress', conclusion: '', createdAt: '2026-01-05T09:00:00Z' },
        ...{ event: 'push', actor: 'bea', triggeredBy: 'cy', repository: 'octo/shop' }
      }
    })
  })

  test('that is over is not asked for twice, one that goes on is', async () => {
    ciOf(github.state).runs.push(fakeRun(done), fakeRun({ id: 78 }))
    const once = runs()
    for (const id of ['77', '77', '78', '78']) await once.read(id, 1)
    expect(github.requests()).toHaveLength(3)
  })

  test('that GitHub does not know is unknown, and so is what is no id', async () => {
    expect(await runs().read('5')).toEqual({ unknown: 'GitHub knows no run 5 of octo/shop' })
    expect(await runs().read('../../x')).toEqual({ unknown: '"../../x" is no id of a workflow run' })
    // With a 404 the client asks whether it sees the repository at all.
    expect(github.requests().map(({ operationId }) => operationId)).toEqual(['actions/get-workflow-run', 'repos/get'])
  })
})

describe('a holder of Actions', () => {
  test.each([
    ['is dead when its run is over', done, 'dead', /attempt 1 of run 77 is over \(success\)/],
    ['is dead when its run was cancelled', { ...done, conclusion: 'cancelled' }, 'dead', /cancelled/],
    ['lives while its run goes on', {}, 'alive', /is in_progress/],
    ['lives while its run waits for an approval', { status: 'waiting' }, 'alive', /is waiting/]
  ] as const)('%s', async (_, some, state, because) => {
    ciOf(github.state).runs.push(fakeRun(some))
    const asked = liveness()
    expect(await asked.state(holder)).toBe(state)
    expect(asked.because?.(holder)).toMatch(because)
  })

  test('is unknown, with the reason, when its run is not there', async () => {
    const asked = liveness()
    expect(await asked.state(holder)).toBe('unknown')
    expect(asked.because?.(holder)).toMatch(/knows no run 77/)
  })

  test('of another repository is unknown, and GitHub is not asked', async () => {
    ciOf(github.state).runs.push(fakeRun(done))
    const stranger = { ...holder, repository: 'octo/other' }
    const asked = liveness()
    expect(await asked.state(stranger)).toBe('unknown')
    expect(asked.because?.(stranger)).toMatch(/belongs to octo\/other/)
    expect(github.requests()).toEqual([])
  })

  test('is unknown, with the permission, when GitHub would not tell', async () => {
    ciOf(github.state).runs.push(fakeRun(done))
    forbid()
    const asked = liveness()
    expect(await asked.state(holder)).toBe('unknown')
    expect(asked.because?.(holder)).toMatch(/actions: read/)
  })

  test.each([
    ['an error', { kind: 'status', status: 500 } as const],
    ['a cut connection', { kind: 'cut' } as const],
    ['a page instead of an answer', { kind: 'garbage' } as const]
  ])('is unknown after %s', async (_, fault) => {
    ciOf(github.state).runs.push(fakeRun(done))
    github.faults.add({ on: '*', times: 99, ...fault })
    const asked = liveness()
    expect(await asked.state(holder)).toBe('unknown')
    expect(asked.because?.(holder)).not.toBe('')
  })

  test('of whom the machine knows is not asked for', async () => {
    expect(await liveness('dead').state(holder)).toBe('dead')
    expect(await liveness('alive').state(holder)).toBe('alive')
    const { runId: _, runAttempt: __, ...local } = holder
    expect(await liveness().state(local)).toBe('unknown')
    expect(github.requests()).toEqual([])
  })

  test('names its repository, so that no other one is asked for it', async () => {
    expect(await liveness().self()).toMatchObject({ runId: '88', repository: 'octo/shop' })
  })
})

describe('a holder whose run goes on', () => {
  const onRunner = { ...holder, runner: 'GitHub Actions 7' }
  const job = (status: string, conclusion?: string, runner = 'GitHub Actions 7') =>
    deployedOf(github.state).jobs.push({
      ...{ id: 5, run: 77, attempt: 1, runner, status },
      ...(conclusion !== undefined && { conclusion })
    })

  test.each([
    ['is dead when its job has died', 'completed', 'failure', 'dead', /its job deploy is over \(failure\)/],
    ['lives while its job does', 'in_progress', undefined, 'alive', /run 77 is in_progress/],
    ['lives when a later job may go on with it', 'completed', 'success', 'alive', /run 77 is in_progress/]
  ] as const)('%s', async (_, status, conclusion, state, because) => {
    ciOf(github.state).runs.push(fakeRun())
    job(status, conclusion)
    const asked = liveness()
    expect(await asked.state(onRunner)).toBe(state)
    expect(asked.because?.(onRunner)).toMatch(because)
  })

  test('is found by the concealed name of its runner too', async () => {
    ciOf(github.state).runs.push(fakeRun())
    job('completed', 'failure')
    const known = await concealing({ ...machine('unknown'), self: async () => onRunner }).self()
    expect(known.runner).toMatch(/^runner-[0-9a-f]{16}$/)
    expect(await liveness().state(known)).toBe('dead')
  })

  test('of this very attempt is judged by its job alone, and not by one on a runner of our own name', async () => {
    job('completed', 'failure')
    expect(await liveness().ofJob?.(onRunner)).toBe('dead')
    const own = { ...machine('unknown'), self: async () => onRunner }
    expect(await livenessOnGitHub(own, runs(), 'octo/shop').ofJob?.(onRunner)).toBe('unknown')
    expect(await liveness().ofJob?.(holder)).toBe('unknown')
  })

  test('is unknown where its jobs are not told of', async () => {
    github.faults.add({ on: '*', times: 99, kind: 'status', status: 500 })
    expect(await liveness().ofJob?.(onRunner)).toBe('unknown')
  })
})
