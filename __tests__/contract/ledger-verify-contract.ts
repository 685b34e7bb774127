import { describe, expect, test } from '@jest/globals'
import { link } from '../../src/core/chain.js'
import { type Event, GENESIS } from '../../src/core/events.js'
import type { Stored } from '../../src/core/ports.js'
import { type KnownHead, verifyKey } from '../../src/core/verify.js'
import { executionRecord, KEY, newExecution, noteBody } from '../fakes/executions.js'
import { type Stand, standFor } from './ledger-stand.js'

/** `tamper` puts other content in the place of an execution's, as somebody would who knows how the store keeps it. */
export type OpenVulnerable = () => Promise<Stand & Readonly<{ tamper(stored: Stored): Promise<void> }>>

/** Whether a chain that does not hold together is given for `verify` to look at, or refused whenever it is read. */
export type Noticing = Readonly<{ chain?: 'given' | 'refused' }>

/** What is done to a store behind its back is found, and named. */
export function ledgerVerifyContract(store: string, open: OpenVulnerable, { chain = 'given' }: Noticing = {}): void {
  describe(`${store}: what was done behind its back`, () => {
    let tamper = async (_: Stored): Promise<void> => {}
    const { ledger, other, stored, finish } = standFor(async () => {
      const stand = await open()
      tamper = stand.tamper
      return stand
    })

    /** Two executions, the first one removed; the second one has five events and a head that a summary printed. */
    async function history(): Promise<Readonly<{ second: Stored; printed: KnownHead }>> {
      await ledger.prepare()
      expect(await ledger.create(newExecution())).toEqual({ kind: 'created' })
      const first = await finish(await stored('e1'))
      const { record, events } = newExecution(executionRecord({ number: 2 }), first.head)
      const { hash: head = '', seq = 0, at = '' } = events[0] ?? {}
      const notes = link(['a', 'b', 'c'].map(noteBody), { head, seq, at, token: 2 })
      expect(await ledger.create({ record, events: [...events, ...notes] })).toEqual({ kind: 'created' })
      const second = await finish(await stored('e2'))
      return { second, printed: { id: 'e2', seq: 5, hash: second.head } }
    }

    async function verify(expected: Stored, knownHeads: readonly KnownHead[]) {
      const { records, tombstones } = await other.list({ key: KEY }, { limit: 100 })
      const executions = await Promise.all(records.map(({ id }) => stored(id, other)))
      const project = ({ record }: Stored) => (record.id === expected.record.id ? expected.record : record)
      const flaws = verifyKey({ executions, tombstones, knownHeads, project })
      return flaws.map(({ kind, execution, seq }) => [kind, execution, seq])
    }
    async function found(second: Stored, printed: KnownHead, flaws: readonly unknown[]): Promise<void> {
      if (chain === 'given') expect(await verify(second, [printed])).toEqual(flaws)
      else await expect(other.read('e2')).rejects.toMatchObject({ reason: 'ledger_broken' })
    }
    const withEvents = ({ record }: Stored, events: readonly Event[]): Stored => ({
      record,
      events,
      head: events.at(-1)?.hash ?? GENESIS
    })

    test('nothing: nothing is found', async () => {
      const { second, printed } = await history()
      expect(await verify(second, [printed])).toEqual([])
    })

    test('an edited event', async () => {
      const { second, printed } = await history()
      const events = second.events.map(event => (event.seq === 3 ? { ...event, body: noteBody('better') } : event))
      await tamper(withEvents(second, events))
      await found(second, printed, [['hash', 'e2', 3]])
    })

    test('an edited record', async () => {
      const { second, printed } = await history()
      await tamper({ ...second, record: { ...second.record, actor: 'mallory' } })
      expect(await verify(second, [printed])).toEqual([['record-differs', 'e2', undefined]])
    })

    test('an event taken out', async () => {
      const { second, printed } = await history()
      await tamper(
        withEvents(
          second,
          second.events.filter(({ seq }) => seq !== 3)
        )
      )
      await found(second, printed, [
        ['hole', 'e2', 3],
        ['prev', 'e2', 3]
      ])
    })

    test('a chain rewritten with right hashes, which only the printed head gives away', async () => {
      const { second, printed } = await history()
      const kept = second.events.slice(0, 2)
      const bodies = second.events.slice(2).map(({ body }) => (body.type === 'note' ? noteBody('better') : body))
      const { hash: head = '', seq = 0, at = '' } = kept.at(-1) ?? {}
      await tamper(withEvents(second, [...kept, ...link(bodies, { head, seq, at, token: 2 })]))
      expect(await verify(second, [])).toEqual([])
      expect(await verify(second, [printed])).toEqual([['rewritten', 'e2', 5]])
    })

    test('a tail cut off, which only the printed head gives away', async () => {
      const { second, printed } = await history()
      await tamper(withEvents(second, second.events.slice(0, 3)))
      expect(await verify(second, [])).toEqual([])
      expect(await verify(second, [printed])).toEqual([['cut-tail', 'e2', 4]])
    })

    test('a removal says so itself', async () => {
      const { second, printed } = await history()
      expect(await ledger.remove('e1', 'alice', '2026-01-06T00:00:00.000Z')).toBe('removed')
      expect(await verify(second, [printed, { id: 'e1', seq: 1, hash: 'x' }])).toEqual([['removed', 'e1', undefined]])
      expect(await verify(second, [{ id: 'e9', seq: 4, hash: 'x' }])).toEqual([['unknown-execution', 'e9', 4]])
    })
  })
}
