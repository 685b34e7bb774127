import { ChecklistError, messageOf, refused, unavailable } from '../core/errors.js'
import type { Clock } from '../core/ports.js'

/**
 * One connection to the ledger's server, however it was made. `query` gives everything as the server's text, by
 * position; it rejects with the driver's error, whose `code` is the SQLSTATE, or with a ChecklistError when the
 * connection is gone. Several statements without values may come in one text.
 */
export interface Session {
  query(
    sql: string,
    values?: readonly (string | number | null)[]
  ): Promise<Readonly<{ rows: readonly (readonly (string | null)[])[] }>>
  close(): Promise<void>
}

export type Rows = readonly (readonly (string | null)[])[]

/** Asks the server, on one connection that is opened when it is first needed and again when it broke. */
export interface Line {
  /** A read, or a write that can tell its own repetition: `values` is asked again after a lost answer. */
  ask(sql: string, values: (again: boolean) => readonly (string | number | null)[]): Promise<Rows>
  close(): Promise<void>
}

const ANSWER_MS = 20_000
const TIMES = 5
/**
 * Serialization failures, deadlocks, and races that were lost for a unique index or (where transactions are
 * serializable, and do not see what the other first run has just made) for a schema, a table, a function: the same
 * statement again sees what won.
 */
const AGAIN = ['40001', '40P01', '23505', '42P06', '42P07', '42723']

export function openLine(open: () => Promise<Session>, name: string, clock: Clock): Line {
  let session: Promise<Session> | undefined

  async function drop(): Promise<void> {
    const dropped = session
    session = undefined
    // What hangs may take its time to close; nobody waits for it.
    dropped?.then(broken => broken.close()).catch(() => {})
  }

  async function once(sql: string, values: readonly (string | number | null)[]): Promise<Rows> {
    session ??= open()
    const current = session
    try {
      return (await inTime((await current).query(sql, values), clock)).rows
    } catch (error) {
      if (isLost(error) && session === current) await drop()
      throw error
    }
  }

  async function ask(sql: string, values: (again: boolean) => readonly (string | number | null)[]): Promise<Rows> {
    let lost = false
    for (let time = 1; ; time++) {
      try {
        return await once(sql, values(lost))
      } catch (error) {
        const state = sqlStateOf(error)
        const again = isLost(error) ? !lost : state !== undefined && AGAIN.includes(state) && time < TIMES
        lost ||= isLost(error)
        if (!again) throw translate(error, name)
      }
    }
  }

  return {
    ask,
    close: async () => {
      const current = await session?.catch(() => undefined)
      session = undefined
      await current?.close()
    }
  }
}

async function inTime<T>(answer: Promise<T>, clock: Clock): Promise<T> {
  const over = new AbortController()
  const late = clock.sleep(ANSWER_MS, over.signal).then(() => {
    if (!over.signal.aborted) throw lost(`gave no answer within ${ANSWER_MS / 1000} s`)
    return answer
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    over.abort()
    answer.catch(() => {})
    late.catch(() => {})
  }
}

const lost = (why: string): ChecklistError =>
  unavailable('ledger_unavailable', `the server of the ledger ${why}`, 'Look at the server, then try again.')

const isLost = (error: unknown): boolean => error instanceof ChecklistError && error.status === 'UNAVAILABLE'

/** SQLSTATE of a statement's error, also of a translated one. */
export function sqlStateOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)) return error.code
  return 'cause' in error ? sqlStateOf(error.cause) : undefined
}

/** The schema, or a part of it, is not there. */
export const isAbsent = (error: unknown): boolean => ['3F000', '42P01', '42883'].includes(sqlStateOf(error) ?? '')

const GRANTS = [
  'GRANT USAGE ON SCHEMA deploy_checklist TO "ROLE"',
  'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA deploy_checklist TO "ROLE"'
].join('; ')

function translate(error: unknown, name: string): unknown {
  if (error instanceof ChecklistError) {
    if (error.status !== 'UNAVAILABLE') return error
    return unavailable('ledger_unavailable', `the ledger ${name}: ${error.message}`, error.hint, error)
  }
  switch (sqlStateOf(error)) {
    case '42501':
      return refused(
        'missing_right',
        `the role of the ledger ${name} lacks a right: ${messageOf(error)}`,
        `As the owner of the schema: ${GRANTS}. Where there is no schema yet: GRANT CREATE ON DATABASE "NAME" TO "ROLE".`,
        error
      )
    case '25006':
      return refused(
        'ledger_unavailable',
        `the ledger ${name} is read-only: ${messageOf(error)}`,
        'Name the primary server, the one that accepts writes.',
        error
      )
    case '55P03':
    case '57014':
      return unavailable(
        'ledger_unavailable',
        `the ledger ${name} was locked for too long: ${messageOf(error)}`,
        'Look in pg_stat_activity for who holds a lock on deploy_checklist, then try again.',
        error
      )
    case undefined:
    case 'P0001':
      return error
    default:
      return unavailable(
        'ledger_unavailable',
        `the ledger ${name} does not answer as it should: ${messageOf(error)}`,
        'If its schema deploy_checklist was changed by hand, restore it from a backup; else look at the log of the server.',
        error
      )
  }
}
