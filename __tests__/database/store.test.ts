import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Receipt } from '../../src/core/records.js'
import {
  beginFile,
  choosePast,
  digestFile,
  fineStampOf,
  finishFile,
  freeSpace,
  readManifest,
  removeOld,
  stampOf,
  writeManifest
} from '../../src/database/store.js'
import { never } from '../fakes/postgres-server.js'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-test-'))
})
afterEach(() => rm(folder, { recursive: true }))

const receipt = (location: string, takenAt: string, more: Partial<Receipt> = {}): Receipt => ({
  subject: 'main',
  proof: 'identical',
  takenAt,
  location,
  sha256: '',
  bytes: 1,
  scratch: '',
  versions: { server: '', client: '' },
  seconds: { dump: 0, restore: 0, compare: 0, total: 0 },
  relations: {},
  schemaSha256: '',
  source: { systemIdentifier: '1', databaseOid: 5, database: 'prod' },
  details: {},
  ...more
})
const elsewhere = { source: { systemIdentifier: '2', databaseOid: 5, database: 'prod' } }
const newest = receipt('/s/d', '2026-01-04')
const others = [receipt('/s/a', '2026-01-01'), receipt('/s/c', '2026-01-03'), receipt('/s/b', '2026-01-02')]

test.each([
  [1, ['/s/c', '/s/b', '/s/a']],
  [2, ['/s/b', '/s/a']],
  [4, []],
  [9, []]
])('keep: %i lets go of the oldest', (keep, expected) => {
  expect(choosePast([...others, newest], newest, keep).map(({ location }) => location)).toEqual(expected)
})

test.each([
  ['of another server', receipt('/s/x', '2025-01-01', elsewhere)],
  ['of another subject', receipt('/s/x', '2025-01-01', { subject: 'files' })],
  ['the newest, even by a wrong clock', newest]
])('keep never takes what is %s', (_, one) => {
  expect(choosePast([one], newest, 1)).toEqual([])
})

test('a file has its name only when it is whole, and nobody else can read it at any time', async () => {
  const partial = await beginFile(join(folder, 'new'), 'x.dump')
  expect(await readdir(join(folder, 'new'))).toEqual(['x.dump.partial'])
  expect((await stat(partial)).mode & 0o777).toBe(0o600)
  await writeFile(partial, 'bytes')
  const path = await finishFile(partial)
  expect([await readdir(join(folder, 'new')), basename(path)]).toEqual([['x.dump'], 'x.dump'])
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await digestFile(path, never)).toEqual({
    bytes: 5,
    sha256: '277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9'
  })
})

test('a manifest holds the receipt and what only it may hold; an unreadable one is none', async () => {
  const one = receipt(join(folder, 'x.dump'), '2026-01-01')
  await writeManifest(one, { properties: { settings: { app: 'secret' } } })
  expect(await readFile(join(folder, 'x.dump.json'), 'utf8')).toContain('secret')
  expect(await readManifest(one.location)).toEqual(one)
  await writeFile(join(folder, 'y.dump.json'), '{')
  expect(await readManifest(join(folder, 'y.dump'))).toBeUndefined()
})

test('removing old backups takes bytes and manifest, and looks past broken manifests', async () => {
  for (const [name, at] of [
    ['a', '1'],
    ['b', '2'],
    ['c', '3']
  ] as const) {
    await writeFile(join(folder, name), name)
    await writeManifest(receipt(join(folder, name), at))
  }
  await writeFile(join(folder, 'z.json'), 'no')
  expect(await removeOld(receipt(join(folder, 'c'), '3'), 1)).toEqual([join(folder, 'b'), join(folder, 'a')])
  expect((await readdir(folder)).sort()).toEqual(['c', 'c.json', 'z.json'])
})

test('free space is asked of the nearest folder that exists', async () => {
  expect((await freeSpace(join(folder, 'not/yet/there'))).device).toBe((await freeSpace(folder)).device)
})

test('a stamp sorts as time does', () => {
  expect(stampOf(new Date('2026-11-20T17:44:55.123Z'))).toBe('20261120T174455Z')
  expect(fineStampOf(new Date('2026-11-20T17:44:55.123Z'))).toBe('20261120T174455123Z')
})
