import { expect, test } from '@jest/globals'
import { checkChain, hashOf, headOf, link } from '../../src/core/chain.js'
import { type Event, type EventBody, GENESIS } from '../../src/core/events.js'
import { at, endedBody, noteBody, openedBody, PROCESS, startedBody } from '../fakes/executions.js'

const FIRST = { head: GENESIS, seq: 0, at: at(0), token: 1 }
const chain = link([openedBody(), startedBody, noteBody('a'), noteBody('b')], FIRST)
const edited = (seq: number, fields: Partial<Event>): readonly Event[] =>
  chain.map(event => (event.seq === seq ? { ...event, ...fields } : event))
/** As somebody does it who knows how hashes are made: this event and its own hash, nothing else. */
const resealed = (seq: number, fields: Partial<Event>): readonly Event[] =>
  edited(seq, fields).map(event => (event.seq === seq ? { ...event, hash: hashOf(event) } : event))

test('events begin at one behind GENESIS and name each other', () => {
  expect(chain.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
  expect(chain.map(({ prev }) => prev)).toEqual([GENESIS, ...chain.slice(0, 3).map(({ hash }) => hash)])
  expect(headOf(chain)).toBe(chain[3]?.hash)
  expect(headOf([])).toBe(GENESIS)
})

test('a later batch goes on where the one before ended', () => {
  const later = link([endedBody], { head: headOf(chain), seq: 4, at: at(9), token: 2 })
  expect(later[0]).toMatchObject({ seq: 5, prev: headOf(chain), token: 2, at: at(9) })
  expect(checkChain([...chain, ...later])).toEqual([])
})

test('a hash is the SHA-256 of the canonical rest, whatever the order of the keys', () => {
  const event = { seq: 1, at: at(0), token: 1, body: startedBody, prev: GENESIS }
  const turned = {
    prev: GENESIS,
    body: { stage: 'preflight', type: 'stage-started' } as const,
    token: 1,
    at: at(0),
    seq: 1
  }
  expect(hashOf(event)).toBe(hashOf(turned))
  // sha256sum over the text itself: it must never change, or every ledger that exists is broken.
  expect(hashOf(event)).toBe('36d364b981f9cf2ab6980cdc90bd7dcba556e973c7f909a1eb123beb99d50b7a')
})

test('what is hashed is what a store gives back: members without a value are gone', () => {
  const body: EventBody = {
    type: 'note',
    item: 'i',
    attempt: 1,
    deed: 'run',
    data: { text: 'x', none: undefined as never }
  }
  const events = link([body], FIRST)
  expect(events[0]?.body).toStrictEqual({ ...body, data: { text: 'x' } })
  expect(checkChain(JSON.parse(JSON.stringify(events)))).toEqual([])
})

test.each<[string, readonly Event[], readonly [string, number][]]>([
  ['a whole chain', chain, []],
  ['no event at all', [], [['hole', 1]]],
  ['a text that was edited', edited(3, { body: noteBody('x') }), [['hash', 3]]],
  [
    'a time that was edited',
    edited(2, { at: at(5) }),
    [
      ['hash', 2],
      ['clock', 3]
    ]
  ],
  ['a token that was raised', edited(4, { token: 2 }), [['hash', 4]]],
  ['an edited event with a new hash', resealed(3, { body: noteBody('x') }), [['prev', 4]]],
  [
    'an event taken out',
    chain.filter(({ seq }) => seq !== 2),
    [
      ['hole', 2],
      ['prev', 2]
    ]
  ],
  [
    'two events in another order',
    [chain[0], chain[2], chain[1], chain[3]].flatMap(event => event ?? []),
    [
      ['hole', 2],
      ['prev', 2],
      ['hole', 3],
      ['prev', 3],
      ['hole', 4],
      ['prev', 4]
    ]
  ],
  [
    'a beginning that is gone',
    chain.slice(1),
    [
      ['hole', 1],
      ['prev', 1]
    ]
  ],
  ['an end that is gone, which a chain cannot know', chain.slice(0, 2), []],
  [
    'an older token',
    [...chain, ...link([startedBody], { head: headOf(chain), seq: 4, at: at(0), token: 0 })],
    [['token', 5]]
  ]
])('%s', (_, events, expected) => {
  expect(checkChain(events).map(({ kind, seq }) => [kind, seq])).toEqual(expected)
})

test('a clock that goes back is told apart from damage', () => {
  const later = link([startedBody], { head: headOf(chain), seq: 4, at: at(-60), token: 1 })
  expect(checkChain([...chain, ...later])).toMatchObject([{ kind: 'clock', seq: 5 }])
})

test('after the end only what is legal there', () => {
  const bodies: readonly EventBody[] = [
    openedBody(),
    endedBody,
    { type: 'owed', to: 'page', process: PROCESS },
    { type: 'answered' },
    { type: 'marked-bad', because: 'x', by: 'alice' },
    startedBody
  ]
  expect(checkChain(link(bodies, FIRST))).toMatchObject([{ kind: 'after-end', seq: 6 }])
})

test('a problem says where, what was expected and what was found', () => {
  expect(checkChain(edited(3, { body: noteBody('x') }))[0]?.message).toMatch(/^event 3 was changed/)
  expect(checkChain(chain.filter(({ seq }) => seq !== 2))[0]?.message).toBe('event 2 is missing: after 1 comes 3')
})
