import { type Event, GENESIS } from '../core/events.js'
import type { ExecutionRecord, Key } from '../core/execution.js'
import { canonicalOf } from '../core/json.js'
import { damageFor } from '../core/ledger/damage.js'
import { openDoubts } from '../core/ledger/doubts.js'
import { limitOf, writeCursor } from '../core/ledger/pages.js'
import { assertChained } from '../core/ledger/rules.js'
import type { Change, Clock, Fenced, Filter, Held, Ledger, NewExecution, Page, Paging } from '../core/ports.js'
import { orEmpty, prepareSchema } from './postgres-prepare.js'
import { BEAT, IDENTITY, listing, READ, SURVEY } from './postgres-queries.js'
import { readEvent, readRecord, readTombstone } from './postgres-rows.js'
import { asText, rowOf } from './postgres-schema.js'
import { openLine, type Rows, type Session } from './postgres-session.js'

export type PostgresLedgerOptions = Readonly<{
  /** `DATABASE at HOST`, for messages; never holds user or password. */
  address: string
  open(): Promise<Session>
  clock: Clock
}>

/**
 * Which database this is. `systemIdentifier` is empty where the role may not ask for it; `serverStartedAt` (to the
 * microsecond, the same for all roles) then tells servers apart. Both of them compare with the same query elsewhere.
 */
export type DatabaseIdentity = Readonly<{ systemIdentifier: string; serverStartedAt: string; databaseOid: number }>

export type PostgresLedger = Ledger & Readonly<{ identity(): Promise<DatabaseIdentity> }>

/**
 * Executions in the schema `deploy_checklist` of a PostgreSQL database (11 or newer). Every write is one call of a
 * function there, hence one round trip and one transaction. Nothing lives in the session between two calls (locks are
 * the transaction's, nothing is set or prepared by name), so a pooler in transaction mode may stand in between.
 */
export function openPostgresLedger({ address, open, clock }: PostgresLedgerOptions): PostgresLedger {
  const name = `postgres ${address}`
  const line = openLine(open, name, clock)
  const doubts = openDoubts()

  async function create(entry: NewExecution, takingOverFrom: Change | undefined) {
    assertChained(entry.events, GENESIS, 0)
    const sql = 'SELECT deploy_checklist.create_execution($1::jsonb, $2::jsonb)'
    const rows = await doubts.during(entry.events, before =>
      line.ask(sql, again => [
        payload(entry, before || again),
        takingOverFrom === undefined ? null : payload(takingOverFrom, before || again)
      ])
    )
    return readVerdict<Readonly<{ kind: 'created' }> | Readonly<{ kind: 'moved' }> | Held>(rows)
  }

  async function append(change: Change) {
    assertChained(change.events, change.expectedHead, (change.events[0]?.seq ?? 1) - 1)
    const sql = 'SELECT deploy_checklist.append($1::jsonb)'
    const rows = await doubts.during(change.events, before =>
      orEmpty(line, [[MOVED]], () => line.ask(sql, again => [payload(change, before || again)]))
    )
    type Verdict = Readonly<{ kind: 'appended' }> | Readonly<{ kind: 'moved'; head: string }> | Held | Fenced
    return readVerdict<Verdict>(rows)
  }

  async function survey({ repository, checklist, environment }: Key) {
    const key = [repository, checklist, environment].map(asText)
    const rows = await orEmpty<Rows>(line, [['0', '0']], () => line.ask(SURVEY, () => key))
    const [number, fence, newest, newestBeat, newestHead, holder, holderBeat] = rows[0] ?? []
    return {
      nextNumber: Number(number) + 1,
      nextToken: Number(fence) + 1,
      newest: newest ? readRecord(newest, newestBeat) : undefined,
      newestHead: newestHead ?? GENESIS,
      holder: holder ? readRecord(holder, holderBeat) : undefined
    }
  }

  async function read(id: string) {
    const [first, ...rest] = await orEmpty(line, [], () => line.ask(READ, () => [asText(id)]))
    if (first === undefined) return undefined
    const [, record, beat, head] = first
    const events: readonly Event[] = rest.map(row => readEvent(id, row))
    return { record: readRecord(record ?? '', beat), events, head: head ?? '' }
  }

  async function list(filter: Filter, page: Paging): Promise<Page> {
    const limit = limitOf(page.limit)
    const { sql, values } = listing(filter, page.cursor)
    const rows = await orEmpty(line, [], () => line.ask(`${sql} LIMIT ${limit + 1}`, () => values))
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    const place = { startedAt: last?.[3] ?? '', number: Number(last?.[4]), id: last?.[5] ?? '' }
    const records: ExecutionRecord[] = []
    const { unreadable, orTell } = damageFor(page)
    for (const [kind, text, beat, , number, id, , environment] of shown) {
      if (kind !== 'record') continue
      const what = { id: id ?? '', number: Number(number), environment: environment ?? '' }
      const record = orTell(what, () => readRecord(text ?? '', beat))
      if (record !== undefined) records.push(record)
    }
    return {
      records,
      ...(unreadable.length > 0 && { unreadable }),
      tombstones: shown.flatMap(([kind, text]) => (kind === 'tombstone' ? [readTombstone(text ?? '')] : [])),
      next: rows.length > limit ? writeCursor(place) : undefined
    }
  }

  return {
    name,
    prepare: () => prepareSchema(line, name),
    create: (entry, options) => create(entry, options?.takingOverFrom),
    survey,
    append,
    beat: async (id, token, at) => {
      await orEmpty(line, [], () => line.ask(BEAT, () => [asText(id), token, at]))
    },
    read,
    list,
    remove: async (id, by, at) => {
      const sql = 'SELECT deploy_checklist.remove_execution($1, $2, $3, $4::boolean)'
      const values = (again: boolean) => [asText(id), asText(by), at, String(again)]
      const [[verdict] = []] = await orEmpty(line, [['absent']], () => line.ask(sql, values))
      return verdict === 'removed' || verdict === 'not-ended' || verdict === 'newest' ? verdict : 'absent'
    },
    identity: async () => {
      const [[identifier, startedAt, oid] = []] = await line.ask(IDENTITY, () => [])
      const systemIdentifier = identifier === 'true' ? await systemIdentifierOf(line.ask) : ''
      return { systemIdentifier, serverStartedAt: startedAt ?? '', databaseOid: Number(oid) }
    },
    close: () => line.close()
  }
}

const MOVED = '{"kind":"moved","head":""}'

async function systemIdentifierOf(ask: (sql: string, values: () => []) => Promise<Rows>): Promise<string> {
  return (await ask('SELECT system_identifier::text FROM pg_control_system()', () => []))[0]?.[0] ?? ''
}

/** Records and bodies go as text inside the JSON, so that the server never looks into what it could not hold. */
function payload({ record, events, ...change }: NewExecution | Change, again: boolean): string {
  const rows = events.map(({ body, ...event }) => ({ ...event, type: body.type, body: canonicalOf(body) }))
  return JSON.stringify({ ...change, again, row: rowOf(record), record: canonicalOf(record), events: rows })
}

function readVerdict<Verdict>(rows: Rows): Verdict {
  const verdict = JSON.parse(rows[0]?.[0] ?? 'null')
  return verdict.kind === 'held' ? { ...verdict, by: readRecord(verdict.by, null) } : verdict
}
