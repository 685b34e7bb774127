import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'

const { on, jobs } = parse(readFileSync('.github/workflows/rollback.yml', 'utf8'))
const { preview, rollback } = jobs
const stageOf = ({ steps }: { steps: readonly { uses?: string; with: Record<string, unknown> }[] }) =>
  steps.find(({ uses }) => uses === '$/stage')?.with ?? {}

test('before the gate a job of no environment says what a rollback would do, and touches nothing', () => {
  expect(Object.keys(jobs)).toEqual(['preview', 'rollback'])
  expect([preview.environment, preview.concurrency, preview.needs]).toEqual([undefined, undefined, undefined])
  expect(stageOf(preview)).toMatchObject({ stage: 'rollback', 'dry-run': true })
  expect(preview.steps.map(({ run }: { run?: string }) => run)).not.toContainEqual(expect.any(String))
})

test('it is asked for the very rollback that is made behind the gate', () => {
  const { 'dry-run': _, because: __, ...made } = stageOf(rollback)
  const { 'dry-run': ___, ...shown } = stageOf(preview)
  expect(shown).toEqual(made)
})

test('whatever becomes of it the way back goes on, and soon', () => {
  expect(rollback.if).toMatch(/^\$\{\{ !cancelled\(\) && \(!inputs\.dry-run \|\| .*\) \}\}$/s)
  expect(preview['continue-on-error']).toMatch(/^\$\{\{ !inputs\.dry-run \|\| /)
  expect(preview['timeout-minutes']).toBeLessThanOrEqual(5)
  expect([rollback.needs, rollback.environment.name]).toEqual(['preview', '${{ inputs.gate || inputs.environment }}'])
})

test('a dry run is over with it, but for what only the secrets of the environment can tell', () => {
  const [, more = ''] = /!inputs\.dry-run \|\| (.*)\)/s.exec(rollback.if) ?? []
  expect(more.split(' || ')).toEqual(["inputs.restore != ''", "needs.preview.outputs.reason == 'ledger_missing'"])
  expect(preview['continue-on-error']).toBe("${{ !inputs.dry-run || inputs.restore != '' }}")
})

test('of a rollback that was not made nobody is told that it went well: the preview speaks for a dry run alone', () => {
  const { outputs } = on.workflow_call
  expect(Object.keys(preview.outputs).sort()).toEqual(Object.keys(outputs).sort())
  for (const name of Object.keys(outputs)) {
    expect(preview.outputs[name]).toBe(`\${{ inputs.dry-run && steps.preview.outputs.${name} || '' }}`)
    expect(outputs[name].value).toBe(`\${{ jobs.rollback.outputs.${name} || jobs.preview.outputs.${name} }}`)
  }
})
