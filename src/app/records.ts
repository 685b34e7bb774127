import type { ExecutionRecord } from '../core/execution.js'
import type { Filter, Ledger, Page, Paging } from '../core/ports.js'

/** All that a filter finds, newest first, page by page for as long as somebody asks: what decides must not end with a page. */
export async function* pagesOf(
  ledger: Ledger,
  filter: Filter,
  how: Pick<Paging, 'damaged'> = {}
): AsyncGenerator<Page, undefined> {
  let cursor: string | undefined
  do {
    const page = await ledger.list(filter, { ...how, limit: 100, ...(cursor !== undefined && { cursor }) })
    yield page
    cursor = page.next
  } while (cursor !== undefined)
}

export async function* recordsOf(ledger: Ledger, filter: Filter): AsyncGenerator<ExecutionRecord, undefined> {
  for await (const { records } of pagesOf(ledger, filter)) yield* records
}
