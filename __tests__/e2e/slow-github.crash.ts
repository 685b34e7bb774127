import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { openBranchLedger } from '../../src/github/ledger/branch-ledger.js'
import { fakeClock } from '../fakes/clock.js'
import { plainGitHub } from '../fakes/github/plain-github.js'
import { type FakeGitHub, startGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'
import { cancel, type Job, openJob, type Step } from './support/runner.js'
import { makeSite, mustEnd, type Site, until } from './support/site.js'

const CHECKLIST = `
stages:
  deploy:
    - name: act
      run: echo did >>"$EFFECTS/acts"; while test -e "$EFFECTS/hold"; do sleep 0.05; done
      undo: echo undid >>"$EFFECTS/acts"
      probe: test -e "$EFFECTS/acts"
  smoke-test:
    - name: fine
      run: test -e "$EFFECTS/acts"
`
const INPUTS = { ledger: '', checklist: '', environment: 'production', 'github-token': TOKEN }
const STAGES = ['preflight', 'backup', 'migrate', 'deploy', 'smoke-test', 'monitor']
const EACH = Number.POSITIVE_INFINITY

let site: Site
let github: FakeGitHub
beforeAll(() => {
  site = makeSite({ 'deploy-checklist.yml': CHECKLIST })
})
afterAll(async () => await site.remove())
beforeEach(async () => {
  github = await startGitHub({ repository: 'org/shop' })
})
afterEach(async () => await github.close())

function open(runAttempt: string, effects: string): Job {
  return openJob(site, { runId: '4711', runAttempt, env: { EFFECTS: effects, GITHUB_API_URL: github.url } })
}
const acts = (effects: string) => readFileSync(join(effects, 'acts'), 'utf8').trim().split('\n')

/** How the only execution stands on the branch. */
async function standing() {
  const hub = plainGitHub(github.url, { repository: 'org/shop' })
  const clock = fakeClock({ mode: 'turning' })
  const ledger = openBranchLedger({ github: hub, branch: 'deploy-checklist', clock, publicRepository: false })
  const { records } = await ledger.list({}, { limit: 10 })
  expect(records).toHaveLength(1)
  return records[0]
}

const SLOW = { on: '*', times: EACH, kind: 'delay' } as const
const CASES = [
  ['answers after a moment', { ...SLOW, ms: 250 }, true],
  ['takes seconds for each answer', { ...SLOW, ms: 3_000 }, false],
  ['answers no more', { on: '*', times: EACH, kind: 'hang' }, false],
  ['cannot be reached any more', { on: '*', times: EACH, kind: 'cut' }, false]
] as const

describe.each(CASES)('a deployment that is cancelled while GitHub %s', (_, fault, comesThrough) => {
  /** Its action goes on when the runner ends it. */
  async function cancelled(): Promise<Readonly<{ effects: string; job: Job; step: Step; ms: number }>> {
    const effects = site.place('effects')
    const job = open('1', effects)
    for (const stage of STAGES.slice(0, 3)) mustEnd(await job.stage({ ...INPUTS, stage }).done, 0)
    writeFileSync(join(effects, 'hold'), '')
    const running = job.stage({ ...INPUTS, stage: 'deploy' })
    await until(() => existsSync(join(effects, 'acts')), 'it acts')
    github.faults.add(fault)
    const ms = await cancel(running)
    const step = await running.done
    rmSync(join(effects, 'hold'))
    return { effects, job, step, ms }
  }

  test('is over before it is killed, and its post step leaves what the next attempt goes on with', async () => {
    const { effects, job, step, ms } = await cancelled()
    expect([ms < 9_500, step.code]).toEqual([true, 130])
    if (comesThrough) expect(await standing()).toMatchObject({ status: 'CANCELLED' })
    github.faults.clear()
    mustEnd(await job.post(step, { ...INPUTS, stage: 'deploy' }), 0)
    expect(await standing()).toMatchObject({ status: 'CANCELLED', holdsEnvironment: true, acted: true })
    await goesOn(effects)
  })

  test('without a post step, as on a machine that went away, the next attempt settles it and goes on', async () => {
    const { effects } = await cancelled()
    github.faults.clear()
    expect(await standing()).toMatchObject({ holdsEnvironment: true, acted: true })
    await goesOn(effects)
  })
})

async function goesOn(effects: string): Promise<void> {
  const again = open('2', effects)
  const steps: Step[] = []
  for (const stage of STAGES) steps.push(mustEnd(await again.stage({ ...INPUTS, stage }).done, 0) as Step)
  expect(steps.at(-1)?.outputs).toMatchObject({ status: 'SUCCESS' })
  expect(acts(effects)).toEqual(['did'])
  expect(await standing()).toMatchObject({ status: 'SUCCESS', holdsEnvironment: false })
}
