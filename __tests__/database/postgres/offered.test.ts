import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { withClient } from '../../../src/database/postgres/client.js'
import { findEmbedded } from '../../../src/database/postgres/embedded.js'
import { offeredByServer, offeredOnDisk, readOffered } from '../../../src/database/postgres/offered.js'
import type { Programs } from '../../../src/database/postgres/programs.js'
import { never, usePostgres } from '../../fakes/postgres-server.js'

const server = usePostgres('embedded')

let root = ''
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'offered-test-')))
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}

/** A folder as the server's programs of that major read it, with one extension. */
async function share(folder: string, major: number, extension: string): Promise<void> {
  await write(`${folder}/postgres.bki`, `# PostgreSQL ${major}\ncreate bootstrap`)
  await write(`${folder}/extension/${extension}.control`, "default_version = '1.0'\n")
}

const programs = (folder: string, major = 15): Programs => ({
  folder: join(root, folder),
  version: `${major}.1`,
  major,
  has: ['initdb', 'postgres']
})

test('read from disk it is what the running server says, to the last version', async () => {
  const embedded = await findEmbedded(pathToFileURL(join(process.cwd(), 'x')).href)
  if (embedded === undefined) throw new Error('no embedded server')
  const said = await withClient(server.url(), { signal: never }, offeredByServer)
  expect(said.get('citext')).toBe('1.6')
  expect(await offeredOnDisk(embedded)).toEqual(said)
  expect(await readOffered({ kind: 'given', url: server.url() }, never)).toEqual(said)
  expect(await readOffered({ kind: 'embedded', programs: embedded }, never)).toEqual(said)
})

test.each([
  ['their own tree', 'pg/bin', 'pg/share/postgresql'],
  ['a tree called after it', 'pgsql-15/bin', 'pgsql-15/share'],
  ['Debian', 'usr/lib/postgresql/15/bin', 'usr/share/postgresql/15'],
  ['Fedora', 'usr/bin', 'usr/share/pgsql'],
  ['SUSE', 'usr/lib/postgresql15/bin', 'usr/share/postgresql15'],
  ['Alpine', 'usr/libexec/postgresql15', 'usr/share/postgresql15']
])('control files are found as in %s', async (_, bin, folder) => {
  await mkdir(join(root, bin), { recursive: true })
  await share(folder, 15, 'made_up')
  expect(await offeredOnDisk(programs(bin))).toEqual(new Map([['made_up', '1.0']]))
})

test('what pg_config says comes before the places that are known', async () => {
  await share('pg/share', 15, 'beside')
  await share('elsewhere', 15, 'told')
  await write('pg/bin/pg_config', `#!/bin/sh\n[ "$1" = --sharedir ] && echo "${root}/elsewhere"\n`)
  await chmod(join(root, 'pg/bin/pg_config'), 0o755)
  expect(await offeredOnDisk(programs('pg/bin'))).toEqual(new Map([['told', '1.0']]))
})

test('a link to the server leads to where it really lies', async () => {
  await share('pg/share', 15, 'made_up')
  await write('pg/bin/postgres', '')
  await mkdir(join(root, 'links'))
  await symlink(join(root, 'pg/bin/postgres'), join(root, 'links/postgres'))
  expect(await offeredOnDisk(programs('links'))).toEqual(new Map([['made_up', '1.0']]))
})

test('only what the server could create as a dump asks for it', async () => {
  await share('pg/share', 15, 'made_up')
  await write('pg/share/extension/made_up--1.1.control', "requires = 'x'\n")
  await write('pg/share/extension/made_up--1.0.sql', 'SELECT 1')
  await write('pg/share/extension/versionless.control', "comment = 'x'\n")
  expect(await offeredOnDisk(programs('pg/bin'))).toEqual(new Map([['made_up', '1.0']]))
})

test.each<[string, () => Promise<void>]>([
  ['nothing is where it is looked for', async () => {}],
  ['it is of another version', () => share('pg/share', 16, 'made_up')],
  [
    'two places look like it',
    async () => {
      await share('pg/share', 15, 'made_up')
      await share('pg/share/postgresql', 15, 'other')
    }
  ]
])('nothing is claimed where %s', async (_, prepare) => {
  await mkdir(join(root, 'pg/bin'), { recursive: true })
  await prepare()
  expect(await offeredOnDisk(programs('pg/bin'))).toBeUndefined()
})
