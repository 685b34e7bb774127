import { expect, test } from '@jest/globals'
import { type Written, watched } from '../../src/app/notify-watch.js'
import { link } from '../../src/core/chain.js'
import type { EventBody } from '../../src/core/events.js'
import { GENESIS } from '../../src/core/events.js'
import type { Ledger } from '../../src/core/ports.js'
import { change, endedBody, executionRecord, newExecution, openedBody, startedBody } from '../fakes/executions.js'
import { memoryLedger } from '../fakes/ledger.js'

const notify = [{ to: { kind: 'issue-comment', issue: 1 }, on: ['failure'], afterMs: 1 }] as const
const record = executionRecord()
const entry = (told = true) => {
  const opened = { ...openedBody(), ...(told && { notify }) } as EventBody
  return { ...newExecution(record), events: link([opened], { head: GENESIS, seq: 0, at: record.startedAt, token: 1 }) }
}

function heard(ledger: Ledger, onWritten?: (written: Written) => void) {
  const all: string[] = []
  const faults: unknown[] = []
  const hear = (written: Written) => {
    onWritten?.(written)
    all.push(`${[...written.fresh].join(',')} of ${written.events.length}`)
  }
  return { all, faults, ledger: watched(ledger, hear, fault => void faults.push(fault)) }
}

test('each durable write is heard once, with the whole execution', async () => {
  const { all, ledger } = heard(memoryLedger())
  const made = entry()
  await ledger.create(made)
  await ledger.append(change(made.events, record, startedBody, endedBody))
  expect(all).toEqual(['1 of 1', '2,3 of 3'])
})

test('a write that somebody else has made is not heard', async () => {
  const store = memoryLedger()
  const { all, ledger } = heard(store)
  const made = entry()
  await ledger.create(made)
  await store.append(change(made.events, record, startedBody))
  expect((await ledger.append(change(made.events, record, endedBody))).kind).toBe('moved')
  expect(all).toEqual(['1 of 1'])
})

test('a process that comes later hears its own writes alone', async () => {
  const store = memoryLedger()
  const made = entry()
  await store.create(made)
  const { all, ledger } = heard(store)
  await ledger.read(record.id)
  await ledger.append(change(made.events, record, startedBody))
  expect(all).toEqual(['2 of 2'])
})

test('where nobody is told nothing is heard', async () => {
  const { all, ledger } = heard(memoryLedger())
  await ledger.create(entry(false))
  expect(all).toEqual([])
})

test('whoever hears cannot make a write fail', async () => {
  const broken = new Error('a bug')
  const { faults, ledger } = heard(memoryLedger(), () => {
    throw broken
  })
  expect(await ledger.create(entry())).toEqual({ kind: 'created' })
  expect(faults).toEqual([broken])
})
