import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { advance, startOf } from '../../src/core/engine/state.js'
import type { EventBody } from '../../src/core/events.js'
import type { AnyKind, PlannedItem } from '../../src/core/item.js'
import type { JsonObject } from '../../src/core/json.js'
import type { Shell } from '../../src/core/ports.js'
import { backupKind } from '../../src/database/backup.js'
import { parseAddress } from '../../src/database/postgres/address.js'
import { snapshotName } from '../../src/database/postgres/snapshot.js'
import { fakeClock } from '../fakes/clock.js'
import { item, newWorld, plan, stand, work } from '../fakes/engine.js'
import { usePostgres } from '../fakes/postgres-server.js'

const server = usePostgres('embedded')

let url: string
let name: string
let clone: string
beforeEach(async () => {
  url = await server.create()
  name = parseAddress(url).database
  clone = snapshotName(name, '20260101T000000000Z', 'abcd')
  await server.sql(server.url(), `CREATE DATABASE ${clone}`)
  await server.sql(server.url(), `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`)
})
afterEach(() => server.sql(server.url(), `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`))

const isOpen = async () =>
  (await server.sql(server.url(), `SELECT datallowconn FROM pg_database WHERE datname = '${name}'`)).rows[0]?.[0] ===
  't'
const databases = async () => (await server.sql(server.url(), 'SELECT datname FROM pg_database')).rows.flat()

const backup: PlannedItem = { ...item('backup', { named: 'main' }), kind: 'backup', spec: { backup: 'main' } }
const deployed = item('deploy', { named: 'a', undo: 'undo a' })
const named = { target: '', attempt: 1, deed: 'run' } as const

/** Rolls an execution back that was killed while it made a snapshot of `at`; whether it was open at the first undo. */
async function rollsBack(at: string, left: JsonObject = { snapshot: clone }) {
  const stages = { backup: [backup], deploy: [deployed] }
  const of = plan(stages, { databases: { main: { url: at, engine: 'postgres', atLeast: 'snapshot' } } })
  const bodies: readonly EventBody[] = [
    { type: 'intent', stage: 'backup', item: backup.id, ...named },
    { type: 'note', item: backup.id, attempt: 1, deed: 'run', data: left },
    { type: 'intent', stage: 'deploy', item: deployed.id, ...named }
  ]
  const seen: boolean[] = []
  const shell: Shell = {
    run: async () => {
      seen.push(await isOpen())
      return { kind: 'exited', code: 0, byItself: true, stdout: '', stderr: '', durationMs: 1 }
    }
  }
  const clock = fakeClock({ mode: 'turning' })
  const kind = backupKind({ clock, shell, baseEnv: {}, defaultStore: '/nonexistent', program: 'file:///x' })
  const target = {
    execution: 'e1',
    plan: plan({ 'smoke-test': [item('smoke-test', { named: 'alive' })] }, { commit: 'old' })
  }
  const undoing = bodies.reduce(advance, startOf(of))
  const order = { scope: 'all', cause: 'ok', because: 'asked', undoing, target, restore: [] } as const
  const where = await stand({ ...of, commit: 'old' }, newWorld(), { purpose: 'rollback', undoesExecutionId: 'e0' })
  const { record } = await work(where, { wish: { rollBack: true }, order, shell, kinds: [kind as unknown as AnyKind] })
  return { seen, status: record.status, message: record.errorMessage }
}

test('a rollback opens the database that a killed snapshot left shut before anything else, and clears its clone', async () => {
  expect(await rollsBack(url)).toMatchObject({ status: 'SUCCESS', seen: [true] })
  expect([await isOpen(), (await databases()).includes(clone)]).toEqual([true, false])
})

test('a rollback that cannot open it stops before anything is undone, and says how to', async () => {
  const nowhere = new URL(url)
  nowhere.port = '1'
  const { status, seen, message } = await rollsBack(nowhere.toString())
  expect([status, seen, await isOpen()]).toEqual(['FAILED', [], false])
  expect(message).toMatch(`the database ${name} could not be opened again: nobody can connect to it`)
})

test('what a killed dump left needs no server: it shuts nobody out', async () => {
  const dump = '/nonexistent/main.dump'
  expect(await rollsBack('${DATABASE_URL}', { dump })).toMatchObject({ status: 'SUCCESS', seen: [false] })
})
