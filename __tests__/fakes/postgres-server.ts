import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll } from '@jest/globals'
import { formatAddress, inDatabase, parseAddress } from '../../src/database/postgres/address.js'
import { type Answer, withClient } from '../../src/database/postgres/client.js'
import { findEmbedded } from '../../src/database/postgres/embedded.js'
import { findPrograms } from '../../src/database/postgres/programs.js'
import { type RunningServer, startServer } from '../../src/database/postgres/server.js'

export type TestServer = Readonly<{
  /** URL of the superuser, for that database (default `postgres`). */
  url(database?: string): string
  /** A new, empty database of that server; its URL. */
  create(options?: string): Promise<string>
  /** Runs SQL in the database of that URL. */
  sql(url: string, text: string): Promise<Answer>
  pid(): number
  stop(): Promise<void>
}>

export const never = new AbortController().signal

/**
 * A real server for the tests of one file: `embedded` has only a server and comes with node_modules; `machine` is the
 * machine's own, beside its pg_dump.
 */
export function usePostgres(programs: 'embedded' | 'machine', settings: Record<string, string> = {}): TestServer {
  let running: RunningServer | undefined
  beforeAll(async () => {
    running = await startServer({ bin: await binOf(programs), listen: 'loopback', settings, signal: never })
  })
  afterAll(() => running?.stop())
  const server = () => {
    if (running === undefined) throw new Error('the server starts before the first test')
    return running
  }
  const url = (database = 'postgres') => formatAddress(inDatabase(parseAddress(server().url), database))
  const sql = (where: string, text: string) => withClient(where, { signal: never }, ({ query }) => query(text))
  let count = 0
  return {
    url,
    sql,
    create: async (options = '') => {
      count += 1
      await sql(url(), `CREATE DATABASE test_${count} ${options}`)
      return url(`test_${count}`)
    },
    pid: () => server().pid,
    stop: () => server().stop()
  }
}

/** The folder of the programs, or an error: a test that needs them is never skipped. */
export async function binOf(programs: 'embedded' | 'machine'): Promise<string> {
  const found =
    programs === 'embedded'
      ? await findEmbedded(pathToFileURL(`${process.cwd()}/x`).href)
      : (await findPrograms(process.env['PATH'] ?? '')).find(({ has }) => has.length === 4)
  if (found === undefined) throw new Error(`no PostgreSQL programs (${programs}) on this machine`)
  return found.folder
}
