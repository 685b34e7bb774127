import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Done, Finding, GuardContext, ItemContext, PlannedItem } from '../../src/core/item.js'
import type { JsonObject } from '../../src/core/json.js'
import type { Clock, Command, Exit, Shell } from '../../src/core/ports.js'
import { migrateKind } from '../../src/database/migrate.js'
import { fakeClock } from './clock.js'
import { never } from './postgres-server.js'

/** What a command does in a test: its exit, or just its code. */
export type Act = (command: Command) => Promise<Partial<Exit> | number>

export const exitOf = (exit: Partial<Exit> | number): Exit => ({
  kind: 'exited',
  byItself: true,
  stdout: '',
  stderr: '',
  durationMs: 1,
  code: 0,
  ...(typeof exit === 'number' ? { code: exit } : exit)
})

export type Bench = Readonly<{
  folder: string
  said: string[]
  notes: JsonObject[]
  commands: Command[]
  clock: Clock
  write(files: Readonly<Record<string, string>>): Promise<void>
  run(spec: JsonObject, more?: Partial<ItemContext>): Promise<Finding>
  /** `notes` are those of the run; those of the undo itself come with `more`. */
  undo(spec: JsonObject, done: Finding, more?: Partial<ItemContext>, notes?: readonly JsonObject[]): Promise<Finding>
  assess(spec: JsonObject, done: Finding): Promise<Readonly<{ lossless: boolean; losses: readonly string[] }>>
  probe(spec: JsonObject, more?: Partial<ItemContext>): ReturnType<NonNullable<ReturnType<typeof migrateKind>['probe']>>
  finish(spec: JsonObject, more?: Partial<ItemContext>): Promise<Finding>
  guard(spec: JsonObject): Promise<readonly Readonly<{ reason: string; message: string }>[]>
  remove(): Promise<void>
}>

const ITEM: PlannedItem = {
  id: 'migrate/x',
  name: 'x',
  kind: 'migrate',
  at: { line: 1, col: 1 },
  effect: 'action',
  optional: false,
  spec: {}
}

/** The kind with a folder of its own, as the engine would call it, against a real database. */
export async function migrationBench(url: () => string, acts: Readonly<Record<string, Act>> = {}): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'migration-'))
  const said: string[] = []
  const notes: JsonObject[] = []
  const commands: Command[] = []
  const clock = fakeClock({ mode: 'turning' })
  const shell = {
    run: async command => {
      commands.push(command)
      const text = 'text' in command.what ? command.what.text : ''
      return exitOf((await acts[text]?.(command)) ?? { code: 127, stderr: `${text}: not found` })
    }
  } satisfies Shell
  const kind = migrateKind({ shell, clock, env: { PATH: '/usr/bin' } })
  const context = (more: Partial<ItemContext>): ItemContext => ({
    stage: 'migrate',
    item: ITEM,
    deed: 'run',
    execution: {
      id: 'execution-1',
      environment: 'test',
      folder,
      commit: 'c',
      previousCommit: '',
      receipts: [],
      migrations: [],
      applied: {},
      databases: { main: { url: '${DATABASE_URL}', engine: 'postgres', atLeast: 'identical' } },
      signOffs: [],
      acceptedLoss: []
    },
    names: { DATABASE_URL: url() },
    signal: never,
    timeoutMs: 60_000,
    say: line => void said.push(line),
    progress: () => {},
    note: async data => void notes.push(JSON.parse(JSON.stringify(data))),
    began: async () => {},
    notes: [],
    check: async () => ({ outcome: 'error', detail: 'not here' }),
    ...more
  })
  const parse = (spec: JsonObject) => {
    const parsed = kind.shape.safeParse(spec)
    if (!parsed.success) throw new Error(JSON.stringify(parsed.error.issues))
    return parsed.data
  }
  const doneOf = ({ outcome, detail, migration }: Finding): Done => ({
    outcome,
    detail,
    ...(migration === undefined ? {} : { migration: JSON.parse(JSON.stringify(migration)) })
  })
  const guarded = (): GuardContext => ({
    ...context({}),
    ledgerDatabase: undefined,
    diskDisappears: false,
    planned: []
  })
  const must = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('the kind has no such method')
    return value
  }
  return {
    folder,
    said,
    notes,
    commands,
    clock,
    write: async files => {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true })
        await writeFile(join(folder, path), text)
      }
    },
    run: (spec, more = {}) => kind.run(parse(spec), context(more)),
    undo: (spec, done, more = {}, notes = []) =>
      must(kind.undo?.(parse(spec), context({ deed: 'undo', ...more }), { ...doneOf(done), notes })),
    assess: (spec, done) => must(kind.assess?.(parse(spec), context({ deed: 'undo' }), doneOf(done))),
    probe: (spec, more = {}) => must(kind.probe?.(parse(spec), context(more))),
    finish: (spec, more = {}) => must(kind.finish?.(parse(spec), context(more))),
    guard: spec => must(kind.guard?.(parse(spec), guarded())),
    remove: () => rm(folder, { recursive: true, force: true })
  }
}

/** The item with a key of its own, such as `undo`. */
export const itemWith = (more: Partial<PlannedItem>): PlannedItem => ({ ...ITEM, ...more })
