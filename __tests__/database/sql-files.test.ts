import { describe, expect, test } from '@jest/globals'
import { compareNames, downOf } from '../../src/core/sql-names.js'
import { isConcurrently, planFiles, problemsOf, readSqlFile, versionOf } from '../../src/database/postgres/sql-files.js'
import { offsetOf, placeOf, statementsIn } from '../../src/database/postgres/sql-statements.js'

const textsIn = (sql: string) => statementsIn(sql).map(({ text }) => text)

describe('a text is split where the server would split it', () => {
  test.each([
    ['two statements', 'select 1; select 2', ['select 1', 'select 2']],
    ['empty ones between', ';;select 1;;', ['select 1']],
    ['a semicolon in a string', "select ';' ; select 2", ["select ';'", 'select 2']],
    ['a doubled quote', "select 'it''s;' ; select 2", ["select 'it''s;'", 'select 2']],
    ['an escape string', "select E'\\';' ; select 2", ["select E'\\';'", 'select 2']],
    ['a backslash that escapes nothing', "select '\\' ; select 2", ["select '\\'", 'select 2']],
    ['a quoted name', 'select 1 as "a;""b" ; select 2', ['select 1 as "a;""b"', 'select 2']],
    ['a line comment', 'select 1 -- not; here\n; select 2', ['select 1', 'select 2']],
    ['a nested comment', '/* a; /* b; */ c; */ select 1;', ['select 1']],
    ['a dollar quote', 'do $$ begin null; end $$; select 2', ['do $$ begin null; end $$', 'select 2']],
    ['a tagged one', 'do $a$ $$;$$ $a$; select 2', ['do $a$ $$;$$ $a$', 'select 2']],
    ['a dollar within a name', 'select a$b$ from t; select 1', ['select a$b$ from t', 'select 1']],
    [
      'a rule with two deeds',
      'create rule r as on insert to t do (a; b); select 1',
      ['create rule r as on insert to t do (a; b)', 'select 1']
    ],
    [
      'a body in standard SQL',
      'create function f() begin atomic select case when a then b end; select 2; end; select 3',
      ['create function f() begin atomic select case when a then b end; select 2; end', 'select 3']
    ],
    ['an unfinished string', "select 'a; b", ["select 'a; b"]]
  ])('%s', (_, sql, expected) => expect(textsIn(sql)).toEqual(expected))

  test('a string of ten megabytes is no trouble', () => {
    expect(textsIn(`insert into t values ('${'x;'.repeat(5e6)}'); select 1`)).toHaveLength(2)
  })
})

test('a position of the server becomes line and column, characters beyond the first plane counted once', () => {
  const sql = "select '😀',\n  oops"
  expect(placeOf(sql, offsetOf(sql, 15))).toEqual({ line: 2, col: 3 })
})

describe('files come in the order of their numbers', () => {
  test.each([
    [
      ['10.sql', '9.sql'],
      ['9.sql', '10.sql']
    ],
    [
      ['m/002_b.sql', 'm/001_a.sql', 'm/0010_c.sql'],
      ['m/001_a.sql', 'm/002_b.sql', 'm/0010_c.sql']
    ],
    [
      ['20240102T1.sql', '20231231T9.sql'],
      ['20231231T9.sql', '20240102T1.sql']
    ],
    [
      ['b.sql', 'a.sql', 'B.sql'],
      ['B.sql', 'a.sql', 'b.sql']
    ],
    [
      ['01.sql', '1.sql'],
      ['01.sql', '1.sql']
    ]
  ])('%j', (names, expected) => expect([...names].sort(compareNames)).toEqual(expected))
})

describe('what is to be run', () => {
  const [one, two, three] = ['001.sql', '002.sql', '003.sql'].map(name => readSqlFile(`m/${name}`, `select '${name}'`))
  if (!one || !two || !three) throw new Error('unreachable')
  const files = [one, two, three]
  test.each([
    ['nothing applied', {}, undefined, { changed: [], late: [], pending: files }],
    ['one applied', { 'm/001.sql': one.sha256 }, undefined, { changed: [], late: [], pending: [two, three] }],
    [
      'one applied and changed since',
      { 'm/001.sql': 'x' },
      undefined,
      {
        changed: ['m/001.sql'],
        late: [],
        pending: [two, three]
      }
    ],
    [
      'one between applied ones',
      { 'm/001.sql': one.sha256, 'm/003.sql': three.sha256 },
      undefined,
      {
        changed: [],
        late: ['m/002.sql'],
        pending: [two]
      }
    ],
    ['a baseline', {}, '002.sql', { changed: [], late: [], pending: [three] }]
  ])('%s', (_, applied, baseline, expected) => expect(planFiles(files, applied, baseline)).toEqual(expected))

  test('the version is the last file that is applied', () => {
    expect(versionOf(files, {})).toBe('none')
    expect(versionOf(files, {}, '002.sql')).toBe('m/002.sql')
    expect(versionOf(files, { 'm/001.sql': one.sha256 })).toBe('m/001.sql')
  })
})

describe('what cannot be run as it stands is said with its place', () => {
  const lone = '-- deploy-checklist: no-transaction\n'
  test.each([
    ['create table t ();', []],
    ['', ['a.sql: has no statement']],
    ['-- only words', ['a.sql: has no statement']],
    ['begin;\ncreate table t ();\ncommit;', [/^a\.sql:1:1: BEGIN is not needed/, /^a\.sql:3:1: COMMIT is not needed/]],
    ['create index concurrently i on t (a)', [/^a\.sql:1:1: cannot run in a transaction/]],
    [`${lone}create index concurrently i on t (a)`, []],
    [`${lone}begin; select 1`, [/^a\.sql:2:1: a file without a transaction/]],
    ['savepoint a; rollback to a; release a', []],
    ['vacuum t', [/cannot run in a transaction/]],
    ['\\i other.sql', [/psql command/]],
    ['copy t (a, b) from stdin;', [/COPY FROM STDIN/]],
    ['refresh materialized view concurrently v', []]
  ])('%j', (sql, expected) => {
    const found = problemsOf(readSqlFile('a.sql', sql))
    expect(found).toHaveLength(expected.length)
    for (const [index, pattern] of expected.entries()) expect(found[index]).toMatch(pattern)
  })

  test('the mark counts only above the first statement', () => {
    expect(readSqlFile('a.sql', `-- words\n\n${lone}vacuum`).transaction).toBe(false)
    expect(readSqlFile('a.sql', `select 1;\n${lone}`).transaction).toBe(true)
  })
})

test.each([
  ['create index concurrently i on t (a)', true],
  ['CREATE UNIQUE INDEX /* now */ CONCURRENTLY i on t (a)', true],
  ['drop index concurrently if exists i', true],
  ['reindex (verbose) table concurrently t', true],
  ['refresh materialized view concurrently v', true],
  ['create index i on t (a)', false],
  ["select 'create index concurrently'", false]
])('%s builds concurrently: %s', (sql, expected) => {
  expect(statementsIn(sql).map(isConcurrently)).toEqual([expected])
})

test.each([
  ['m/001_users.sql', 'm/001_users.down.sql'],
  ['m/001_users.up.sql', 'm/001_users.down.sql']
])('%s is taken back by %s', (file, down) => expect(downOf(file)).toBe(down))
