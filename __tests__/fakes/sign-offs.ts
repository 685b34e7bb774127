import { headOf, link } from '../../src/core/chain.js'
import { type Journal, openJournal, startFrom } from '../../src/core/engine/journal.js'
import { type Event, GENESIS } from '../../src/core/events.js'
import type { ExecutionRecord } from '../../src/core/execution.js'
import type { PlannedItem } from '../../src/core/item.js'
import type { JsonObject } from '../../src/core/json.js'
import type { Plan } from '../../src/core/plan.js'
import { fakeClock } from './clock.js'
import { plan, record } from './engine.js'

export const manual = (id: string, spec: JsonObject = {}, more: Partial<PlannedItem> = {}): PlannedItem => ({
  ...{ id, name: id, kind: 'manual', at: { line: 1, col: 1 }, effect: 'check', optional: false },
  spec: { manual: `Do ${id}`, ...spec },
  ...more
})

export const PEOPLE = { owner: '@alice', ops: '@octo/release' }

/** Asked of alice, of a team, of nobody in particular, and of a second person. */
export const ASKED: Plan = plan(
  {
    preflight: [
      manual('preflight/told', { by: 'owner' }),
      manual('preflight/ready', { by: 'ops' }),
      manual('preflight/page'),
      manual('preflight/second', { second: true })
    ]
  },
  { people: PEOPLE, key: { repository: 'octo/shop', checklist: 'shop', environment: 'production' } }
)

/** What a ledger has of one execution that ann began; journals over it are processes that come one after another. */
export type Kept = { events: Event[]; record: ExecutionRecord }

export function keptFor(of: Plan = ASKED, more: Partial<ExecutionRecord> = {}): Kept {
  const draft = record('e2', of, more)
  const opened = {
    type: 'opened',
    plan: of,
    previousHead: GENESIS,
    process: draft.process,
    purpose: 'deploy',
    actor: 'ann'
  } as const
  return { record: draft, events: [...link([opened], { head: GENESIS, seq: 0, at: draft.startedAt, token: 1 })] }
}

export function journalOver(kept: Kept): Journal {
  const append = async (change: Readonly<{ events: readonly Event[]; record: ExecutionRecord }>) => {
    kept.events.push(...change.events)
    kept.record = change.record
    return { kind: 'appended' } as const
  }
  return openJournal(startFrom({ ...kept, head: headOf(kept.events) }), {
    ledger: { append },
    clock: fakeClock(),
    redactor: { add: () => {}, redact: text => text },
    observers: []
  })
}

/** `WHO does WHAT on ITEM`, as the ledger has it. */
export const signedIn = ({ events }: Kept): readonly string[] =>
  events.flatMap(({ body }) =>
    body.type === 'signed' ? [`${body.signOff.who} ${body.signOff.as} ${body.signOff.item}`] : []
  )
