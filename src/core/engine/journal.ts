import { unavailable } from '../errors.js'
import type { Event, EventBody } from '../events.js'
import type { ExecutionRecord } from '../execution.js'
import { plain } from '../json.js'
import { linkFor } from '../kept.js'
import type { Change, Clock, Ledger, Observer, Redactor, Stored } from '../ports.js'
import { project } from './project.js'
import { advance, type State, stateOf } from './state.js'

/**
 * The one way to write down what happens. `keep` buffers an event, which rides along with the next `commit`; `commit`
 * resolves when it and everything before it is durable. The head must be the one that this process saw last: if another
 * process wrote in between, this one has been replaced and stops.
 *
 * `state` and `record` have everything that this process saw, and so have its observers; a ledger that keeps verdicts
 * only (core/kept.ts) is given no more than those.
 */
export interface Journal {
  readonly state: State
  readonly record: ExecutionRecord
  readonly head: string
  /** Number of the event that `head` is the hash of. */
  readonly seq: number
  keep(body: EventBody): void
  commit(...bodies: readonly EventBody[]): Promise<void>
  /** Durable soon where a write costs little, else with the next `commit`: for what is good to know and not needed. */
  aside(body: EventBody): Promise<void>
}

export type JournalPorts = Readonly<{
  ledger: Pick<Ledger, 'append' | 'keeps' | 'writes'>
  clock: Clock
  redactor: Redactor
  observers: readonly Observer[]
}>
export type JournalStart = Readonly<{ state: State; record: ExecutionRecord; head: string; seq: number }>

/** Where a journal goes on from what is stored. */
export function startFrom({ record, events, head }: Stored): JournalStart {
  return { state: stateOf(events), record, head, seq: events.at(-1)?.seq ?? 0 }
}

/** What is stored with these events after it, for whoever adds to an execution without working for it. */
export function changeFrom(
  stored: Stored,
  bodies: readonly EventBody[],
  ledger: Pick<Ledger, 'keeps'>,
  at: string
): Change {
  const { state, record, head, seq } = startFrom(stored)
  const events = linkFor(ledger, bodies, { head, seq, at, token: record.token })
  return { record: events.reduce(after, { state, record }).record, events, expectedHead: head }
}

/** A journal that keeps nothing, for checks that are run beside an execution (a late checkpoint). */
export function openScratchJournal(start: JournalStart, ports: Omit<JournalPorts, 'ledger'>): Journal {
  const append = async () => ({ kind: 'appended' }) as const
  return openJournal(start, { ...ports, ledger: { append } })
}

const TRIES = 3
const BETWEEN_TRIES_MS = 500

export function openJournal(start: JournalStart, { ledger, clock, redactor, observers }: JournalPorts): Journal {
  let { state, record, head, seq } = start
  // What the ledger has, where that is less than what happened: the two differ in words only.
  let kept: Pick<JournalStart, 'state' | 'record'> = start
  let buffered: Event[] = []
  let durableHead = start.head
  // Checks settle side by side, so two commits may be asked for at once: they queue.
  let queue: Promise<void> = Promise.resolve()

  function keep(body: EventBody): void {
    const clean = redacted(body, redactor)
    const events = linkFor(ledger, [clean], { head, seq, at: clock.now().toISOString(), token: record.token })
    for (const event of events) {
      const told = ledger.keeps === 'verdicts' ? { ...event, body: plain(clean) } : event
      state = advance(state, told.body)
      record = project(record, state, told)
      kept = told === event ? { state, record } : after(kept, event)
      head = event.hash
      seq = event.seq
      buffered.push(event)
      for (const observer of observers) tell(observer, told, record)
    }
  }

  async function write(): Promise<void> {
    if (buffered.length === 0) return
    const events = buffered
    const change = { record: kept.record, events, expectedHead: durableHead }
    buffered = []
    const written = await persist(() => ledger.append(change), clock)
    if (written.kind === 'held') throw replaced(`${written.by.key.environment} is held by ${written.by.id}`)
    if (written.kind === 'fenced') throw replaced('another process has taken it over since')
    if (written.kind === 'moved') throw replaced('another process has written to this execution')
    durableHead = events.at(-1)?.hash ?? durableHead
  }

  const commit = (...bodies: readonly EventBody[]): Promise<void> => {
    for (const body of bodies) keep(body)
    queue = queue.then(write)
    return queue
  }

  return {
    get state() {
      return state
    },
    get record() {
      return record
    },
    get head() {
      return head
    },
    get seq() {
      return seq
    },
    keep,
    commit,
    aside: async body => (ledger.writes === 'dear' ? keep(body) : await commit(body))
  }
}

function after(before: Pick<JournalStart, 'state' | 'record'>, event: Event) {
  const state = advance(before.state, event.body)
  return { state, record: project(before.record, state, event) }
}

// An append is a compare-and-swap, so a store that did not answer may be asked again without writing twice.
async function persist<T>(append: () => Promise<T>, clock: Clock): Promise<T> {
  for (let attempt = 1; attempt < TRIES; attempt++) {
    try {
      return await append()
    } catch {
      await clock.sleep(BETWEEN_TRIES_MS * attempt)
    }
  }
  return await append()
}

const replaced = (what: string) =>
  unavailable(
    'superseded',
    `this process no longer leads the execution: ${what}`,
    'Look at `deploy-checklist show`; what was begun here is in the journal, and the other process goes on from it.'
  )

function tell(observer: Observer, event: Event, record: ExecutionRecord): void {
  try {
    observer.seen(event, record)
  } catch {
    // An observer cannot fail a run (core/ports.ts).
  }
}

/** Every string that goes into the journal is redacted here, once, whatever wrote it; keys and ids are ours. */
function redacted(body: EventBody, redactor: Redactor): EventBody {
  // The plan is from before interpolation, and its digest must stay what it is.
  if (body.type === 'opened') return body
  return plain(body, (text, key) => (OURS.has(key) ? text : redactor.redact(text)))
}

const OURS = new Set([
  'type',
  'stage',
  'item',
  'deed',
  'outcome',
  'status',
  'reason',
  'cause',
  'scope',
  'sha256',
  'schemaSha256'
])
