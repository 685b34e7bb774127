import { beforeEach, describe, expect, test } from '@jest/globals'
import type { ExecutionRecord } from '../../src/core/execution.js'
import { at, change, KEY, noteBody } from '../fakes/executions.js'
import { type OpenStand, standFor } from './ledger-stand.js'

/** What a store may promise or not: where every write is dear, heartbeats are not kept, since they never decide. */
export type Promises = Readonly<{ beats?: 'kept' | 'ignored' }>

/** The part of the contract that is about what has been. */
export function ledgerHistoryContract(store: string, open: OpenStand, { beats = 'kept' }: Promises): void {
  describe(`${store}: a ledger`, () => {
    const { ledger, other, begin, stored, finish } = standFor(open)
    /** So many executions of a key, each ended; times and numbers rise together. */
    const finished = async (count: number, fields: Partial<ExecutionRecord> = {}) => {
      for (let number = 1; number <= count; number++) {
        await finish(await begin({ number, id: `${fields.key?.environment ?? ''}${number}`, ...fields }))
      }
    }

    describe(beats === 'kept' ? 'keeps heartbeats' : 'takes heartbeats and leaves them', () => {
      beforeEach(() => ledger.prepare())

      test('beside the record, without moving its head', async () => {
        const { record, events, head } = await begin()
        await other.beat('e1', record.token, at(99))
        const heartbeatAt = beats === 'kept' ? at(99) : ''
        expect(await stored('e1')).toMatchObject({ record: { heartbeatAt }, head })
        expect((await ledger.survey(KEY)).holder?.heartbeatAt).toBe(heartbeatAt)
        expect(await ledger.append(change(events, record, noteBody('a')))).toEqual({ kind: 'appended' })
      })

      test('only from the one who holds the token', async () => {
        await begin()
        await ledger.beat('e1', 9, at(99))
        expect((await stored('e1')).record.heartbeatAt).toBe('')
      })
    })

    describe('lists', () => {
      beforeEach(() => ledger.prepare())
      const ids = async (filter = {}) => (await ledger.list(filter, { limit: 100 })).records.map(({ id }) => id)

      test('newest first, page by page, whatever is created or removed between', async () => {
        await finished(5)
        const first = await ledger.list({}, { limit: 2 })
        expect(first.records.map(({ id }) => id)).toEqual(['5', '4'])
        await finish(await begin({ number: 6, id: '6' }))
        expect(await ledger.remove('4', 'alice', at(999))).toBe('removed')
        const second = await other.list({}, { limit: 2, cursor: first.next ?? '' })
        expect(second.records.map(({ id }) => id)).toEqual(['3', '2'])
        const third = await ledger.list({}, { limit: 2, cursor: second.next ?? '' })
        expect(third).toMatchObject({ records: [{ id: '1' }], next: undefined })
      })

      test('a full last page without promising another', async () => {
        await finished(2)
        expect((await ledger.list({}, { limit: 2 })).next).toBeUndefined()
      })

      test('those that started at the same moment by number', async () => {
        await finished(3, { startedAt: at(0) })
        expect(await ids()).toEqual(['3', '2', '1'])
      })

      test('at most a hundred, at least one', async () => {
        await finished(2)
        expect((await ledger.list({}, { limit: 0 })).records).toHaveLength(1)
        expect((await ledger.list({}, { limit: 100_000 })).records).toHaveLength(2)
      })

      test('what a filter asks for', async () => {
        await finished(3)
        await finished(2, { key: { ...KEY, environment: 'staging' }, release: 'r9' })
        await begin({ number: 4, id: '4', status: 'DEPLOYING' })
        expect(await ids({ key: { environment: 'staging' } })).toEqual(['staging2', 'staging1'])
        expect(await ids({ key: { repository: 'org/shop', checklist: 'shop' } })).toHaveLength(6)
        expect(await ids({ key: { checklist: 'none' } })).toEqual([])
        expect(await ids({ status: ['DEPLOYING', 'FAILED'] })).toEqual(['4'])
        expect(await ids({ status: [] })).toEqual([])
        expect(await ids({ commit: 'c3' })).toEqual(['3'])
        expect(await ids({ release: 'r9', since: at(120) })).toEqual(['staging2'])
        expect(await ids({ key: KEY, since: at(120), until: at(180) })).toEqual(['2'])
      })

      test('nothing for a cursor that it never gave', async () => {
        await expect(ledger.list({}, { limit: 1, cursor: 'nonsense' })).rejects.toMatchObject({ reason: 'usage' })
      })
    })

    describe('removes', () => {
      beforeEach(() => ledger.prepare())

      test('an ended execution, and keeps where it stood', async () => {
        await finished(3)
        const { record, head } = await stored('2')
        expect(await other.remove('2', 'alice', at(999))).toBe('removed')
        expect(await ledger.read('2')).toBeUndefined()
        const tombstone = {
          id: '2',
          key: KEY,
          number: 2,
          startedAt: record.startedAt,
          completedAt: record.completedAt,
          lastHash: head,
          deletedAt: at(999),
          deletedBy: 'alice'
        }
        const page = await ledger.list({ key: KEY, since: at(0) }, { limit: 10 })
        expect(page).toMatchObject({ records: [{ id: '3' }, { id: '1' }], tombstones: [tombstone] })
        expect((await ledger.list({ commit: 'c2' }, { limit: 10 })).tombstones).toEqual([])
        expect((await ledger.list({ key: { environment: 'x' } }, { limit: 10 })).tombstones).toEqual([])
        expect(await ledger.remove('2', 'alice', at(999))).toBe('absent')
        expect((await ledger.survey(KEY)).nextNumber).toBe(4)
      })

      test('neither the newest, nor what has not ended, nor what still holds the environment', async () => {
        await finish(await begin())
        expect(await ledger.remove('e1', 'alice', at(999))).toBe('newest')
        await finish(await begin({ number: 2 }), { status: 'CANCELLED', holdsEnvironment: true })
        await begin({ number: 3, token: 0, holdsEnvironment: false })
        await begin({ number: 4, token: 0, holdsEnvironment: false })
        expect(await ledger.remove('e2', 'alice', at(999))).toBe('not-ended')
        expect(await ledger.remove('e3', 'alice', at(999))).toBe('not-ended')
        expect(await ledger.remove('nobody', 'alice', at(999))).toBe('absent')
      })
    })
  })
}
