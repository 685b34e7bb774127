import type { ExecutionRecord } from '../core/execution.js'
import type { Filter, Ledger } from '../core/ports.js'

/** All that a filter finds, newest first, page by page for as long as somebody asks: what decides must not end with a page. */
export async function* recordsOf(ledger: Ledger, filter: Filter): AsyncGenerator<ExecutionRecord, undefined> {
  let cursor: string | undefined
  do {
    const page = await ledger.list(filter, cursor === undefined ? { limit: 100 } : { limit: 100, cursor })
    yield* page.records
    cursor = page.next
  } while (cursor !== undefined)
}
