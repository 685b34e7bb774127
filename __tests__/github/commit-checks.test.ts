import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { decideCi } from '../../src/core/commit-checks.js'
import { openCommitChecks } from '../../src/github/commit-checks.js'
import { ciOf, fakeRun } from '../fakes/github/ci-state.js'
import { clientOf } from '../fakes/github/client.js'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'

const github = useGitHub()
const sha = 'a'.repeat(40)
const read = () => openCommitChecks(clientOf(github.url())).read(sha)
const passed = (name: string, suite = 70) => ({ sha, name, status: 'completed', conclusion: 'success', suite })
const over = { status: 'completed', conclusion: 'success' }

test('checks, statuses and runs of the commit are read, and of no other one', async () => {
  const { runs, checks, statuses } = ciOf(github.state)
  runs.push(fakeRun({ id: 70, ...over }), fakeRun({ id: 71, sha: 'b'.repeat(40) }))
  checks.push(passed('build'), { ...passed('other'), sha: 'b'.repeat(40) })
  statuses.push({ sha, context: 'jenkins', state: 'failure' })
  const facts = await read()
  expect(facts).toEqual({
    commit: sha,
    checks: [{ name: 'build', status: 'completed', conclusion: 'success', suite: '700', runId: '70' }],
    statuses: [{ context: 'jenkins', state: 'failure' }],
    runs: [
      { id: '70', name: 'CI', workflow: '5', status: 'completed', conclusion: 'success', suite: '700', ours: false }
    ]
  })
  expect(github.requests()).toHaveLength(3)
})

test('what is red on the last page is found', async () => {
  const { checks, statuses, runs } = ciOf(github.state)
  for (let index = 0; index < 102; index++) {
    checks.push(passed(`job ${index}`))
    statuses.push({ sha, context: `status ${index}`, state: index === 101 ? 'error' : 'success' })
    runs.push(fakeRun({ id: 100 + index, name: `run ${index}`, ...over }))
  }
  checks.push({ ...passed('last'), conclusion: 'failure' })
  const message = decideCi('green', await read(), '')?.message
  expect(message).toMatch(/last is failure, status 101 is error$/)
})

test('our own run, its workflow and our own reusable workflows are left out', async () => {
  const { checks, runs } = ciOf(github.state)
  runs.push(fakeRun({ id: 70, ...over }))
  runs.push(
    fakeRun({ id: 77, workflow: 9 }),
    fakeRun({ id: 76, workflow: 9, status: 'completed', conclusion: 'failure' })
  )
  const calls = ['org/deploy-checklist/.github/workflows/monitor.yml@v1']
  runs.push(fakeRun({ id: 80, workflow: 11, calls }))
  checks.push(passed('build'), { ...passed('deploy', 77), status: 'in_progress', conclusion: null as never })
  checks.push({ ...passed('deploy', 76), conclusion: 'failure' }, { ...passed('look', 80), conclusion: 'failure' })
  expect(decideCi('green', await read(), '77')).toBeUndefined()
  expect(decideCi('green', await read(), '')?.message).toMatch(/deploy is in_progress, deploy is failure, CI is/)
})

const ALL_OF_OURS = ['deploy', 'rollback', 'monitor', 'sign-off']

test.each(
  ALL_OF_OURS.flatMap(name => [
    [name, 'failed', { status: 'completed', conclusion: 'failure' }] as const,
    [name, 'queued', { status: 'queued', conclusion: null }] as const
  ])
)(
  'a run of our %s.yml that is %s says nothing of the commit, and neither does the check of its job',
  async (...row) => {
    const [name, , how] = row
    const { checks, runs } = ciOf(github.state)
    const calls = [`org/deploy-checklist/.github/workflows/${name}.yml@v1`]
    runs.push(fakeRun({ id: 70, ...over }), fakeRun({ id: 80, workflow: 11, name: 'ours', calls, ...how }))
    checks.push(passed('build'), { ...passed('record', 80), ...(how as object) })
    expect(decideCi('green', await read(), '')).toBeUndefined()
  }
)

test.each(['org/shop/.github/workflows/sign-off.yml@v1', 'org/deploy-checklist/.github/workflows/ci.yml@v1'])(
  'a run that calls %s is CI of the commit',
  async called => {
    ciOf(github.state).runs.push(fakeRun({ id: 80, calls: [called], status: 'completed', conclusion: 'failure' }))
    expect(decideCi('green', await read(), '')?.message).toMatch(/CI is failure$/)
  }
)

test('whatever workflow of ours can be called is one of these', () => {
  const called = readdirSync('.github/workflows').filter(file =>
    readFileSync(`.github/workflows/${file}`, 'utf8').includes('\n  workflow_call:')
  )
  expect(called.sort()).toEqual(ALL_OF_OURS.map(name => `${name}.yml`).sort())
})

test.each([
  ['checks', 'checks: read', { actions: 'read', statuses: 'read' }],
  ['statuses', 'statuses: read', { actions: 'read', checks: 'read' }],
  ['workflow runs', 'actions: read', { checks: 'read', statuses: 'read' }]
] as const)('a token that may not read %s is refused with the permission', async (_, needs, permissions) => {
  github.state.tokens.set(TOKEN, { kind: 'installation', login: 'x', permissions, sees: true })
  await expect(read()).rejects.toMatchObject({
    status: 'REFUSED',
    reason: 'missing_permission',
    message: expect.stringContaining(needs)
  })
})

test.each(['checks/list-for-ref', 'repos/get-combined-status-for-ref', 'actions/list-workflow-runs-for-repo'])(
  'nothing is known after a fault of %s, on whichever page',
  async on => {
    const { checks, statuses, runs } = ciOf(github.state)
    for (let index = 0; index < 102; index++) {
      checks.push(passed(`job ${index}`))
      statuses.push({ sha, context: `status ${index}`, state: 'success' })
      runs.push(fakeRun({ id: 100 + index, ...over }))
    }
    github.faults.add({ on, nth: 2, times: 99, kind: 'status', status: 502 })
    await expect(read()).rejects.toMatchObject({ status: 'UNAVAILABLE', reason: 'github_unavailable' })
  }
)

test('a page without its list is no empty list', async () => {
  github.faults.add({ on: 'checks/list-for-ref', kind: 'status', status: 200, body: { total_count: 0 } })
  await expect(read()).rejects.toMatchObject({ reason: 'github_unavailable' })
})
