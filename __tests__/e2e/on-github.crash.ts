import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { gitOf } from '../fakes/github/git-store.js'
import { type FakeGitHub, startGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'
import { nodes } from '../fakes/nodes.js'
import { cancel, openJob, type Step } from './support/runner.js'
import { makeSite, type Site, until } from './support/site.js'

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
const INPUTS = { ledger: '', checklist: '', environment: 'production', 'dry-run': 'false', 'github-token': TOKEN }
const STAGES = ['preflight', 'backup', 'migrate', 'deploy', 'smoke-test', 'monitor']

let site: Site
let github: FakeGitHub
beforeAll(() => {
  site = makeSite({ 'deploy-checklist.yml': CHECKLIST })
})
afterAll(async () => await site.remove())
beforeEach(async () => {
  github = await startGitHub({ repository: 'org/shop' })
})
afterEach(async () => {
  await github.close()
  expect(github.violations()).toEqual([])
})

function open(node: string, more: Readonly<{ runId?: string; runAttempt?: string; effects?: string }> = {}) {
  const effects = more.effects ?? site.place('effects')
  const job = openJob(site, { ...more, node, env: { EFFECTS: effects, GITHUB_API_URL: github.url } })
  const acts = () => readFileSync(join(effects, 'acts'), 'utf8').trim().split('\n')
  return { job, acts, effects }
}

const shown = ({ stdout, stderr, summary, outputs }: Step): string =>
  [stdout.replaceAll(`::add-mask::${TOKEN}`, ''), stderr, summary, JSON.stringify(outputs)].join('\n')

describe.each(nodes())('on Node $version', ({ path }) => {
  test('stages in processes of their own share the ledger on the branch, and none of them shows the token', async () => {
    const { job, acts } = open(path)
    const steps: Step[] = []
    for (const stage of STAGES) steps.push(await job.stage({ ...INPUTS, stage }).done)
    expect(steps.map(({ code, stdout, stderr }) => (code === 0 ? 0 : `${stdout}${stderr}`))).toEqual(
      STAGES.map(() => 0)
    )
    const { outputs = {} } = steps.at(-1) ?? {}
    expect(outputs).toMatchObject({ status: 'SUCCESS', reason: 'ok' })
    expect(outputs['rollback-command']).toBe(`deploy-checklist rollback ${outputs['execution-id']} --ledger branch`)
    expect(acts()).toEqual(['did'])
    expect(gitOf(github.state).refs.has('refs/heads/deploy-checklist')).toBe(true)
    expect(steps.map(shown).join('\n')).not.toContain(TOKEN)
    const asked = { ...INPUTS, stage: 'rollback', execution: 'newest', 'dry-run': 'true' }
    const click = await open(path, { runId: '4712' }).job.stage(asked).done
    expect(click.code).toBe(0)
    expect(click.summary).toMatch(/```text[\s\S]*in this order\n {2}deploy\/act: echo undid[\s\S]*Nothing was touched/)
    expect(acts()).toEqual(['did'])
  })

  test('a cancelled action is settled by its post step, and the next attempt of the run goes on with it', async () => {
    const first = open(path, { runId: '4711' })
    for (const stage of STAGES.slice(0, 3)) await first.job.stage({ ...INPUTS, stage }).done
    const hold = join(first.effects, 'hold')
    writeFileSync(hold, '')
    const step = first.job.stage({ ...INPUTS, stage: 'deploy' })
    await until(() => existsSync(join(first.effects, 'acts')), 'it acts')
    await cancel(step)
    const left = await step.done
    await first.job.post(left, { ...INPUTS, stage: 'deploy' })
    rmSync(hold)
    const again = open(path, { runId: '4711', runAttempt: '2', effects: first.effects })
    const inner: Step[] = []
    for (const stage of STAGES) inner.push(await again.job.stage({ ...INPUTS, stage }).done)
    expect(inner.at(-1)?.outputs).toMatchObject({ status: 'SUCCESS' })
    expect(again.acts()).toEqual(['did'])
  })
})
