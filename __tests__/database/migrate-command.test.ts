import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { migrateShape } from '../../src/database/migrate/spec.js'
import { type Act, type Bench, itemWith, migrationBench } from '../fakes/migration.js'
import { usePostgres } from '../fakes/postgres-server.js'

const server = usePostgres('embedded')
const SPEC = { migrate: 'migrate', version: 'version' }
const UNDO = { item: itemWith({ undo: 'undo' }) }

let url: string
let bench: Bench
const acts: Record<string, Act> = {}
beforeEach(async () => {
  url = await server.create('')
  await server.sql(url, "create table books (version text); insert into books values ('one')")
  Object.assign(acts, {
    version: async () => ({ stdout: `${(await server.sql(url, 'select version from books')).rows[0]?.[0]} (head)\n` }),
    migrate: async () => done("create table a (id int); update books set version = 'two'"),
    undo: async () => done("drop table a; update books set version = 'one'")
  } satisfies Record<string, Act>)
  bench = await migrationBench(() => url, acts)
})
afterEach(() => bench.remove())

const done = async (sql: string): Promise<number> => {
  await server.sql(url, sql)
  return 0
}

test('a command is asked for the version around it, and its limits reach it through the environment', async () => {
  const finding = await bench.run(SPEC)
  expect(finding).toMatchObject({
    outcome: 'pass',
    detail: 'the version moved from one to two',
    migration: { before: 'one', after: 'two', moved: true }
  })
  const command = bench.commands.find(({ what }) => 'text' in what && what.text === 'migrate')
  expect(command).toMatchObject({
    folder: bench.folder,
    onAbort: 'interrupt',
    env: {
      PATH: '/usr/bin',
      DATABASE_URL: url,
      PGOPTIONS: '-c lock_timeout=2000',
      PGAPPNAME: 'deploy-checklist migrate execution-1'
    }
  })
  expect(JSON.stringify(command?.what)).not.toContain('postgres')
})

test('limits are added to the options that are there', async () => {
  await bench.run(
    { ...SPEC, 'lock-timeout': 'none', 'statement-timeout': '5m' },
    { names: { DATABASE_URL: url, PGOPTIONS: '-c a.b=1' } }
  )
  expect(bench.commands[1]?.env['PGOPTIONS']).toBe('-c a.b=1 -c lock_timeout=0 -c statement_timeout=300000')
})

test.each([
  ['two', 'pass', 'the version moved from one to two'],
  ['/^tw/', 'pass', 'the version moved from one to two'],
  ['!= one', 'pass', 'the version moved from one to two'],
  ['tw', 'fail', 'expected version tw, found two'],
  ['/^on/', 'fail', 'expected version /^on/, found two']
])('that version %s is expected: %s', async (version, outcome, detail) => {
  expect(await bench.run({ ...SPEC, expect: { version } })).toMatchObject({ outcome, detail })
})

test('an unchanged version means nothing to undo', async () => {
  acts['migrate'] = async () => 0
  const finding = await bench.run(SPEC)
  expect(finding).toMatchObject({ outcome: 'pass', detail: 'still at one', migration: { moved: false } })
  expect(await bench.undo(SPEC, finding, UNDO)).toMatchObject({ outcome: 'pass', detail: 'nothing had moved' })
  expect(bench.commands.map(({ what }) => 'text' in what && what.text)).not.toContain('undo')
})

describe('a command that fails', () => {
  const noLock = { code: 1, stderr: 'psycopg.errors.LockNotAvailable: canceling statement due to lock timeout' }

  test('is tried again while a lock is not granted and nothing has moved', async () => {
    let tries = 0
    const migrate = acts['migrate']
    acts['migrate'] = async command => (++tries < 3 || migrate === undefined ? noLock : migrate(command))
    expect(await bench.run(SPEC)).toMatchObject({ outcome: 'pass' })
    expect(tries).toBe(3)
  })

  test.each<[string, Act, object]>([
    [
      'the version has moved',
      async () => {
        await done("update books set version = 'x'")
        return noLock
      },
      { migration: { moved: true, after: 'x' } }
    ],
    [
      'the catalogue has moved',
      async () => {
        await done('create table half ()')
        return noLock
      },
      { migration: { moved: true, after: 'one' } }
    ],
    [
      'it failed for another reason',
      async () => 1,
      { detail: 'the command ended with 1; still at one', migration: { moved: false } }
    ]
  ])('is not tried again when %s', async (_, act, expected) => {
    let tries = 0
    acts['migrate'] = command => {
      tries += 1
      return act(command)
    }
    expect(await bench.run(SPEC)).toMatchObject({ outcome: 'fail', reason: 'migration_failed', ...expected })
    expect(tries).toBe(1)
  })

  test('is not tried again without a version', async () => {
    let tries = 0
    acts['migrate'] = async () => {
      tries += 1
      return noLock
    }
    expect(await bench.run({ migrate: 'migrate' })).toMatchObject({ outcome: 'fail', migration: { moved: false } })
    expect(tries).toBe(1)
  })
})

test.each([
  ['was cut off', { kind: 'aborted', code: 137, byItself: false }],
  ['ended late', { kind: 'timed-out', code: 1, byItself: true }]
] as const)('what %s is unknown', async (_, exit) => {
  acts['migrate'] = async () => exit
  expect(await bench.run(SPEC)).toMatchObject({ outcome: 'unknown', reason: 'unknown_effect' })
})

describe('what became of a command that died', () => {
  const notesOf = async (act: Act, spec = SPEC) => {
    acts['migrate'] = act
    await bench.run(spec)
    return bench.notes
  }
  const cut = { kind: 'aborted', code: 137, byItself: false } as const
  const halfway: Act = async () => {
    await done("create table a (); update books set version = 'two'")
    return cut
  }

  test('nothing moved: no effect', async () => {
    const notes = await notesOf(async () => cut)
    expect(await bench.probe(SPEC, { notes })).toMatchObject({ took: 'no-effect', detail: 'still at one' })
  })
  test('it moved: nobody knows whether to its end', async () => {
    const notes = await notesOf(halfway)
    expect(await bench.probe(SPEC, { notes })).toMatchObject({ took: 'unknown' })
  })
  test('it moved to exactly what was expected: effect', async () => {
    const notes = await notesOf(halfway)
    const spec = { ...SPEC, expect: { version: 'two' } }
    expect(await bench.probe(spec, { notes })).toMatchObject({
      took: 'effect',
      finding: { outcome: 'pass', migration: { moved: true } }
    })
  })
  test('it moved to the version that was expected, but not all that is expected is there: it failed', async () => {
    const notes = await notesOf(halfway)
    const spec = { ...SPEC, expect: { version: 'two', tables: ['a', 'b'] } }
    expect(await bench.probe(spec, { notes })).toMatchObject({
      took: 'effect',
      finding: { outcome: 'fail', detail: 'table b is not there', migration: { moved: true } }
    })
  })
  test.each([
    [
      { version: '/^two$/', tables: ['a'] },
      { outcome: 'pass', migration: { before: 'one', after: 'two', moved: true } }
    ],
    [{ version: 'three' }, { outcome: 'fail', detail: 'expected version three, found two', migration: { moved: true } }]
  ])('somebody says that it took effect: it is judged and recorded, with %j', async (expected, finding) => {
    const notes = await notesOf(halfway)
    expect(await bench.finish({ ...SPEC, expect: expected }, { notes })).toMatchObject(finding)
  })
  test('somebody did it by hand before it had begun: it is judged, and nothing is recorded of it', async () => {
    await halfway({} as never)
    const finding = await bench.finish({ ...SPEC, expect: { version: 'two' } })
    expect([finding.outcome, finding.migration]).toEqual(['pass', undefined])
  })
  test('it moved to one of those that were expected: nobody knows whether to its end', async () => {
    const notes = await notesOf(halfway)
    expect(await bench.probe({ ...SPEC, expect: { version: '/./' } }, { notes })).toMatchObject({ took: 'unknown' })
  })
  test('without a version rows may have changed unseen', async () => {
    const notes = await notesOf(async () => cut)
    expect(await bench.probe({ migrate: 'migrate' }, { notes })).toMatchObject({ took: 'unknown' })
  })
  test('it may be undone by what its notes say', async () => {
    const notes = await notesOf(halfway)
    const finding = await bench.undo(SPEC, { outcome: 'unknown', detail: '' }, UNDO)
    expect(finding).toMatchObject({ outcome: 'fail', detail: 'the journal does not say what the migration did' })
    const known = await bench.undo(SPEC, { outcome: 'unknown', detail: '' }, UNDO, notes)
    expect(known).toMatchObject({ outcome: 'pass', migration: { before: 'two', after: 'one' } })
  })
})

describe('an undo', () => {
  test('sees both versions, and passes when version and catalogue are those from before', async () => {
    const finding = await bench.run(SPEC)
    expect(await bench.assess(SPEC, finding)).toEqual({ lossless: true, losses: [] })
    expect(await bench.undo(SPEC, finding, UNDO)).toMatchObject({
      outcome: 'pass',
      detail: 'the schema is back at one'
    })
    expect(bench.commands.find(({ what }) => 'text' in what && what.text === 'undo')?.env).toMatchObject({
      SCHEMA_BEFORE: 'one',
      SCHEMA_AFTER: 'two'
    })
    // Asked once more, as after a kill, it finds everything done.
    expect(await bench.undo(SPEC, finding, UNDO)).toMatchObject({ outcome: 'pass' })
    expect(bench.commands.filter(({ what }) => 'text' in what && what.text === 'undo')).toHaveLength(1)
  })

  test.each<[string, () => Promise<unknown>, Act | undefined, string]>([
    ['somebody migrated since', () => done("update books set version = 'three'"), undefined, 'somebody migrated since'],
    ['somebody changed the schema since', () => done('create table stranger ()'), undefined, 'somebody migrated since'],
    [
      'it takes back too little',
      async () => {},
      () => done("update books set version = 'one'"),
      'table public.a was added'
    ],
    [
      'it does not move the version',
      async () => {},
      () => done('drop table a'),
      'after the undo the version is two, expected one'
    ],
    ['it fails', async () => {}, async () => 3, 'undoing, the command ended with 3']
  ])('fails when %s', async (_, since, act, detail) => {
    const finding = await bench.run(SPEC)
    await since()
    if (act !== undefined) acts['undo'] = act
    expect(await bench.undo(SPEC, finding, UNDO)).toMatchObject({
      outcome: 'fail',
      reason: 'rollback_failed',
      detail: expect.stringContaining(detail)
    })
  })
})

test('a version command that fails is an objection, and nothing runs', async () => {
  acts['version'] = async () => ({ code: 1, stderr: 'alembic: no such file' })
  expect(await bench.guard(SPEC)).toMatchObject([
    { reason: 'migration_failed', message: 'the version command (version) ended with 1: alembic: no such file' }
  ])
  await expect(bench.run(SPEC)).rejects.toMatchObject({ reason: 'migration_failed' })
  expect(bench.notes).toEqual([])
})

describe('the shape', () => {
  test.each([
    [{ migrate: '' }, 'expected a command'],
    [{ migrate: { sql: [] } }, 'migrate'],
    [{ migrate: { sql: 'm/', other: 1 } }, 'migrate'],
    [{ migrate: 'x', 'lock-timeout': 'soon' }, 'expected a time such as 2s, or none'],
    [{ migrate: 'x', expect: {} }, 'expected tables, columns or version'],
    [{ migrate: 'x', expect: { version: '/(/' } }, 'expected a version, or a condition such as /^2/'],
    [{ migrate: 'x', versoin: 'y' }, 'versoin']
  ])('refuses %j', (raw, message) => {
    const parsed = migrateShape.safeParse(raw)
    expect(parsed.success).toBe(false)
    expect(JSON.stringify(parsed.error?.issues)).toContain(message)
  })
  test('a limit may be a name that has its value later', () => {
    expect(migrateShape.safeParse({ migrate: 'x', 'lock-timeout': '${LIMIT}' }).success).toBe(true)
  })
})
