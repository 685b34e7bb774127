import { beforeEach, describe, expect, test } from '@jest/globals'
import { checkChain } from '../../src/core/chain.js'
import { GENESIS } from '../../src/core/events.js'
import type { ExecutionRecord, Key } from '../../src/core/execution.js'
import type { Stored } from '../../src/core/ports.js'
import { at, change, executionRecord, KEY, newExecution, noteBody, startedBody } from '../fakes/executions.js'
import { ledgerHistoryContract, type Promises } from './ledger-history-contract.js'
import { type OpenStand, standFor } from './ledger-stand.js'

/** What every ledger promises. A store is fit for use when this passes over it. */
export function ledgerContract(store: string, open: OpenStand, { beats = 'kept' }: Promises = {}): void {
  ledgerHistoryContract(store, open, { beats })
  describe(`${store}: a ledger`, () => {
    const { ledger, other, begin, stored, finish } = standFor(open)

    describe('before it was prepared', () => {
      test('answers as an empty one', async () => {
        expect(await ledger.survey(KEY)).toEqual({
          nextNumber: 1,
          nextToken: 1,
          newest: undefined,
          newestHead: GENESIS,
          holder: undefined
        })
        expect(await ledger.list({}, { limit: 10 })).toEqual({ records: [], tombstones: [], next: undefined })
        expect(await ledger.read('e1')).toBeUndefined()
        expect(await ledger.append(change([], executionRecord(), startedBody))).toEqual({ kind: 'moved', head: '' })
        expect(await ledger.remove('e1', 'alice', at(0))).toBe('absent')
        await ledger.beat('e1', 1, at(0))
      })
    })

    describe('once prepared', () => {
      beforeEach(() => ledger.prepare())

      test('may be prepared by several at once, and again', async () => {
        await Promise.all([other, ledger, other, ledger].map(one => one.prepare()))
        await begin()
        await other.prepare()
        expect(await stored('e1', other)).toBeDefined()
      })

      test('gives back what was created, to everybody', async () => {
        const entry = newExecution()
        expect(await ledger.create(entry)).toEqual({ kind: 'created' })
        const expected = { record: entry.record, events: entry.events, head: entry.events.at(-1)?.hash }
        expect(await ledger.read('e1')).toEqual(expected)
        expect(await other.read('e1')).toEqual(expected)
        expect(await ledger.read('e2')).toBeUndefined()
      })

      test('refuses a second holder and names the first', async () => {
        const { record, head } = await begin()
        const second = newExecution(executionRecord({ number: 2 }))
        expect(await other.create(second)).toEqual({ kind: 'held', by: record })
        expect(await ledger.read('e2')).toBeUndefined()
        expect(await ledger.survey(KEY)).toEqual({
          nextNumber: 2,
          nextToken: 2,
          newest: record,
          newestHead: head,
          holder: record
        })
      })

      test.each([
        ['environment', { environment: 'staging' }],
        ['checklist', { checklist: 'docs' }],
        ['repository', { repository: 'org/other' }]
      ])('another %s has a holder and numbers of its own', async (_, part: Partial<Key>) => {
        await begin()
        await begin({ id: 'other', key: { ...KEY, ...part } }, other)
        expect((await ledger.survey({ ...KEY, ...part })).holder?.id).toBe('other')
        expect((await ledger.survey(KEY)).holder?.id).toBe('e1')
      })

      test.each([
        ['number that is taken', { number: 1, token: 2 }],
        ['number that leaves a hole', { number: 3, token: 2 }],
        ['token that was given before', { number: 2, token: 1 }]
      ])('a %s has moved', async (_, fields) => {
        await finish(await begin())
        const entry = newExecution(executionRecord({ id: 'late', ...fields }))
        expect(await ledger.create(entry)).toEqual({ kind: 'moved' })
      })

      test('an id that is taken has moved', async () => {
        await finish(await begin())
        expect(await ledger.create(newExecution(executionRecord({ id: 'e1', number: 2 })))).toEqual({ kind: 'moved' })
      })

      test('what does not hold the environment is created beside the holder, and takes nothing from it', async () => {
        const holder = await begin()
        const planned = executionRecord({ number: 2, token: 2, holdsEnvironment: false })
        expect(await other.create(newExecution(planned))).toEqual({ kind: 'created' })
        expect((await ledger.survey(KEY)).nextToken).toBe(2)
        expect(await ledger.append(change(holder.events, holder.record, startedBody))).toEqual({ kind: 'appended' })
      })

      test('a planned execution takes the environment when its first stage acts', async () => {
        const planned = await begin({ token: 0, holdsEnvironment: false })
        const { nextToken } = await ledger.survey(KEY)
        const taking = change(
          planned.events,
          { ...planned.record, holdsEnvironment: true, token: nextToken },
          startedBody
        )
        expect(await ledger.append(taking)).toEqual({ kind: 'appended' })
        expect((await ledger.survey(KEY)).holder?.id).toBe('e1')
      })

      test('a planned execution is refused while another one holds the environment', async () => {
        const planned = await begin({ token: 0, holdsEnvironment: false })
        const { record } = await begin({ number: 2 })
        const taking = change(planned.events, { ...planned.record, holdsEnvironment: true, token: 3 }, startedBody)
        expect(await ledger.append(taking)).toEqual({ kind: 'held', by: record })
        expect(await stored('e1')).toEqual(planned)
      })

      test('tokens rise over the whole life of a key, whoever is removed', async () => {
        await finish(await begin({ token: 7 }))
        await finish(await begin({ number: 2, token: 0, holdsEnvironment: false }))
        expect((await ledger.survey(KEY)).nextToken).toBe(8)
        expect(await ledger.remove('e1', 'alice', at(500))).toBe('removed')
        expect((await other.survey(KEY)).nextToken).toBe(8)
      })

      test('of twenty that create at once one wins', async () => {
        const entries = Array.from({ length: 20 }, (_, index) => newExecution(executionRecord({ id: `x${index}` })))
        const answers = await Promise.all(entries.map((entry, index) => (index % 2 ? ledger : other).create(entry)))
        expect(answers.filter(({ kind }) => kind === 'created')).toHaveLength(1)
        expect((await ledger.list({}, { limit: 100 })).records).toHaveLength(1)
      })
    })

    describe('appends', () => {
      beforeEach(() => ledger.prepare())

      test('only behind the head it was told', async () => {
        const first = await begin()
        const [mine, theirs] = [
          change(first.events, first.record, noteBody('a')),
          change(first.events, first.record, noteBody('b'))
        ]
        expect(await ledger.append(mine)).toEqual({ kind: 'appended' })
        expect(await other.append(theirs)).toEqual({ kind: 'moved', head: mine.events.at(-1)?.hash })
        expect((await stored('e1', other)).events).toEqual([...first.events, ...mine.events])
      })

      test('of ten that append at once one wins', async () => {
        const first = await begin()
        const changes = Array.from({ length: 10 }, (_, index) =>
          change(first.events, first.record, noteBody(`${index}`))
        )
        const answers = await Promise.all(changes.map((one, index) => (index % 2 ? ledger : other).append(one)))
        expect(answers.filter(({ kind }) => kind === 'appended')).toHaveLength(1)
      })

      test('by turns from two processes into one unbroken chain', async () => {
        let { record, events } = await begin()
        for (let turn = 0; turn < 6; turn++) {
          const on = turn % 2 ? ledger : other
          expect(await on.append(change(events, record, noteBody(`${turn}`)))).toEqual({ kind: 'appended' })
          ;({ record, events } = await stored('e1', on))
        }
        expect(events).toHaveLength(7)
        expect(checkChain(events)).toEqual([])
      })

      test('to no execution that is not there', async () => {
        const lost = change([], executionRecord({ id: 'nobody' }), startedBody)
        expect(await ledger.append(lost)).toEqual({ kind: 'moved', head: '' })
      })

      test('nothing that does not continue the chain: that is a bug', async () => {
        const { record, events, head } = await begin()
        const gap = change(events, record, noteBody('a'), noteBody('b')).events.slice(1)
        await expect(ledger.append({ record, events: gap, expectedHead: head })).rejects.toThrow('does not continue')
        await expect(ledger.create({ record, events: gap })).rejects.toThrow('does not continue')
      })

      test('a changed record, every field of it', async () => {
        const { record, events } = await begin()
        const receipt = {
          subject: 'main',
          location: '/backups/1',
          relations: { 'public.t': { rows: 3, fingerprint: 'f' } }
        }
        const next = {
          ...record,
          status: 'TESTING' as const,
          acted: true,
          receipts: [receipt as unknown as ExecutionRecord['receipts'][number]],
          applied: { main: { '001.sql': 'abc' } },
          due: [{ checkpoint: 'hour-1', dueAt: at(3600) }]
        }
        expect(await ledger.append(change(events, next, noteBody('a')))).toEqual({ kind: 'appended' })
        expect((await stored('e1')).record).toEqual(next)
        expect((await stored('e1', other)).record).toEqual(next)
        expect((await ledger.list({}, { limit: 1 })).records).toEqual([next])
      })

      test('a batch of thousands as one', async () => {
        const { record, events } = await begin()
        const batch = change(events, record, ...Array.from({ length: 5_000 }, (_, index) => noteBody(`${index}`)))
        expect(await ledger.append(batch)).toEqual({ kind: 'appended' })
        expect(checkChain((await stored('e1', other)).events)).toEqual([])
      })

      test('characters of all kinds, as they are', async () => {
        const odd = `' " \\ \n \r \t \0 \u2028 {} $1 %s 🚀 ${'\ud800'} ${'é'.normalize('NFD')} ; drop table x; --`
        const { record, events } = await begin({ id: 'a/b ..%2f é:1', actor: odd, errorMessage: odd, commit: odd })
        const noted = change(events, { ...record, rollbackReason: odd }, noteBody(odd))
        expect(await ledger.append(noted)).toEqual({ kind: 'appended' })
        const found = await stored(record.id, other)
        expect(found.record).toEqual(noted.record)
        expect(found.events).toEqual([...events, ...noted.events])
        expect(checkChain(found.events)).toEqual([])
        expect((await ledger.list({ commit: odd }, { limit: 5 })).records).toHaveLength(1)
      })
    })

    describe('fences', () => {
      beforeEach(() => ledger.prepare())

      test('one process of an execution off when another one has resumed it', async () => {
        const { record, events } = await begin()
        const resumed = change(events, { ...record, token: 2 }, noteBody('resumed'))
        expect(await other.append(resumed)).toEqual({ kind: 'appended' })
        const after = [...events, ...resumed.events]
        expect(await ledger.append(change(after, record, noteBody('stale')))).toEqual({ kind: 'fenced', highest: 2 })
        const freeing = change(after, { ...record, holdsEnvironment: false }, noteBody('stale'))
        expect(await ledger.append(freeing)).toEqual({ kind: 'fenced', highest: 2 })
        expect((await ledger.survey(KEY)).holder?.token).toBe(2)
      })

      test('an old token when the environment is wanted back', async () => {
        const first = await finish(await begin())
        await finish(await begin({ number: 2 }))
        const again = change(first.events, { ...first.record, holdsEnvironment: true }, noteBody('again'))
        expect(await ledger.append(again)).toEqual({ kind: 'fenced', highest: 2 })
      })

      test('nobody who only adds to a finished execution', async () => {
        const first = await finish(await begin())
        await begin({ number: 2 })
        const linked = change(first.events, first.record, { type: 'linked', to: 'e2', as: 'next' })
        expect(await other.append(linked)).toEqual({ kind: 'appended' })
        expect((await stored('e1')).head).toBe(linked.events[0]?.hash)
        expect((await ledger.survey(KEY)).holder?.id).toBe('e2')
      })
    })

    describe('hands an environment over', () => {
      beforeEach(() => ledger.prepare())
      const takeOver = (dead: Stored, number = 2) => ({
        entry: newExecution(executionRecord({ number }), dead.head),
        takingOverFrom: change(
          dead.events,
          { ...dead.record, holdsEnvironment: false },
          { type: 'took-over', from: dead.record.id, by: `e${number}` }
        )
      })

      test('from a dead holder to the newcomer, in one step', async () => {
        const { entry, takingOverFrom } = takeOver(await begin())
        expect(await other.create(entry, { takingOverFrom })).toEqual({ kind: 'created' })
        expect((await ledger.survey(KEY)).holder).toEqual(entry.record)
        expect((await stored('e1')).record.holdsEnvironment).toBe(false)
        expect((await stored('e1')).head).toBe(takingOverFrom.events[0]?.hash)
      })

      test('not when the holder has written since', async () => {
        const dead = await begin()
        const { entry, takingOverFrom } = takeOver(dead)
        const alive = change(dead.events, dead.record, noteBody('alive'))
        expect(await ledger.append(alive)).toEqual({ kind: 'appended' })
        expect(await other.create(entry, { takingOverFrom })).toEqual({ kind: 'moved' })
        expect((await ledger.survey(KEY)).holder?.id).toBe('e1')
        expect(await ledger.read('e2')).toBeUndefined()
      })

      test('to one of ten, and the dead holder says to whom', async () => {
        const dead = await begin()
        const answers = await Promise.all(
          Array.from({ length: 10 }, (_, index) => {
            const { entry, takingOverFrom } = takeOver(dead)
            const record = { ...entry.record, id: `n${index}` }
            return (index % 2 ? ledger : other).create({ ...entry, record }, { takingOverFrom })
          })
        )
        expect(answers.filter(({ kind }) => kind === 'created')).toHaveLength(1)
        expect((await stored('e1')).events).toHaveLength(2)
      })

      test('not when the newcomer cannot be written: the holder keeps it', async () => {
        const { entry, takingOverFrom } = takeOver(await begin(), 3)
        expect(await ledger.create(entry, { takingOverFrom })).toEqual({ kind: 'moved' })
        expect((await ledger.survey(KEY)).holder?.id).toBe('e1')
        expect((await stored('e1')).events).toHaveLength(1)
      })
    })

    test('says what it is without credentials', () => {
      expect(ledger.name).toMatch(/^(file|postgres|memory|git)/)
      expect(ledger.name).not.toMatch(/@|password/)
    })
  })
}
