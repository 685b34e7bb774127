import { describe, expect, test } from '@jest/globals'
import type { Shop } from '../../src/app/shop.js'
import { summary } from '../../src/report/summary.js'
import { approvedBy, onGitHub, type Said } from '../fakes/on-github.js'
import { CHECKLIST, openStand } from './stand.js'

const GATED = `${CHECKLIST}environments:\n  production: { gate: { reviewers: required } }\n`

async function deployed(checklist = GATED) {
  const at = openStand(checklist)
  for (const runId of ['1', '2']) {
    if (runId === '2') at.commit()
    expect((await at.through('run', onGitHub({ runId }))).status).toBe('SUCCESS')
  }
  const back = (said: Said | ((shop: Shop) => Promise<Shop>)) =>
    at.through("rollback --because 'it fails'", typeof said === 'function' ? said : onGitHub({ runId: '3', ...said }))
  return { ...at, back }
}

describe('how a rollback came through the gate', () => {
  test('is kept and shown: who approved, in their words', async () => {
    const at = await deployed()
    const done = await at.back({ reviews: [approvedBy('ann', 'take it back')] })
    expect(done).toMatchObject({ status: 'SUCCESS', gate: { how: 'approved', approvals: [{ who: 'ann' }] } })
    expect(summary(done)).toMatch(/approved by ann: take it back/)
    const [back, undone] = await at.records()
    expect(back).toMatchObject({
      purpose: 'rollback',
      gate: { how: 'approved', given: 1 },
      approvals: [{ who: 'ann' }]
    })
    expect(undone).toMatchObject({ rolledBack: true, gate: { attempt: 1, given: 1 } })
    expect((await at.does('verify')).result.status).toBe('SUCCESS')
  })

  const down = { unknown: 'a 502', reason: 'github_unavailable', hint: 'wait' } as const

  test.each<[string, Said, RegExp]>([
    ['nobody has approved it', { reviews: [] }, /none of the required reviewers of production has approved this run/],
    ['nobody is asked', { reviews: [], reviewers: false }, /production has no required reviewers any more/],
    ['GitHub does not say', { reviews: down }, /a 502/],
    [
      'it stood behind another gate',
      { reviews: [{ ...approvedBy('bob'), environments: ['production-rollback'] }] },
      /bob approved it for production-rollback/
    ]
  ])('where %s: that is written down as it is, and keeps nobody from the way back', async (_, said, why) => {
    const at = await deployed()
    const done = await at.back(said)
    const gate = { how: 'unknown', why: expect.stringMatching(why) }
    expect(done).toMatchObject({ status: 'SUCCESS', gate: { ...gate, approvals: [] } })
    expect(summary(done)).toMatch(why)
    const [record] = await at.records()
    expect(record).toMatchObject({ status: 'SUCCESS', gate })
    expect(record?.gate).not.toHaveProperty('closed')
    expect(at.did().at(-1)).toMatch(/^undo/)
  })

  test('an admin who let it pass is found', async () => {
    const at = await deployed()
    expect(await at.back({ reviews: [], held: true })).toMatchObject({ status: 'SUCCESS', gate: { how: 'bypassed' } })
  })

  test('a step without a token says so, and goes on', async () => {
    const at = await deployed()
    const done = await at.back(async shop => {
      const { onGitHub: _, ...rest } = await onGitHub({ runId: '3' })(shop)
      return rest
    })
    expect(done).toMatchObject({ status: 'SUCCESS', gate: { how: 'unknown', why: expect.stringMatching(/no token/) } })
  })

  test('GitHub that does not answer at all is waited for no longer than a moment', async () => {
    const at = await deployed()
    let asked = () => {}
    const isAsked = new Promise<void>(resolve => {
      asked = resolve
    })
    const done = at.back(async shop => {
      const mute = await onGitHub({ runId: '3' })(shop)
      const read = () => {
        asked()
        return new Promise<never>(() => {})
      }
      return {
        ...mute,
        ...(mute.onGitHub && { onGitHub: { ...mute.onGitHub, approvals: { ...mute.onGitHub.approvals, read } } })
      }
    })
    await isAsked
    await at.turn(20_000)
    expect(await done).toMatchObject({
      status: 'SUCCESS',
      gate: { how: 'unknown', why: expect.stringMatching(/in time/) }
    })
  })

  test('what only the default branch of today asks for counts too', async () => {
    const at = await deployed(CHECKLIST)
    const done = await at.back(async shop => ({
      ...(await onGitHub({ runId: '3' })(shop)),
      defaultBranch: { read: async () => ({ kind: 'read', text: GATED }) }
    }))
    expect(done).toMatchObject({ status: 'SUCCESS', gate: { how: 'approved' } })
  })

  test('is not asked for where nobody asks for reviewers, nor outside of Actions', async () => {
    const asked: string[] = []
    const at = await deployed(CHECKLIST)
    const done = await at.back(onGitHub({ runId: '3' }, question => asked.push(question)))
    expect([done.status, done.gate, asked]).toEqual(['SUCCESS', null, []])
    const local = await deployed()
    expect((await local.does('rollback')).result).toMatchObject({ status: 'SUCCESS', gate: null })
  })
})
