import { expect, test } from '@jest/globals'
import { hashOf, link } from '../../src/core/chain.js'
import { type Event, GENESIS } from '../../src/core/events.js'
import type { Stored, Tombstone } from '../../src/core/ports.js'
import { type KnownHead, type Verification, verifyKey } from '../../src/core/verify.js'
import { at, ended, endedBody, executionRecord, KEY, newExecution, noteBody, openedBody } from '../fakes/executions.js'

/** An ended execution that names the head of the one before; some notes make it longer. */
function execution(number: number, before: Stored | undefined, ...notes: readonly string[]): Stored {
  const record = executionRecord({ number })
  const { events: first } = newExecution(record, before?.head)
  const { hash: head = '', seq = 0 } = first.at(-1) ?? {}
  const more = link([...notes.map(noteBody), endedBody], { head, seq, at: record.startedAt, token: number })
  return stored(ended(record), [...first, ...more])
}
const stored = (record: Stored['record'], events: readonly Event[]): Stored => ({
  record,
  events,
  head: events.at(-1)?.hash ?? GENESIS
})

const one = execution(1, undefined, 'a', 'b')
const two = execution(2, one, 'c')
const three = execution(3, two)
const tombstoneOf = ({ record, head }: Stored): Tombstone => ({
  id: record.id,
  key: KEY,
  number: record.number,
  startedAt: record.startedAt,
  completedAt: record.completedAt,
  lastHash: head,
  deletedAt: at(9),
  deletedBy: 'alice'
})
const known = ({ record, events }: Stored, seq = events.length): KnownHead => ({
  id: record.id,
  seq,
  hash: events[seq - 1]?.hash ?? ''
})
const verify = (parts: Partial<Verification>) =>
  verifyKey({
    executions: [three, one, two],
    tombstones: [],
    knownHeads: [],
    project: ({ record }) => ({ ...record, heartbeatAt: 'whenever' }),
    ...parts
  })
const found = (parts: Partial<Verification>) =>
  verify(parts).map(({ kind, execution, seq, damage }) => [kind, execution, seq, damage])

/** Everything from one event on made anew, with right hashes throughout. */
function rewritten({ record, events }: Stored, from: number): Stored {
  const kept = events.slice(0, from - 1)
  const bodies = events.slice(from - 1).map(({ body }) => (body.type === 'note' ? noteBody('better') : body))
  const { hash: head = GENESIS, seq = 0 } = kept.at(-1) ?? {}
  return stored(record, [...kept, ...link(bodies, { head, seq, at: record.startedAt, token: record.token })])
}
const cut = ({ record, events }: Stored, last: number): Stored => stored(record, events.slice(0, last))

test('what was left alone has no flaw, also against its own heads', () => {
  expect(verify({ knownHeads: [known(one), known(one, 2), known(two), known(three)] })).toEqual([])
})

test('an edited event is named', () => {
  const events = two.events.map(event => (event.seq === 2 ? { ...event, body: noteBody('x') } : event))
  expect(found({ executions: [one, { ...two, events }, three] })).toEqual([['hash', 'e2', 2, true]])
})

test('an event that was taken out is named', () => {
  const events = one.events.filter(({ seq }) => seq !== 2)
  expect(found({ executions: [{ ...one, events }, two, three] })).toEqual([
    ['hole', 'e1', 2, true],
    ['prev', 'e1', 2, true]
  ])
})

test('a rewritten newest chain is found against a known head, and only so', () => {
  const again = rewritten(execution(3, two, 'd'), 2)
  const before = execution(3, two, 'd')
  expect(found({ executions: [one, two, again] })).toEqual([])
  expect(found({ executions: [one, two, again], knownHeads: [known(before)] })).toEqual([['rewritten', 'e3', 3, true]])
})

test('a rewritten chain is framed by the last head that still fits', () => {
  const again = rewritten(one, 3)
  const [flaw] = verify({ executions: [again], knownHeads: [1, 2, 3, 4].map(seq => known(one, seq)) })
  expect(flaw).toMatchObject({ kind: 'rewritten', seq: 3 })
  expect(flaw?.message).toContain('after event 2, which is still as known, up to event 3')
})

test('an older chain that was rewritten is found by the execution after it', () => {
  expect(found({ executions: [rewritten(one, 2), two, three] })).toEqual([['foreign-previous', 'e1', 4, true]])
})

test('a tail that was cut off is found against a known head, with the first event that is gone', () => {
  expect(found({ executions: [one, two, cut(three, 1)], knownHeads: [known(three)] })).toEqual([
    ['cut-tail', 'e3', 2, true]
  ])
})

test('a tail that was cut off is found by the head that the store keeps beside it', () => {
  expect(found({ executions: [one, two, { ...three, events: three.events.slice(0, 1) }] })).toEqual([
    ['cut-tail', 'e3', 2, true]
  ])
})

test('a chain that was emptied is found by that head too', () => {
  expect(found({ executions: [{ ...one, events: [] }] }).at(1)).toEqual(['cut-tail', 'e1', 1, true])
})

test('an execution that is known and not there is told from both', () => {
  const four = execution(4, three)
  expect(found({ knownHeads: [known(four), known(four, 1)] })).toEqual([['unknown-execution', 'e4', 1, true]])
})

test('a number without an execution or a tombstone is missing', () => {
  expect(found({ executions: [one, three] })).toEqual([['missing-number', '', undefined, true]])
  expect(found({ executions: [one, three], tombstones: [tombstoneOf(two)] })).toEqual([])
})

test('two executions of one number are one too many', () => {
  expect(found({ executions: [one, two, { ...two, record: { ...two.record, id: 'again' } }] })[0]).toEqual([
    'doubled-number',
    'again',
    undefined,
    true
  ])
})

test('a head that moved after the end may be named as it was', () => {
  const { hash: head = '', seq = 0 } = one.events.at(-1) ?? {}
  const linked = link([{ type: 'linked', to: 'e2', as: 'next' }], { head, seq, at: at(90), token: 1 })
  expect(found({ executions: [stored(one.record, [...one.events, ...linked]), two, three] })).toEqual([])
})

test('what was removed can only be noted', () => {
  const tombstone = { ...tombstoneOf(two), lastHash: hashOf({ seq: 9, at: '', token: 1, body: endedBody, prev: '' }) }
  expect(found({ executions: [one, three], tombstones: [tombstone], knownHeads: [known(two, 2)] })).toEqual([
    ['removed', 'e2', undefined, false],
    ['removed', 'e2', undefined, false]
  ])
  expect(found({ executions: [one, three], tombstones: [tombstoneOf(two)], knownHeads: [known(two)] })).toEqual([])
})

test('a record that does not follow from its events says which field', () => {
  const project = (one: Stored) => ({ ...one.record, status: 'FAILED', rolledBack: true }) as const
  const flaws = verify({ executions: [one], project })
  expect(flaws).toMatchObject([{ kind: 'record-differs', execution: 'e1' }])
  expect(flaws[0]?.message).toContain('status is "SUCCESS", its events say "FAILED"; rolledBack is false')
})

test('a first execution has nothing before it', () => {
  const { events } = newExecution(executionRecord(), 'f'.repeat(64))
  expect(found({ executions: [stored(executionRecord(), events)] })).toEqual([
    ['foreign-previous', 'e1', undefined, true]
  ])
})

test('an execution says how it was opened', () => {
  const events = link([endedBody], { head: GENESIS, seq: 0, at: at(0), token: 1 })
  expect(found({ executions: [stored(executionRecord(), events)] })).toEqual([['hole', 'e1', 1, true]])
})

test('a clock that went back is noted and no damage', () => {
  const first = link([openedBody()], { head: GENESIS, seq: 0, at: at(60), token: 1 })
  const second = link([endedBody], { head: first[0]?.hash ?? '', seq: 1, at: at(0), token: 1 })
  expect(found({ executions: [stored(executionRecord(), [...first, ...second])] })).toEqual([['clock', 'e1', 2, false]])
})

test('a known event in the middle that is gone is a hole', () => {
  const events = one.events.filter(({ seq }) => seq !== 2)
  const flaws = verify({ executions: [{ ...one, events }], knownHeads: [known(one, 2)] })
  expect(flaws.at(-1)).toMatchObject({ kind: 'hole', seq: 2 })
})

test('a long field is shown in part, one that is not there as absent', () => {
  const project = ({ record }: Stored) => {
    const { runId, ...rest } = { ...record, actor: 'a'.repeat(200) }
    return rest as Stored['record']
  }
  const [flaw] = verify({ executions: [one], project })
  expect(flaw?.message).toMatch(/actor is "alice", its events say "a{79}…; runId is "", its events say absent$/)
})

test('a chain without events names nothing', () => {
  const empty = { record: one.record, events: [], head: GENESIS }
  expect(found({ executions: [empty], knownHeads: [known(one)] })).toEqual([
    ['hole', 'e1', 1, true],
    ['hole', 'e1', 1, true],
    ['cut-tail', 'e1', 1, true]
  ])
})
