import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { usePostgres } from '../../fakes/postgres-server.js'
import { type Caller, withCaller } from './act.js'
import { resultOf, stepOf, told } from './act-output.js'
import { BARE, release } from './shop.js'

const postgres = usePostgres('embedded')

test('another repository deploys twice, and its third, broken release is rolled back', async () => {
  await withCaller(async caller => {
    const act = actions(caller, await postgres.create())
    caller.commit(release(1))
    const first = await act('whole.yml', '1')
    expect(told(first)).toMatchObject({ status: 'SUCCESS', reason: 'ok' })
    expect([first.code, first.jobs]).toEqual([0, { deploy: 'success' }])

    caller.commit(release(2))
    expect(told(await act('whole.yml', '2'))).toMatchObject({ status: 'SUCCESS' })

    caller.commit(release(3))
    const third = await act('whole.yml', '3')
    expect(told(third)).toMatchObject({ status: 'ROLLED_BACK', reason: 'smoke_test_failed' })
    expect([third.code, third.jobs]).toEqual([1, { deploy: 'failure' }])
    expect(live(caller)).toEqual(['1', '2', '3', '2'])
    // The stage that failed is the one that rolled back; what stands behind it did not run.
    expect(resultOf(third, 'checklist/5')).toBe('failure')
    expect(resultOf(third, 'checklist/6')).not.toBe('success')
    expect(resultOf(third, 'checklist/settle')).toBe('success')
  })
})

test('outputs are written by the last inner step alone, and hold the whole result', async () => {
  await withCaller(async caller => {
    caller.commit(release(1))
    const run = await actions(caller, await postgres.create())('whole.yml', '1')
    const outputs = told(run)
    const result = JSON.parse(outputs['result'] ?? '')
    expect(result).toMatchObject({ format: 1, status: outputs['status'], reason: outputs['reason'] })
    expect(result.execution.id).toBe(outputs['execution-id'])
    const writers = run.steps.filter(
      ({ step, outputs }) => /^checklist\//.test(step) && outputs['status'] !== undefined
    )
    expect(writers.map(({ step }) => step)).toEqual(['checklist/settle'])
  })
})

test('each stage as a step of the job, settled by its post', async () => {
  await withCaller(async caller => {
    caller.commit(release(1))
    const run = await actions(caller, await postgres.create())('stages.yml', '1')
    expect(run.jobs).toEqual({ deploy: 'success' })
    expect(live(caller)).toEqual(['1'])
    const ids = ['preflight', 'backup', 'migrate', 'deploy', 'smoke-test', 'monitor']
    const executions = ids.map(id => stepOf(run, id).outputs['execution-id'])
    expect(new Set(executions).size).toBe(1)
    expect(ids.map(id => stepOf(run, id, 'Post').result)).toEqual(ids.map(() => 'success'))
    expect(stepOf(run, 'monitor').outputs['status']).toBe('SUCCESS')
  })
})

test.each(['whole.yml', 'stages.yml'])(
  'killed in the middle of its deployment, %s is resumed by a re-run',
  async file => {
    await withCaller(async caller => {
      const url = await postgres.create()
      caller.commit(release(1))
      const started = startAction(caller, url, file)
      writeFileSync(`${liveFile(caller)}.hold`, '')
      const running = started('7', '1')
      await running.said('halfway to')
      running.crash()
      expect((await running.ended).code).not.toBe(0)
      rmSync(`${liveFile(caller)}.hold`)
      const again = await started('7', '2').ended
      expect(again.jobs).toEqual({ deploy: 'success' })
      expect(live(caller)).toEqual(['1'])
    })
  }
)

test.each([
  ['a stage that does not exist', { stage: 'deply' }, 'usage'],
  ['no ledger', { ledger: '' }, 'ledger_missing']
])('%s is refused before anything runs, and says so in its outputs', async (_, inputs, reason) => {
  await withCaller(async caller => {
    caller.commit(release(1))
    const run = await actions(caller, await postgres.create())('whole.yml', '1', inputs)
    expect(told(run)).toMatchObject({ status: 'REFUSED', reason })
    expect(run.jobs).toEqual({ deploy: 'failure' })
    expect(live(caller)).toEqual([])
  })
})

test('a runner without node is told what to add, in the log and in the outputs', async () => {
  await withCaller(async caller => {
    caller.commit({ ...release(1), '.github/workflows/bare.yml': BARE })
    const bin = join(caller.folder, '..', 'bin')
    mkdirSync(bin)
    for (const program of ['bash', 'sh', 'git', 'mktemp']) symlinkSync(`/usr/bin/${program}`, join(bin, program))
    const run = await caller.act({ workflow: 'bare.yml', path: bin })
    expect(stepOf(run, 'told').output).toContain('told REFUSED runner_unfit')
    expect(run.text).toContain('add a step with actions/setup-node')
    expect(run.jobs).toEqual({ deploy: 'failure' })
  })
})

const liveFile = ({ folder }: Caller): string => join(folder, '..', 'live')

function live(caller: Caller): readonly string[] {
  try {
    return readFileSync(liveFile(caller), 'utf8').split('\n').filter(Boolean)
  } catch {
    return []
  }
}

const startAction =
  (caller: Caller, url: string, file: string) =>
  (runId: string, attempt: string, inputs = {}) =>
    caller.start({
      workflow: file,
      env: { LIVE: liveFile(caller), GITHUB_RUN_ID: runId, GITHUB_RUN_ATTEMPT: attempt },
      secrets: { LEDGER_URL: url },
      inputs
    })

const actions = (caller: Caller, url: string) => (file: string, runId: string, inputs?: Record<string, string>) =>
  startAction(caller, url, file)(runId, '1', inputs).ended
