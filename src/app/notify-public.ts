import type { Event } from '../core/events.js'
import type { ExecutionRecord } from '../core/execution.js'
import { keptBody } from '../core/kept.js'

/** An execution as everybody may read of it: verdicts and what people put their names under, as in a public ledger. */
export function publicly({ record, events }: Readonly<{ record: ExecutionRecord; events: readonly Event[] }>) {
  const kept = events.map(event => ({ ...event, body: keptBody(event.body, { keeps: 'verdicts' }) }))
  const last = kept.findLast(({ body }) => body.type === 'paused' || body.type === 'ended')?.body
  const errorMessage = last?.type === 'paused' || last?.type === 'ended' ? last.message : ''
  return { record: { ...record, errorMessage: record.errorMessage === '' ? '' : errorMessage }, events: kept }
}
