import { describe, expect, test } from '@jest/globals'
import { actionsOf } from '../../src/app/host.js'
import type { Shop } from '../../src/app/shop.js'
import type { OnDefaultBranch } from '../../src/core/ports.js'
import { summary } from '../../src/report/summary.js'
import { environment } from '../fakes/environment.js'
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
    expect(summary(done)).toMatch(/approved by ann: go, seen at .*; Dan \(whose commit it is\): mine/)
    expect((await at.does('verify')).result.status).toBe('SUCCESS')
  })

  test('an admin who let it pass is found by the deployment that GitHub made for the job, and is kept and shown', async () => {
    const at = openStand(GATED)
    const done = await at.through('run', onGitHub({ reviews: [], held: true }))
    const why = expect.stringMatching(/an admin let it pass/)
    expect(done).toMatchObject({ status: 'SUCCESS', gate: { how: 'bypassed', why, approvals: [] } })
    expect((await at.records())[0]).toMatchObject({ gate: { how: 'bypassed' }, approvals: [] })
    expect(summary(done)).toMatch(/an admin let it pass/)
  })

  const down = { unknown: 'a 502', reason: 'github_unavailable', hint: 'wait' } as const
  const forbidden = { unknown: 'a 403', reason: 'missing_permission', hint: 'give `actions: read`' } as const

  test.each<[string, Said, string, RegExp]>([
    [
      'nobody approved, and nobody was asked',
      { reviews: [] },
      'not_approved',
      /Name `environment: production` in the job/
    ],
    [
      'another environment was approved',
      { reviews: [{ ...approvedBy('ann'), environments: ['staging'] }] },
      'not_approved',
      /deployments: write/
    ],
    [
      'it was rejected',
      { reviews: [{ ...approvedBy('ann'), state: 'rejected' }] },
      'not_approved',
      /environment: production/
    ],
    ['nobody may read the reviews', { reviews: forbidden }, 'missing_permission', /actions: read/],
    ['something else came than reviews', { reviews: { unknown: 'no list' } }, 'gate_unreadable', /Run it again/]
  ])('where %s it ends refused before anything changes, and that is kept', async (_, said, reason, hint) => {
    const at = openStand(GATED)
    const done = await at.through('run', onGitHub(said))
    expect([done.status, done.reason, done.exitCode]).toEqual(['REFUSED', reason, 2])
    expect(done.hint).toMatch(hint)
    const [record] = await at.records()
    expect(record).toMatchObject({ status: 'REFUSED', reason, holdsEnvironment: false, acted: false })
    expect(record?.gate).toMatchObject({ how: 'unknown', closed: true })
    expect(at.did()).toEqual([])
    expect((await at.does('verify')).result.status).toBe('SUCCESS')
  })

  test('while GitHub is down it waits: nothing was touched, and the same run goes on once it answers', async () => {
    const at = openStand(PREPARED)
    await at.through('run preflight', onGitHub())
    const done = await at.through('run deploy', onGitHub({ reviews: down }))
    expect([done.status, done.reason, done.exitCode]).toEqual(['UNAVAILABLE', 'github_unavailable', 3])
    expect((await at.records())[0]).toMatchObject({ acted: false, completedAt: '', gate: { closed: true } })
    expect(at.did()).toEqual(['looked'])
    // Asked again by the same attempt too: that it was recorded lets nobody in.
    expect((await at.through('run deploy', onGitHub({ reviews: [] }))).reason).toBe('not_approved')
    const other = openStand(PREPARED)
    await other.through('run preflight', onGitHub())
    await other.through('run deploy', onGitHub({ reviews: down }))
    for (const stage of ['preflight', 'deploy'])
      expect((await other.through(`run ${stage}`, onGitHub({ attempt: 2 }))).exitCode).toBe(0)
    expect((await other.records())[0]).toMatchObject({ gate: { how: 'approved', attempt: 2 }, acted: true })
  })

  test('a step without a token cannot ask, and is refused', async () => {
    const at = openStand(PREPARED)
    await at.through('run preflight', onGitHub())
    const done = await at.through('run deploy', async shop => {
      const { onGitHub: _, ...rest } = await onGitHub()(shop)
      return rest
    })
    expect([done.status, done.reason, at.did()]).toEqual(['REFUSED', 'missing_permission', ['looked']])
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

describe('no commit asks less of those who have to let it pass', () => {
  const gated = (gate: string) => `${CHECKLIST}environments:\n  production: { gate: ${gate} }\n`
  const promising = (own: string, there: OnDefaultBranch, said: Said) => {
    const at = openStand(own)
    const change = async (shop: Shop): Promise<Shop> => ({
      ...(await onGitHub(said)(shop)),
      gate: { read: async () => ({ kind: 'read', facts: environment({ waitMs: 1_800_000 }) }) },
      defaultBranch: { read: async file => (file === 'deploy-checklist.yml' ? there : { kind: 'absent' }) }
    })
    return { at, done: at.through('run', change) }
  }
  const read = (text: string): OnDefaultBranch => ({ kind: 'read', text })
  const away: OnDefaultBranch = { kind: 'unreadable', why: 'a 503', hint: 'wait', reason: 'github_unavailable' }

  test.each<[string, string, OnDefaultBranch, Said, string]>([
    ['takes its reviewers out', CHECKLIST, read(gated('{ reviewers: required }')), { reviews: [] }, 'not_approved'],
    ['takes them out, and they approved', CHECKLIST, read(gated('{ reviewers: required }')), {}, 'ok'],
    [
      'asks for no self-review',
      gated('{ prevent-self-review: true }'),
      read(CHECKLIST),
      { reviews: [] },
      'not_approved'
    ],
    ['asks for a wait alone', gated('{ wait: 30m }'), read(CHECKLIST), { reviews: [] }, 'not_approved'],
    ['asks for a wait, and was held', gated('{ wait: 30m }'), read(CHECKLIST), { reviews: [], held: true }, 'ok'],
    ['promises nothing, and nobody knows what was', CHECKLIST, away, { reviews: [] }, 'github_unavailable'],
    ['promises nothing, as before', CHECKLIST, read(CHECKLIST), { reviews: [] }, 'ok']
  ])('one that %s', async (_, own, there, said, reason) => {
    const { at, done } = promising(own, there, said)
    const result = await done
    expect([result.reason, at.did().length]).toEqual([reason, reason === 'ok' ? 1 : 0])
    if (reason !== 'ok') expect(result.hint).not.toBe('')
    if (said.held) expect(summary(result)).toMatch(/held: the rules of production have held the job back/)
  })

  test('its stages are held to that too, each in a process of its own', async () => {
    const at = openStand(PREPARED.replace(/environments:[\s\S]*$/, ''))
    const there = read(gated('{ reviewers: required }'))
    const change = (said: Said) => async (shop: Shop) => ({
      ...(await onGitHub(said)(shop)),
      defaultBranch: { read: async () => there }
    })
    await at.through('run preflight', change({}))
    const done = await at.through('run deploy', change({ reviews: [] }))
    expect([done.reason, at.did()]).toEqual(['not_approved', ['looked']])
    expect((await at.does('verify')).result.status).toBe('SUCCESS')
  })

  test('where another commit is checked out than they saw, it is not theirs', async () => {
    const at = openStand(CHECKLIST)
    const change = async (shop: Shop): Promise<Shop> => ({
      ...(await onGitHub({})(shop)),
      actions: actionsOf({ ...IN_ACTIONS, GITHUB_SHA: 'f'.repeat(40) }),
      defaultBranch: { read: async () => read(gated('{ reviewers: required }')) }
    })
    expect((await at.through('run', change)).reason).toBe('approval_outdated')
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
