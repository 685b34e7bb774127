import { expect, test } from '@jest/globals'
import { sqlKind } from '../../src/checks/sql.js'
import { tablesKind } from '../../src/checks/tables.js'
import { ChecklistError, unavailable } from '../../src/core/errors.js'
import type { ItemContext } from '../../src/core/item.js'
import type { Sql } from '../../src/core/ports.js'
import { complaints, parsed, runOf } from './context.js'

type Request = Parameters<Sql['query']>[0]
type Answer = Awaited<ReturnType<Sql['query']>>

function fakeSql(answer: Partial<Answer> | Error) {
  const asked: Request[] = []
  const sql = {
    query: async request => {
      asked.push(request)
      if (answer instanceof Error) throw answer
      return { columns: [], rows: [], ...answer }
    }
  } satisfies Sql
  return { asked, sql: sqlKind({ sql }), tables: tablesKind({ sql }) }
}

const main = { url: 'postgres://${HOST}/app', engine: 'postgres', atLeast: 'identical' } as const
const where = { databases: { main }, names: { HOST: 'db', SHA: "o'hara" }, timeoutMs: 3_000 }
const one = (value: string | null): Answer => ({ columns: ['x'], rows: [[value]] })

test('a statement goes to the only database, read-only, with its names as values and its time', async () => {
  const { asked, sql } = fakeSql(one('1'))
  await runOf(sql, { sql: 'select count(*) from releases where sha = ${SHA}', value: 1 }, where)
  expect(asked).toMatchObject([
    {
      url: 'postgres://db/app',
      sql: "select count(*) from releases where sha = 'o''hara'",
      readOnly: true,
      timeoutMs: 3_000
    }
  ])
})

test('write: true lets it write', async () => {
  const { asked, sql } = fakeSql({ columns: ['id'], rows: [] })
  await runOf(sql, { sql: 'select try()', rows: 0, write: true }, where)
  expect(asked[0]?.readOnly).toBe(false)
})

test('the database is the one that the item names', async () => {
  const { asked, sql } = fakeSql(one('1'))
  const databases = { main, other: { ...main, url: 'postgres://other/app' } }
  await runOf(sql, { sql: 'select 1', value: 1 }, { ...where, databases, item: { in: 'other' } })
  expect(asked[0]?.url).toBe('postgres://other/app')
  await expect(runOf(sql, { sql: 'select 1', value: 1 }, { ...where, databases })).rejects.toThrow('main, other')
  await expect(runOf(sql, { sql: 'select 1', value: 1 }, { databases: { main } })).rejects.toThrow('no value for HOST')
})

test.each([
  [{ value: '> 0' }, one('12'), 'pass'],
  [{ value: '> 0' }, one('0'), 'fail'],
  [{ value: '>= 120000' }, one('150018'), 'pass'],
  [{ value: true }, one('t'), 'pass'],
  [{ value: true }, one('f'), 'fail'],
  [{ value: false }, one('f'), 'pass'],
  [{ value: 'ready' }, one('ready'), 'pass'],
  [{ value: null }, one(null), 'pass'],
  [{ value: null }, one('x'), 'fail'],
  [{ value: '> 0' }, one(null), 'fail'],
  [{ value: '> 0' }, { columns: ['a'], rows: [] }, 'fail'],
  [{ value: '> 0' }, { columns: ['a'], rows: [['1'], ['2']] }, 'fail'],
  [{ value: '> 0' }, { columns: ['a', 'b'], rows: [['1', '2']] }, 'fail'],
  [{ rows: 0 }, { columns: ['a'], rows: [] }, 'pass'],
  [{ rows: 0 }, { columns: ['a'], rows: [['1']] }, 'fail'],
  [{ rows: '>= 2' }, { columns: ['a'], rows: [['1'], ['2']] }, 'pass'],
  [{ columns: ['id', 'name'] }, { columns: ['id', 'name'], rows: [] }, 'pass'],
  [{ columns: ['id', 'name'] }, { columns: ['name', 'id'], rows: [] }, 'fail'],
  [{ columns: ['id'] }, { columns: ['id', 'name'], rows: [] }, 'fail'],
  [{ columns: { contains: ['name'] } }, { columns: ['id', 'name'], rows: [] }, 'pass'],
  [{ columns: { contains: ['size'] } }, { columns: ['id', 'name'], rows: [] }, 'fail']
])('%j against an answer', async (spec, answer, outcome) => {
  expect(await runOf(fakeSql(answer).sql, { sql: 'select', ...spec }, where)).toMatchObject({ outcome })
})

test('a failure says what was expected and found', async () => {
  const { detail } = await runOf(fakeSql({ columns: ['a'], rows: [] }).sql, { sql: 's', value: 1, rows: 1 }, where)
  expect(detail).toBe('expected 1 rows, found 0; expected one value, found 0 rows of 1 columns')
})

test.each([
  ['>= 12', '15.18 (Debian 15.18-1)', 'pass'],
  ['>= 16', '15.18', 'fail'],
  [15, '15.18', 'pass']
])('version %s against %s', async (value, found, outcome) => {
  const { asked, sql } = fakeSql(one(found))
  expect(await runOf(sql, { sql: 'version', value }, where)).toMatchObject({ outcome })
  expect(asked[0]?.sql).toBe('SHOW server_version')
})

const row = (enabled: string, forced: string, commands: readonly string[]) => [
  '16384',
  enabled,
  forced,
  JSON.stringify(commands)
]
test.each([
  [4, row('t', 'f', ['r', 'a', 'w', 'd']), []],
  [4, row('t', 'f', ['r']), ['expected 4 policies on creds, found 1']],
  ['>= 1', row('t', 'f', ['r']), []],
  [4, row('f', 'f', ['r', 'a', 'w', 'd']), ['expected row-level security on creds, found it off']],
  [0, row('t', 'f', []), []],
  ['on', ['16384', 't', 'f', null], []],
  ['off', row('f', 'f', []), []],
  ['off', row('t', 'f', []), ['expected no row-level security on creds, found it on']],
  [{ forced: true }, row('t', 't', []), []],
  [{ forced: true }, row('t', 'f', []), ['expected row-level security of creds to be forced, found the opposite']],
  [{ commands: ['select', 'delete'] }, row('t', 'f', ['r']), ['expected a policy for delete on creds, found none']],
  [{ commands: ['select', 'delete'] }, row('t', 'f', ['*']), []],
  [{ policies: 2, commands: ['select'] }, row('t', 'f', ['r', 'r']), []],
  [1, [null, null, null, null], ['expected table creds, found none']]
])('row-level security: %j', async (wanted, found, problems) => {
  const { sql } = fakeSql({ columns: ['a', 'b', 'c', 'd'], rows: [found] })
  const finding = await runOf(sql, { sql: 'rls', expect: { creds: wanted } }, where)
  expect(finding.outcome === 'pass' ? [] : finding.detail.split('; ')).toEqual(problems)
})

test('names of tables are literals, not code', async () => {
  const { asked, sql, tables } = fakeSql({ rows: [[null, null, null, null]] })
  await runOf(sql, { sql: 'rls', expect: { "x'y": 1 } }, where)
  await runOf(tables, { tables: ["x'y"] }, where)
  expect(asked.map(({ sql }) => /ARRAY\[(.*?)\]::text/.exec(sql)?.[1])).toEqual(["'x''y'", "'x''y'"])
})

test.each<[object, Answer['rows'], readonly string[]]>([
  [
    ['a', 's.b'],
    [
      ['r', '["id"]'],
      ['p', null]
    ],
    []
  ],
  [
    ['a', 's.b'],
    [
      ['r', '["id"]'],
      [null, null]
    ],
    ['expected table s.b, found none']
  ],
  [['a'], [['v', '["id"]']], ['expected table a, found a view']],
  [{ a: ['id', 'name'] }, [['r', '["id","name","x"]']], []],
  [{ a: ['id', 'name', 'y'] }, [['r', '["id"]']], ['expected a to have name, y, found no such column']],
  [
    { a: 'absent', b: 'exists' },
    [
      [null, null],
      ['r', null]
    ],
    []
  ],
  [{ a: 'absent' }, [['v', null]], ['expected no table a, found it']]
])('tables %j', async (tables, rows, problems) => {
  const finding = await runOf(fakeSql({ rows }).tables, { tables } as never, where)
  expect(finding.outcome === 'pass' ? [] : finding.detail.split('; ')).toEqual(problems)
})

test('a server that answers with another number of rows is no PostgreSQL that we know', async () => {
  expect(await runOf(fakeSql({ rows: [] }).tables, { tables: ['a'] }, where)).toMatchObject({ outcome: 'error' })
})

const fault = (reason: 'statement_failed' | 'missing_right') =>
  new ChecklistError('FAILED', reason, { message: 'no', hint: 'do' })
test.each([
  [unavailable('service_unavailable', 'down', 'Start it.'), { outcome: 'fail', reason: 'service_unavailable' }],
  [fault('statement_failed'), { outcome: 'error', reason: 'statement_failed' }]
])('a server that is down, or refuses the statement, is a finding that may change', async (thrown, finding) => {
  expect(await runOf(fakeSql(thrown).sql, { sql: 'select 1', value: 1 }, where)).toMatchObject(finding)
})

test.each<[Error, ItemContext['signal'] | undefined]>([
  [fault('missing_right'), undefined],
  [new Error('a bug'), undefined],
  [fault('statement_failed'), AbortSignal.abort()]
])('other faults are thrown on', async (thrown, signal) => {
  const changes = signal === undefined ? where : { ...where, signal }
  await expect(runOf(fakeSql(thrown).sql, { sql: 'select 1', value: 1 }, changes)).rejects.toBe(thrown)
})

test('a name without a value is no statement', async () => {
  const { asked, sql } = fakeSql(one('1'))
  expect(await runOf(sql, { sql: 'select ${GONE}', value: 1 }, where)).toMatchObject({ reason: 'missing_value' })
  expect(asked).toEqual([])
  // The engine leaves it alone: filled in as text, a value would be code.
  expect(sql.shellText).toEqual(['sql'])
  expect(sql.mentions?.(parsed(sql, { sql: 'select ${GONE}, ${A}', value: 1 }))).toEqual(['GONE', 'A'])
})

test.each([
  [{ sql: 'select 1' }, 'found nothing that is asserted'],
  [{ sql: '', value: 1 }, 'sql: expected a statement'],
  [{ sql: 'select 1', vlaue: 1 }, 'found vlaue (did you mean value?)'],
  [{ sql: 'select 1', value: '> x' }, 'value: expected a number'],
  [{ sql: 'select 1', rows: 'many' }, 'rows: expected a number or a condition'],
  [{ sql: 'select 1', rows: -1 }, 'rows: expected a number or a condition'],
  [{ sql: 'select 1', columns: [] }, 'columns: expected at least one column'],
  [{ sql: 'version' }, 'expected `value` alone'],
  [{ sql: 'version', value: '>= 12', rows: 1 }, 'expected `value` alone'],
  [{ sql: 'rls' }, 'expected `expect` alone'],
  [{ sql: 'rls', expect: {} }, 'expect: expected a map of tables'],
  [{ sql: 'rls', expect: { a: 'onn' } }, 'expect.a: expected a number of policies, on, off'],
  [{ sql: 'rls', expect: { a: {} } }, 'expect.a: expected policies, forced or commands'],
  [{ sql: 'rls', expect: { a: { polcies: 1 } } }, 'found polcies (did you mean policies?)'],
  [{ sql: 'select 1', value: 1, expect: { a: 1 } }, 'expected `sql: rls` where `expect` stands']
])('%j is refused', (spec, words) => {
  const found = complaints(fakeSql({}).sql, spec)
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(words)
})

test.each([
  [{ tables: [] }],
  [{ tables: {} }],
  [{ tables: { a: [] } }],
  [{ tables: { a: 'exits' } }],
  [{ tables: 'a' }]
])('%j is refused', spec => {
  expect(complaints(fakeSql({}).tables, spec)).toHaveLength(1)
})

test('what an item is about', () => {
  const { sql, tables } = fakeSql({})
  expect(sql.subject(parsed(sql, { sql: 'select 1', value: 1 }))).toBe('select 1')
  expect(sql.subject(parsed(sql, { sql: 'version', value: 1 }))).toBe('database version')
  expect(sql.subject(parsed(sql, { sql: 'rls', expect: { a: 1, b: 2 } }))).toBe('rls a, b')
  expect(tables.subject(parsed(tables, { tables: { a: ['x'] } }))).toBe('tables a')
})
