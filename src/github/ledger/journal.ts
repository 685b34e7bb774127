import { checkChain } from '../../core/chain.js'
import type { Event } from '../../core/events.js'
import { broken } from '../../core/ledger/damage.js'
import { readLines, type Tail } from '../../core/ledger/lines.js'
import { fileOf } from '../../core/ledger/names.js'

/** One execution as its file has it. */
export type Journal = Readonly<{ text: string; tail: Tail; events: readonly Event[] }>

/**
 * Reads an execution's file, `where` being what a message calls it. Others can write the branch, so that what does not
 * hold together is never believed: its chain is checked whenever it is read.
 */
export function parseJournal(where: string, file: string, text: string): Journal {
  const execution = text.endsWith('\n') ? readLines(where, text) : undefined
  if (execution === undefined) throw broken(where, 'its last line has no end')
  const { tail, events } = execution
  const wrong = checkChain(events).find(({ kind }) => kind === 'hole' || kind === 'prev' || kind === 'hash')
  if (wrong !== undefined) throw broken(where, wrong.message)
  if (fileOf(tail.record) !== file) throw broken(where, `it holds execution ${tail.record.id}`)
  return { text, tail, events }
}
