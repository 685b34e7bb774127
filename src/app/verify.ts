import { headOf } from '../core/chain.js'
import { project } from '../core/engine/project.js'
import { advance, startOf } from '../core/engine/state.js'
import { ChecklistError, refused } from '../core/errors.js'
import { EXIT_CODES, type ExecutionRecord, isSameKey, type Key } from '../core/execution.js'
import type { Ledger, Stored, Tombstone } from '../core/ports.js'
import { type Flaw, type KnownHead, verifyKey } from '../core/verify.js'
import type { Layout } from '../report/layout.js'
import { type Answer, fine } from './answer.js'
import { mustRead } from './begin.js'
import { pagesOf } from './records.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'
import { headsOnGitHub } from './verify-heads.js'

type Problem = Readonly<{ execution: string; seq?: number; problem: string; number?: number }>
type Kept = Readonly<{
  executions: readonly Stored[]
  tombstones: readonly Tombstone[]
  /** What the store itself could not read. */
  unreadable: readonly Problem[]
}>

/** Holds every chain of this repository against itself and against heads that were printed elsewhere. */
export async function verify(request: Request, shop: Shop, layout: Layout): Promise<Answer> {
  const { verifyText } = await import('../report/verify.js')
  const ledger = await shop.ledger()
  const { repository } = await shop.identity()
  const printed = request.heads.map(parseHead)
  const { environment } = request
  const kept = await readAll(ledger, environment === '' ? { repository } : { repository, environment })
  const keys = keysOf(kept)
  const known = new Set([
    ...kept.executions.map(({ record }) => record.id),
    ...kept.tombstones.map(({ id }) => id),
    ...kept.unreadable.map(({ execution }) => execution)
  ])
  const environments = environmentsOf(environment, keys, kept)
  const { told, heads, lost } = await headsOnGitHub(environments, known, shop)
  const flaws = keys.flatMap(key => judge(key, kept, [...printed, ...heads]))
  const strange = [
    ...printed.filter(({ id }) => !known.has(id)).map(({ id }) => ({ execution: id, problem: NOT_THERE.printed })),
    ...lost.map(({ id }) => ({ execution: id, problem: NOT_THERE.told }))
  ]
  const unreadable = kept.unreadable.map(({ execution, problem }) => ({ execution, problem }))
  const problems = [...unreadable, ...flaws.filter(({ damage }) => damage).map(asProblem), ...strange]
  const found = {
    ledger: ledger.name,
    executions: kept.executions.length,
    events: kept.executions.reduce((sum, { events }) => sum + events.length, 0),
    heads: request.heads,
    told,
    problems,
    newest: kept.executions.map(({ record, events }) => `${record.id}:${events.length}:${headOf(events)}`)
  }
  const result = fine('ok')
  const broken =
    problems.length > 0 ? ({ status: 'FAILED', reason: 'ledger_broken', exitCode: EXIT_CODES.FAILED } as const) : {}
  return { result: { ...result, ...broken }, text: verifyText(found, layout), json: { format: 1, ...found } }
}

/** As the checklist names them, and as GitHub does, to which capitals make no difference. */
function environmentsOf(asked: string, keys: readonly Key[], { executions }: Kept): readonly string[] {
  const named = asked === '' ? keys.map(({ environment }) => environment) : [asked]
  const there = executions.flatMap(({ record }) => record.deployment?.environment ?? [])
  return [...new Set([...named, ...there])]
}

const NOT_THERE = {
  printed: 'the ledger has no such execution, but its head was printed',
  told: 'the ledger has no such execution, but the status of a deployment on GitHub carries its head'
} as const

const asProblem = ({ execution, seq, message }: Flaw): Problem => ({
  execution,
  ...(seq !== undefined && { seq }),
  problem: message
})

/** Heads of executions of another key are not this key's matter; those of none are found above. */
function judge(key: Key, { executions, tombstones, unreadable }: Kept, heads: readonly KnownHead[]): readonly Flaw[] {
  const mine = executions.filter(({ record }) => isSameKey(record.key, key))
  const gone = tombstones.filter(tombstone => isSameKey(tombstone.key, key))
  const ids = new Set([...mine.map(({ record }) => record.id), ...gone.map(({ id }) => id)])
  const flaws = verifyKey({
    executions: mine,
    tombstones: gone,
    knownHeads: heads.filter(({ id }) => ids.has(id)),
    project: projected
  })
  // What cannot be read is not gone, and was said already.
  return flaws.filter(({ kind, number }) => kind !== 'missing-number' || unreadable.every(one => one.number !== number))
}

function keysOf({ executions, tombstones }: Kept): readonly Key[] {
  const all = [...executions.map(({ record }) => record.key), ...tombstones.map(({ key }) => key)]
  return all.filter((key, index) => all.findIndex(other => isSameKey(key, other)) === index)
}

/** Damage that the store itself notices is a finding, not a fault of asking. */
async function readAll(ledger: Ledger, key: Partial<Key>): Promise<Kept> {
  const found = await orProblem(ledger.name, () => readKept(ledger, key))
  return 'problem' in found ? { executions: [], tombstones: [], unreadable: [found] } : found
}

async function readKept(ledger: Ledger, key: Partial<Key>): Promise<Kept> {
  const records: ExecutionRecord[] = []
  const tombstones: Tombstone[] = []
  const unreadable: Problem[] = []
  for await (const page of pagesOf(ledger, { key }, { damaged: 'tell' })) {
    const broken = page.unreadable ?? []
    unreadable.push(...broken.map(({ id, number, problem }) => ({ execution: id || ledger.name, number, problem })))
    records.push(...page.records)
    tombstones.push(...page.tombstones)
  }
  const executions: Stored[] = []
  for (const { id, number } of records) {
    const found = await orProblem(id, () => mustRead(id, ledger))
    if ('problem' in found) unreadable.push({ ...found, number })
    else executions.push(found)
  }
  return { executions, tombstones, unreadable }
}

async function orProblem<T>(execution: string, work: () => Promise<T>): Promise<T | Problem> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ChecklistError) || error.reason !== 'ledger_broken') throw error
    return { execution, problem: error.message }
  }
}

/** The record as it follows from its events; who opened it, and what holds it now, is the store's own to say. */
function projected({ record, events }: Stored): ExecutionRecord {
  const [first] = events
  if (first?.body.type !== 'opened') return record
  const { gate: _, emergency: __, because: ___, deployment: ____, owed: _____, ...kept } = record
  const blank: ExecutionRecord = {
    ...kept,
    ...{
      status: 'PLANNED',
      reason: '',
      errorMessage: '',
      completedAt: '',
      durationSeconds: 0,
      rolledBack: false,
      rollbackReason: ''
    },
    ...{ markedBad: '', acted: false, approvals: [], receipts: [], migrations: [], due: [] }
  }
  let state = startOf(first.body.plan)
  const replayed = events.reduce((current, event) => {
    state = advance(state, event.body)
    return project(current, state, event)
  }, blank)
  const { applied, holdsEnvironment, token, process } = record
  return { ...replayed, applied, holdsEnvironment, token, process }
}

/** `ID:SEQ:HASH` as summaries print it. */
function parseHead(text: string): KnownHead {
  const [, id, seq, hash] = /^([^:]+):(\d+):([0-9a-f]{64})$/.exec(text.trim()) ?? []
  if (id === undefined || hash === undefined) {
    throw refused('usage', `a head is ID:SEQ:HASH, found ${JSON.stringify(text)}`, 'Copy it from the end of a summary.')
  }
  return { id, seq: Number(seq), hash }
}
