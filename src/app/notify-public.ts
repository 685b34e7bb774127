import type { Event } from '../core/events.js'
import type { ExecutionRecord } from '../core/execution.js'
import { keptBody } from '../core/kept.js'

type Execution = Readonly<{ record: ExecutionRecord; events: readonly Event[] }>

/** An execution as everybody may read of it: verdicts and what people put their names under, as in a public ledger. */
export const publicly = ({ record, events }: Execution): Execution =>
  retold(
    record,
    events.map(event => ({ ...event, body: keptBody(event.body, { keeps: 'verdicts' }) })),
    ''
  )

/** The execution with these events in place of its own, and the message of the last that ended or paused it. */
export function retold(record: ExecutionRecord, events: readonly Event[], otherwise: string): Execution {
  const messages = events.flatMap(({ body }) => (body.type === 'paused' || body.type === 'ended' ? [body.message] : []))
  const errorMessage = record.errorMessage === '' ? '' : (messages.at(-1) ?? otherwise)
  return { record: { ...record, errorMessage }, events }
}
