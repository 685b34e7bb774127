import { link } from '../../src/core/chain.js'
import type { RollbackPolicy } from '../../src/core/checklist.js'
import { execute, type Work } from '../../src/core/engine/execute.js'
import { type Journal, openJournal, startFrom } from '../../src/core/engine/journal.js'
import { project } from '../../src/core/engine/project.js'
import type { Workshop } from '../../src/core/engine/run-item.js'
import { startOf } from '../../src/core/engine/state.js'
import { GENESIS } from '../../src/core/events.js'
import type { ExecutionRecord } from '../../src/core/execution.js'
import type { AnyKind, Finding, ItemContext, Kind, PlannedItem } from '../../src/core/item.js'
import type { JsonObject } from '../../src/core/json.js'
import { digestOf, type Plan } from '../../src/core/plan.js'
import type { Interview, Ledger, Leftovers, Repository, Shell } from '../../src/core/ports.js'
import type { ForwardStage } from '../../src/core/stages.js'
import { fakeClock } from './clock.js'
import { memoryLedger } from './ledger.js'

type Spec = Readonly<{ named: string; to?: Finding['outcome'] | 'throw' | undefined; reason?: string | undefined }>

/** What the fake kinds and the fake shell did, in order; the world outside that a kill does not undo. */
export type World = { did: string[]; lives: Set<string>; broken: Set<string> }
export const newWorld = (): World => ({ did: [], lives: new Set(), broken: new Set() })

const shape = { safeParse: (raw: unknown) => ({ success: true as const, data: raw as Spec }) }
const findingOf = ({ to = 'pass', reason }: Spec, broken: boolean): Finding => {
  if (to === 'throw') throw new Error('this kind has a fault')
  const outcome = broken ? 'fail' : to
  return { outcome, detail: `it came to ${outcome}`, ...(reason !== undefined && { reason: reason as never }) }
}

/**
 * `act` changes the world, `look` only looks; `migrate` is an act that moved a database and knows its own undo,
 * `reversible` one that can also tell whether it took effect.
 */
export function fakeKinds(world: World): readonly AnyKind[] {
  const base = { shape, turn: () => 'barrier' as const, subject: ({ named }: Spec) => named }
  const act: Kind<Spec> = {
    ...base,
    name: 'act',
    effect: 'action',
    run: async (spec, { execution }: ItemContext) => {
      world.did.push(`${spec.named} ${execution.commit}`)
      world.lives.add(spec.named)
      return findingOf(spec, world.broken.has(spec.named))
    }
  }
  const look: Kind<Spec> = {
    ...base,
    name: 'look',
    effect: 'check',
    turn: () => 'together',
    run: async (spec, { names }) => findingOf(spec, world.broken.has(`${spec.named} ${names['DEPLOY_COMMIT']}`))
  }
  const migrate: Kind<Spec> = {
    ...act,
    name: 'migrate',
    run: async (spec, context) => {
      const finding = await act.run(spec, context)
      const applied = [{ file: '1.sql', sha256: 'aa' }]
      return {
        ...finding,
        migration: {
          database: 'main',
          before: '0',
          after: '1',
          moved: true,
          applied,
          catalog: { downs: { '1.sql': 'x' } }
        }
      }
    },
    assess: async () => ({ lossless: !world.broken.has('lossless'), losses: ['3 rows of orders'] }),
    undo: async (spec, { deed }) => {
      world.did.push(`${deed} ${spec.named}`)
      world.lives.delete(spec.named)
      return findingOf({ named: spec.named }, world.broken.has(`undo ${spec.named}`))
    }
  }
  const reversible: Kind<Spec> = {
    ...migrate,
    name: 'reversible',
    probe: async ({ named }) => ({ took: world.lives.has(named) ? 'effect' : 'no-effect', detail: 'as it looks' })
  }
  return [act, look, migrate, reversible].map(kind => kind as unknown as AnyKind)
}

/** Undo and probe texts are words: `undo NAME`, `probe NAME`. */
export function fakeShell(world: World): Shell & { asked: string[] } {
  const asked: string[] = []
  const exit = (code: number) =>
    ({ kind: 'exited', code, byItself: true, stdout: '', stderr: '', durationMs: 1 }) as const
  return {
    asked,
    run: async ({ what }) => {
      const text = 'text' in what ? what.text : what.argv.join(' ')
      asked.push(text)
      const [verb = '', named = ''] = text.split(' ')
      if (verb === 'probe') return exit(world.broken.has(text) ? 9 : world.lives.has(named) ? 0 : 1)
      world.did.push(text)
      world.lives.delete(named)
      return exit(world.broken.has(text) ? 1 : 0)
    }
  }
}

type Written = Partial<Omit<PlannedItem, 'spec'>> & Spec
export function item(stage: ForwardStage, { named, to, reason, ...common }: Written): PlannedItem {
  const kind =
    common.kind ?? (stage === 'deploy' || stage === 'backup' ? 'act' : stage === 'migrate' ? 'migrate' : 'look')
  const spec: JsonObject = JSON.parse(JSON.stringify({ named, to, reason }))
  return {
    id: `${stage}/${named}`,
    name: named,
    at: { line: 1, col: 1 },
    optional: false,
    effect: kind === 'look' ? 'check' : 'action',
    spec,
    ...common,
    kind
  }
}

export const KEY = { repository: 'o/shop', checklist: 'shop', environment: 'production' }
const POLICY: RollbackPolicy = { code: 'auto', schema: 'lossless', data: 'never' }

export function plan(stages: Partial<Plan['stages']>, more: Partial<Plan> = {}): Plan {
  const none = { preflight: [], backup: [], migrate: [], deploy: [], 'smoke-test': [], monitor: [] }
  const { digest: _, ...made } = {
    ...{
      format: 1,
      tool: 'test',
      key: KEY,
      commit: 'new',
      release: 'new',
      previous: { execution: 'e1', commit: 'old' }
    },
    ...{
      vars: {},
      secrets: [],
      people: {},
      rules: { vars: {} },
      databases: { main: { url: 'x', engine: 'postgres', atLeast: 'identical' } }
    },
    ...{ rollback: POLICY, monitor: null, files: {}, digest: '' },
    ...more,
    stages: { ...none, ...stages }
  } as Plan
  return { ...made, digest: digestOf(made) }
}

export function record(id: string, of: Plan, more: Partial<ExecutionRecord> = {}): ExecutionRecord {
  const process = { host: 'h', bootId: 'b', pid: 1, startedAt: '1' }
  return {
    ...{
      id,
      key: of.key,
      number: 2,
      purpose: 'deploy',
      trigger: 'manual',
      actor: 'ann',
      commit: of.commit,
      ref: 'main',
      release: of.release
    },
    ...{
      planDigest: of.digest,
      status: 'PLANNED',
      reason: '',
      errorMessage: '',
      startedAt: '2026-01-05T10:00:00.000Z',
      completedAt: ''
    },
    ...{
      durationSeconds: 0,
      rolledBack: false,
      rollbackReason: '',
      markedBad: '',
      previousExecutionId: '',
      undoesExecutionId: ''
    },
    ...{
      acted: false,
      holdsEnvironment: true,
      token: 1,
      heartbeatAt: '',
      process,
      runId: '',
      runAttempt: 1,
      logUrl: '',
      approvals: []
    },
    ...{ receipts: [], migrations: [], applied: {}, due: [] },
    ...more
  } as ExecutionRecord
}

export type Stand = Readonly<{ ledger: ReturnType<typeof memoryLedger>; world: World; said: string[] }>

/** An execution `e2` of the plan in a ledger of its own, nothing done yet. */
export async function stand(of: Plan, world: World = newWorld(), more: Partial<ExecutionRecord> = {}): Promise<Stand> {
  const ledger = memoryLedger()
  const draft = record('e2', of, { ...more, number: 1 })
  const opened = {
    type: 'opened',
    plan: of,
    previousHead: GENESIS,
    process: draft.process,
    purpose: draft.purpose,
    actor: 'ann'
  } as const
  const events = link([opened], { head: GENESIS, seq: 0, at: draft.startedAt, token: 1 })
  await ledger.create({
    record: events.reduce((current, event) => project(current, startOf(of), event), draft),
    events
  })
  return { ledger, world, said: [] }
}

export type Doing = Partial<Pick<Work, 'wish' | 'order' | 'target'>> & {
  resume?: boolean
  ledger?: Ledger
  signal?: AbortSignal
  leftovers?: Leftovers
  interview?: Interview
  acceptedLoss?: readonly string[]
  /** Kinds beside the fake ones, or what is made of those. */
  kinds?: readonly AnyKind[] | ((known: readonly AnyKind[]) => readonly AnyKind[])
  shell?: Shell
}

/** One process working for `e2`: opens the journal from what the ledger has, runs the loop. */
export async function work(at: Stand, doing: Doing = {}): Promise<Journal> {
  const { ledger, world, said } = at
  const stored = await ledger.read('e2')
  if (stored === undefined) throw new Error('there is no execution')
  const clock = fakeClock({ mode: 'turning' })
  const redactor = { add: () => {}, redact: (text: string) => text }
  const journal = openJournal(startFrom(stored), { ledger: doing.ledger ?? ledger, clock, redactor, observers: [] })
  if (doing.resume) await journal.commit({ type: 'joined', process: stored.record.process, why: 'resume' })
  const known = fakeKinds(world)
  const more = typeof doing.kinds === 'function' ? doing.kinds(known) : (doing.kinds ?? [])
  const workshop: Workshop = {
    ...{
      clock,
      shell: doing.shell ?? fakeShell(world),
      baseEnv: {},
      signal: doing.signal ?? new AbortController().signal
    },
    kinds: new Map([...known, ...more].map(kind => [kind.name, kind])),
    values: (_, builtIns) => builtIns,
    hide: () => {},
    say: (of, line) => said.push(`${of}: ${line}`),
    progress: () => {}
  }
  const repository = {
    worktree: async (commit: string) => ({ folder: `/tree/${commit}`, remove: async () => {} })
  } as unknown as Repository
  await execute({
    wish: doing.wish ?? {},
    journal,
    workshop,
    witnesses: {
      leftovers: doing.leftovers ?? { find: async () => [], end: async () => {} },
      interview: doing.interview ?? { ask: async () => undefined }
    },
    repository,
    errand: { folder: '/work', acceptedLoss: doing.acceptedLoss ?? [] },
    target:
      doing.target ??
      (async () => ({
        execution: 'e1',
        plan: plan({ 'smoke-test': [item('smoke-test', { named: 'alive' })] }, { commit: 'old', release: 'old' })
      })),
    ...(doing.order && { order: doing.order })
  })
  return journal
}
