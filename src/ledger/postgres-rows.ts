import { refused } from '../core/errors.js'
import type { Event, EventBody } from '../core/events.js'
import type { ExecutionRecord } from '../core/execution.js'
import type { Tombstone } from '../core/ports.js'

/** A record with the newest heartbeat, which has a column of its own so that it never moves a head. */
export function readRecord(text: string, beat: string | null | undefined): ExecutionRecord {
  const record: ExecutionRecord = parse(text, 'the record of an execution')
  return beat && beat > record.heartbeatAt ? { ...record, heartbeatAt: beat } : record
}

/** Every part of an event as it stands in its columns, so that whatever is edited there breaks the hash. */
export function readEvent(execution: string, row: readonly (string | null)[]): Event {
  const [seq, at, token, type, text, prev, hash] = row
  const body: EventBody = parse(text ?? '', `event ${seq} of execution ${execution}`)
  if (body.type !== type)
    throw broken(`event ${seq} of execution ${execution} is of type ${body.type} and says ${type}`)
  return { seq: Number(seq), at: at ?? '', token: Number(token), body, prev: prev ?? '', hash: hash ?? '' }
}

export const readTombstone = (text: string): Tombstone => parse(text, 'a tombstone')

function parse<T>(text: string, what: string): T {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw broken(`${what} is no JSON`, error)
  }
}

const broken = (what: string, cause?: unknown) =>
  refused(
    'ledger_broken',
    `the ledger is damaged: ${what}`,
    'Nothing was changed. Restore the schema deploy_checklist from a backup; `verify` then compares it.',
    cause
  )
