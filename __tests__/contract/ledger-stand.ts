import { afterEach, beforeEach, expect } from '@jest/globals'
import type { ExecutionRecord } from '../../src/core/execution.js'
import type { Ledger, Stored } from '../../src/core/ports.js'
import { change, ended, endedBody, executionRecord, newExecution } from '../fakes/executions.js'

/** One store, empty at first, as two processes see it. `close` ends it and leaves nothing behind. */
export type Stand = Readonly<{ ledger: Ledger; other: Ledger; close(): Promise<void> }>
export type OpenStand = () => Promise<Stand>

/** A fresh store for each test, and what most tests do with one. */
export function standFor(open: OpenStand) {
  let stand: Stand | undefined
  beforeEach(async () => {
    stand = await open()
  })
  afterEach(async () => {
    await stand?.close()
  })
  const now = (): Stand => {
    if (stand === undefined) throw new Error('no test is running')
    return stand
  }
  const ledger = through(() => now().ledger)
  const other = through(() => now().other)

  const stored = async (id: string, on = ledger): Promise<Stored> => {
    const found = await on.read(id)
    if (found === undefined) throw new Error(`${id} is not there`)
    return found
  }
  const begin = async (fields: Partial<ExecutionRecord> = {}, on = ledger): Promise<Stored> => {
    const entry = newExecution(executionRecord(fields))
    expect(await on.create(entry)).toEqual({ kind: 'created' })
    return await stored(entry.record.id)
  }
  const finish = async ({ record, events }: Stored, fields: Partial<ExecutionRecord> = {}): Promise<Stored> => {
    expect(await ledger.append(change(events, ended(record, fields), endedBody))).toEqual({ kind: 'appended' })
    return await stored(record.id)
  }
  return { ledger, other, stored, begin, finish }
}

// Tests name the ledger once, each gets its own.
const through = (ledger: () => Ledger): Ledger => ({
  get name() {
    return ledger().name
  },
  prepare: () => ledger().prepare(),
  create: (entry, options) => ledger().create(entry, options),
  survey: key => ledger().survey(key),
  append: change => ledger().append(change),
  beat: (id, token, moment) => ledger().beat(id, token, moment),
  read: id => ledger().read(id),
  list: (filter, page) => ledger().list(filter, page),
  remove: (id, by, moment) => ledger().remove(id, by, moment),
  close: () => ledger().close()
})
