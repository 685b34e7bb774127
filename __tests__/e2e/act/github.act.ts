import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { addEnvironment } from '../../fakes/github/handlers/environments.js'
import { aboutOf } from '../../fakes/github/handlers/repository.js'
import type { FakeGitHub } from '../../fakes/github/server.js'
import { TOKEN, type Token } from '../../fakes/github/state.js'
import type { ActRun } from './act.js'
import { asResult, outputsOf, saidIn, summaryOf } from './act-output.js'
import { ledgerText, withShopOnGitHub } from './on-fake.js'
import { gatedRelease } from './shop.js'

const REFUSED_AHEAD = { prepare: 'failure' }

test('behind the gate that it promises a release goes live, who approved is kept, and a broken one is taken back', async () => {
  await withShopOnGitHub(async shop => {
    const { act, push, live, executions, fake } = shop
    const good = push(gatedRelease(1))
    const first = await act('deploy-two-jobs', { run: 1, event: 'push' })
    expect([first.jobs, live()]).toEqual([{ prepare: 'success', deploy: 'success' }, ['1']])
    expect(outputsOf(first, 'settle')).toMatchObject({ status: 'SUCCESS', reason: 'ok' })
    expect(summaryOf(first)).toMatch(/SUCCESS.* is live on production[\s\S]*approved by bob: go ahead, seen/)

    const bad = push(gatedRelease(3))
    const broken = await act('deploy-two-jobs', { run: 2, event: 'push' })
    expect([broken.jobs, live()]).toEqual([{ prepare: 'success', deploy: 'failure' }, ['1', '3', '1']])
    expect(outputsOf(broken, 'settle')).toMatchObject({ status: 'ROLLED_BACK', reason: 'smoke_test_failed' })
    expect(summaryOf(broken)).toMatch(/ROLLED_BACK/)

    expect(await executions()).toMatchObject([
      {
        record: {
          ...{ number: 1, status: 'SUCCESS', commit: good, runId: '1', trigger: 'push', holdsEnvironment: false },
          gate: { how: 'approved' },
          approvals: [{ who: 'bob', words: 'go ahead' }]
        }
      },
      { record: { number: 2, status: 'ROLLED_BACK', commit: bad, runId: '2', holdsEnvironment: false } }
    ])
    expect(ledgerText(shop)).not.toContain(TOKEN)
    expect(saidIn(first) + saidIn(broken)).not.toContain(TOKEN)
    expect(fake.violations()).toEqual([])
  })
})

test('a gate that lacks its reviewer is refused before anybody is asked, with the line that adds one', async () => {
  await withShopOnGitHub(async ({ act, push, live, executions, fake }) => {
    addEnvironment(fake.state, 'production')
    push(gatedRelease(1))
    const run = await act('deploy-two-jobs', { run: 1 })
    expect(run.jobs).toMatchObject(REFUSED_AHEAD)
    expect(ran(run, 'deploy')).toEqual([])
    expect(outputsOf(run, 'preflight', 'prepare')).toMatchObject({ status: 'REFUSED', reason: 'gate_too_weak' })
    expect(asResult(run, 'preflight', 'prepare').hint).toMatch(/gh api .*environments\/production/)
    expect([live(), await executions()]).toEqual([[], []])
  })
})

test('a gate that the token may not read is another reason than one that is too weak, and names the permission', async () => {
  await withShopOnGitHub(async ({ act, push, live, executions, fake }) => {
    allow(fake, { contents: 'write' })
    push(gatedRelease(1))
    const run = await act('deploy-two-jobs', { run: 1 })
    expect(run.jobs).toMatchObject(REFUSED_AHEAD)
    const { reason, message, hint } = asResult(run, 'preflight', 'prepare')
    expect(reason).not.toBe('gate_too_weak')
    expect(['missing_permission', 'gate_unreadable']).toContain(reason)
    expect(`${message} ${hint}`).toContain('actions: read')
    expect([live(), await executions()]).toEqual([[], []])
  })
})

test('a token that may not write the branch is refused with both remedies, and the second of them works', async () => {
  await withShopOnGitHub(async ({ act, caller, push, live, executions, fake }) => {
    allow(fake, { contents: 'read', actions: 'read' })
    push(gatedRelease(1))
    const run = await act('deploy', { run: 1 })
    expect(run.jobs).toEqual({ deploy: 'failure' })
    expect(saidIn(run)).toMatch(/contents: write[\s\S]*ledger: run/)
    expect([live(), await executions()]).toEqual([[], []])

    const file = '.github/workflows/deploy.yml'
    const text = read(caller.folder, file).replace(/^( +)environment: production\n/m, '$&$1ledger: run\n')
    push({ ...gatedRelease(1), [file]: text })
    const alone = await act('deploy', { run: 2 })
    expect([alone.jobs, live(), await executions()]).toEqual([{ deploy: 'success' }, ['1'], []])
    expect(summaryOf(alone)).toMatch(/recorded in this run only/)
  })
})

test('what a change weakens is shown to who approves it, and kept', async () => {
  await withShopOnGitHub(async ({ act, push, executions, fake }) => {
    const strict = gatedRelease(1, { preflight: "    - { run: 'true', id: audit }\n" })
    push(strict)
    const { files } = aboutOf(fake.state)
    push(gatedRelease(1))
    files.set('deploy-checklist.yml', strict['deploy-checklist.yml'] ?? '')
    const run = await act('deploy-two-jobs', { run: 1 })
    expect(run.jobs).toEqual({ prepare: 'success', deploy: 'success' })
    expect(saidIn(run)).toMatch(/this change weakens the checklist: one item removed/)
    expect((await executions())[0]?.events[0]?.body).toMatchObject({
      type: 'opened',
      weakened: expect.stringContaining('one item removed')
    })
    expect(summaryOf(run)).toMatch(/weakens the checklist/)
  })
})

test('of two runs at once one is held off and told by whom; the other ends well', async () => {
  await withShopOnGitHub(async ({ act, start, push, live, liveFile, executions }) => {
    push(gatedRelease(1))
    writeFileSync(`${liveFile}.hold`, '')
    const first = start('deploy-two-jobs', { run: 1 })
    await first.said('halfway to')
    const second = await act('deploy', { run: 2 })
    expect(second.jobs).toEqual({ deploy: 'failure' })
    expect(saidIn(second)).toMatch(/production is held by/)
    rmSync(`${liveFile}.hold`)
    expect((await first.ended).jobs).toEqual({ prepare: 'success', deploy: 'success' })
    expect([live(), (await executions()).map(({ record }) => record.status)]).toEqual([['1'], ['SUCCESS']])
  })
})

const read = (folder: string, file: string) => readFileSync(join(folder, file), 'utf8')
const allow = ({ state }: FakeGitHub, permissions: Token['permissions']) =>
  state.tokens.set(TOKEN, { kind: 'installation', login: 'github-actions[bot]', permissions, sees: true })

const ran = ({ steps }: ActRun, job: string): readonly string[] =>
  steps.filter(each => each.job === job).map(({ step }) => step)
