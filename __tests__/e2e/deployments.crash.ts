import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { beginJob, deployedOf } from '../fakes/github/handlers/deployments.js'
import { type FakeGitHub, startGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'
import { openJob, type Step } from './support/runner.js'
import { makeSite, type Site, until } from './support/site.js'

const CHECKLIST = `
environments:
  production: { url: "https://shop.example.com" }
stages:
  preflight:
    - run: 'false'
      name: nice to have
      optional: true
    - run: 'true'
      name: ready
  deploy:
    - name: act
      run: touch "$EFFECTS/begun"; while test -e "$EFFECTS/hold"; do sleep 0.05; done
      undo: 'true'
  smoke-test:
    - name: fine
      run: test ! -e "$EFFECTS/broken"
`
const INPUTS = { ledger: '', checklist: '', environment: 'production', 'dry-run': 'false', 'github-token': TOKEN }
const STAGES = ['preflight', 'backup', 'migrate', 'deploy', 'smoke-test', 'monitor']

let site: Site
let github: FakeGitHub
let sha = ''
beforeAll(() => {
  site = makeSite({ 'deploy-checklist.yml': CHECKLIST })
  sha = site.commit({ release: '1' })
})
afterAll(async () => await site.remove())
beforeEach(async () => {
  github = await startGitHub({ repository: 'org/shop' })
})
afterEach(async () => {
  await github.close()
  expect(github.violations()).toEqual([])
})

function open() {
  const effects = site.place('effects')
  const env = { EFFECTS: effects, GITHUB_API_URL: github.url, GITHUB_SHA: sha, RUNNER_NAME: 'runner 1' }
  return { job: openJob(site, { runId: '77', env }), effects }
}
const states = () => deployedOf(github.state).all.map(({ statuses }) => statuses.map(({ state }) => state))
/** Annotations as the runner reads them: what they are, where, and of what. */
const annotated = ({ stdout }: Pick<Step, 'stdout'>): readonly string[] =>
  [...stdout.matchAll(/^::(error|warning) (.*?)::/gm)].map(([, level, where]) => `${level} ${where}`)
const UNKNOWN = 'error title=deploy/act%3A unknown,file=deploy-checklist.yml,line=12,col=7'
const MILD = 'warning title=preflight/nice-to-have%3A fail,file=deploy-checklist.yml,line=6,col=7'

describe('steps of a job', () => {
  test("tell the job's own deployment, and say where the application is seen", async () => {
    beginJob(github.state, { environment: 'production', sha })
    const { job } = open()
    const steps: Step[] = []
    for (const stage of STAGES) steps.push(await job.stage({ ...INPUTS, stage }).done)
    expect(steps.at(-1)?.outputs).toMatchObject({ status: 'PARTIAL', url: 'https://shop.example.com' })
    expect(states()).toEqual([['queued', 'in_progress', 'in_progress', 'success']])
    expect(steps.map(annotated)).toEqual([[MILD], [], [], [], [], []])
  })

  test('of which one is killed are spoken for by the last one, once, with what nobody knows', async () => {
    const { job, effects } = open()
    await job.inner('preflight', INPUTS).done
    for (const stage of ['backup', 'migrate']) await job.inner(stage, INPUTS).done
    writeFileSync(join(effects, 'hold'), '')
    const killed = job.inner('deploy', INPUTS)
    await until(() => existsSync(join(effects, 'begun')), 'the act begins')
    killed.child.kill('SIGKILL')
    await killed.done
    rmSync(join(effects, 'hold'))
    const settled = await job.settle(INPUTS)
    expect(settled.outputs).toMatchObject({ status: 'CANCELLED', url: 'https://shop.example.com' })
    expect(annotated(settled)).toEqual([UNKNOWN])
    const again = await job.settle(INPUTS)
    expect(annotated(again)).toEqual([])
    expect(states()).toEqual([['in_progress', 'error']])
  })
})

test('every error of a checklist is annotated where it stands', async () => {
  const other = makeSite({ 'deploy-checklist.yml': 'stages:\n  deploy:\n    - rum: x\n      undoo: y\n  smoke: []\n' })
  try {
    const env = { GITHUB_API_URL: github.url }
    const step = await openJob(other, { env }).stage({ ...INPUTS, stage: 'preflight' }).done
    expect(step.code).toBe(2)
    const places = annotated(step).map(line => /line=(\d+),col=(\d+)/.exec(line)?.slice(1).join(':'))
    expect(places.length).toBeGreaterThanOrEqual(2)
    expect(places.every(place => place !== undefined)).toBe(true)
    expect(annotated(step)[0]).toMatch(/^error title=error in the checklist.*,file=deploy-checklist\.yml,line=/)
  } finally {
    await other.remove()
  }
})
