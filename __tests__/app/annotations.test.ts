import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { annotate, placeOf } from '../../src/app/annotations.js'
import type { Host } from '../../src/app/host.js'
import { type Result, refusalOf } from '../../src/core/result/result.js'
import type { ResultItem } from '../../src/core/result/result-stages.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'annotations-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

type Shown = Readonly<{ level: string; text: string; title: string | undefined; file: string | undefined }>

function step(env: Record<string, string> = {}) {
  const shown: Shown[] = []
  const say = (level: string) => (text: string | Error, where?: { title?: string; file?: string }) =>
    void shown.push({ level, text: String(text), title: where?.title, file: where?.file })
  const host = { folder, env: { RUNNER_TEMP: folder, GITHUB_RUN_ID: '77', ...env } } as unknown as Host
  return { shown, host, core: { error: say('error'), warning: say('warning') } }
}

const item = (id: string, optional = false): ResultItem => ({
  ...{ id, name: id, kind: 'run', effect: 'check', optional, at: { line: 7, col: 5 }, target: '', deed: 'run' },
  ...{ attempt: 1, outcome: 'fail', detail: 'no', hint: '', startedAt: '', durationMs: 0 }
})
const failed = (...items: readonly ResultItem[]): Result => ({
  ...refusalOf({ status: 'FAILED', reason: 'smoke_test_failed', message: 'it broke', hint: '' }),
  stages: [{ name: 'smoke-test', state: 'failed', startedAt: '', durationMs: 0, items }]
})
const many = (count: number) => Array.from({ length: count }, (_, at) => item(`smoke-test/${at}`))
const composite = (state: string) => ({ DEPLOY_CHECKLIST_INPUTS: '{}', DEPLOY_CHECKLIST_STATE: state })

test('a finding is told once in a job, and what a later step finds besides is told there', async () => {
  const [first, later] = [step(), step()]
  await annotate(failed(item('a/one', true)), 'a.yml', first.host, first.core)
  await annotate(failed(item('a/one', true), item('a/two')), 'a.yml', later.host, later.core)
  expect(first.shown).toEqual([{ level: 'warning', text: 'no', title: 'a/one: fail', file: 'a.yml' }])
  expect(later.shown.map(({ title }) => title)).toEqual(['a/two: fail'])
})

test('another job tells it again, also where the runner leaves its folder as it was', async () => {
  const [one, other] = [step({ GITHUB_JOB: 'prepare' }), step({ GITHUB_JOB: 'deploy' })]
  for (const { host, core } of [one, other]) await annotate(failed(item('a/one')), 'a.yml', host, core)
  expect([one.shown.length, other.shown.length]).toEqual([1, 1])
})

test('each step has room for ten, and the steps of a composite for ten together', async () => {
  const [alone, next] = [step(), step()]
  await annotate(failed(...many(25)), 'a.yml', alone.host, alone.core)
  expect(alone.shown.map(({ title }) => title).at(-1)).toBe('16 more; the summary has all of them')
  expect(alone.shown).toHaveLength(10)
  await annotate(failed(item('a/new')), 'a.yml', next.host, next.core)
  expect(next.shown).toHaveLength(1)
  const inner = [step(composite('/x/1')), step(composite('/x/1')), step(composite('/x/2'))]
  const found = [many(26).slice(25), [item('b/1'), item('b/2')], [item('c/1')]]
  for (const [at, { host, core }] of inner.entries()) {
    await annotate(failed(...many(8 + at).map(one => ({ ...one, attempt: 5 + at }))), 'a.yml', host, core)
    await annotate(failed(...(found[at] ?? [])), 'a.yml', host, core)
  }
  expect(inner.map(({ shown }) => shown.length)).toEqual([9, 1, 10])
})

test('what was told cannot be kept: it is told all the same', async () => {
  writeFileSync(join(folder, 'file'), '')
  const { host, core, shown } = step({ RUNNER_TEMP: join(folder, 'file') })
  await annotate(failed(item('a/one')), 'a.yml', host, core)
  await annotate(failed(item('a/one')), 'a.yml', host, core)
  expect(shown).toHaveLength(2)
})

test('the checklist that nobody named has its place in the workspace, and none where there is none', async () => {
  const { host } = step()
  expect(await placeOf({ checklist: '' }, host)).toBe('')
  writeFileSync(join(folder, 'deploy-checklist.yml'), 'stages: {}')
  expect(await placeOf({ checklist: '' }, host)).toBe('deploy-checklist.yml')
  expect(await placeOf({ checklist: 'gone.yml' }, host)).toBe('')
})
