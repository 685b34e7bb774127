import { expect, test } from '@jest/globals'
import type { WantedDeployment } from '../../../src/core/deployments/deployment.js'
import { openDeployments } from '../../../src/github/deployments.js'
import type { GitHub } from '../../../src/github/github.js'
import { beginJob, deployedOf } from '../../fakes/github/handlers/deployments.js'
import type { FakeGitHub } from '../../fakes/github/server.js'
import { callsOf, eachCallFails, type Scenario, WAY_NAMES } from './each-call-fails.js'

const SHA = 'a'.repeat(40)
const EXECUTION = '20260105T100000-0badcafe'
const HEAD = `${EXECUTION}:12:${'ab'.repeat(32)}`
const WANTED: WantedDeployment = {
  ...{ execution: EXECUTION, environment: 'production', commit: SHA, description: `DEPLOYING ${EXECUTION}` },
  job: { runId: '77', runAttempt: 1, runner: 'runner 1', sha: SHA },
  make: 'where-none'
}
const SAID = {
  state: 'success',
  description: `SUCCESS ${HEAD}`,
  environmentUrl: '',
  logUrl: '',
  endsOthers: true
} as const

/** What a deployment asks of GitHub from its beginning to its end. */
async function work(github: GitHub): Promise<string> {
  const deployments = openDeployments(github)
  const taken = await deployments.take(WANTED)
  await deployments.report(taken?.id ?? '', SAID)
  return taken?.id ?? ''
}

const without: Scenario<string> = { work }
const withOwn: Scenario<string> = {
  work,
  stand: ({ state }) => {
    beginJob(state, { run: 76, environment: 'production', sha: SHA, status: 'completed' })
    beginJob(state, { environment: 'production', sha: SHA })
  }
}
const made = ({ state }: FakeGitHub) => deployedOf(state).all.filter(({ payload }) => payload !== '')
const saidIn = ({ state }: FakeGitHub) =>
  deployedOf(state).all.flatMap(({ statuses }) =>
    statuses.filter(({ description }) => description === SAID.description)
  )

test('what a deployment asks, beginning and end together, is little', async () => {
  expect(await callsOf(without)).toEqual([
    ...['repos/list-deployments', 'repos/list-deployments', 'repos/create-deployment', 'repos/list-deployments'],
    'repos/create-deployment-status'
  ])
  expect(await callsOf(withOwn)).toEqual([
    ...['repos/list-deployments', 'actions/list-jobs-for-workflow-run-attempt', 'repos/list-deployment-statuses'],
    'repos/create-deployment-status'
  ])
})

test.each(WAY_NAMES)('a job without a deployment never gets two: each call %s', async way => {
  await eachCallFails(way, without, async ({ outcome, fake, github }) => {
    expect(made(fake).length).toBeLessThanOrEqual(1)
    expect(saidIn(fake).length).toBeLessThanOrEqual(1)
    if (outcome.kind === 'done') expect([made(fake).length, saidIn(fake).length]).toEqual([1, 1])
    // And again, as a later process or a re-run does.
    const id = await work(github)
    expect(made(fake).map(one => String(one.id))).toEqual([id])
  })
})

test.each(WAY_NAMES)('a job that has one never gets a second: each call %s', async way => {
  await eachCallFails(way, withOwn, async ({ outcome, fake }) => {
    expect(made(fake)).toEqual([])
    expect(saidIn(fake).length).toBeLessThanOrEqual(1)
    if (outcome.kind === 'done') expect(saidIn(fake)).toHaveLength(1)
  })
})
