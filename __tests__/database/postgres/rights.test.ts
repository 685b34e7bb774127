import { expect, test } from '@jest/globals'
import { parseAddress } from '../../../src/database/postgres/address.js'
import { type Connection, withClient } from '../../../src/database/postgres/client.js'
import { isPooled, mayClone, readUnreadable, sharesSessions } from '../../../src/database/postgres/rights.js'
import { never, usePostgres } from '../../fakes/postgres-server.js'

const server = usePostgres('embedded')

test('a direct URL is not taken for a pooled one, and no lock stays', async () => {
  expect(await isPooled(parseAddress(server.url()), { signal: never })).toBe(false)
  expect((await server.sql(server.url(), `SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'`)).rows).toEqual([
    ['0']
  ])
})

/** A pooler hands each statement to the session that `choose` names, out of two real ones. */
const pooled = async (choose: (client: number, count: number) => number) =>
  withClient(server.url(), { signal: never }, async first =>
    withClient(server.url(), { signal: never }, async second => {
      let count = 0
      const client = (number: number): Pick<Connection, 'query'> => ({
        query: (sql, values) => {
          const session = choose(number, count++) === 0 ? first : second
          return session.query(sql, values)
        }
      })
      const found = await sharesSessions(client(0), client(1))
      return {
        found,
        locks: (await first.query(`SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'`)).rows[0]?.[0]
      }
    })
  )

test.each([
  ['one session for everybody', () => 0, true],
  ['the sessions in turn', (_client: number, count: number) => count % 2, true],
  ['the sessions crosswise', (client: number, count: number) => (count < 3 ? client : 1 - client), true],
  ['a session for each', (client: number) => client, false]
])('a pooler that gives %s', async (_, choose, expected) => {
  expect(await pooled(choose)).toEqual({ found: expected, locks: '0' })
})

const SCHEMA = `
CREATE SCHEMA IF NOT EXISTS app; CREATE TABLE app.plain (); CREATE TABLE app.secured (id serial);
ALTER TABLE app.secured ENABLE ROW LEVEL SECURITY; CREATE SCHEMA closed; CREATE TABLE closed.t ();
CREATE TABLE forced (); ALTER TABLE forced ENABLE ROW LEVEL SECURITY; ALTER TABLE forced FORCE ROW LEVEL SECURITY;
CREATE UNLOGGED TABLE app.unlogged (); CREATE MATERIALIZED VIEW app.view AS SELECT 1;`
const ALL = ['app.plain', 'app.secured', 'app.secured_id_seq', 'app.unlogged', 'app.view', 'closed.t', 'public.forced']

test.each([
  ['a superuser reads everything', 'SUPERUSER', '', []],
  ['a plain role reads nothing', '', '', ALL],
  ['pg_read_all_data stops at row-level security', '', 'GRANT pg_read_all_data TO', ['app.secured', 'public.forced']],
  ['with BYPASSRLS it reads everything', 'BYPASSRLS', 'GRANT pg_read_all_data TO', []],
  [
    'an owner reads what is not forced',
    '',
    'ALTER TABLE app.secured OWNER TO',
    ALL.filter(name => !name.startsWith('app.sec'))
  ]
])('%s', async (_, attributes, grant, expected) => {
  const url = await server.create()
  const role = `reader_${parseAddress(url).database}`
  await server.sql(
    url,
    `${SCHEMA} CREATE ROLE ${role} LOGIN PASSWORD 'x' ${attributes}; GRANT USAGE ON SCHEMA app TO ${role};`
  )
  if (grant !== '') await server.sql(url, `${grant} ${role}`)
  const found = await withClient(url.replace(/\/\/[^@]+@/, `//${role}:x@`), { signal: never }, readUnreadable)
  expect(found).toEqual(expected)
})

test.each([
  ['nobody granted it', '', '', ['large object 1', 'large object 2']],
  ['everybody may', '', 'GRANT SELECT ON LARGE OBJECT 1, 2 TO PUBLIC', []],
  ['a group of the role may', '', 'GRANT SELECT ON LARGE OBJECT 2 TO GROUPS', ['large object 1']],
  ['it may only write', '', 'GRANT UPDATE ON LARGE OBJECT 2 TO GROUPS', ['large object 1', 'large object 2']],
  ['it owns one', '', 'ALTER LARGE OBJECT 1 OWNER TO GROUPS', ['large object 2']],
  ['it reads every row and relation', 'BYPASSRLS IN ROLE pg_read_all_data', '', ['large object 1', 'large object 2']],
  ['the database does not ask', '', 'ALTER DATABASE HERE SET lo_compat_privileges = on', []],
  ['it is a superuser', 'SUPERUSER', '', []]
])('large objects that a role cannot read, where %s', async (_, attributes, grant, expected) => {
  const url = await server.create()
  const { database } = parseAddress(url)
  const role = `lo_${database}`
  await server.sql(
    url,
    `SELECT lo_create(1), lo_create(2); CREATE ROLE ${role}_group; CREATE ROLE ${role} LOGIN PASSWORD 'x' ${attributes};
     GRANT ${role}_group TO ${role}; ${grant.replace('GROUPS', `${role}_group`).replace('HERE', database)}`
  )
  const found = await withClient(url.replace(/\/\/[^@]+@/, `//${role}:x@`), { signal: never }, readUnreadable)
  expect(found).toEqual(expected)
})

test.each([
  ['a superuser', 'SUPERUSER', '', true],
  ['an owner alone', '', 'own', false],
  ['an owner with CREATEDB alone', 'CREATEDB', 'own', false],
  ['an owner with CREATEDB that may end sessions', 'CREATEDB IN ROLE pg_signal_backend', 'own', true],
  ['somebody else with CREATEDB', 'CREATEDB IN ROLE pg_signal_backend', '', false]
])('may %s clone a database?', async (_, attributes, own, expected) => {
  const url = await server.create()
  const { database } = parseAddress(url)
  await server.sql(url, `CREATE ROLE clone_${database} LOGIN PASSWORD 'x' ${attributes}`)
  if (own !== '') await server.sql(url, `ALTER DATABASE ${database} OWNER TO clone_${database}`)
  expect(await withClient(url.replace(/\/\/[^@]+@/, `//clone_${database}:x@`), { signal: never }, mayClone)).toBe(
    expected
  )
})
