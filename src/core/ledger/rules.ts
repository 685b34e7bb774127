import { type ExecutionRecord, isSameKey } from '../execution.js'
import type { Change, Fenced, Held, NewExecution } from '../ports.js'

/** What a store knows of one key. `fence` is the highest token with which anybody ever held the environment. */
export type KeyState = Readonly<{ lastNumber: number; fence: number; holder: ExecutionRecord | undefined }>

/** An execution before a change. `seq` is that of its last event. */
export type Standing = Readonly<{ record: ExecutionRecord; head: string; seq: number }>

export type CreateVerdict = Readonly<{ kind: 'created' }> | Readonly<{ kind: 'moved' }> | Held
export type AppendVerdict = Readonly<{ kind: 'appended' }> | Readonly<{ kind: 'moved'; head: string }> | Held | Fenced

/** Whether a new execution may be written. `freed` is the holder that the same step frees, if there is one. */
export function judgeCreate(state: KeyState, { record }: NewExecution, freed?: string): CreateVerdict {
  if (record.holdsEnvironment) {
    if (state.holder !== undefined && state.holder.id !== freed) return { kind: 'held', by: state.holder }
    if (record.token <= state.fence) return { kind: 'moved' }
  }
  return record.number === state.lastNumber + 1 ? { kind: 'created' } : { kind: 'moved' }
}

/** Whether a change may be written on top of what stands. */
export function judgeAppend(state: KeyState, standing: Standing | undefined, change: Change): AppendVerdict {
  const { record, expectedHead } = change
  if (standing === undefined) return { kind: 'moved', head: '' }
  assertFits(standing, change)
  if (standing.head !== expectedHead) return { kind: 'moved', head: standing.head }
  if (record.token < standing.record.token)
    return { kind: 'fenced', highest: Math.max(state.fence, standing.record.token) }
  if (!record.holdsEnvironment) return { kind: 'appended' }
  if (standing.record.holdsEnvironment && record.token === standing.record.token) return { kind: 'appended' }
  if (state.holder !== undefined && state.holder.id !== record.id) return { kind: 'held', by: state.holder }
  return record.token > state.fence ? { kind: 'appended' } : { kind: 'fenced', highest: state.fence }
}

/** The holder and the fence after a record was written. */
export function stateAfter(state: KeyState, record: ExecutionRecord): KeyState {
  const freed = state.holder?.id === record.id ? undefined : state.holder
  return {
    lastNumber: Math.max(state.lastNumber, record.number),
    fence: record.holdsEnvironment ? Math.max(state.fence, record.token) : state.fence,
    holder: record.holdsEnvironment ? record : freed
  }
}

/** Whether an ended execution may be removed. */
export function judgeRemoval(state: KeyState, record: ExecutionRecord): 'removed' | 'not-ended' | 'newest' {
  if (record.completedAt === '' || record.holdsEnvironment) return 'not-ended'
  return record.number === state.lastNumber ? 'newest' : 'removed'
}

/** Events that do not continue what they claim to continue are a bug of the caller, never stored. */
export function assertChained(events: NewExecution['events'], head: string, seq: number): void {
  events.forEach((event, index) => {
    const prev = events[index - 1]?.hash ?? head
    if (event.prev === prev && event.seq === seq + index + 1) return
    throw new Error(`event ${event.seq} after ${event.prev} does not continue ${seq + index} with head ${prev}`)
  })
}

function assertFits({ record: before, head, seq }: Standing, { record, events, expectedHead }: Change): void {
  if (record.number !== before.number || !isSameKey(record.key, before.key)) {
    throw new Error(`execution ${record.id} cannot change its key or number`)
  }
  if (head === expectedHead) assertChained(events, head, seq)
}
