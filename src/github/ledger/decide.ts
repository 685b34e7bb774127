import { type Event, GENESIS } from '../../core/events.js'
import type { ExecutionRecord } from '../../core/execution.js'
import type { Index } from '../../core/ledger/key-index.js'
import { writeLine } from '../../core/ledger/lines.js'
import { fileOf, isOf } from '../../core/ledger/names.js'
import { tombstoneOf } from '../../core/ledger/pages.js'
import {
  type AppendVerdict,
  type CreateVerdict,
  judgeAppend,
  judgeCreate,
  judgeRemoval,
  type KeyState,
  stateAfter
} from '../../core/ledger/rules.js'
import type { Change, NewExecution } from '../../core/ports.js'
import type { FileChange } from './branch.js'
import { type KeyView, newestIn, stateIn } from './key-view.js'
import { type Rows, rowsFileOf, withoutRow, writeRows } from './rows.js'
import { INDEX, pathOf, writeIndex } from './shelf.js'

/** What is to be answered; with `write`, once that is the newest commit. */
export type Decision<Verdict> = Readonly<{ verdict: Verdict; write?: Write }>
export type Write = Readonly<{ changes: readonly FileChange[]; message: string }>

/** `again`: an answer to this very write was lost, so that its being there means that it was done. */
export function decideAppend(view: KeyView, change: Change, again: boolean): Decision<AppendVerdict> {
  const { record, events } = change
  const journal = view.journals.get(fileOf(record))
  if (again && wasWritten(view, record, events)) return { verdict: { kind: 'appended' } }
  const state = stateIn(view)
  const verdict = judgeAppend(state, journal?.tail, change)
  if (verdict.kind !== 'appended') return { verdict }
  const changes = [lineOf(view, change), ...indexChange(view, stateAfter(state, record))]
  return { verdict, write: { changes, message: messageOf(change) } }
}

/** `rows` are those of the file that the newest execution's row belongs to: what has ended gets its row now. */
export function decideCreate(
  view: KeyView,
  entry: NewExecution,
  options: Readonly<{ takingOverFrom: Change | undefined; rows: Rows; again: boolean }>
): Decision<CreateVerdict> {
  const { record, events } = entry
  const { takingOverFrom, again } = options
  if (again && wasWritten(view, record, events)) return { verdict: { kind: 'created' } }
  if ([...view.blobs.keys()].some(file => isOf(file, record.id))) return { verdict: MOVED }
  const state = stateIn(view)
  if (takingOverFrom !== undefined && !mayFree(view, state, takingOverFrom)) return { verdict: MOVED }
  const verdict = judgeCreate(state, entry, takingOverFrom?.record.id)
  if (verdict.kind !== 'created') return { verdict }
  const writes = [...(takingOverFrom === undefined ? [] : [takingOverFrom]), entry]
  const after = writes.reduce((before, write) => stateAfter(before, write.record), state)
  const changes = [
    ...writes.map(write => lineOf(view, write)),
    ...indexChange(view, after),
    ...(takingOverFrom === undefined ? rowChange(view, options.rows) : [])
  ]
  return { verdict, write: { changes, message: messageOf(entry) } }
}

const MOVED = { kind: 'moved' } as const

const mayFree = (view: KeyView, state: KeyState, change: Change): boolean =>
  judgeAppend(state, view.journals.get(fileOf(change.record))?.tail, change).kind === 'appended'

/** `rows` are those of the file that the execution's row belongs to. */
export function decideRemoval(
  view: KeyView,
  file: string,
  removal: Readonly<{ by: string; at: string; rows: Rows }>
): Decision<'removed' | 'not-ended' | 'newest' | 'absent'> {
  const journal = view.journals.get(file)
  if (journal === undefined) return { verdict: 'absent' }
  const { record, head } = journal.tail
  const verdict = judgeRemoval(stateIn(view), record)
  if (verdict !== 'removed') return { verdict }
  const { folder, index } = view
  const tombstones = [...index.tombstones, tombstoneOf(record, head, removal.by, removal.at)]
  const changes = [
    { path: pathOf(folder, file), text: undefined },
    indexAs(view, { ...index, tombstones }),
    ...(file in removal.rows
      ? [{ path: pathOf(folder, rowsFileOf(record.number)), text: writeRows(withoutRow(removal.rows, file)) }]
      : [])
  ]
  return { verdict, write: { changes, message: `${nameOf(record)}: removed by ${oneLine(removal.by)}` } }
}

function wasWritten(view: KeyView, record: ExecutionRecord, events: readonly Event[]): boolean {
  const last = events.at(-1)?.hash ?? GENESIS
  return view.journals.get(fileOf(record))?.events.some(({ hash }) => hash === last) ?? false
}

function lineOf({ folder, journals }: KeyView, write: NewExecution): FileChange {
  const file = fileOf(write.record)
  const before = journals.get(file)
  return { path: pathOf(folder, file), text: `${before?.text ?? ''}${writeLine(write, before?.tail.record)}` }
}

function indexChange(view: KeyView, { lastNumber, fence, holder }: KeyState): readonly FileChange[] {
  const { index } = view
  const next = { ...index, lastNumber, fence, holder: holder?.id ?? '' }
  const same = index.lastNumber === lastNumber && index.fence === fence && index.holder === next.holder
  return same && index.version > 0 ? [] : [indexAs(view, next)]
}

const indexAs = ({ folder }: KeyView, index: Index): FileChange => ({
  path: pathOf(folder, INDEX),
  text: writeIndex({ ...index, version: index.version + 1 })
})

/** With each new execution the one before it gets its row, once: if it is written to later, its own file is read. */
function rowChange(view: KeyView, rows: Rows): readonly FileChange[] {
  const record = newestIn(view)?.tail.record
  if (record === undefined || record.completedAt === '') return []
  const file = fileOf(record)
  const row = { blob: view.blobs.get(file) ?? '', record }
  return [{ path: pathOf(view.folder, rowsFileOf(record.number)), text: writeRows({ ...rows, [file]: row }) }]
}

/** What a person reads in the branch's history. */
function messageOf({ record, events }: NewExecution): string {
  const types = [...new Set(events.map(({ body }) => body.type))]
  return `${nameOf(record)} ${record.status}: ${types.slice(0, 5).join(', ')}${types.length > 5 ? ', …' : ''}`
}

const nameOf = ({ key, number }: ExecutionRecord): string => oneLine(`${key.checklist}, ${key.environment} ${number}`)

const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, ' ').slice(0, 100)
