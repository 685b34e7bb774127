import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { DatabasePlan, Finding, GuardContext, ItemContext, PlannedItem, Progress } from '../../src/core/item.js'
import type { JsonObject } from '../../src/core/json.js'
import type { Shell } from '../../src/core/ports.js'
import { createRedactor } from '../../src/core/redact/redact.js'
import { type BackupPorts, backupKind } from '../../src/database/backup.js'
import { withClient } from '../../src/database/postgres/client.js'
import { type TakeFingerprint, takeFingerprint } from '../../src/database/postgres/fingerprint.js'
import { systemClock } from '../../src/shell/clock.js'
import { openShell } from '../../src/shell/run.js'
import { never } from './postgres-server.js'

export type BackupBench = Readonly<{
  folder: string
  store: string
  said: string[]
  notes: JsonObject[]
  progress: Progress[]
  context(): ItemContext
  run(spec: JsonObject, more?: Partial<ItemContext>): Promise<Finding>
  guard(
    spec: JsonObject,
    more?: Partial<GuardContext>
  ): Promise<readonly Readonly<{ reason: string; message: string }>[]>
  finish(spec: JsonObject, notes: readonly JsonObject[]): Promise<Finding | undefined>
  probe(spec: JsonObject, notes: readonly JsonObject[]): Promise<Readonly<{ took: string; finding?: Finding }>>
  stored(): Promise<readonly string[]>
  remove(): Promise<void>
}>

export const realShell = (): Shell => openShell({ redactor: createRedactor([]), clock: systemClock() })

const ITEM: PlannedItem = {
  id: 'backup/main',
  name: 'main',
  kind: 'backup',
  at: { line: 1, col: 1 },
  effect: 'action',
  optional: false,
  spec: {}
}

/** The kind with a folder of its own, as the engine would call it. `database` is the plan of `main`. */
export async function backupBench(
  url: () => string,
  { database = {}, ports = {} }: Readonly<{ database?: Partial<DatabasePlan>; ports?: Partial<BackupPorts> }> = {}
): Promise<BackupBench> {
  const folder = await mkdtemp(join(tmpdir(), 'backup-test-'))
  const store = join(folder, 'store')
  const [said, notes, progress]: [string[], JsonObject[], Progress[]] = [[], [], []]
  const kind = backupKind({
    clock: systemClock(),
    shell: realShell(),
    baseEnv: { PATH: process.env['PATH'] ?? '' },
    defaultStore: store,
    program: pathToFileURL(join(process.cwd(), 'x')).href,
    ...ports
  })
  const context = (): ItemContext => ({
    stage: 'backup',
    item: ITEM,
    deed: 'run',
    execution: {
      id: 'execution-1',
      environment: 'production',
      folder,
      commit: 'c',
      previousCommit: '',
      receipts: [],
      migrations: [],
      applied: {},
      databases: { main: { url: '${DATABASE_URL}', engine: 'postgres', atLeast: 'identical', ...database } },
      signOffs: [],
      acceptedLoss: []
    },
    names: { DATABASE_URL: url(), DEPLOY_EXECUTION: 'execution-1', DEPLOY_ITEM: 'backup/main' },
    signal: never,
    timeoutMs: 600_000,
    say: line => void said.push(line),
    progress: seen => void progress.push(seen),
    note: async data => void notes.push(data),
    began: async () => {},
    notes: [],
    check: () => Promise.reject(new Error('a backup has no nested check'))
  })
  const parsed = (spec: JsonObject) => {
    const result = kind.shape.safeParse(spec)
    if (!result.success) throw new Error(JSON.stringify(result.error.issues))
    return result.data
  }
  return {
    folder,
    store,
    said,
    notes,
    progress,
    context,
    run: (spec, more = {}) => kind.run(parsed(spec), { ...context(), ...more }),
    guard: async (spec, more = {}) =>
      (await kind.guard?.(parsed(spec), {
        ...context(),
        ledgerDatabase: undefined,
        diskDisappears: false,
        planned: [],
        ...more
      })) ?? [],
    finish: async (spec, left) => await kind.finish?.(parsed(spec), { ...context(), notes: left }),
    probe: async (spec, left) =>
      (await kind.probe?.(parsed(spec), { ...context(), notes: left })) ?? { took: 'no probe', detail: '' },
    stored: async () => (await readdir(store).catch(() => [])).sort(),
    remove: () => rm(folder, { recursive: true, force: true })
  }
}

/** The real fingerprint, before which the copy (and never the source) is damaged by that SQL. */
export const damagedBefore =
  (sql: string): TakeFingerprint =>
  async request => {
    const isCopy = request.snapshot === undefined
    if (isCopy) await withClient(request.database, { signal: never }, ({ query }) => query(sql))
    return takeFingerprint(request)
  }
