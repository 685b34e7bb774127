import { describe, expect, test } from '@jest/globals'
import { onGitHub, type Said } from '../fakes/on-github.js'
import { CHECKLIST, dying, openStand, type Stand } from './stand.js'

const ruled = (rules: string) => `${CHECKLIST}environments:\n  production: ${rules}\n`
const failed = { name: 'lint', status: 'completed', conclusion: 'failure', suite: '', runId: '' }
const passed = { ...failed, name: 'build', conclusion: 'success' }

describe('what GitHub says of the commit', () => {
  test.each<[string, string, Said, string]>([
    ['a check that failed', '{ ci: green }', { facts: { checks: [passed, failed] } }, 'ci_not_green'],
    ['no check at all', '{ ci: green }', {}, 'ci_not_green'],
    ['a ref that moved on', '{ newest: true }', { newest: 'b'.repeat(40) }, 'not_newest'],
    ['a ref that is gone', '{ newest: true }', { newest: undefined }, 'not_newest'],
    [
      'a ref that moved on, where a gate is promised',
      '{ gate: { reviewers: required } }',
      { newest: 'b' },
      'not_newest'
    ]
  ])('closes with %s', async (_, rules, said, reason) => {
    const at = openStand(ruled(rules))
    expect(await at.through('run', onGitHub(said))).toMatchObject({ status: 'REFUSED', reason, exitCode: 2 })
    expect([await at.records(), at.did()]).toEqual([[], []])
  })

  test.each<[string, string, Said]>([
    ['checks that passed', '{ ci: green }', { facts: { checks: [passed] } }],
    ['no check, where that is allowed', '{ ci: if-any }', {}],
    ['the named check, whatever the others say', '{ ci: [build] }', { facts: { checks: [passed, failed] } }],
    ['a ref that stands at the commit', '{ newest: true }', {}],
    ['a ref that moved on, where nobody asks', '{}', { newest: 'b' }],
    [
      'a ref that moved on, where the gate leaves it',
      '{ gate: { reviewers: required }, newest: false }',
      { newest: 'b' }
    ]
  ])('lets pass %s', async (_, rules, said) => {
    expect(await openStand(ruled(rules)).through('run', onGitHub(said))).toMatchObject({ status: 'SUCCESS' })
  })

  test('is not asked for where no rule needs it', async () => {
    const asked: string[] = []
    await openStand(ruled('{ window: { hours: "00:00-24:00", zone: UTC } }')).through(
      'run',
      onGitHub({}, q => asked.push(q))
    )
    expect(asked).toEqual([])
  })

  test('is not asked for while the calendar says no', async () => {
    const asked: string[] = []
    const at = openStand(ruled('{ ci: green, freeze: { until: 2027-01-01, because: x } }'))
    await at.through(
      'run',
      onGitHub({}, q => asked.push(q))
    )
    expect(asked).toEqual([])
  })
})

describe('a run that is run again', () => {
  test('goes on with what it began, and may deploy what it deployed while nothing came since', async () => {
    const at = openStand()
    await at.through('run', onGitHub())
    expect(await at.through('run', onGitHub({ attempt: 2 }))).toMatchObject({ status: 'SUCCESS' })
  })

  test('is outdated once another run has deployed', async () => {
    const at = openStand()
    const old = at.commit()
    await at.through('run', onGitHub())
    at.commit()
    await at.through('run', onGitHub({ runId: '88' }))
    at.checkout(old)
    const done = await at.through('run', onGitHub({ attempt: 2 }))
    expect(done).toMatchObject({ status: 'REFUSED', reason: 'superseded' })
    expect(done.message).toMatch(/attempt 2 of run 77 is outdated/)
    expect(at.did()).toHaveLength(2)
  })

  test('is outdated too when it had begun nothing, by when it was first made', async () => {
    const at = openStand()
    await at.through('run', onGitHub({ runId: '88' }))
    const again = (createdAt: string) => onGitHub({ attempt: 2, run: { createdAt } })
    expect(await at.through('run', again('2026-01-05T09:00:00Z'))).toMatchObject({ reason: 'superseded' })
    expect(await at.through('run', again('2026-01-05T11:00:00Z'))).toMatchObject({ status: 'SUCCESS' })
  })
})

describe('a holder whose process is gone', () => {
  // Its first write is the intent to deploy.
  const dies = (at: Stand, when: 'before' | 'after') =>
    at.through('run', async shop => await dying(1, when)(await onGitHub()(shop)))
  const over = { status: 'completed', conclusion: 'cancelled' }

  test('gives the environment to another run once its own run is over and it had done nothing', async () => {
    const at = openStand()
    await dies(at, 'before')
    expect(await at.through('run', onGitHub({ runId: '88', run: over }))).toMatchObject({ status: 'SUCCESS' })
    expect((await at.records()).map(({ status }) => status)).toEqual(['SUCCESS', 'CANCELLED'])
  })

  test('keeps it for its own resume when it had begun to act', async () => {
    const at = openStand()
    await dies(at, 'after')
    const done = await at.through('run', onGitHub({ runId: '88', run: over }))
    expect(done).toMatchObject({ status: 'REFUSED', reason: 'unfinished_execution' })
  })

  test.each<[string, Said, string, RegExp]>([
    ['its run goes on', { run: { attempt: 1 } }, 'environment_held', /attempt 1 of run 77 is in_progress/],
    ['its run waits', { run: { status: 'waiting' } }, 'environment_held', /run 77 is waiting/],
    ['GitHub does not tell', { run: 'GitHub would not tell: 403' }, 'holder_unknown', /would not tell: 403/]
  ])('keeps it while %s, and the refusal says so', async (_, said, reason, message) => {
    const at = openStand()
    await dies(at, 'before')
    const done = await at.through('run', onGitHub({ runId: '88', ...said }))
    expect(done).toMatchObject({ status: 'REFUSED', reason })
    expect(done.message).toMatch(message)
    const [holder] = await at.records()
    const taken = await at.through(`run --takeover ${holder?.id}`, onGitHub({ runId: '88', ...said }))
    expect(taken.status).toBe('SUCCESS')
  })

  test('is gone on with by the next attempt of its own run', async () => {
    const at = openStand()
    await dies(at, 'before')
    expect(await at.through('run', onGitHub({ attempt: 2 }))).toMatchObject({ status: 'SUCCESS' })
    expect(await at.records()).toHaveLength(1)
  })
})

describe('a holder whose runner died while its run goes on', () => {
  const died = { name: 'deploy', status: 'completed', conclusion: 'failure', runner: 'r1' }
  // Its first write is the intent to deploy, and it dies before that.
  const dies = (at: Stand) =>
    at.through('run', async shop =>
      dying(1, 'before', { startedAt: '1', runner: 'r1', host: 'gone' })(await onGitHub()(shop))
    )

  test('gives way without anybody saying so: to another run, and to a later job of its own', async () => {
    for (const runId of ['77', '88']) {
      const at = openStand()
      await dies(at)
      const blind = await at.through('run', onGitHub({ runId }))
      expect([blind.status, at.did()]).toEqual(['REFUSED', []])
      expect((await at.through('run', onGitHub({ runId, jobs: [died] }))).status).toBe('SUCCESS')
    }
  })

  test('keeps the environment while its job goes on', async () => {
    const at = openStand()
    await dies(at)
    const going = { ...died, status: 'in_progress', conclusion: '' }
    const done = await at.through('run', onGitHub({ runId: '88', jobs: [going] }))
    expect(done).toMatchObject({ status: 'REFUSED', reason: 'environment_held' })
  })
})
