import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import {
  chooseClient,
  chooseServer,
  findPrograms,
  type Program,
  type Programs,
  parseVersion
} from '../../../src/database/postgres/programs.js'

const of = (major: number, ...has: Program[]): Programs => ({
  folder: `/pg/${major}`,
  version: `${major}.1`,
  major,
  has
})
const client = (major: number) => of(major, 'pg_dump', 'pg_restore')
const both = (major: number) => of(major, 'pg_dump', 'pg_restore', 'initdb', 'postgres')

test.each([
  ['the same major before a newer one', [client(17), client(15), client(16)], 15, 15],
  ['the next newer one', [client(18), client(17), client(14)], 15, 17],
  ['none that is older', [client(14), client(13)], 15, undefined],
  ['none without pg_restore', [of(15, 'pg_dump')], 15, undefined],
  ['none where there is none', [], 15, undefined]
])('for a dump: %s', (_, found, server, expected) => {
  expect(chooseClient(found, server)?.major).toBe(expected)
})

test.each([
  ["the client's major", [both(15), both(17)], { server: 15, client: 17 }, 17],
  ['a newer one', [both(18), both(15)], { server: 15, client: 17 }, 18],
  ['else one as new as the source', [both(15), client(17)], { server: 15, client: 17 }, 15],
  ['none that is older than the source', [both(14), client(15)], { server: 15, client: 15 }, undefined],
  ['none without initdb', [of(15, 'postgres')], { server: 15, client: 15 }, undefined]
])('for the scratch server: %s', (_, found, majors, expected) => {
  expect(chooseServer(found, majors)?.major).toBe(expected)
})

test.each([
  ['pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)', { version: '15.18', major: 15 }],
  ['postgres (PostgreSQL) 18beta1', { version: '18beta1', major: 18 }],
  ['initdb (PostgreSQL) 9.6.24', { version: '9.6.24', major: 9 }],
  ['pg_dump (EnterpriseDB) 16', undefined]
])('%s', (text, expected) => {
  expect(parseVersion(text)).toEqual(expected)
})

test('programs are found in PATH and where installers put them, each folder once, and broken ones are left out', async () => {
  const root = await mkdtemp(join(tmpdir(), 'programs-test-'))
  const install = async (folder: string, names: readonly string[], version: string) => {
    await mkdir(join(root, folder), { recursive: true })
    for (const name of names) {
      await writeFile(join(root, folder, name), `#!/bin/sh\necho "${name} (PostgreSQL) ${version}"\n`)
      await chmod(join(root, folder, name), 0o755)
    }
  }
  await install('lib/15/bin', ['pg_dump', 'pg_restore', 'initdb', 'postgres'], '15.18')
  await install('lib/17/bin', ['pg_dump', 'pg_restore'], '17.2')
  await install('usr/bin', ['pg_dump'], '14.3')
  await install('broken', ['pg_dump'], '')
  const path = [join(root, 'usr/bin'), join(root, 'broken'), join(root, 'lib/15/bin'), '/nowhere', 'relative'].join(':')
  const found = await findPrograms(path, [join(root, 'lib/*/bin'), join(root, 'none*/bin')])
  expect(found.map(({ version, has }) => `${version} ${has.length}`).sort()).toEqual(['14.3 1', '15.18 4', '17.2 2'])
  await rm(root, { recursive: true })
})
