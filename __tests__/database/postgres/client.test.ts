import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { ChecklistError } from '../../../src/core/errors.js'
import { withClient } from '../../../src/database/postgres/client.js'
import { sqlStateOf } from '../../../src/database/postgres/faults.js'
import { never, usePostgres } from '../../fakes/postgres-server.js'

const server = usePostgres('embedded')
const servers: Server[] = []
const sockets: Socket[] = []

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const one of servers.splice(0)) one.close()
})

/** Something that listens and says what `answer` does with a client, or nothing at all. */
async function listening(answer: (socket: Socket) => void = () => {}): Promise<number> {
  const one = createServer(socket => {
    sockets.push(socket)
    socket.on('error', () => {})
    answer(socket)
  })
  servers.push(one)
  await new Promise<void>(resolve => one.listen(0, '127.0.0.1', resolve))
  const address = one.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

const faultOf = async (work: Promise<unknown>): Promise<ChecklistError> => {
  const error = await work.then(
    () => new Error('it went well'),
    (thrown: unknown) => thrown
  )
  if (!(error instanceof ChecklistError)) throw error
  return error
}

const select1 = (url: string, more = {}) =>
  withClient(url, { signal: never, ...more }, ({ query }) => query('SELECT 1'))

test('everything comes as text, NULL as null, and of several statements the last one answers', async () => {
  const answer = await server.sql(
    server.url(),
    `SELECT 1; SELECT 2.50 AS n, NULL AS n, true AS t, ARRAY[1, NULL] AS a, date '2026-01-02'`
  )
  expect(answer).toEqual({
    columns: ['n', 'n', 't', 'a', 'date'],
    rows: [['2.50', null, 't', '{1,NULL}', '2026-01-02']],
    count: 1
  })
})

test('values travel beside the statement', async () => {
  const { rows } = await withClient(server.url(), { signal: never }, ({ query }) =>
    query('SELECT $1::text', ["'; DROP"])
  )
  expect(rows).toEqual([["'; DROP"]])
})

test('sessions carry our name', async () => {
  expect((await server.sql(server.url(), 'SHOW application_name')).rows).toEqual([['deploy-checklist']])
})

test('an error of a statement comes with its SQLSTATE, and the session goes on', async () => {
  const seen = await withClient(server.url(), { signal: never }, async ({ query }) => {
    const state = await query('SELECT 1 / 0').catch(sqlStateOf)
    return [state, (await query('SELECT 1')).rows]
  })
  expect(seen).toEqual(['22012', [['1']]])
})

test('the server ends a statement that takes too long', async () => {
  const slow = withClient(server.url(), { signal: never, statementTimeoutMs: 50 }, ({ query }) =>
    query('SELECT pg_sleep(30)')
  )
  expect(await slow.catch(sqlStateOf)).toBe('57014')
})

test.each([
  [
    'a wrong password',
    (url: string) => url.replace(/:[0-9a-f]+@/, ':s3cret@'),
    'REFUSED',
    'missing_right',
    /does not accept/
  ],
  ['no password', (url: string) => url.replace(/:[0-9a-f]+@/, '@'), 'REFUSED', 'missing_right', /password/],
  ['an unknown database', (url: string) => url.replace('/postgres?', '/nope?'), 'REFUSED', 'usage', /does not exist/],
  [
    'TLS that the server lacks',
    (url: string) => url.replace('disable', 'require'),
    'UNAVAILABLE',
    'service_unavailable',
    /SSL/
  ],
  [
    'a port where nothing listens',
    (url: string) => url.replace(/:\d+\//, ':9/'),
    'UNAVAILABLE',
    'service_unavailable',
    /nothing listens/
  ],
  [
    'a host that does not exist',
    (url: string) => url.replace('127.0.0.1', 'nowhere.invalid'),
    'UNAVAILABLE',
    'service_unavailable',
    /resolve/
  ]
])('%s is said, with what to do and without the password', async (_, change, status, reason, words) => {
  const url = server.url()
  const error = await faultOf(select1(change(url)))
  expect(error).toMatchObject({ status, reason, message: expect.stringMatching(words) })
  expect(error.hint).not.toBe('')
  expect(`${error.message} ${error.hint}`).not.toMatch(new RegExp(`s3cret|${new URL(url).password}`))
})

test('something that listens and never answers is given up in time', async () => {
  const port = await listening()
  const error = await faultOf(select1(`postgresql://a:s3cret@127.0.0.1:${port}/b`, { connectTimeoutMs: 100 }))
  expect(error).toMatchObject({ status: 'UNAVAILABLE', message: expect.stringMatching(/no answer in time/) })
})

test('something that hangs up is said', async () => {
  const port = await listening(socket => socket.destroy())
  const error = await faultOf(select1(`postgresql://a:s3cret@127.0.0.1:${port}/b?sslmode=disable`))
  expect(error).toMatchObject({ status: 'UNAVAILABLE', reason: 'service_unavailable' })
})

test('a session that the server ends is said', async () => {
  const lost = withClient(server.url(), { signal: never }, ({ query }) =>
    query('SELECT pg_terminate_backend(pg_backend_pid())')
  )
  expect(await faultOf(lost)).toMatchObject({ status: 'UNAVAILABLE', reason: 'service_unavailable' })
})

test('a cancel ends the statement on the server too', async () => {
  const cancel = new AbortController()
  let pid = 0
  const work = withClient(server.url(), { signal: cancel.signal }, async connection => {
    pid = connection.pid
    setTimeout(() => cancel.abort(), 50)
    await connection.query('SELECT pg_sleep(60)')
  })
  expect(await faultOf(work)).toMatchObject({ status: 'CANCELLED' })
  const { rows } = await server.sql(
    server.url(),
    `SELECT count(*) FROM pg_stat_activity WHERE pid = ${pid} AND state = 'active'`
  )
  expect(rows).toEqual([['0']])
})

test('the reason of a cancel is told on, where it is one of ours', async () => {
  const reason = new ChecklistError('FAILED', 'cancelled', { message: 'no end within 1 s', hint: 'wait' })
  const work = withClient(server.url(), { signal: AbortSignal.abort(reason) }, async () => {})
  expect(await faultOf(work)).toBe(reason)
})

test('a cancel lets go of a server that hangs, within two seconds', async () => {
  const cancel = new AbortController()
  const url = server.url()
  const began = performance.now()
  const work = withClient(url, { signal: cancel.signal }, async ({ query }) => {
    process.kill(server.pid(), 'SIGSTOP')
    // The server itself stands still and takes no second connection; the session works on by itself.
    setTimeout(() => cancel.abort(), 50)
    await query('SELECT pg_sleep(60)')
  })
  const error = await faultOf(work)
  process.kill(server.pid(), 'SIGCONT')
  expect(error).toMatchObject({ status: 'CANCELLED' })
  expect(performance.now() - began).toBeLessThan(2_300)
})
