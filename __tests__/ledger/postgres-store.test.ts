import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { unavailable } from '../../src/core/errors.js'
import type { NewExecution } from '../../src/core/ports.js'
import { withClient } from '../../src/database/postgres/client.js'
import { areApart, readIdentity } from '../../src/database/postgres/source.js'
import { openPostgresLedger, type PostgresLedger } from '../../src/ledger/postgres.js'
import type { Session } from '../../src/ledger/postgres-session.js'
import { systemClock } from '../../src/shell/clock.js'
import { fakeClock } from '../fakes/clock.js'
import { at, change, ended, endedBody, executionRecord, KEY, newExecution, noteBody } from '../fakes/executions.js'
import { never, usePostgres } from '../fakes/postgres-server.js'
import { openSession } from '../fakes/postgres-session.js'

const server = usePostgres('embedded')
let url = ''
let opened: PostgresLedger[] = []
const open = (session: () => Promise<Session> = () => openSession(url), clock = systemClock()): PostgresLedger => {
  const one = openPostgresLedger({ address: 'ledger at db', open: session, clock })
  opened.push(one)
  return one
}
beforeEach(async () => {
  url = await server.create()
})
afterEach(async () => {
  for (const one of opened) await one.close()
  opened = []
})
const sql = (text: string) => server.sql(url, text)
const as = (role: string) => url.replace(/\/\/[^@]*@/, `//${role}:pw-${role}@`)
const note = ({ record, events }: NewExecution, text: string) => change(events, record, noteBody(text))
async function begin(on: PostgresLedger, entry = newExecution()): Promise<NewExecution> {
  expect(await on.create(entry)).toEqual({ kind: 'created' })
  return entry
}

const broke = () => unavailable('service_unavailable', 'the database ledger at db broke off', 'Look at the log.')
/** A connection whose answers are lost while `losing` is above zero: the server does what was asked all the same. */
function lossy() {
  const state = { losing: 0, sessions: 0 }
  const session = async (): Promise<Session> => {
    state.sessions += 1
    const inner = await openSession(url)
    const query: Session['query'] = async (text, values) => {
      const answer = await inner.query(text, values)
      if (state.losing === 0) return answer
      state.losing -= 1
      throw broke()
    }
    return { ...inner, query }
  }
  return { state, session }
}

describe('an answer that is lost on the way', () => {
  test.each([1, 2])('%i times in a row: the write is found, and not somebody else taken for us', async times => {
    const { state, session } = lossy()
    const ledger = open(session)
    await ledger.prepare()
    const lose = async <T>(write: () => Promise<T>): Promise<T> => {
      state.losing = times
      // Twice is more than the ledger tries by itself; whoever asks again gets the answer.
      return times === 1 ? await write() : await write().catch(write)
    }
    const entry = newExecution()
    expect(await lose(() => ledger.create(entry))).toEqual({ kind: 'created' })
    const first = note(entry, 'a')
    expect(await lose(() => ledger.append(first))).toEqual({ kind: 'appended' })
    expect((await ledger.read('e1'))?.events).toHaveLength(2)
    expect(await open().append(first)).toEqual({ kind: 'moved', head: first.events[0]?.hash })
    expect(await open().create(entry)).toMatchObject({ kind: 'moved' })
  })

  test('is found behind what others have written since', async () => {
    const { state, session } = lossy()
    const ledger = open(session)
    await ledger.prepare()
    const entry = await begin(ledger)
    const mine = note(entry, 'mine')
    state.losing = 2
    await expect(ledger.append(mine)).rejects.toMatchObject({ reason: 'ledger_unavailable' })
    const theirs = change([...entry.events, ...mine.events], entry.record, noteBody('theirs'))
    expect(await open().append(theirs)).toEqual({ kind: 'appended' })
    expect(await ledger.append(mine)).toEqual({ kind: 'appended' })
    expect((await ledger.read('e1'))?.events).toHaveLength(3)
  })

  test('of a takeover and of a removal', async () => {
    const { state, session } = lossy()
    const ledger = open(session)
    await ledger.prepare()
    const dead = await begin(ledger)
    const freed = { ...ended(dead.record), status: 'CANCELLED' } as const
    const takingOverFrom = change(dead.events, freed, { type: 'took-over', from: 'e1', by: 'e2' })
    state.losing = 1
    expect(await ledger.create(newExecution(executionRecord({ number: 2 })), { takingOverFrom })).toEqual({
      kind: 'created'
    })
    expect((await ledger.read('e1'))?.events).toHaveLength(2)
    state.losing = 1
    expect(await ledger.remove('e1', 'alice', at(99))).toBe('removed')
    expect((await ledger.list({}, { limit: 9 })).tombstones).toHaveLength(1)
  })

  test('costs one new connection and no more', async () => {
    const { state, session } = lossy()
    const ledger = open(session)
    await ledger.prepare()
    state.losing = 1
    await Promise.all([1, 2, 3].map(() => ledger.survey(KEY)))
    expect(state.sessions).toBe(2)
  })
})

test('a record that was edited to nonsense refuses a list, and is told to those who only look', async () => {
  const ledger = open()
  await ledger.prepare()
  const entry = await begin(ledger)
  await ledger.append(change(entry.events, ended(entry.record), endedBody))
  await begin(ledger, newExecution(executionRecord({ number: 2 })))
  await sql("UPDATE deploy_checklist.executions SET record = '{' WHERE id = 'e1'")
  await expect(ledger.list({ key: KEY }, { limit: 9 })).rejects.toMatchObject({ reason: 'ledger_broken' })
  expect(await ledger.list({}, { limit: 9, damaged: 'tell' })).toMatchObject({
    records: [{ id: 'e2' }],
    unreadable: [
      {
        id: 'e1',
        number: 1,
        environment: 'production',
        problem: expect.stringMatching(/record of an execution is no JSON/)
      }
    ]
  })
})

describe('a server that cannot be used', () => {
  test('because nothing listens: unavailable, said without the password', async () => {
    const nowhere = url.replace(/:\d+\//, ':1/')
    const failure = await open(() => openSession(nowhere))
      .survey(KEY)
      .catch(error => error)
    expect(failure).toMatchObject({ status: 'UNAVAILABLE', reason: 'ledger_unavailable' })
    const password = new URL(url.replace('postgresql', 'http')).password
    expect(`${failure.message} ${failure.hint} ${failure.cause}`).not.toContain(password)
  })

  test('because it never answers', async () => {
    const hangs = async (): Promise<Session> => ({ query: () => new Promise(() => {}), close: async () => {} })
    const failure = open(hangs, fakeClock({ mode: 'turning' })).survey(KEY)
    await expect(failure).rejects.toMatchObject({ status: 'UNAVAILABLE', reason: 'ledger_unavailable' })
  })

  test('because it takes no writes', async () => {
    await sql(
      `ALTER DATABASE ${new URL(url.replace('postgresql', 'http')).pathname.slice(1)} SET default_transaction_read_only = on`
    )
    await expect(open().prepare()).rejects.toMatchObject({
      status: 'REFUSED',
      hint: expect.stringContaining('primary')
    })
  })

  test('because a newer deploy-checklist has changed it', async () => {
    await open().prepare()
    await sql('INSERT INTO deploy_checklist.schema_version VALUES (99, now())')
    await expect(open().prepare()).rejects.toMatchObject({ status: 'REFUSED', reason: 'ledger_unavailable' })
  })

  test('because the role may not, until it is given what the hint says', async () => {
    await sql("CREATE ROLE plain LOGIN PASSWORD 'pw-plain'")
    const plain = open(() => openSession(as('plain')))
    await expect(plain.prepare()).rejects.toMatchObject({
      reason: 'missing_right',
      hint: expect.stringContaining('CREATE ON DATABASE')
    })
    await open().prepare()
    const refusal = await plain.survey(KEY).catch(error => error)
    expect(refusal).toMatchObject({ status: 'REFUSED', reason: 'missing_right' })
    for (const grant of refusal.hint.match(/GRANT [^;.]* deploy_checklist TO "ROLE"/g)) {
      await sql(grant.replaceAll('ROLE', 'plain'))
    }
    await plain.prepare()
    const entry = await begin(plain)
    expect(await plain.append(note(entry, 'a'))).toEqual({ kind: 'appended' })
    await sql('DROP OWNED BY plain; DROP ROLE plain')
  })

  test('because a text of it was edited into nonsense', async () => {
    const ledger = open()
    await ledger.prepare()
    await begin(ledger)
    await sql("UPDATE deploy_checklist.events SET body = 'nonsense'")
    await expect(ledger.read('e1')).rejects.toMatchObject({
      reason: 'ledger_broken',
      message: expect.stringContaining('event 1')
    })
  })

  test('because a part of the schema is gone: that is not an empty ledger', async () => {
    const ledger = open()
    await ledger.prepare()
    await sql('DROP TABLE deploy_checklist.tombstones')
    await expect(ledger.survey(KEY)).rejects.toMatchObject({ reason: 'ledger_unavailable' })
  })
})

test('looking creates nothing', async () => {
  const ledger = open()
  await ledger.survey(KEY)
  await ledger.list({}, { limit: 1 })
  expect((await sql("SELECT to_regnamespace('deploy_checklist')")).rows).toEqual([[null]])
})

test('a person can ask with psql', async () => {
  const ledger = open()
  await ledger.prepare()
  const { record, events } = await begin(ledger)
  const bad = { rolledBack: true, rollbackReason: 'smoke test', status: 'ROLLED_BACK' } as const
  await ledger.append(change(events, ended(record, bad), endedBody))
  const asked = `SELECT environment, number, status, duration_seconds, rolled_back, rollback_reason, holds_environment,
    completed_at > started_at, (record::jsonb)->>'actor', (SELECT count(*) FROM deploy_checklist.events WHERE type = 'ended')
    FROM deploy_checklist.executions`
  expect((await sql(asked)).rows).toEqual([
    ['production', '1', 'ROLLED_BACK', '30', 't', 'smoke test', 'f', 't', 'alice', '1']
  ])
})

test('a database in which every transaction is serializable', async () => {
  await sql(
    `ALTER DATABASE ${new URL(url.replace('postgresql', 'http')).pathname.slice(1)} SET default_transaction_isolation = serializable`
  )
  const ledgers = [open(), open(), open(), open()]
  await Promise.all(ledgers.map(one => one.prepare()))
  const entries = ledgers.map((_, index) => newExecution(executionRecord({ id: `x${index}` })))
  const created = await Promise.all(ledgers.map((one, index) => one.create(entries[index] ?? newExecution())))
  expect(created.map(({ kind }) => kind).sort()).toEqual(['created', 'held', 'held', 'held'])
})

test('two that take the environment at once do it one after the other, whatever holds the first one up', async () => {
  const [one, two, holdsUp] = [open(), open(), await openSession(url)]
  await one.prepare()
  const planned = { token: 0, holdsEnvironment: false }
  const first = await begin(one, newExecution(executionRecord(planned)))
  const second = await begin(one, newExecution(executionRecord({ ...planned, number: 2 })))
  const taking = ({ record, events }: NewExecution) =>
    change(events, { ...record, token: 1, holdsEnvironment: true }, noteBody('takes it'))

  // The first one has read the fence and now waits to write its event.
  await holdsUp.query('BEGIN')
  await holdsUp.query("INSERT INTO deploy_checklist.events VALUES ('e1', 2, '', 1, '', '', '', '')")
  const answers = [one.append(taking(first))]
  await waiting(1)
  let over = false
  answers.push(two.append(taking(second)).finally(() => (over = true)))
  await waiting(2, () => over)
  await holdsUp.query('ROLLBACK')
  expect(await Promise.all(answers)).toMatchObject([{ kind: 'appended' }, { kind: 'held', by: { id: 'e1' } }])
  await holdsUp.close()
})

/** Until so many sessions wait for a lock, or something else has come true. */
async function waiting(count: number, orElse = () => false): Promise<void> {
  const asked = 'SELECT count(*) FROM pg_locks WHERE NOT granted'
  while (Number((await sql(asked)).rows[0]?.[0]) < count && !orElse());
}

test('a pooler that gives each transaction another connection', async () => {
  const backends = await Promise.all([1, 2, 3].map(() => openSession(url)))
  let turn = 0
  const query: Session['query'] = (text, values) => (backends[turn++ % 3] as Session).query(text, values)
  const ledger = open(async () => ({ query, close: async () => {} }))
  await ledger.prepare()
  const entry = await begin(ledger)
  const first = note(entry, 'a')
  expect(await ledger.append(first)).toEqual({ kind: 'appended' })
  expect(await ledger.append(change([...entry.events, ...first.events], ended(entry.record), endedBody))).toEqual({
    kind: 'appended'
  })
  expect((await ledger.read('e1'))?.events).toHaveLength(3)
  expect((await sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")).rows).toEqual([['0']])
  for (const backend of backends) expect((await backend.query('SHOW search_path')).rows).toEqual([['"$user", public']])
  await Promise.all(backends.map(backend => backend.close()))
})

test('it knows which database it lies in, as the databases themselves do', async () => {
  const identity = await open().identity()
  expect(identity.serverStartedAt).toMatch(/^\d+\.\d+$/)
  const [same, other] = [url, server.url()].map(where => withClient(where, { signal: never }, readIdentity))
  expect(areApart(identity, (await same) ?? identity)).toBe(false)
  expect(areApart(identity, (await other) ?? identity)).toBe(true)
})
