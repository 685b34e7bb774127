import { describe, expect, test } from '@jest/globals'
import { CHECKLIST, openStand, refusal, type Stand } from './stand.js'

const HOUR = 3_600_000
const watching = (more: string) => `${CHECKLIST}  monitor:
    checkpoints: [0m, 1h, 24h]
    items: [{ run: '! grep -qs "$DEPLOY_COMMIT" "$WORLD/sick"', id: well }]
    ${more}
`
const PAGE = watching(`on-failure: page\n    page: 'echo "$DEPLOY_FAILURE" >> "$WORLD/paged"'`)

async function deployed(checklist = PAGE, releases = 1): Promise<Stand & { ids: string[] }> {
  const at = openStand(checklist)
  const ids: string[] = []
  for (let i = 0; i < releases; i++) {
    if (i > 0) at.commit()
    ids.push((await at.does('run')).id)
  }
  return { ...at, ids }
}

/** A scheduled run, as the workflow's step. */
const sweep = async (at: Stand, more: Record<string, string> = {}) =>
  await at.step(
    { stage: 'monitor', execution: 'newest', ledger: `file:${at.ledger}`, ...more },
    { env: { GITHUB_RUN_ID: '78' } }
  )

describe('checkpoints after the end', () => {
  test('nothing is due at first, then each is run once, with how late it was', async () => {
    const at = await deployed()
    expect((await at.records())[0]?.due.map(({ checkpoint }) => checkpoint)).toEqual(['1h', '24h'])
    expect((await at.does('monitor')).text).toMatch(/No checkpoint of .* is due; the next one is 1h/)
    await at.turn(HOUR + 5 * 60_000)
    const one = await at.does('monitor')
    expect([one.result.exitCode, one.text]).toEqual([
      0,
      expect.stringMatching(/^1h of .*: passed, 5 min .*after it was due/)
    ])
    expect((await at.does('monitor')).text).toMatch(/No checkpoint/)
    const { result } = await at.does('show')
    expect(result.checkpoints).toMatchObject([{ checkpoint: '1h', passed: true }])
    expect(result.status).toBe('SUCCESS')
  })

  test('several that a late schedule missed are answered by one look', async () => {
    const at = await deployed()
    await at.turn(30 * HOUR)
    expect((await at.does('monitor')).text?.split('\n')).toEqual([
      expect.stringMatching(/^1h of .*: passed, 1 d 5 h|29 h/),
      expect.stringMatching(/^24h of/)
    ])
    expect((await at.records())[0]?.due).toEqual([])
  })

  test('one that fails pages a person by the checklist’s command, and the execution stays what it is', async () => {
    const at = await deployed()
    at.sets('sick', at.git('rev-parse', 'HEAD'))
    await at.turn(HOUR)
    expect(refusal(await at.does('monitor'))).toEqual(['FAILED', 'monitor_failed', 1])
    expect(at.world('paged')).toMatch(/1h: monitor\/well \(/)
    expect((await at.records())[0]).toMatchObject({ status: 'SUCCESS', rolledBack: false })
    expect((await at.does('verify')).result.status).toBe('SUCCESS')
  })

  test('a page command that fails is said', async () => {
    const at = await deployed(watching(`on-failure: page\n    page: 'exit 3'`))
    at.sets('sick', at.git('rev-parse', 'HEAD'))
    await at.turn(HOUR)
    expect((await at.does('monitor')).said).toMatch(/page command ended with 3/)
  })

  test('one that fails rolls back, once, where the checklist says so', async () => {
    const at = await deployed(watching('on-failure: rollback'), 2)
    at.sets('sick', at.git('rev-parse', 'HEAD'))
    await at.turn(HOUR)
    const { result } = await at.does('monitor')
    expect([result.status, result.execution?.purpose]).toEqual(['SUCCESS', 'rollback'])
    expect(at.did()).toHaveLength(3)
    const [back, undone] = await at.records()
    expect([back?.undoesExecutionId, undone?.rolledBack]).toEqual([at.ids[1], true])
    expect(undone?.rollbackReason).toMatch(/checkpoint 1h: monitor\/well/)
    expect((await at.does('monitor')).result.exitCode).not.toBe(70)
    expect(at.did()).toHaveLength(3)
  })

  test('what is optional is reported, and fails no checkpoint', async () => {
    const at = await deployed(
      watching('on-failure: rollback').replace('id: well }', "id: well, optional: true }, { run: 'true', id: calm }")
    )
    at.sets('sick', at.git('rev-parse', 'HEAD'))
    await at.turn(HOUR)
    expect((await at.does('monitor')).text).toMatch(/1h of .*: passed/)
    const { checkpoints } = (await at.does('show')).result
    expect(checkpoints).toMatchObject([
      { passed: true, results: [{ item: 'monitor/well', outcome: 'fail' }, { outcome: 'pass' }] }
    ])
  })

  const ASKS = `${watching(`on-failure: rollback\n    page: 'echo "$DEPLOY_FAILURE" >> "$WORLD/paged"'`)}rollback: { code: ask }\n`

  test('what the checklist leaves to a person is paged, with the line, and not done', async () => {
    const at = await deployed(ASKS, 2)
    at.sets('sick', at.git('rev-parse', 'HEAD'))
    await at.turn(HOUR)
    const done = await at.does('monitor')
    expect(refusal(done)).toEqual(['FAILED', 'monitor_failed', 1])
    expect(at.did()).toHaveLength(2)
    for (const told of [at.world('paged'), done.text])
      expect(told).toMatch(new RegExp(`leaves the rollback to a person.*code: ask.*rollback ${at.ids[1]} --ledger`))
  })

  test('nor is it handed over to another job', async () => {
    const at = openStand(ASKS)
    await at.step({ ledger: `file:${at.ledger}` })
    at.sets('sick', at.git('rev-parse', 'HEAD'))
    await at.turn(HOUR)
    expect(refusal(await sweep(at, { 'on-failure': 'hand-over' }))).toEqual(['FAILED', 'monitor_failed', 1])
    expect(at.world('paged')).toMatch(/code: ask.*gh workflow run rollback\.yml/)
  })

  test('whoever only looks needs no value of what only the undo needs', async () => {
    const undo = 'undo: \'test -n "$KEY"; '
    const at = openStand(`secrets: [KEY]\n${watching('on-failure: rollback').replace("undo: '", undo)}`)
    await at.step({ ledger: `file:${at.ledger}` }, { env: { KEY: 'abcdef' } })
    await at.turn(HOUR)
    expect(refusal(await sweep(at))).toEqual(['REFUSED', 'missing_value', 2])
    expect((await sweep(at, { 'on-failure': 'hand-over' })).text).toMatch(/1h of .*passed/)
  })

  test('they are void once a newer execution stands', async () => {
    const at = await deployed(PAGE, 2)
    await at.turn(HOUR)
    const done = await at.does(`monitor ${at.ids[0]}`)
    expect(refusal(done)).toEqual(['REFUSED', 'superseded', 2])
    expect(done.result.message).toMatch(at.ids[1] ?? '')
    expect((await at.does('monitor')).text).toMatch(at.ids[1] ?? '')
  })

  test('what is void does not stand in the way of the next sweeps', async () => {
    const at = await deployed(PAGE, 2)
    await at.turn(25 * HOUR)
    expect((await at.does('monitor')).text).toMatch(at.ids[1] ?? '')
    const after = await at.does('monitor -e production')
    expect([after.result.exitCode, after.text]).toEqual([0, `No checkpoint of ${at.ids[1]} is due; none is to come.`])
  })

  test('nothing is due once it was taken back', async () => {
    const at = await deployed(PAGE, 2)
    await at.does('rollback')
    await at.turn(25 * HOUR)
    const done = await at.does('monitor')
    expect([done.result.exitCode, done.text]).toEqual([0, expect.stringMatching(/none is to come/)])
  })

  test('another environment where only void ones are left has not to be told apart', async () => {
    const at = openStand(`${PAGE}environments: { staging: {}, production: {} }\n`)
    await at.does('run -e staging')
    at.commit()
    await at.does('run -e staging')
    await at.turn(25 * HOUR)
    await at.does('monitor -e staging')
    const { id } = await at.does('run -e production')
    expect((await at.does('monitor')).text).toMatch(`No checkpoint of ${id} is due; the next one is 1h`)
  })

  test('a checkpoint at once is part of the deployment, and what it finds wrong is no success', async () => {
    const at = openStand(PAGE)
    at.sets('sick', at.git('rev-parse', 'HEAD'))
    expect(refusal(await at.does('run'))).toEqual(['FAILED', 'monitor_failed', 1])
    expect(at.world('paged')).toMatch(/monitor/)
  })

  test('with due ones on two environments it is asked which', async () => {
    const at = openStand(`${PAGE}environments: { staging: {}, production: {} }\n`)
    for (const name of ['staging', 'production']) await at.does(`run -e ${name}`)
    await at.turn(HOUR)
    const done = await at.does('monitor')
    expect(refusal(done)).toEqual(['REFUSED', 'usage', 2])
    expect(done.result.message).toMatch(/production.*staging|staging.*production/)
    for (const name of ['staging', 'production']) expect((await at.does(`monitor -e ${name}`)).text).toMatch(/passed/)
  })

  test.each([
    ['monitor', /nothing was deployed/],
    ['monitor nope', /knows no execution nope/]
  ])('%s is refused where there is nothing', async (line, message) => {
    const done = await openStand(PAGE).does(line)
    expect([done.result.exitCode, done.result.message]).toEqual([2, expect.stringMatching(message)])
  })
})

describe('adopt', () => {
  const live = (at: Stand) => at.sets('live', at.git('rev-parse', 'HEAD'))

  test('records what is live after its smoke test passes, and a later rollback goes there', async () => {
    const at = openStand()
    live(at)
    const commit = at.git('rev-parse', 'HEAD')
    const { result, id } = await at.does(`adopt --commit ${commit}`)
    expect([result.status, result.reason, result.exitCode]).toEqual(['SUCCESS', 'adopted', 0])
    expect((await at.records())[0]).toMatchObject({
      id,
      purpose: 'adopt',
      commit,
      acted: false,
      holdsEnvironment: false
    })
    const bad = at.commit()
    at.sets('broken', bad)
    const { result: back } = await at.does('run')
    expect([back.status, back.previous?.execution]).toEqual(['ROLLED_BACK', id])
    expect(at.world('live')).toBe(commit)
  })

  test('refuses when the smoke test fails, and nothing can be rolled back to it', async () => {
    const at = openStand()
    at.sets('live', 'something else')
    expect(refusal(await at.does(`adopt --commit ${at.git('rev-parse', 'HEAD')}`))).toEqual([
      'REFUSED',
      'smoke_test_failed',
      2
    ])
    const { plan } = (await at.does('plan')).json as { plan: { previous: unknown } }
    expect(plan.previous).toBeNull()
  })

  test.each([
    ['no commit', '', 'usage', /found ""/],
    ['a branch', 'main', 'usage', /found "main"/],
    ['a shortened one', 'abcdef1', 'usage', /found "abcdef1"/],
    ['one that is not here', 'f'.repeat(40), 'no_commit', /has no commit ffff/]
  ])('refuses %s', async (_, commit, reason, message) => {
    const at = openStand()
    const done = await at.does(`adopt --commit '${commit}'`)
    expect(refusal(done)).toEqual(['REFUSED', reason, 2])
    expect(done.result.message).toMatch(message)
    expect(await at.records()).toEqual([])
  })

  test('refuses a checklist whose smoke test proves nothing, and names without a value', async () => {
    const at = openStand("stages: { deploy: [{ run: 'true', undo: 'true' }] }\n")
    expect((await at.does(`adopt --commit ${at.git('rev-parse', 'HEAD')}`)).result.message).toMatch(/no smoke-test/)
    const secret = openStand(`secrets: [KEY]\n${CHECKLIST.replace("run: 'test", 'run: \'test -n "$KEY"; test')}`)
    const done = await secret.does(`adopt --commit ${secret.git('rev-parse', 'HEAD')}`)
    expect(refusal(done)).toEqual(['REFUSED', 'missing_value', 2])
  })
})
