import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { libpqEnv, parseAddress } from '../../src/database/postgres/address.js'
import { takeFingerprint } from '../../src/database/postgres/fingerprint.js'
import { type BackupBench, backupBench } from '../fakes/backup.js'
import { binOf, usePostgres } from '../fakes/postgres-server.js'

const server = usePostgres('machine')
let url = ''
let folder = ''
let load: ChildProcess | undefined
let bench: BackupBench

const SCRIPT = `\\set id random(1, 20000)
BEGIN;
UPDATE accounts SET balance = balance + 1 WHERE id = :id;
INSERT INTO history (account, what) VALUES (:id, md5(random()::text));
DELETE FROM history WHERE id = (SELECT min(id) FROM history);
COMMIT;
`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-test-'))
  url = await server.create()
  await server.sql(
    url,
    `CREATE TABLE accounts (id integer PRIMARY KEY, balance numeric, filler text);
     INSERT INTO accounts SELECT i, 0, repeat('x', 200) FROM generate_series(1, 20000) i;
     CREATE TABLE history (id bigserial PRIMARY KEY, account integer, what text, at timestamptz DEFAULT now());
     INSERT INTO history (account, what) SELECT i, 'first' FROM generate_series(1, 20000) i;
     CREATE MATERIALIZED VIEW totals AS SELECT count(*) FROM history; ANALYZE`
  )
  await writeFile(join(folder, 'load.sql'), SCRIPT)
  const argv = ['-n', '-c', '2', '-T', '600', '-f', join(folder, 'load.sql')]
  const env = libpqEnv(parseAddress(url))
  load = spawn(join(await binOf('machine'), 'pgbench'), argv, { env, stdio: 'ignore' })
})

afterAll(async () => {
  load?.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

afterEach(() => bench.remove())

const changes = async () => BigInt((await server.sql(url, 'SELECT max(id) FROM history')).rows[0]?.[0] ?? '0')

async function provenTimes(bench: BackupBench, times: number): Promise<readonly string[]> {
  const found: string[] = []
  for (let round = 0; round < times; round += 1) {
    const before = await changes()
    const { outcome, detail } = await bench.run({ backup: 'main', keep: 1 })
    expect(await changes()).toBeGreaterThan(before)
    if (outcome !== 'pass') found.push(detail)
  }
  return found
}

test('twenty backups under load raise no false alarm', async () => {
  bench = await backupBench(() => url)
  expect(await provenTimes(bench, 20)).toEqual([])
})

test('a fingerprint of another moment than the dump would raise one', async () => {
  bench = await backupBench(() => url, {
    ports: { takeFingerprint: ({ snapshot: _, ...request }) => takeFingerprint(request) }
  })
  expect((await provenTimes(bench, 3)).join()).toContain('public.accounts')
})
