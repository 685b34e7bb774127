import type { Event } from '../core/events.js'
import type { ExecutionRecord } from '../core/execution.js'
import type { Ledger } from '../core/ports.js'

/** What this process has written: the whole execution as it stands in the ledger, and which events are its own. */
export type Written = Readonly<{ record: ExecutionRecord; events: readonly Event[]; fresh: ReadonlySet<number> }>

/**
 * The same ledger, and `onWritten` hears of each write once it is durable. A write is a compare-and-swap, so that of all
 * processes only the one that hears of an event has written it: nothing has to be kept of who was told what.
 */
export function watched(
  ledger: Ledger,
  onWritten: (written: Written) => void,
  onFault: (thrown: unknown) => void
): Ledger {
  // Only of executions that somebody is told of.
  const known = new Map<string, readonly Event[]>()
  const learn = (id: string, events: readonly Event[]) => {
    if (isTold(events)) known.set(id, events)
  }
  const hear = (record: ExecutionRecord, before: readonly Event[], added: readonly Event[]) => {
    const events = [...before, ...added]
    learn(record.id, events)
    // What was written is written: no fault of ours makes it look as if it were not.
    try {
      if (isTold(events)) onWritten({ record, events, fresh: new Set(added.map(({ seq }) => seq)) })
    } catch (thrown) {
      onFault(thrown)
    }
  }
  return {
    ...ledger,
    create: async (entry, options) => {
      const answer = await ledger.create(entry, options)
      if (answer.kind === 'created') hear(entry.record, [], entry.events)
      return answer
    },
    append: async change => {
      const answer = await ledger.append(change)
      const before = known.get(change.record.id) ?? []
      // Whoever appends has read or made it here; what was read of it before somebody else wrote is none of this.
      if (answer.kind === 'appended' && before.at(-1)?.hash === change.expectedHead)
        hear(change.record, before, change.events)
      return answer
    },
    read: async id => {
      const stored = await ledger.read(id)
      if (stored !== undefined) learn(id, stored.events)
      return stored
    }
  }
}

/** Who is told of an execution, as its checklist said when it was opened. */
export const notifyOf = ([first]: readonly Event[]) => (first?.body.type === 'opened' ? (first.body.notify ?? []) : [])

const isTold = (events: readonly Event[]): boolean => notifyOf(events).length > 0
