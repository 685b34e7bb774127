import { expect, test } from '@jest/globals'
import { type BackupFacts, chooseWay, decideObjections } from '../../src/database/backup-decision.js'
import type { Programs } from '../../src/database/postgres/programs.js'
import { chooseScratch, demandNewEnough, localesFor, wordsOf } from '../../src/database/postgres/scratch.js'
import { areApart, type Source } from '../../src/database/postgres/source.js'

const programs: Programs = {
  folder: '/pg',
  version: '15.18',
  major: 15,
  has: ['pg_dump', 'pg_restore', 'initdb', 'postgres']
}
const source: Source = {
  versionNumber: 150018,
  major: 15,
  version: '15.18',
  systemIdentifier: '7',
  databaseOid: 5,
  database: 'prod',
  bytes: 100,
  encoding: 'UTF8',
  locale: { collate: 'en_US.utf8', ctype: 'en_US.utf8', provider: 'c', icu: '' },
  seesEveryRow: true,
  properties: {},
  roles: [],
  extensions: []
}
const space = (bytes: number, device: number) => ({ path: `/disk${device}`, bytes, device })
const store = (bytes: number, device: number) => ({ ...space(bytes, device), ofTheMachine: false, refuses: undefined })
const passing = { store: { ...store(250, 1), ofTheMachine: true }, scratch: undefined }
const fine: BackupFacts = {
  name: 'main',
  source,
  atLeast: 'identical',
  client: programs,
  seen: ['15.18'],
  scratch: { kind: 'machine', programs },
  offered: undefined,
  unreadable: [],
  prepared: 0,
  mayClone: true,
  ledger: undefined,
  diskDisappears: false,
  copyAllowed: false,
  space: { store: store(250, 1), scratch: space(250, 1) }
}
const noTools = { client: undefined, scratch: undefined, seen: ['14.3'] } as const
const withPostgis = { source: { ...source, extensions: [{ name: 'postgis', version: '3.4.2' }] } }
const snapshot = { ...noTools, atLeast: 'snapshot' } as const

test.each<[string, Partial<BackupFacts>, readonly string[]]>([
  ['nothing', {}, []],
  ['a role that cannot read', { unreadable: ['app.users'] }, ['missing_right']],
  ['the ledger inside it', { ledger: { systemIdentifier: '7', databaseOid: 5 } }, ['ledger_inside_database']],
  [
    'a ledger that may be inside it, since it is not known on which server it is',
    { ledger: { systemIdentifier: '', databaseOid: 5 } },
    ['ledger_inside_database']
  ],
  [
    'a ledger that may be inside it, since the database does not tell its server',
    { ledger: { systemIdentifier: '7', databaseOid: 5 }, source: { ...source, systemIdentifier: '' } },
    ['ledger_inside_database']
  ],
  ['a ledger beside it is fine even so', { ledger: { systemIdentifier: '', databaseOid: 6 } }, []],
  ['a ledger beside it is fine', { ledger: { systemIdentifier: '7', databaseOid: 6 } }, []],
  ['a ledger on another server is fine', { ledger: { systemIdentifier: '8', databaseOid: 5 } }, []],
  ['a server that is too old', { source: { ...source, versionNumber: 120_022 } }, ['backup_not_proven']],
  ['only an older pg_dump', noTools, ['no_backup_tool']],
  ['no server to try it on', { scratch: undefined }, ['no_backup_tool']],
  ['no tools are fine for a snapshot', snapshot, []],
  ['a snapshot without the rights', { ...snapshot, mayClone: false }, ['missing_right']],
  ['a snapshot of prepared transactions', { ...snapshot, prepared: 2 }, ['missing_right']],
  ['a disk that goes', { diskDisappears: true, copyAllowed: true, space: passing }, ['no_lasting_store']],
  ['a disk that stays', { space: passing }, []],
  [
    'a store that cannot be written',
    { space: { store: { ...store(250, 1), refuses: '/disk1 does not let us (EACCES)' }, scratch: undefined } },
    ['missing_right']
  ],
  ['a copy on a hosted runner', { diskDisappears: true }, ['copy_not_allowed']],
  ['a copy on a server that is given', { diskDisappears: true, scratch: { kind: 'given', url: 'postgresql://x' } }, []],
  ['no copy leaves its server with a snapshot', { ...snapshot, diskDisappears: true }, []],
  ['an extension that the scratch server lacks', { ...withPostgis, offered: new Map() }, ['backup_not_proven']],
  ['one that it has is fine', { ...withPostgis, offered: new Map([['postgis', '3.4.2']]) }, []],
  ['one that cannot be known before is asked for later', withPostgis, []],
  ['a snapshot needs no other server to have it', { ...snapshot, ...withPostgis, offered: new Map() }, []],
  ['a store that lasts is fine', { diskDisappears: true, copyAllowed: true }, []],
  ['one disk for both, a byte short', { space: { store: store(249, 1), scratch: space(249, 1) } }, ['no_space']],
  ['two disks with enough each', { space: { store: store(100, 1), scratch: space(150, 2) } }, []],
  ['two disks, both full', { space: { store: store(99, 1), scratch: space(149, 2) } }, ['no_space', 'no_space']],
  ['a scratch server elsewhere needs no disk here', { space: { store: store(100, 1), scratch: undefined } }, []],
  [
    'several at once',
    { unreadable: ['t'], diskDisappears: true, space: passing },
    ['missing_right', 'copy_not_allowed', 'no_lasting_store']
  ]
])('in the way: %s', (_, difference, expected) => {
  const found = decideObjections({ ...fine, ...difference })
  expect(found.map(({ reason }) => reason)).toEqual(expected)
  expect(found.every(({ hint }) => hint.length > 20)).toBe(true)
})

test.each([
  [{ kind: 'machine', programs } as const, 'initdb 15.18 on this machine', /packages.* on this machine.*scratch: URL/],
  [{ kind: 'given', url: 'postgresql://u:secret@h/d' } as const, 'given by `scratch`', /on that server.*scratch: URL/],
  [{ kind: 'docker', image: 'postgres:15', major: 15 } as const, 'postgres:15', /The image.*scratch: URL/],
  [{ kind: 'embedded', programs } as const, 'embedded PostgreSQL 15.18', /on this machine.*scratch: URL/]
])(
  'a lacking extension is told with where, what was expected, what was found and the remedy (%#)',
  (scratch, where, hint) => {
    const offered = new Map([['postgis', '3.1.4']])
    const [found] = decideObjections({ ...fine, ...withPostgis, scratch, offered })
    const expected = 'does not offer extensions that the database uses: expected postgis 3.4.2 (found 3.1.4)'
    expect(found?.message).toBe(`main: the server that tries the dump (${where}) ${expected}`)
    expect(found?.hint).toMatch(hint)
  }
)

test.each([
  ['130000', 'nothing'],
  ['120022', 'backup_not_proven']
])('a server of version %s that is to try the dump: %s', async (number, reason) => {
  const query = async () => ({ columns: [], rows: [[number, 'x']], count: 1 })
  const found = await demandNewEnough({ query }).catch(error => error)
  expect(found?.reason ?? 'nothing').toBe(reason)
})

test('a dump where it can be proven, a snapshot only where it cannot and is allowed', () => {
  expect(chooseWay(fine).kind).toBe('dump')
  expect(chooseWay({ ...fine, atLeast: 'snapshot' }).kind).toBe('dump')
  expect(chooseWay({ ...fine, ...snapshot }).kind).toBe('snapshot')
  expect(chooseWay({ ...fine, ...noTools }).kind).toBe('none')
})

const facts = {
  given: undefined,
  found: [programs],
  docker: async () => true,
  embedded: async () => programs,
  majors: { server: 15, client: 15 }
}

test.each([
  ['the one that is given', { given: 'postgresql://x' }, 'given', 'given server 15.18'],
  ["the machine's", {}, 'machine', 'initdb 15.18 on this machine'],
  ['docker', { found: [] }, 'docker', 'docker postgres:15'],
  [
    'docker with the newer of both majors',
    { found: [], majors: { server: 15, client: 17 } },
    'docker',
    'docker postgres:17'
  ],
  ['the embedded one', { found: [], docker: async () => false }, 'embedded', 'embedded PostgreSQL 15.18'],
  ['none that is older', { found: [], docker: async () => false, majors: { server: 16, client: 16 } }, undefined, ''],
  ['none', { found: [], docker: async () => false, embedded: async () => undefined }, undefined, '']
])('the scratch server is %s', async (_, difference, kind, words) => {
  const plan = await chooseScratch({ ...facts, ...difference })
  expect(plan?.kind).toBe(kind)
  expect(plan === undefined ? '' : wordsOf(plan, '15.18')).toBe(words)
})

test.each([
  ['another server', { systemIdentifier: '8', databaseOid: 5 }, true],
  ['another database', { systemIdentifier: '7', databaseOid: 6 }, true],
  ['the source itself', { systemIdentifier: '7', databaseOid: 5 }, false],
  ['a server that does not say', { systemIdentifier: '', databaseOid: 6 }, false]
])('apart from the source: %s', (_, scratch, expected) => {
  expect(areApart(source, scratch)).toBe(expected)
})

test('a locale that the scratch server lacks is replaced by one that every system has, and said', () => {
  expect(localesFor(source).map(({ words }) => words)).toEqual([
    'en_US.utf8',
    'C.UTF-8 for en_US.utf8',
    'en_US.UTF-8 for en_US.utf8',
    'C for en_US.utf8'
  ])
})
