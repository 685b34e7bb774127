import { expect, test } from '@jest/globals'
import { CHECKLIST, openStand, refusal, type Stand } from './stand.js'

const PREFLIGHT = `  preflight:
    - run: 'echo looked >> "$WORLD/log"'
      id: cheap
    - env: [TOKEN]
    - run: 'test "$TOKEN" = let-me-in; echo authorized >> "$WORLD/log"'
      id: authorized
`
const SECRET = `secrets: [TOKEN]\n${CHECKLIST}${PREFLIGHT}`
const BEHIND = { env: { TOKEN: 'let-me-in' } }
const inRun = (id: string, attempt = '1', env = {}) => ({
  env: { ...env, GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt }
})

const prepare = (at: Stand, more = {}) =>
  at.step({ ledger: `file:${at.ledger}`, stage: 'preflight', prepare: 'true' }, more)
const stage = (at: Stand, name: string, execution: string, more = {}) =>
  at.step({ ledger: `file:${at.ledger}`, stage: name, execution }, more)

async function deploys(at: Stand, execution: string, more = {}) {
  const first = await stage(at, 'preflight', execution, more)
  for (const name of ['deploy', 'smoke-test']) await stage(at, name, first.id, more)
  return await stage(at, 'monitor', first.id, more)
}

test('ahead of the gate it looks at what needs no missing value, and holds nothing', async () => {
  const at = openStand(SECRET)
  const done = await prepare(at)
  expect([done.result.status, done.result.exitCode]).toEqual(['PLANNED', 0])
  expect(at.did()).toEqual(['looked'])
  expect(done.said).toContain('Left to the job behind the gate: preflight/env-token, preflight/authorized.')
  expect(await at.records()).toMatchObject([{ status: 'PLANNED', holdsEnvironment: false, acted: false }])
})

test('behind it the same execution goes on: what was looked at counts, the rest is looked at, then it acts', async () => {
  const at = openStand(SECRET)
  const { id } = await prepare(at)
  const preflight = await stage(at, 'preflight', id, BEHIND)
  expect([preflight.id, preflight.result.exitCode, at.did()]).toEqual([id, 0, ['looked', 'authorized']])
  expect(await at.records()).toMatchObject([{ id, holdsEnvironment: true }])
  for (const name of ['backup', 'migrate', 'deploy', 'smoke-test']) await stage(at, name, id, BEHIND)
  const last = await stage(at, 'monitor', id, BEHIND)
  expect(last.result.status).toBe('SUCCESS')
})

test('what was looked at long ago is looked at again', async () => {
  const at = openStand(SECRET)
  const { id } = await prepare(at)
  await at.turn(61 * 60_000)
  await stage(at, 'preflight', id, BEHIND)
  expect(at.did()).toEqual(['looked', 'looked', 'authorized'])
})

test('behind the gate a value that is missing is refused, and the environment is left alone', async () => {
  const at = openStand(SECRET)
  const { id } = await prepare(at)
  expect(refusal(await stage(at, 'preflight', id))).toEqual(['REFUSED', 'missing_value', 2])
  expect(await at.records()).toMatchObject([{ status: 'PLANNED', holdsEnvironment: false }])
})

test('a check that fails ahead of the gate is the end: nobody is asked to approve', async () => {
  const at = openStand(`${CHECKLIST}  preflight: [{ run: 'exit 3', id: broken }]\n`)
  const done = await prepare(at)
  expect([done.result.status, done.result.reason, done.result.exitCode]).toEqual(['FAILED', 'preflight_failed', 1])
  expect(refusal(await stage(at, 'preflight', done.id))).toEqual(['REFUSED', 'nothing_to_resume', 2])
})

test('only preflight takes it up', async () => {
  const at = openStand(CHECKLIST)
  const { id } = await prepare(at)
  expect(refusal(await stage(at, 'deploy', id))).toEqual(['REFUSED', 'stage_out_of_order', 2])
  expect(at.did()).toEqual([])
})

test('while another run holds the environment it is not taken up, and the refusal says who', async () => {
  const at = openStand(CHECKLIST)
  const waiting = await prepare(at, inRun('1'))
  const other = await at.step({ ledger: `file:${at.ledger}`, stage: 'preflight' }, inRun('2'))
  const done = await stage(at, 'preflight', waiting.id, inRun('1'))
  expect(refusal(done)).toEqual(['REFUSED', 'environment_held', 2])
  expect(done.result.message).toContain(other.id)
})

test('where something else went live since and nobody was to approve, it is begun anew on what is live now', async () => {
  const at = openStand(CHECKLIST)
  const old = await prepare(at, inRun('1'))
  const other = await prepare(at, inRun('2'))
  expect((await deploys(at, other.id, inRun('2'))).result.status).toBe('SUCCESS')
  const done = await stage(at, 'preflight', old.id, inRun('1'))
  expect([done.result.exitCode, done.id === old.id]).toEqual([0, false])
  const records = await at.records()
  expect(records.find(({ id }) => id === old.id)).toMatchObject({ status: 'CANCELLED', reason: 'superseded' })
  expect(records.find(({ id }) => id === done.id)).toMatchObject({ previousExecutionId: other.id })
})

test('a run that is run again before it acted is prepared again', async () => {
  const at = openStand(CHECKLIST)
  const first = await prepare(at, inRun('1', '1'))
  const again = await prepare(at, inRun('1', '2'))
  expect([again.result.exitCode, again.id === first.id]).toEqual([0, false])
  expect((await at.records()).find(({ id }) => id === first.id)).toMatchObject({ status: 'CANCELLED' })
  expect((await deploys(at, again.id, inRun('1', '2'))).result.status).toBe('SUCCESS')
})

test('the job behind the gate, run again alone, goes on with what was prepared by the attempt before', async () => {
  const at = openStand(SECRET)
  const { id } = await prepare(at, inRun('1', '1'))
  expect((await stage(at, 'preflight', id, inRun('1', '2', BEHIND.env))).id).toBe(id)
})

test('the memory of one run is no ledger for two jobs', async () => {
  const done = await openStand().step({ ledger: 'run', stage: 'preflight', prepare: 'true' })
  expect(refusal(done)).toEqual(['REFUSED', 'ledger_missing', 2])
  expect(done.result.hint).toMatch(/contents: write.*env:NAME/)
})

test('a plan ahead of the gate is made without secrets, and what stands in the way today does not fail it', async () => {
  const freeze = 'environments: { production: { freeze: { until: 2026-12-27, because: year end } } }\n'
  const at = openStand(`secrets: [TOKEN]\n${freeze}${CHECKLIST}${PREFLIGHT}`)
  const how = { ledger: `file:${at.ledger}`, 'dry-run': 'true' }
  expect((await at.step(how)).result.exitCode).toBe(2)
  const done = await at.step({ ...how, prepare: 'true' })
  expect([done.result.exitCode, done.text?.includes('year end')]).toEqual([0, true])
  expect(done.text).not.toContain('TOKEN has no value')
  expect(at.did()).toEqual([])
})

test.each([
  [{ stage: 'deploy', prepare: 'true' }],
  [{ prepare: 'true' }],
  [{ prepare: 'yes' }],
  [{ 'on-failure': 'panic' }],
  [{ stage: 'rollback', execution: 'newest', because: ' ' }]
])('%j cannot be understood', async inputs => {
  const at = openStand(CHECKLIST)
  await expect(async () => at.step({ ledger: `file:${at.ledger}`, ...inputs })).rejects.toMatchObject({
    reason: 'usage'
  })
})

const MONITORED = `${CHECKLIST}  monitor:
    checkpoints: [0m, 1h]
    on-failure: rollback
    page: 'echo paged >> "$WORLD/log"'
    items:
      - run: '! test -e "$WORLD/down"'
        id: up
`

test.each([
  ['hand-over', 'rollback_due', []],
  ['page', 'monitor_failed', ['paged']]
])('a failed checkpoint that would roll back can be told to %s instead', async (how, reason, did) => {
  const at = openStand(MONITORED)
  for (const name of ['1', '2']) {
    at.commit()
    expect((await at.step({ ledger: `file:${at.ledger}` }, inRun(name))).result.status).toBe('SUCCESS')
  }
  await at.turn(3_700_000)
  at.sets('down', 'x')
  const before = at.did()
  const inputs = { ledger: `file:${at.ledger}`, stage: 'monitor', execution: 'newest', 'on-failure': how }
  const done = await at.step(inputs, inRun('3'))
  expect(refusal(done)).toEqual(['FAILED', reason, 1])
  expect(at.did().slice(before.length)).toEqual(did)
})
