import { describe, expect, test } from '@jest/globals'
import { actionsOf } from '../../src/app/host.js'
import type { Shop } from '../../src/app/shop.js'
import { summary } from '../../src/report/summary.js'
import { approvedBy, onGitHub, type Said } from '../fakes/on-github.js'
import { CHECKLIST, IN_ACTIONS, openStand } from './stand.js'

const GATED = `${CHECKLIST}environments:\n  production: { gate: { reviewers: required } }\n`
const PREPARED = GATED.replace('stages:', 'stages:\n  preflight: [{ run: \'echo looked >> "$WORLD/log"\', id: look }]')
const approved: Said = { reviews: [approvedBy('ann')] }

describe('how an execution came through the gate', () => {
  test('is kept: who approved, their words, when it was seen, and what of theirs is in it', async () => {
    const at = openStand(GATED)
    const done = await at.through('run', onGitHub({ reviews: [approvedBy('ann'), approvedBy('Dan', 'mine')] }))
    expect(done.status).toBe('SUCCESS')
    const seenAt = expect.stringMatching(/^2026-01-05T10:/)
    const approvals = [
      { who: 'ann', words: 'go', seenAt, own: [] },
      { who: 'Dan', words: 'mine', seenAt, own: ['commit'] }
    ]
    const [record] = await at.records()
    expect(record).toMatchObject({ gate: { how: 'approved', attempt: 1, given: 2 }, approvals })
    expect(done.gate).toMatchObject({ how: 'approved', approvals })
    expect(summary(done)).toMatch(/\*\*Gate\*\* \| approved by ann: go, seen at .*; Dan \(whose commit it is\): mine/)
    expect((await at.does('verify')).result.status).toBe('SUCCESS')
  })

  test.each<[string, Said, string, RegExp]>([
    ['an admin let it pass', {}, 'bypassed', /an admin let it pass/],
    ['nobody may read the reviews', { reviews: 'GitHub would not tell: 403' }, 'unknown', /would not tell: 403/],
    ['nobody has to approve', { reviewers: false }, 'unknown', /no required reviewers/]
  ])('is kept and shown when %s, and stops nothing', async (_, said, how, why) => {
    const at = openStand(GATED)
    const done = await at.through('run', onGitHub(said))
    // Whether so little is enough is the gate's own matter.
    if (how === 'unknown' && said.reviewers === false && done.status === 'REFUSED') return
    expect(done.gate).toMatchObject({ how, why: expect.stringMatching(why), approvals: [] })
    expect((await at.records())[0]).toMatchObject({ status: 'SUCCESS', gate: { how }, approvals: [] })
    expect(summary(done)).toMatch(why)
  })

  test('is asked once for an attempt, and only by a stage that changes something', async () => {
    const at = openStand(PREPARED)
    const asked: string[] = []
    const step = (stage: string) =>
      at.through(
        `run ${stage}`,
        onGitHub(approved, question => asked.push(question))
      )
    await step('preflight')
    expect(asked).not.toContain('reviews')
    await step('deploy')
    await step('smoke-test')
    expect(asked.filter(question => question === 'reviews')).toHaveLength(1)
    expect((await at.records())[0]).toMatchObject({ status: 'SUCCESS', gate: { how: 'approved' } })
  })

  test('in a later attempt the approval of an earlier one says nothing', async () => {
    const at = openStand(GATED.replace('id: release', 'id: release\n      timeout: 1m'))
    at.sets('broken', at.git('rev-parse', 'HEAD'))
    await at.through('run', onGitHub(approved))
    await at.through('run', onGitHub({ ...approved, attempt: 2 }))
    const [again, first] = await at.records()
    expect(first).toMatchObject({ gate: { how: 'approved', attempt: 1 } })
    expect(again).toMatchObject({ gate: { how: 'unknown', attempt: 2, given: 1 } })
  })

  test('is not asked for where the checklist promises no reviewers', async () => {
    const asked: string[] = []
    const at = openStand()
    const done = await at.through(
      'run',
      onGitHub(approved, question => asked.push(question))
    )
    expect([asked, done.gate]).toEqual([[], null])
  })
})

describe('what was approved is what runs', () => {
  test.each([
    ['another commit', { other: 'text' }],
    ['another checklist', { 'deploy-checklist.yml': PREPARED.replace('id: alive', 'id: alive\n      name: other') }]
  ])('%s after the gate is refused', async (_, files) => {
    const at = openStand(PREPARED)
    await at.through('run preflight', onGitHub())
    at.commit(files)
    const done = await at.through('run deploy', onGitHub(approved))
    expect(done).toMatchObject({ status: 'REFUSED', reason: 'approval_outdated' })
    expect(at.did()).toEqual(['looked'])
  })

  test('a commit that the run is not for is refused behind a gate, unless its plan was shown before', async () => {
    const at = openStand(PREPARED)
    const actions = actionsOf({ ...IN_ACTIONS, GITHUB_SHA: 'f'.repeat(40) })
    const forAnother = async (shop: Shop) => ({ ...(await onGitHub(approved)(shop)), actions })
    expect(await at.through('run', forAnother)).toMatchObject({ status: 'REFUSED', reason: 'approval_outdated' })
    expect([at.did(), await at.records()]).toEqual([[], []])
    await at.through('run preflight', onGitHub())
    expect((await at.through('run deploy', forAnother)).exitCode).toBe(0)
    const open = openStand(PREPARED.replace('gate: { reviewers: required }', ''))
    expect(await open.through('run', forAnother)).toMatchObject({ status: 'SUCCESS' })
  })

  test('without a gate it is a plan that changed', async () => {
    const at = openStand(PREPARED.replace('gate: { reviewers: required }', ''))
    await at.through('run preflight', onGitHub())
    at.commit()
    expect(await at.through('run deploy', onGitHub())).toMatchObject({ reason: 'plan_changed' })
  })
})

describe('evidence that is too old', () => {
  const saved = PREPARED.replace(
    '  deploy:',
    '  backup: [{ run: \'echo saved >> "$WORLD/log"\', id: save, undo: "true" }]\n  deploy:'
  )
  const short = saved.replace('gate:', 'max-age: 30m, gate:')

  test.each([
    ['is made afresh', saved, 61, ['looked', 'saved', 'looked', 'saved']],
    ['counts while it is young', saved, 59, ['looked', 'saved']],
    ['is as old as the checklist lets it be', short, 31, ['looked', 'saved', 'looked', 'saved']],
    ['counts for as long as the checklist says', short, 29, ['looked', 'saved']]
  ])('%s', async (_, checklist, minutes, expected) => {
    const at = openStand(checklist)
    for (const stage of ['preflight', 'backup']) await at.through(`run ${stage}`, onGitHub(approved))
    await at.turn(minutes * 60_000)
    for (const stage of ['preflight', 'backup']) await at.through(`run ${stage}`, onGitHub(approved))
    expect(at.did()).toEqual(expected)
    const done = await at.through('run deploy', onGitHub(approved))
    expect(done.exitCode).toBe(0)
    expect((await at.does('verify')).result.status).toBe('SUCCESS')
  })

  test.each([
    [61, ['looked', 'looked']],
    [59, ['looked']]
  ])('of a job ahead of the gate is made afresh, or not, after %i minutes', async (minutes, expected) => {
    const at = openStand(PREPARED.replace('gate: { reviewers: required }', ''))
    const ledger = `file:${at.ledger}`
    await at.step({ ledger, stage: 'preflight', prepare: 'true' })
    await at.turn(minutes * 60_000)
    const done = await at.step({ ledger, stage: 'preflight' })
    expect([done.result.exitCode, at.did()]).toEqual([0, expected])
  })

  test('is not made afresh once something was changed', async () => {
    const at = openStand(saved)
    for (const stage of ['preflight', 'backup', 'deploy']) await at.through(`run ${stage}`, onGitHub(approved))
    await at.turn(2 * 3_600_000)
    await at.through('run', onGitHub(approved))
    expect(at.did().filter(line => !line.startsWith('deploy'))).toEqual(['looked', 'saved'])
    expect((await at.records())[0]?.status).toBe('SUCCESS')
  })
})
