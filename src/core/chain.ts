import { AFTER_THE_END, type Event, type EventBody, GENESIS } from './events.js'
import { canonical, type Json, plain } from './json.js'
import { sha256 } from './plan.js'

export type ChainState = Readonly<{ head: string; seq: number; at: string; token: number }>

/**
 * What is wrong with one chain, each with the event it was found at. `seq` is the number that the event should have.
 * `clock` is no damage: clocks of two machines differ, so a time that goes back is only noted.
 */
export type ChainProblem = Readonly<{
  kind: 'hole' | 'prev' | 'hash' | 'token' | 'after-end' | 'clock'
  seq: number
  message: string
}>

/**
 * Events for these bodies, chained to what is there: `head` and `seq` are those of the last event (GENESIS and 0 before
 * the first, so numbers begin at 1), `at` an ISO time and `token` the fencing token that all of them get.
 */
export function link(bodies: readonly EventBody[], { head, seq, at, token }: ChainState): readonly Event[] {
  const events: Event[] = []
  for (const body of bodies) {
    const before = events.at(-1)
    // What is hashed must be what a store gives back: undefined members vanish here and not on the way to the disk.
    const open = { seq: (before?.seq ?? seq) + 1, at, token, body: plain(body), prev: before?.hash ?? head }
    events.push({ ...open, hash: hashOf(open) })
  }
  return events
}

/** The hash that the next event must name. */
export const headOf = (events: readonly Event[]): string => events.at(-1)?.hash ?? GENESIS

/** SHA-256 over the canonical JSON of everything but the hash itself. */
export const hashOf = ({ seq, at, token, body, prev }: Omit<Event, 'hash'>): string =>
  sha256(canonical({ seq, at, token, body: body as unknown as Json, prev }))

/** Every problem of a chain that begins with its first event, in order. An empty chain is one hole. */
export function checkChain(events: readonly Event[]): readonly ChainProblem[] {
  if (events.length === 0) return [{ kind: 'hole', seq: 1, message: 'there is no event at all' }]
  const problems: ChainProblem[] = []
  let ended = false
  events.forEach((event, index) => {
    problems.push(...checkEvent(event, events[index - 1], index + 1))
    if (ended && !AFTER_THE_END.includes(event.body.type)) {
      const message = `event ${event.seq} (${event.body.type}) stands after the end`
      problems.push({ kind: 'after-end', seq: index + 1, message })
    }
    ended ||= event.body.type === 'ended'
  })
  return problems
}

function checkEvent(event: Event, before: Event | undefined, seq: number): readonly ChainProblem[] {
  const problems: ChainProblem[] = []
  const found = (kind: ChainProblem['kind'], message: string) => problems.push({ kind, seq, message })
  const expectedPrev = before?.hash ?? GENESIS
  if (event.seq !== (before?.seq ?? 0) + 1) {
    found(
      'hole',
      `event ${(before?.seq ?? 0) + 1} is missing: after ${before?.seq ?? 'the beginning'} comes ${event.seq}`
    )
  }
  if (event.prev !== expectedPrev) {
    found('prev', `event ${event.seq} follows ${short(event.prev)}, but the one before it is ${short(expectedPrev)}`)
  }
  const hash = hashOf(event)
  if (hash !== event.hash) {
    found(
      'hash',
      `event ${event.seq} was changed: its content has ${short(hash)}, it is signed as ${short(event.hash)}`
    )
  }
  if (before !== undefined && event.token < before.token) {
    found('token', `event ${event.seq} has token ${event.token}, older than ${before.token} of the event before it`)
  }
  if (before !== undefined && event.at < before.at) {
    found('clock', `event ${event.seq} is dated ${event.at}, before ${before.at} of the event before it`)
  }
  return problems
}

export const short = (hash: string): string => hash.slice(0, 12)
