import type { Finding, ItemContext } from '../../src/core/item.js'
import type { JsonObject } from '../../src/core/json.js'
import type { Shell } from '../../src/core/ports.js'
import type { Receipt } from '../../src/core/records.js'
import { parseAddress } from '../../src/database/postgres/address.js'
import { withClient } from '../../src/database/postgres/client.js'
import { takeFingerprint } from '../../src/database/postgres/fingerprint.js'
import { snapshot } from '../../src/database/postgres/snapshot.js'
import { readSource } from '../../src/database/postgres/source.js'
import type { CopyBy } from '../../src/database/postgres/swap-rights.js'
import { restoreWayBack } from '../../src/database/restore.js'
import { fakeClock } from './clock.js'
import { never } from './postgres-server.js'

const clock = fakeClock({ mode: 'turning' })
const noShell = {
  run: async () => {
    throw new Error('a snapshot needs no program')
  }
} satisfies Shell

export type Restoring = Readonly<{
  url: string
  accept?: readonly string[]
  notes?: readonly JsonObject[]
  note?: (data: JsonObject) => Promise<void>
  shell?: Shell
}>

/** The way back as the engine calls it for the database `main`. */
export function restoring({ url, accept = [], notes = [], note = async () => {}, shell = noShell }: Restoring) {
  const { PATH = '' } = process.env
  const ports = { clock, shell, baseEnv: { PATH }, defaultStore: '/tmp', program: 'file:///x' }
  const context: ItemContext = {
    stage: 'rollback',
    item: {
      id: 'backup/main',
      name: 'main',
      kind: 'backup',
      at: { line: 1, col: 1 },
      effect: 'action',
      optional: false,
      spec: {}
    },
    deed: 'undo',
    execution: {
      id: 'execution-1',
      environment: 'test',
      folder: '/tmp',
      commit: 'c',
      previousCommit: '',
      receipts: [],
      migrations: [],
      applied: {},
      databases: { main: { url: '${DATABASE_URL}', engine: 'postgres', atLeast: 'snapshot' } },
      signOffs: [],
      acceptedLoss: accept
    },
    names: { DATABASE_URL: url },
    signal: never,
    timeoutMs: 60_000,
    say: () => {},
    progress: () => {},
    note,
    began: async () => {},
    notes,
    check: async () => ({ outcome: 'error', detail: 'not here' })
  }
  const way = restoreWayBack(ports)
  const guard = { ...context, ledgerDatabase: undefined, diskDisappears: false, planned: [] }
  return {
    restore: (receipt: Receipt): Promise<Finding> => way.restore('main', receipt, context),
    probe: () => way.probe('main', context),
    obstacles: (receipt: Receipt) => way.obstacles('main', receipt, guard),
    objections: (by: CopyBy = 'dump') => way.objections('main', by, guard)
  }
}

let count = 0

/** A proven snapshot of that database, with its receipt. */
export async function snapshotOf(url: string): Promise<Receipt> {
  count += 1
  const database = parseAddress(url)
  const source = await withClient(url, { signal: never }, readSource)
  const proof = await snapshot({
    subject: 'main',
    database,
    source,
    name: `${database.database}_snapshot_${count}`,
    clock,
    signal: never,
    takeFingerprint,
    onProgress: () => {},
    say: () => {}
  })
  if (!('receipt' in proof)) throw new Error(proof.differences.join('; '))
  return proof.receipt
}
