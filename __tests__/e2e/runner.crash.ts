import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { FORWARD_STAGES } from '../../src/core/stages.js'
import { nodes } from '../fakes/nodes.js'
import { openJob, type Step } from './support/runner.js'
import { makeSite, type Site, until } from './support/site.js'

const CHECKLIST = `
stages:
  preflight:
    - name: a look
      run: touch "$EFFECTS/looked"; while test -e "$EFFECTS/look"; do sleep 0.05; done
  deploy:
    - name: act
      run: echo did >>"$EFFECTS/acts"; while test -e "$EFFECTS/hold"; do sleep 0.05; done
      undo: echo undid >>"$EFFECTS/acts"
      probe: test -e "$EFFECTS/acts"
  smoke-test:
    - name: fine
      run: touch "$EFFECTS/tested"; while test -e "$EFFECTS/look"; do sleep 0.05; done; test ! -e "$EFFECTS/broken"
`
let site: Site
beforeAll(() => {
  site = makeSite({ 'deploy-checklist.yml': CHECKLIST })
})
afterAll(async () => await site.remove())

const INPUTS = { ledger: 'run', checklist: '', environment: 'production', 'dry-run': 'false' }

function open(node?: string, more: Readonly<Record<string, string>> = {}) {
  const effects = site.place('effects')
  const job = openJob(site, { ...(node !== undefined && { node }), env: { EFFECTS: effects, ...more } })
  const has = (name: string) => existsSync(join(effects, name))
  const set = (name: string) => writeFileSync(join(effects, name), '')
  const acts = () => (has('acts') ? readFileSync(join(effects, 'acts'), 'utf8').trim().split('\n') : [])
  return { job, has, set, acts, effects }
}

type Result = Readonly<{ status: string; reason: string; execution: { id: string; number: number } | null }>
const resultOf = ({ outputs }: Step): Result => JSON.parse(outputs['result'] ?? '')

describe.each(nodes())('on Node $version', ({ path }) => {
  test('each stage is a step of its own, then comes its post', async () => {
    const { job, acts } = open(path)
    const steps: Step[] = []
    for (const stage of FORWARD_STAGES) {
      const step = await job.stage({ ...INPUTS, stage }).done
      expect([stage, step.code, step.stdout + step.stderr]).toEqual([stage, 0, expect.anything()])
      steps.push(step)
    }
    expect(acts()).toEqual(['did'])
    const last = steps.at(-1) as Step
    expect(last.outputs).toMatchObject({
      status: 'SUCCESS',
      reason: 'ok',
      'execution-id': resultOf(last).execution?.id
    })
    // What only this run remembers, nobody can take back later.
    expect(last.outputs['rollback-command']).toBe('')
    expect(new Set(steps.map(({ outputs }) => outputs['execution-id'])).size).toBe(1)
    // One page of one end, by the step that came to it.
    expect(steps.filter(({ summary }) => /SUCCESS[\s\S]*Chain: /.test(summary))).toHaveLength(1)
    expect(steps.filter(({ summary }) => summary !== '')).toHaveLength(1)
    for (const step of steps.reverse()) expect(await job.post(step, INPUTS)).toMatchObject({ code: 0 })
  })

  test('the composite: a process per stage that leaves word, and the last step writes what is outside', async () => {
    const { job, acts } = open(path)
    for (const stage of FORWARD_STAGES) {
      const step = await job.inner(stage, INPUTS).done
      expect([stage, step.code, step.outputs, step.summary]).toEqual([stage, 0, {}, ''])
    }
    const settled = await job.settle(INPUTS)
    expect(settled).toMatchObject({ code: 0, outputs: { status: 'SUCCESS', reason: 'ok' } })
    expect(settled.summary).toMatch(/Chain: /)
    expect(acts()).toEqual(['did'])
  })

  test('a smoke test that fails rolls back inside its own step', async () => {
    const { job, acts, set } = open(path)
    for (const stage of FORWARD_STAGES.slice(0, 4)) await job.inner(stage, INPUTS).done
    set('broken')
    expect(await job.inner('smoke-test', INPUTS).done).toMatchObject({ code: 1 })
    const settled = await job.settle(INPUTS)
    expect(settled.outputs).toMatchObject({ status: 'FAILED', reason: 'rollback_failed' })
    expect(acts()).toEqual(['did', 'undid'])
  })

  test('a later stage that is refused does not lose the execution', async () => {
    const { job } = open(path)
    await job.inner('preflight', INPUTS).done
    const { record } = await job.journal()
    const refused = await job.inner('smoke-test', INPUTS).done
    expect(refused.code).toBe(2)
    const { outputs } = await job.settle(INPUTS)
    expect(outputs).toMatchObject({ 'execution-id': record.id, status: 'REFUSED', reason: 'stage_out_of_order' })
  })

  test.each(['stage', 'inner'] as const)('%s: without a ledger it refuses, and names the input', async kind => {
    const { job } = open(path)
    const inputs = { ...INPUTS, ledger: '' }
    const step = await (kind === 'stage'
      ? job.stage({ ...inputs, stage: 'preflight' })
      : job.inner('preflight', inputs)
    ).done
    expect([step.code, step.stdout]).toEqual([2, expect.stringMatching(/the input `ledger`/)])
    const last = kind === 'stage' ? step : await job.settle(inputs)
    expect(last.outputs).toMatchObject({ status: 'REFUSED', reason: 'ledger_missing', 'execution-id': '' })
  })
})

type Stand = ReturnType<typeof open>
const KINDS = {
  stage: {
    start: ({ job }: Stand, stage: string) => job.stage({ ...INPUTS, stage }),
    settle: ({ job }: Stand, step: Step) => job.post(step, INPUTS)
  },
  inner: {
    start: ({ job }: Stand, stage: string) => job.inner(stage, INPUTS),
    settle: ({ job }: Stand, _: Step) => job.settle(INPUTS)
  }
} as const

describe.each(['stage', 'inner'] as const)('a step that is killed (%s), and what its post makes of it', kind => {
  const { start, settle } = KINDS[kind]

  test('not acted yet: it ended, and the environment is free', async () => {
    const at = open()
    at.set('look')
    const step = start(at, 'preflight')
    await until(() => at.has('looked'), 'it looks')
    step.child.kill('SIGKILL')
    expect((await settle(at, await step.done)).code).toBe(0)
    rmSync(join(at.effects, 'look'))
    const { record } = await at.job.journal()
    expect(record).toMatchObject({ status: 'CANCELLED', acted: false, holdsEnvironment: false })
  })

  test('in a stage of checks after an action: the environment stays held, a re-run looks again', async () => {
    const at = open()
    for (const stage of FORWARD_STAGES.slice(0, 4)) expect((await start(at, stage).done).code).toBe(0)
    at.set('look')
    const step = start(at, 'smoke-test')
    await until(() => at.has('tested'), 'it looks')
    step.child.kill('SIGKILL')
    await settle(at, await step.done)
    expect((await at.job.journal()).record).toMatchObject({ status: 'CANCELLED', acted: true, holdsEnvironment: true })
    rmSync(join(at.effects, 'look'))
    expect((await start(at, 'smoke-test').done).code).toBe(0)
    expect(at.acts()).toEqual(['did'])
  })

  test('in the middle of an action: nobody knows its effect, the environment stays held, a re-run goes on', async () => {
    const at = open()
    expect((await start(at, 'preflight').done).code).toBe(0)
    for (const stage of ['backup', 'migrate']) await start(at, stage).done
    at.set('hold')
    const step = start(at, 'deploy')
    await until(() => at.acts().length === 1, 'it acts')
    step.child.kill('SIGKILL')
    const settled = await settle(at, await step.done)
    expect(settled.code).toBe(0)
    if (kind === 'inner') expect(settled.outputs).toMatchObject({ status: 'CANCELLED', reason: 'cancelled' })
    const { record, events } = await at.job.journal()
    expect(record).toMatchObject({ status: 'CANCELLED', acted: true, holdsEnvironment: true })
    expect(events.map(({ body }) => body)).toContainEqual(
      expect.objectContaining({ type: 'outcome', outcome: 'unknown' })
    )
    rmSync(join(at.effects, 'hold'))
    expect((await start(at, 'deploy').done).code).toBe(0)
    expect((await start(at, 'smoke-test').done).code).toBe(0)
    expect(at.acts()).toEqual(['did'])
  })
})
