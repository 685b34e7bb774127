import { describe, expect, test } from '@jest/globals'
import { settle } from '../../src/app/settle.js'
import type { Shop } from '../../src/app/shop.js'
import { ALIVE, CHECKLIST, dying, openStand, refusal } from './stand.js'

const ledgerOf = (at: { ledger: string }) => `file:${at.ledger}`
const ATTEMPT_2 = { env: { GITHUB_RUN_ATTEMPT: '2' } }
const OTHER_RUN = { env: { GITHUB_RUN_ID: '78' } }

/** A process of the first attempt of run 77 that dies at its `n`th write. */
const inRun77 = (n: number) => async (shop: Shop) => {
  const dead = await dying(n, 'after', { startedAt: '1', runId: '77', runAttempt: 1 })(shop)
  const identity = { ...(await shop.identity()), runId: '77', repository: 'org/shop' }
  return { ...dead, identity: async () => identity }
}

describe('the ledger', () => {
  test('is asked for by the name of its input, with what can be said there', async () => {
    const done = await openStand().step({})
    expect(refusal(done)).toEqual(['REFUSED', 'ledger_missing', 2])
    expect(done.result.message).toMatch(/input `ledger`/)
    expect(done.result.hint).toMatch(/env:NAME.*ledger: run/)
  })

  test('`run` lasts from step to step of one run, and there is no such thing on a laptop', async () => {
    const at = openStand()
    const first = await at.step({ ledger: 'run', stage: 'preflight' })
    const rest = await at.step({ ledger: 'run' })
    expect([rest.result.status, rest.id]).toEqual(['SUCCESS', first.id])
    expect(refusal(await at.does('history --ledger run'))).toEqual(['REFUSED', 'usage', 2])
  })
})

test.each([
  ['push', 'push'],
  ['schedule', 'schedule'],
  ['repository_dispatch', 'api'],
  ['workflow_dispatch', 'manual'],
  ['pull_request', 'manual']
])('an execution says what started it (%s), who, and where its log is', async (event, trigger) => {
  const at = openStand()
  const { id } = await at.step({ ledger: ledgerOf(at) }, { env: { GITHUB_EVENT_NAME: event } })
  const { result } = await at.does(`show ${id}`)
  expect(result.execution).toMatchObject({
    ...{ trigger, actor: 'cy', runId: '77', runAttempt: 1, ref: 'refs/heads/main' },
    ...{ key: { repository: 'org/shop' }, logUrl: 'https://github.example/org/shop/actions/runs/77' },
    commit: at.git('rev-parse', 'HEAD')
  })
})

test.each([
  ['cy', 'bea', 'cy'],
  ['', 'bea', 'bea'],
  ['github-actions[bot]', 'bea', 'bea'],
  ['renovate[bot]', 'renovate[bot]', 'renovate[bot]']
])('a run that %s runs again, and %s started, is by %s', async (again, first, actor) => {
  const at = openStand()
  const env = { GITHUB_TRIGGERING_ACTOR: again, GITHUB_ACTOR: first }
  const { result } = await at.step({ ledger: ledgerOf(at) }, { env })
  expect(result.execution).toMatchObject({ actor })
})

test('what is checked out is deployed, not what started the run; without git the latter', async () => {
  const at = openStand()
  const env = { GITHUB_SHA: 'f'.repeat(40) }
  const { id } = await at.step({ ledger: ledgerOf(at) }, { env })
  expect((await at.does(`show ${id}`)).result.execution?.commit).toBe(at.git('rev-parse', 'HEAD'))
})

describe('stages that are steps of their own', () => {
  const stages = ['preflight', 'backup', 'migrate', 'deploy', 'smoke-test', 'monitor', 'rollback']

  test('work for one execution, and a rollback step finds nothing to do', async () => {
    const at = openStand()
    const done = []
    for (const stage of stages) done.push(await at.step({ ledger: ledgerOf(at), stage }))
    expect(done.map(({ result }) => result.exitCode)).toEqual(stages.map(() => 0))
    expect(new Set(done.map(({ id }) => id).filter(id => id !== '')).size).toBe(1)
    expect(done.at(-1)?.said).toMatch(/Nothing to roll back/)
    expect(at.did()).toHaveLength(1)
  })

  test('a later one is refused before its turn', async () => {
    const at = openStand(`${CHECKLIST}  preflight: [{ run: 'true', id: ready }]\n`)
    expect(refusal(await at.step({ ledger: ledgerOf(at), stage: 'deploy' }))).toEqual([
      'REFUSED',
      'nothing_to_resume',
      2
    ])
    await at.step({ ledger: ledgerOf(at), stage: 'preflight' })
    expect((await at.step({ ledger: ledgerOf(at), stage: 'deploy' })).result.exitCode).toBe(0)
    expect((await at.step({ ledger: ledgerOf(at), stage: 'smoke-test' })).result.status).toBe('SUCCESS')
  })

  test('the failed stage itself rolls back, and a later rollback step does nothing', async () => {
    const at = openStand()
    await at.step({ ledger: ledgerOf(at) })
    at.sets('broken', at.commit())
    const codes: number[] = []
    for (const stage of stages) codes.push((await at.step({ ledger: ledgerOf(at), stage }, OTHER_RUN)).result.exitCode)
    expect(codes[4]).toBe(1)
    expect(codes.at(-1)).toBe(0)
    expect(at.did().filter(line => line.startsWith('undo'))).toHaveLength(1)
  })

  test('a run of another one is refused while this one holds the environment', async () => {
    const at = openStand()
    await at.through('run preflight', inRun77(99))
    const done = await at.step({ ledger: ledgerOf(at) }, OTHER_RUN)
    expect(refusal(done)).toEqual(['REFUSED', 'holder_unknown', 2])
    expect(done.result.hint).toMatch(/input takeover/)
    const [holder] = await at.records()
    expect((await at.step({ ledger: ledgerOf(at), takeover: holder?.id ?? '' }, OTHER_RUN)).result.status).toBe(
      'SUCCESS'
    )
  })
})

describe('a re-run', () => {
  test('goes on with the execution of its first attempt', async () => {
    const told = `${CHECKLIST}  preflight:\n    - manual: Are they told?\n      id: told\n      by: owner\n`
    const at = openStand(`people: { owner: "@Cy" }\n${told}`)
    const first = await at.step({ ledger: ledgerOf(at) })
    expect(first.result.exitCode).toBe(4)
    expect(first.result.nextSteps.join()).toMatch(/input `sign`/)
    const stranger = await at.step({ ledger: ledgerOf(at), sign: 'preflight/told=di:they know' }, ATTEMPT_2)
    expect(refusal(stranger)).toEqual(['REFUSED', 'usage', 2])
    const again = await at.step({ ledger: ledgerOf(at), sign: 'preflight/told=cy:they know' }, ATTEMPT_2)
    expect([again.result.status, again.id]).toEqual(['SUCCESS', first.id])
    expect(again.result.signOffs).toMatchObject([{ who: 'cy', claimed: false }])
  })

  test('of one that was killed goes on, since its first attempt is over', async () => {
    const at = openStand(CHECKLIST.replace('undo:', 'probe: \'test -e "$WORLD/live"\'\n      undo:'))
    await at.through('run', inRun77(2))
    const done = await at.step({ ledger: ledgerOf(at) }, ATTEMPT_2)
    expect([done.result.status, at.did().length]).toEqual(['SUCCESS', 1])
  })
})

describe('taking back from a workflow', () => {
  test('the newest is named so, from another run', async () => {
    const at = openStand()
    await at.step({ ledger: ledgerOf(at) })
    at.commit()
    await at.step({ ledger: ledgerOf(at) }, { env: { GITHUB_RUN_ID: '70' } })
    const nothing = await at.step({ ledger: ledgerOf(at), stage: 'rollback' }, OTHER_RUN)
    expect([nothing.result.exitCode, at.did().length]).toEqual([0, 2])
    const done = await at.step(
      { ledger: ledgerOf(at), stage: 'rollback', execution: 'newest', because: 'it is slow' },
      OTHER_RUN
    )
    expect([done.result.status, at.did().length]).toEqual(['SUCCESS', 3])
  })

  test('a stage of rollback where nothing was ever deployed does nothing either', async () => {
    const at = openStand()
    const done = await at.step({ ledger: ledgerOf(at), stage: 'rollback' })
    expect([done.result.exitCode, done.said]).toEqual([0, expect.stringMatching(/Nothing to roll back/)])
  })
})

test('due checkpoints of a named execution are a stage of monitor', async () => {
  const at = openStand(
    `${CHECKLIST}  monitor:\n    checkpoints: [1h]\n    items: [{ run: 'true', id: well }]\n    on-failure: page\n`
  )
  const { id } = await at.step({ ledger: ledgerOf(at) })
  await at.turn(3_600_000)
  const done = await at.step({ ledger: ledgerOf(at), stage: 'monitor', execution: 'newest' }, OTHER_RUN)
  expect([done.result.exitCode, done.text]).toEqual([0, expect.stringMatching(`1h of ${id}: passed`)])
  expect((await at.records())[0]?.due).toEqual([])
})

test('dry-run shows the plan of the step and leaves nothing behind', async () => {
  const at = openStand()
  const done = await at.step({ ledger: ledgerOf(at), 'dry-run': 'true' })
  expect([done.result.reason, at.did()]).toEqual(['planned', []])
  expect((await at.does('history')).json).toMatchObject({ records: [] })
})

describe('the post step', () => {
  const settled = async (checklist: string, n: number) => {
    const at = openStand(checklist)
    await at.through('run', dying(n))
    const [before] = await at.records()
    await at.through('history', async shop => {
      await settle(before?.id ?? '', shop)
      return shop
    })
    return { at, record: (await at.records())[0] }
  }

  test('says of a process that died before it acted that nothing was touched, and frees the environment', async () => {
    const { record } = await settled(`${CHECKLIST}  backup: [{ run: '${ALIVE}', id: b, effect: check }]\n`, 1)
    expect(record).toMatchObject({ acted: false })
  })

  test('says of one that died while it acted that nobody knows, and keeps the environment', async () => {
    const { at, record } = await settled(CHECKLIST, 1)
    expect(record).toMatchObject({ status: 'CANCELLED', reason: 'cancelled', holdsEnvironment: true, acted: true })
    const { events } = (await at.does('show')).json as { events: { body: { outcome?: string } }[] }
    expect(events.some(({ body }) => body.outcome === 'unknown')).toBe(true)
  })

  test('leaves alone what ended, and what it does not know', async () => {
    const at = openStand()
    const { id } = await at.does('run')
    for (const settledId of [id, 'nope']) {
      await at.through('history', async shop => {
        await settle(settledId, shop)
        return shop
      })
    }
    expect((await at.records())[0]?.status).toBe('SUCCESS')
  })
})
