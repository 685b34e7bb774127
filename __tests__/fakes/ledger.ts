import { GENESIS } from '../../src/core/events.js'
import type { Key } from '../../src/core/execution.js'
import { matches, matchesTombstone, pageOf, tombstoneOf } from '../../src/core/ledger/pages.js'
import {
  assertChained,
  judgeAppend,
  judgeCreate,
  judgeRemoval,
  type KeyState,
  stateAfter
} from '../../src/core/ledger/rules.js'
import type { Change, Ledger, NewExecution, Stored, Tombstone } from '../../src/core/ports.js'

const EMPTY: KeyState = { lastNumber: 0, fence: 0, holder: undefined }

/** A ledger in memory that keeps every promise of the port but durability; `executions` is open to a test's eyes and hands. */
export function memoryLedger() {
  const executions = new Map<string, Stored>()
  const tombstones: Tombstone[] = []
  const states = new Map<string, KeyState>()
  const nameOf = ({ repository, checklist, environment }: Key) => JSON.stringify([repository, checklist, environment])
  const stateOf = (key: Key): KeyState => states.get(nameOf(key)) ?? EMPTY
  const standingOf = (id: string) => {
    const stored = executions.get(id)
    return stored && { record: stored.record, head: stored.head, seq: stored.events.length }
  }
  const put = ({ record, events }: NewExecution): void => {
    const all = [...(executions.get(record.id)?.events ?? []), ...copy(events)]
    executions.set(record.id, { record: copy(record), events: all, head: all.at(-1)?.hash ?? GENESIS })
    states.set(nameOf(record.key), stateAfter(stateOf(record.key), copy(record)))
  }
  const judge = (change: Change) => judgeAppend(stateOf(change.record.key), standingOf(change.record.id), change)

  const ledger = {
    name: 'memory',
    prepare: async () => {},
    close: async () => {},
    create: async (entry, { takingOverFrom } = {}) => {
      assertChained(entry.events, GENESIS, 0)
      if (executions.has(entry.record.id)) return { kind: 'moved' }
      if (takingOverFrom !== undefined && judge(takingOverFrom).kind !== 'appended') return { kind: 'moved' }
      const verdict = judgeCreate(stateOf(entry.record.key), entry, takingOverFrom?.record.id)
      if (verdict.kind === 'created' && takingOverFrom !== undefined) put(takingOverFrom)
      if (verdict.kind === 'created') put(entry)
      return copy(verdict)
    },
    survey: async key => {
      const { lastNumber, fence, holder } = stateOf(key)
      const newest = [...executions.values()].find(
        ({ record }) => nameOf(record.key) === nameOf(key) && record.number === lastNumber
      )
      const current = holder && executions.get(holder.id)?.record
      return copy({
        nextNumber: lastNumber + 1,
        nextToken: fence + 1,
        newest: newest?.record,
        newestHead: newest?.head ?? GENESIS,
        holder: current
      })
    },
    append: async change => {
      const verdict = judge(change)
      if (verdict.kind === 'appended') put(change)
      return copy(verdict)
    },
    beat: async (id, token, at) => {
      const stored = executions.get(id)
      if (stored?.record.token !== token) return
      executions.set(id, { ...stored, record: { ...stored.record, heartbeatAt: at } })
    },
    read: async id => copy(executions.get(id)),
    list: async (filter, page) => {
      const records = [...executions.values()].map(({ record }) => record).filter(record => matches(filter, record))
      const removed = tombstones.filter(tombstone => matchesTombstone(filter, tombstone))
      return copy(pageOf(records, removed, page))
    },
    remove: async (id, by, at) => {
      const stored = executions.get(id)
      if (stored === undefined) return 'absent'
      const verdict = judgeRemoval(stateOf(stored.record.key), stored.record)
      if (verdict !== 'removed') return verdict
      tombstones.push(tombstoneOf(stored.record, stored.head, by, at))
      executions.delete(id)
      return 'removed'
    }
  } satisfies Ledger
  return { ...ledger, executions, tombstones } satisfies Ledger & {
    executions: Map<string, Stored>
    tombstones: readonly Tombstone[]
  }
}

const copy = <T>(value: T): T => structuredClone(value)

export type MemoryLedger = ReturnType<typeof memoryLedger>
