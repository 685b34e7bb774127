import { rmSync, writeFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { outputsOf, resultOf, saidIn, summaryOf } from './act-output.js'
import { type ShopOnGitHub, withShopOnGitHub } from './on-fake.js'
import { gatedRelease, WATCHED } from './shop.js'

const statuses = async ({ executions }: ShopOnGitHub) => (await executions()).map(({ record }) => record.status)

test('a click shows what it would do, wants to know why, and takes the newest release back', async () => {
  await withShopOnGitHub(async shop => {
    const { act, push, live, executions } = shop
    for (const number of [1, 2]) {
      push(gatedRelease(number))
      expect((await act('deploy', { run: number })).code).toBe(0)
    }
    const click = { environment: 'production', execution: 'newest' }
    const dry = await act('rollback', { run: 3, inputs: { ...click, reason: 'slow', 'dry-run': 'true' } })
    expect([dry.code, dry.jobs, live()]).toEqual([0, { preview: 'success' }, ['1', '2']])
    expect(summaryOf(dry)).toMatch(/Nothing was touched/)

    const mute = await act('rollback', { run: 4, inputs: { ...click, reason: ' ', 'dry-run': 'false' } })
    expect([mute.jobs, live()]).toEqual([{ preview: 'success', rollback: 'failure' }, ['1', '2']])
    expect(resultOf(mute, 'rollback')).toBe('')

    const run = await act('rollback', { run: 5, inputs: { ...click, reason: 'the shop is slow', 'dry-run': 'false' } })
    expect([run.jobs, live()]).toEqual([{ preview: 'success', rollback: 'success' }, ['1', '2', '1']])
    expect(summaryOf(run)).toMatch(/nothing was touched yet[\s\S]*the shop is slow/)
    expect(outputsOf(run, 'rollback')).toMatchObject({ status: 'SUCCESS', reason: 'ok' })
    const [, undone, back] = await executions()
    expect(undone?.record).toMatchObject({ rolledBack: true, rollbackReason: 'the shop is slow' })
    expect(back?.record).toMatchObject({ purpose: 'rollback', undoesExecutionId: undone?.record.id, runId: '5' })
  })
})

test('a sweep runs what is due once, how late it was is kept, and what fails calls a person', async () => {
  await withShopOnGitHub(async ({ act, push, liveFile, executions }) => {
    push(gatedRelease(1, { stages: WATCHED }))
    expect((await act('deploy-two-jobs', { run: 1 })).code).toBe(0)
    const sweep = await act('monitor', { run: 2, event: 'schedule' })
    expect([sweep.code, sweep.jobs['watch']]).toEqual([0, 'success'])
    const [{ events } = { events: [] }] = await executions()
    const checkpoints = events.flatMap(({ body }) => (body.type === 'checkpoint' ? [body] : []))
    expect(checkpoints).toMatchObject([{ checkpoint: '1ms', passed: true }])
    expect(checkpoints[0]?.lateMs).toBeGreaterThan(0)
    expect(saidIn(await act('monitor', { run: 3, event: 'schedule' }))).toMatch(/No checkpoint of \S+ is due/)

    push(gatedRelease(2, { stages: WATCHED }))
    expect((await act('deploy', { run: 4 })).code).toBe(0)
    writeFileSync(`${liveFile}.down`, '')
    const late = await act('monitor', { run: 5, event: 'schedule' })
    expect(outputsOf(late, 'watch')).toMatchObject({ status: 'FAILED', reason: 'monitor_failed' })
    expect(saidIn(late)).toContain('paged')
  })
})

test('killed with its machine it keeps the environment; others are told what to do, and its next attempt goes on', async () => {
  await withShopOnGitHub(async shop => {
    const { act, start, push, live, liveFile, over } = shop
    push(gatedRelease(1))
    writeFileSync(`${liveFile}.hold`, '')
    const first = start('deploy-two-jobs', { run: 1 })
    await first.said('halfway to')
    first.kill()
    await first.ended
    over({ run: 1 })
    rmSync(`${liveFile}.hold`)
    const other = await act('deploy', { run: 2 })
    expect([other.jobs, live()]).toEqual([{ deploy: 'failure' }, []])
    expect(saidIn(other)).toMatch(/died or was left after it had begun to act[\s\S]*(resume|rollback)/)

    const again = await act('deploy-two-jobs', { run: 1, attempt: 2 })
    expect([again.jobs, live()]).toEqual([{ prepare: 'success', deploy: 'success' }, ['1']])
    expect(await statuses(shop)).toEqual(['SUCCESS'])
    // Run again once more it finds everything done.
    const third = await act('deploy-two-jobs', { run: 1, attempt: 3 })
    expect([third.jobs, live()]).toEqual([{ prepare: 'success', deploy: 'success' }, ['1']])
    expect(await statuses(shop)).toEqual(['SUCCESS'])
  })
})

test('an old run that is run again does not bring its release over a newer one', async () => {
  await withShopOnGitHub(async shop => {
    const { act, push, live, caller } = shop
    const old = push(gatedRelease(3))
    expect((await act('deploy', { run: 1 })).code).not.toBe(0)
    push(gatedRelease(2))
    expect((await act('deploy', { run: 2 })).code).toBe(0)
    const before = live()
    caller.checkout(old)
    const again = await act('deploy', { run: 1, attempt: 2 })
    expect([again.jobs, live()]).toEqual([{ deploy: 'failure' }, before])
    expect(saidIn(again)).toMatch(/attempt 2 of run 1 is outdated/)
  })
})
