import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from '@jest/globals'
import { changeFrom } from '../../src/core/engine/journal.js'
import type { EventBody } from '../../src/core/events.js'
import { openFileLedger } from '../../src/ledger/file.js'
import { summary } from '../../src/report/summary.js'
import { openLiveness } from '../../src/shell/liveness.js'
import { fakeClock } from '../fakes/clock.js'
import { usePostgres } from '../fakes/postgres-server.js'
import { openStand, refusal, type Stand } from './stand.js'

const server = usePostgres('machine')
const CHECKLIST = `
name: shop
secrets: [DATABASE_URL]
databases: { main: { url: "\${DATABASE_URL}", store: "\${STORE}" } }
stages:
  preflight: [{ env: [STORE] }]
  backup: [{ backup: main }]
  migrate: [{ name: schema, migrate: { sql: migrations/ } }]
  deploy: [{ run: 'echo deployed >> "$WORLD/log"', id: release, undo: 'true' }]
  smoke-test: [{ sql: select count(*) from items, value: ">= 1000" }]
`
const RUN = { GITHUB_RUN_ID: '7' }
let at: Stand
let owner = ''
let reader = ''
let roles = 0

/** The production database, and the URL of a role that may only read it, as the environment before the gate has it. */
beforeEach(async () => {
  at = openStand(CHECKLIST)
  at.commit({ 'migrations/001_users.sql': 'CREATE TABLE users (id int);\n' })
  owner = await server.create()
  await server.sql(owner, 'CREATE TABLE items AS SELECT n FROM generate_series(1, 2000) AS n')
  const role = `reader_${++roles}`
  await server.sql(
    owner,
    `CREATE ROLE ${role} LOGIN BYPASSRLS PASSWORD '${new URL(owner).password}'; GRANT pg_read_all_data TO ${role}`
  )
  const url = new URL(owner)
  url.username = role
  reader = url.href
})

const store = () => join(at.env['WORLD'] ?? '', 'store')
const dumps = () => readdirSync(store()).filter(name => name.endsWith('.dump'))
const step = (stage: string, url: string, more: Record<string, string> = {}) =>
  at.step({ ledger: `file:${at.ledger}`, stage, ...more }, { env: { ...RUN, DATABASE_URL: url, STORE: store() } })
const ahead = (stage: string, url = reader) => step(stage, url, { prepare: 'true' })

async function deploys(execution: string) {
  for (const stage of ['preflight', 'backup', 'migrate', 'deploy', 'smoke-test'])
    await step(stage, owner, { execution })
  return await step('monitor', owner, { execution })
}

test('a role that only reads backs up before the gate, and the job behind it takes what was proven', async () => {
  const { id } = await ahead('preflight')
  const saved = await ahead('backup')
  expect([saved.id, saved.result.status, saved.result.exitCode]).toEqual([id, 'PLANNED', 0])
  expect(saved.result.receipts).toMatchObject([{ subject: 'main', proof: 'identical' }])
  expect(await at.records()).toMatchObject([{ status: 'PLANNED', acted: false, holdsEnvironment: false }])
  expect(dumps()).toHaveLength(1)
  // What is written since is what a restore would lose.
  await server.sql(owner, 'INSERT INTO items VALUES (2001)')
  await at.turn(40 * 60_000)
  const done = await deploys(id)
  expect([done.result.status, dumps().length]).toEqual(['SUCCESS', 1])
  expect(done.result.receipts).toEqual(saved.result.receipts)
  expect(summary(done.result)).toMatch(/main: identical .* 4\d min.* old/)
  const lost = await at.does(`rollback --restore main --ledger file:${at.ledger}`, {
    env: { ...STANDS, DATABASE_URL: owner, STORE: store() }
  })
  expect(JSON.stringify(lost.result)).toMatch(/would lose at least 1 row/)
})

const STANDS = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'org/shop', GITHUB_RUN_ID: '8', GITHUB_RUN_ATTEMPT: '1' }

test('what is too old by then is backed up again, behind the gate', async () => {
  const { id } = await ahead('preflight')
  await ahead('backup')
  await at.turn(61 * 60_000)
  expect((await deploys(id)).result.status).toBe('SUCCESS')
  expect(dumps()).toHaveLength(2)
})

test('a dump that the job behind the gate cannot reach is none', async () => {
  const { id } = await ahead('preflight')
  await ahead('backup')
  for (const name of readdirSync(store())) rmSync(join(store(), name))
  expect((await deploys(id)).result.status).toBe('SUCCESS')
  expect(dumps().map(name => statSync(join(store(), name)).size > 0)).toEqual([true])
})

test('a role that may not read all is refused with what it lacks, and nobody is asked to approve', async () => {
  await server.sql(owner, `REVOKE pg_read_all_data FROM ${new URL(reader).username}`)
  const { id } = await ahead('preflight')
  const done = await ahead('backup')
  expect(refusal(done)).toEqual(['REFUSED', 'missing_right', 2])
  expect(`${done.result.message} ${done.result.hint}`).toMatch(/cannot read all of public.items.*pg_read_all_data/)
  expect(await at.records()).toMatchObject([{ id, status: 'REFUSED', reason: 'missing_right' }])
  expect(refusal(await step('preflight', owner, { execution: id }))).toEqual(['REFUSED', 'nothing_to_resume', 2])
})

test('the rights of the way back are asked behind the gate', async () => {
  const { id } = await ahead('preflight')
  await ahead('backup')
  const done = await step('preflight', reader, { execution: id })
  expect(refusal(done)).toEqual(['REFUSED', 'missing_right', 2])
  expect(JSON.stringify(done.result)).toMatch(/for a restore, .* does not own the database/)
})

test('without the address of the database it is left to the job behind the gate', async () => {
  const { id } = await ahead('preflight', '')
  const done = await ahead('backup', '')
  expect([done.id, done.result.exitCode, done.said]).toEqual([id, 0, expect.stringMatching(/Left to .*backup\/main/)])
  expect((await deploys(id)).result.status).toBe('SUCCESS')
})

test('what a killed backup has left in the store is gone once its run prepares again', async () => {
  const { id } = await ahead('preflight')
  const dump = join(store(), 'production-main-killed.dump')
  mkdirSync(store(), { recursive: true })
  for (const name of [dump, `${dump}.partial`]) writeFileSync(name, 'half of it')
  await writes(id, [
    { type: 'intent', stage: 'backup', item: 'backup/main', target: '', attempt: 1, deed: 'run', ahead: true },
    { type: 'note', item: 'backup/main', attempt: 1, deed: 'run', data: { dump } }
  ])
  const inputs = { ledger: `file:${at.ledger}`, stage: 'preflight', prepare: 'true' }
  const env = { ...RUN, GITHUB_RUN_ATTEMPT: '2', DATABASE_URL: reader, STORE: store() }
  const again = await at.step(inputs, { env })
  expect([again.result.status, again.id === id, readdirSync(store())]).toEqual(['PLANNED', false, []])
  expect((await at.records()).find(record => record.id === id)).toMatchObject({ status: 'CANCELLED', acted: false })
})

/** What the process wrote before it was killed. */
async function writes(id: string, bodies: readonly EventBody[]): Promise<void> {
  const ledger = openFileLedger({ folder: at.ledger, clock: fakeClock(), liveness: openLiveness() })
  const stored = await ledger.read(id)
  if (stored === undefined) throw new Error(`there is no ${id}`)
  await ledger.append(changeFrom(stored, bodies, ledger, stored.record.startedAt))
  await ledger.close()
}
