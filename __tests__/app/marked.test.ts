import { describe, expect, test } from '@jest/globals'
import type { Ledger } from '../../src/core/ports.js'
import { ending } from '../../src/report/ending.js'
import { summary } from '../../src/report/summary.js'
import { CHECKLIST, openStand, refusal, type Stand } from './stand.js'

/** One release that is good, and one that somebody has taken back. */
async function takenBack(at: Stand) {
  const good = await at.does('run')
  const commit = at.commit()
  const bad = await at.does('run')
  const rollback = await at.does("rollback --because 'orders fail'")
  return { good, bad, rollback, commit }
}

describe('a commit that was taken back', () => {
  test('is marked bad, and is not deployed again: run, plan and a stage alone say so', async () => {
    const at = openStand()
    const { bad, commit } = await takenBack(at)
    expect((await at.records())[1]).toMatchObject({ id: bad.id, markedBad: 'orders fail', rolledBack: true })
    for (const line of ['run', "run --because ' '", 'plan', 'run preflight']) {
      const done = await at.does(line)
      expect(refusal(done)).toEqual(['REFUSED', 'marked_bad', 2])
    }
    const { result } = await at.does('run')
    expect(result.message).toBe(
      `${commit.slice(0, 7)} is marked bad on production: ${bad.id} was taken back (orders fail)`
    )
    expect(result.hint).toMatch(/--because WORDS/)
    expect(await at.records()).toHaveLength(3)
  })

  test('is deployed again for a reason, which is kept and shown; once it succeeds the mark is lifted', async () => {
    const at = openStand()
    const { bad } = await takenBack(at)
    expect((await at.does("plan --because 'the queue was full'")).result.exitCode).toBe(0)
    const again = await at.does("run --because 'the queue was full'")
    expect(again.result).toMatchObject({
      status: 'SUCCESS',
      why: { because: 'the queue was full', by: 'ann', marked: { execution: bad.id, because: 'orders fail' } }
    })
    expect((await at.records())[0]).toMatchObject({ because: 'the queue was full' })
    expect(summary(again.result)).toMatch(/\*\*Why\*\* \| .*marked bad by .*: orders fail<br>the queue was full/)
    expect(ending(again.result)).toMatch(/marked bad by .*: orders fail[\s\S]*the queue was full \(ann\)/)
    expect((await at.does('show')).text).toMatch(/reasoned .*the queue was full/)
    expect((await at.does('run')).result.status).toBe('SUCCESS')
    expect((await at.does('verify')).result.status).toBe('SUCCESS')
  })

  test('keeps its mark while it fails again, and in its own environment only', async () => {
    const at = openStand(`${CHECKLIST}environments: { staging: {}, production: {} }\n`)
    await at.does('run -e production')
    const bad = at.commit()
    at.sets('broken', bad)
    expect((await at.does('run -e production')).result.status).toBe('ROLLED_BACK')
    expect((await at.does("run -e production --because 'once more'")).result.status).toBe('ROLLED_BACK')
    const done = await at.does('run -e production')
    expect(refusal(done)).toEqual(['REFUSED', 'marked_bad', 2])
    expect(done.result.message).toMatch(/rolled back by itself: the smoke test failed/)
    expect((await at.does('run -e staging')).result.reason).not.toBe('marked_bad')
  })

  test('is so too where the process that took it back died before it could say so', async () => {
    const at = openStand()
    await at.does('run')
    at.commit()
    const { id } = await at.does('run')
    const result = await at.through('rollback', async shop => {
      const ledger = await shop.ledger()
      const append: Ledger['append'] = async change => {
        if (change.events.some(({ body }) => body.type === 'rolled-back')) throw new Error('killed')
        return await ledger.append(change)
      }
      return { ...shop, ledger: async () => ({ ...ledger, append }) }
    })
    expect([result.reason, (await at.records())[0]?.status]).toEqual(['bug', 'SUCCESS'])
    expect((await at.records()).find(record => record.id === id)).toMatchObject({ markedBad: '', rolledBack: false })
    expect(refusal(await at.does('run'))).toEqual(['REFUSED', 'marked_bad', 2])
  })

  test('behind the gate too: a mark that came after the plan was shown', async () => {
    const at = openStand()
    const ledger = `file:${at.ledger}`
    const inRun = (id: string) => ({ env: { GITHUB_RUN_ID: id } })
    await at.step({ ledger }, inRun('0'))
    at.commit()
    const { id } = await at.step({ ledger, stage: 'preflight', prepare: 'true' }, inRun('1'))
    const other = await at.step({ ledger }, inRun('2'))
    await at.step({ ledger, stage: 'rollback', execution: other.id, because: 'slow' }, inRun('3'))
    expect(refusal(await at.step({ ledger, stage: 'preflight', execution: id }, inRun('1')))[1]).toBe('marked_bad')
    const why = { because: 'the disk was full' }
    const done = await at.step({ ledger, stage: 'preflight', execution: id, ...why }, inRun('1'))
    expect([done.id, done.result.why]).toEqual([id, expect.objectContaining({ ...why, by: 'cy' })])
  })
})

describe('a rollback and what it took back', () => {
  test('name each other with where their runs are seen', async () => {
    const at = openStand()
    const ledger = `file:${at.ledger}`
    const inRun = (id: string) => ({ env: { GITHUB_RUN_ID: id } })
    await at.step({ ledger }, inRun('1'))
    at.commit()
    const bad = await at.step({ ledger }, inRun('2'))
    const back = await at.step({ ledger, stage: 'rollback', execution: 'newest', because: 'slow' }, inRun('3'))
    const run = (id: string) => `https://github.example/org/shop/actions/runs/${id}`
    expect(back.result.links).toEqual([{ execution: bad.id, as: 'undoes', url: run('2') }])
    expect(summary(back.result)).toContain(`undoes [<code>${bad.id}</code>](${run('2')})`)
    const { json, text } = await at.does(`show ${bad.id}`)
    expect(json).toMatchObject({ links: [{ execution: back.id, as: 'undone by', url: run('3') }] })
    expect(text).toContain(`undone by ${back.id}, ${run('3')}`)
    expect((await at.does('verify')).result.status).toBe('SUCCESS')
  })

  test('one that did not lead back is named as such, and marks nothing', async () => {
    const at = openStand()
    const { id } = await at.does('run')
    const back = await at.does('rollback')
    expect(back.result.status).toBe('FAILED')
    const { json } = await at.does(`show ${id}`)
    expect(json).toMatchObject({ links: [{ execution: back.id, as: 'not undone by', url: '' }] })
    expect((await at.records())[1]).toMatchObject({ markedBad: '', rolledBack: false })
  })
})

test('what a rollback passed over is not what the next one goes back to', async () => {
  const at = openStand()
  const ledger = `file:${at.ledger}`
  const one = await at.step({ ledger })
  for (const id of ['2', '3']) {
    at.commit()
    await at.step({ ledger }, { env: { GITHUB_RUN_ID: id } })
  }
  const first = one.result.execution?.commit
  const to = { stage: 'rollback', execution: 'newest', because: 'both are slow', to: one.id }
  expect((await at.step({ ledger, ...to })).result.status).toBe('SUCCESS')
  expect(at.world('live')).toBe(first)
  at.sets('broken', at.commit())
  const next = await at.step({ ledger }, { env: { GITHUB_RUN_ID: '4' } })
  expect(next.result).toMatchObject({ status: 'ROLLED_BACK', previous: { execution: one.id } })
  expect(at.world('live')).toBe(first)
})
