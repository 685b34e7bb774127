import { userInfo } from 'node:os'
import type { ConnectionOptions } from 'node:tls'
import type { Client, ClientConfig, QueryArrayResult } from 'pg'
import { ChecklistError } from '../../core/errors.js'
import { type Address, parseAddress } from './address.js'
import { translated } from './faults.js'
import { isAboutTls, tlsAttempts } from './tls.js'

export type ConnectOptions = Readonly<{
  /** Aborted: the running statement is cancelled, and the bracket ends within two seconds even if the server hangs. */
  signal: AbortSignal
  /** Limit for connecting, in milliseconds; default 10 s. */
  connectTimeoutMs?: number
  /** The server's own limit for each statement, in milliseconds; default none. */
  statementTimeoutMs?: number
  /** Another database on the same server than the one of the URL. */
  database?: string
  onNotice?: (text: string) => void
}>

/** Everything comes as the server's text, by position; null for NULL. For several statements: the last one's. */
export type Answer = Readonly<{
  columns: readonly string[]
  rows: readonly (readonly (string | null)[])[]
  /** Rows that the statement changed or returned. */
  count: number
}>

export interface Connection {
  readonly pid: number
  /** Rejects with the driver's error, whose `code` is the SQLSTATE (`sqlStateOf`), or with a ChecklistError if the server is gone. */
  query(sql: string, values?: readonly (string | number | null)[]): Promise<Answer>
}

const CONNECT_MS = 10_000
const CANCEL_MS = 1_000
const LET_GO_MS = 1_500

/** One connection for as long as `work` runs, closed in every case. Faults of the connection come translated. */
export async function withClient<T>(
  url: string | Address,
  options: ConnectOptions,
  work: (connection: Connection) => Promise<T>
): Promise<T> {
  const named = typeof url === 'string' ? parseAddress(url) : url
  const address = options.database === undefined ? named : { ...named, database: options.database }
  throwIfCancelled(options.signal)
  const client = await connect(address, options)
  try {
    return await orAborted(client, address, options.signal, begin(client, address, options, work))
  } finally {
    await end(client)
  }
}

async function begin<T>(
  client: Client,
  address: Address,
  { statementTimeoutMs }: ConnectOptions,
  work: (connection: Connection) => Promise<T>
): Promise<T> {
  const connection = connectionOf(client, address)
  // A statement of its own and not a parameter of the start-up, which a pooler would refuse before we can tell what it is.
  if (statementTimeoutMs !== undefined)
    await connection.query(`SET statement_timeout = ${Math.ceil(statementTimeoutMs)}`)
  return work(connection)
}

const connectionOf = (client: Client, address: Address): Connection => ({
  pid: pidOf(client),
  query: async (sql, values) => {
    try {
      const request = { text: sql, rowMode: 'array' as const, ...(values === undefined ? {} : { values: [...values] }) }
      return answerOf(await client.query<(string | null)[]>(request))
    } catch (error) {
      throw translated(error, address)
    }
  }
})

// Several statements in one text give an array of results, which the driver's types do not know.
function answerOf(
  result: QueryArrayResult<(string | null)[]> | readonly QueryArrayResult<(string | null)[]>[]
): Answer {
  const last = 'rows' in result ? result : result.at(-1)
  return {
    columns: last?.fields.map(({ name }) => name) ?? [],
    rows: last?.rows ?? [],
    count: last?.rowCount ?? 0
  }
}

/** Tries TLS as libpq's sslmode asks for it: `prefer` falls back to a plain connection where the server has no TLS. */
async function connect(address: Address, options: ConnectOptions): Promise<Client> {
  const attempts = await tlsAttempts(address)
  for (const [index, ssl] of attempts.entries()) {
    try {
      return await open(address, ssl, options)
    } catch (error) {
      if (index === attempts.length - 1 || !isAboutTls(error)) throw translated(error, address)
    }
  }
  throw translated(new Error('no way to connect'), address)
}

async function open(address: Address, ssl: ConnectionOptions | false, options: ConnectOptions): Promise<Client> {
  const { Client } = await import('pg')
  const client = new Client({
    host: address.host,
    port: address.port,
    user: address.user === '' ? userInfo().username : address.user,
    ...(address.password === '' ? {} : { password: address.password }),
    database: address.database === '' ? address.user : address.database,
    ...(address.options === '' ? {} : { options: address.options }),
    ssl,
    application_name: 'deploy-checklist',
    connectionTimeoutMillis: options.connectTimeoutMs ?? CONNECT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser: () => (text: string) => text }
  } satisfies ClientConfig)
  // Without a listener a lost connection would end the process; the running query is told as well.
  client.on('error', () => {})
  if (options.onNotice !== undefined) client.on('notice', ({ message }) => options.onNotice?.(message ?? ''))
  try {
    await orAborted(client, undefined, options.signal, client.connect())
    return client
  } catch (error) {
    destroy(client)
    throw error
  }
}

/** What `work` gives, unless the signal aborts first: then the statement is cancelled and the socket let go. */
async function orAborted<T>(
  client: Client,
  address: Address | undefined,
  signal: AbortSignal,
  work: Promise<T>
): Promise<T> {
  let stop = () => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      const cancelled = address === undefined ? Promise.resolve() : cancel(client, address)
      const settled = cancelled.then(() => work).catch(() => {})
      Promise.race([settled, after(LET_GO_MS)])
        .finally(() => {
          destroy(client)
          reject(cancelledError(signal))
        })
        .catch(() => {})
    }
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } catch (error) {
    throw signal.aborted ? cancelledError(signal) : error
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

// The server's own way: a second connection names the first one's process. It has to be short, or it is not worth waiting for.
async function cancel(client: Client, address: Address): Promise<void> {
  const options = { signal: AbortSignal.timeout(CANCEL_MS), connectTimeoutMs: CANCEL_MS }
  try {
    const second = await connect(address, options)
    await Promise.race([second.query(`SELECT pg_cancel_backend(${pidOf(client)})`), after(CANCEL_MS)])
    destroy(second)
  } catch {} // letting go of the socket follows anyway
}

const after = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms).unref())

async function end(client: Client): Promise<void> {
  await Promise.race([client.end().catch(() => {}), after(CANCEL_MS)])
  destroy(client)
}

// Neither is in the driver's types, though both are documented uses of it.
const pidOf = (client: Client): number => ('processID' in client ? Number(client.processID) : 0)

function destroy(client: Client): void {
  client.connection?.stream?.destroy()
}

/** Throws the reason of an abort, as a ChecklistError where it was none of ours. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelledError(signal)
}

// What the caller gave as a reason says more than that it was one; the platform's own reasons say nothing.
const cancelledError = ({ reason }: AbortSignal): Error =>
  reason instanceof Error && !['AbortError', 'TimeoutError'].includes(reason.name)
    ? reason
    : new ChecklistError('CANCELLED', 'cancelled', {
        message: 'cancelled while the database was working',
        hint: 'Run it again when nothing stands in its way.',
        cause: reason
      })
