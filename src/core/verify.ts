import { type ChainProblem, checkChain, headOf, short } from './chain.js'
import { GENESIS } from './events.js'
import type { ExecutionRecord } from './execution.js'
import { canonical, type Json } from './json.js'
import type { Stored, Tombstone } from './ports.js'

/** A head as a summary or a deployment status printed it: the last event at that time, its number and its hash. */
export type KnownHead = Readonly<{ id: string; seq: number; hash: string }>

/**
 * What was found. `damage` is false for what may have an innocent reason and is only noted. `seq` is the event that it
 * was found at; of a rewritten chain the first one that is known to differ.
 */
export type Flaw = Readonly<{
  kind:
    | ChainProblem['kind']
    | 'cut-tail'
    | 'rewritten'
    | 'unknown-execution'
    | 'missing-number'
    | 'doubled-number'
    | 'foreign-previous'
    | 'record-differs'
    | 'removed'
  execution: string
  number: number
  seq?: number
  damage: boolean
  message: string
}>

export type Verification = Readonly<{
  /** All executions of one key, in any order. */
  executions: readonly Stored[]
  tombstones: readonly Tombstone[]
  knownHeads: readonly KnownHead[]
  /** The record as it follows from the events; a heartbeat is not compared. */
  project: (stored: Stored) => ExecutionRecord
}>

/**
 * Holds everything that is kept of one key against itself and against heads that were printed elsewhere. A chain alone
 * shows edits and holes; that it was rewritten as a whole, or that its end was cut off, only a known head can show (or
 * the execution after it, which names the head that it found).
 */
export function verifyKey({ executions, tombstones, knownHeads, project }: Verification): readonly Flaw[] {
  const ordered = [...executions].sort((a, b) => a.record.number - b.record.number)
  return [
    ...checkNumbers(ordered, tombstones),
    ...ordered.flatMap(stored => [...checkOne(stored), ...checkRecord(stored, project)]),
    ...ordered.flatMap(stored => checkPrevious(stored, ordered, tombstones)),
    ...checkKnown(ordered, tombstones, knownHeads)
  ]
}

function checkNumbers(ordered: readonly Stored[], tombstones: readonly Tombstone[]): readonly Flaw[] {
  const flaws: Flaw[] = []
  const entries = [...ordered.map(({ record }) => record), ...tombstones].sort((a, b) => a.number - b.number)
  entries.forEach(({ id, number }, index) => {
    const before = entries[index - 1]?.number ?? 0
    if (number === before) {
      flaws.push(flaw('doubled-number', { id, number }, `number ${number} is there more than once`))
    }
    for (let missing = before + 1; missing < number; missing++) {
      const message = `execution ${missing} is gone and left no tombstone`
      flaws.push(flaw('missing-number', { id: '', number: missing }, message))
    }
  })
  return flaws
}

function checkOne(stored: Stored): readonly Flaw[] {
  const { record, events, head } = stored
  const flaws = checkChain(events).map(({ kind, seq, message }): Flaw => {
    return { kind, execution: record.id, number: record.number, seq, damage: kind !== 'clock', message }
  })
  if (head === headOf(events)) return flaws
  const seq = (events.at(-1)?.seq ?? 0) + 1
  const message = `the store says that the chain ends with ${short(head)}, its last event is ${short(headOf(events))}`
  return [...flaws, { ...flaw('cut-tail', record, message), seq }]
}

function checkRecord(stored: Stored, project: Verification['project']): readonly Flaw[] {
  const [kept, expected] = [fieldsOf(stored.record), fieldsOf(project(stored))]
  const names = [...new Set([...Object.keys(kept), ...Object.keys(expected)])].filter(name => name !== 'heartbeatAt')
  const differing = names.filter(name => kept[name] !== expected[name])
  if (differing.length === 0) return []
  const shown = differing.map(name => `${name} is ${brief(kept[name])}, its events say ${brief(expected[name])}`)
  return [flaw('record-differs', stored.record, `the record does not follow from its events: ${shown.join('; ')}`)]
}

// Field by field as canonical text, so that a person is told which one was edited.
const fieldsOf = (record: ExecutionRecord): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(JSON.parse(JSON.stringify(record)) as Record<string, Json>).map(([name, value]) => [
      name,
      canonical(value)
    ])
  )

const brief = (text: string | undefined): string =>
  text === undefined ? 'absent' : text.length > 80 ? `${text.slice(0, 80)}…` : text

function checkPrevious(stored: Stored, ordered: readonly Stored[], tombstones: readonly Tombstone[]): readonly Flaw[] {
  const { record, events } = stored
  const opened = events[0]?.body
  if (opened?.type !== 'opened') {
    return [{ ...flaw('hole', record, 'the first event does not say how it was opened'), seq: 1 }]
  }
  const named = opened.previousHead
  const before = ordered.find(other => other.record.number === record.number - 1)
  if (before !== undefined) {
    if (before.events.some(({ hash }) => hash === named)) return []
    const message = `execution ${record.number} found ${short(named)} as head of execution ${before.record.number}, which has no such event: its chain was rewritten or cut`
    return [{ ...flaw('foreign-previous', before.record, message), seq: before.events.length }]
  }
  const tombstone = tombstones.find(({ number }) => number === record.number - 1)
  if (tombstone === undefined) return record.number === 1 && named !== GENESIS ? [notFirst(record, named)] : []
  if (tombstone.lastHash === named) return []
  // It may have been written to between (a checkpoint, a link), and only its last hash was kept.
  const message = `execution ${record.number} found ${short(named)} as head of execution ${tombstone.number}, which was removed by ${tombstone.deletedBy} when its head was ${short(tombstone.lastHash)}`
  return [{ ...flaw('removed', tombstone, message), damage: false }]
}

const notFirst = (record: ExecutionRecord, named: string): Flaw =>
  flaw('foreign-previous', record, `the first execution names ${short(named)} as what came before it`)

function checkKnown(
  ordered: readonly Stored[],
  tombstones: readonly Tombstone[],
  knownHeads: readonly KnownHead[]
): readonly Flaw[] {
  const ids = [...new Set(knownHeads.map(({ id }) => id))]
  return ids.flatMap(id => {
    const heads = knownHeads.filter(head => head.id === id).sort((a, b) => a.seq - b.seq)
    const stored = ordered.find(({ record }) => record.id === id)
    if (stored !== undefined) return compareHeads(stored, heads)
    const tombstone = tombstones.find(other => other.id === id)
    return tombstone === undefined ? heads.slice(0, 1).map(unknown) : removedHeads(tombstone, heads)
  })
}

const unknown = ({ id, seq, hash }: KnownHead): Flaw => ({
  ...flaw('unknown-execution', { id, number: 0 }, `execution ${id} is not there; its event ${seq} was ${short(hash)}`),
  seq
})

function removedHeads(tombstone: Tombstone, heads: readonly KnownHead[]): readonly Flaw[] {
  if (heads.at(-1)?.hash === tombstone.lastHash) return []
  const message = `execution ${tombstone.number} was removed by ${tombstone.deletedBy}; its known heads cannot be looked at any more`
  return [{ ...flaw('removed', tombstone, message), damage: false }]
}

/** The first known head that does not fit, and the last one before it that does, frame where it happened. */
function compareHeads({ record, events }: Stored, heads: readonly KnownHead[]): readonly Flaw[] {
  const wrong = heads.find(({ seq, hash }) => events.find(event => event.seq === seq)?.hash !== hash)
  if (wrong === undefined) return []
  const good = heads.findLast(({ seq }) => seq < wrong.seq)
  const since = good === undefined ? 'from its beginning on' : `after event ${good.seq}, which is still as known,`
  const found = events.find(({ seq }) => seq === wrong.seq)
  if (found !== undefined) {
    const message = `execution ${record.number} was rewritten ${since} up to event ${wrong.seq}: it was ${short(wrong.hash)} and is ${short(found.hash)}`
    return [{ ...flaw('rewritten', record, message), seq: wrong.seq }]
  }
  const last = events.at(-1)?.seq ?? 0
  if (last >= wrong.seq) {
    return [
      { ...flaw('hole', record, `event ${wrong.seq}, known as ${short(wrong.hash)}, is missing`), seq: wrong.seq }
    ]
  }
  const message = `the end of execution ${record.number} was cut off: it had event ${wrong.seq} (${short(wrong.hash)}), the last one is ${last}`
  return [{ ...flaw('cut-tail', record, message), seq: last + 1 }]
}

const flaw = (kind: Flaw['kind'], { id, number }: Readonly<{ id: string; number: number }>, message: string): Flaw => ({
  kind,
  execution: id,
  number,
  damage: true,
  message
})
