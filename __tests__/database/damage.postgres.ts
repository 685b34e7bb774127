import { open, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Shell } from '../../src/core/ports.js'
import type { BackupPorts } from '../../src/database/backup.js'
import { type TakeFingerprint, takeFingerprint } from '../../src/database/postgres/fingerprint.js'
import { type BackupBench, backupBench, damagedBefore, realShell } from '../fakes/backup.js'
import { usePostgres } from '../fakes/postgres-server.js'

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1)
const server = usePostgres('machine')
const benches: BackupBench[] = []
let url = ''

beforeAll(async () => {
  url = await server.create()
  await server.sql(
    url,
    `CREATE EXTENSION citext; CREATE TABLE people (id integer PRIMARY KEY, nick citext, body text, amount numeric);
     INSERT INTO people SELECT i, 'nick' || i, md5(i::text) || md5((i * 3)::text), i FROM generate_series(1, 5000) i;
     CREATE TABLE log AS SELECT md5((i * 7)::text) AS line FROM generate_series(1, 5000) i; ANALYZE`
  )
})

afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.remove()
})

type Damage = (file: string, random: () => number) => Promise<void>

const cutTo95Percent: Damage = async file => truncate(file, Math.floor((await stat(file)).size * 0.95))
const cutLast200Bytes: Damage = async file => truncate(file, (await stat(file)).size - 200)

/** Behind the table of contents, some of which is only told and never restored. */
const flipByte: Damage = async (file, random) => {
  const { size } = await stat(file)
  const at = Math.floor(size * (0.2 + 0.75 * random()))
  const handle = await open(file, 'r+')
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, at)
  buffer[0] = (buffer[0] ?? 0) ^ (1 << Math.floor(random() * 8))
  await handle.write(buffer, 0, 1, at)
  await handle.close()
}

/** One hexadecimal digit of one row, in a dump that nothing checks. */
const flipCharacter: Damage = async (file, random) => {
  const bytes = await readFile(file)
  const rows = [...bytes.toString('latin1').matchAll(/\b[0-9a-f]{32}\b|\t[0-9a-f]{64}\t/g)]
  const at = (rows[Math.floor(random() * rows.length)]?.index ?? 0) + 5
  bytes[at] = bytes[at] === 0x61 ? 0x62 : 0x61
  await writeFile(file, bytes)
}

/** The machine's shell, which damages the stored dump right before it is restored, and may leave it uncompressed. */
const damaging = (damage: Damage, seed: number, compression = '-Z1'): Shell => {
  const shell = realShell()
  return {
    run: async command => {
      if (!('argv' in command.what)) return shell.run(command)
      const [program, ...rest] = command.what.argv
      const args = rest.map(arg => (arg === '-Z1' ? compression : arg))
      if (program.endsWith('pg_restore')) await damage(args.at(-1) ?? '', randomOf(seed))
      return shell.run({ ...command, what: { argv: [program, ...args] } })
    }
  }
}

async function backUp(ports: Partial<BackupPorts>) {
  const bench = await backupBench(() => url, { database: { scratch: server.url() }, ports })
  benches.push(bench)
  const { outcome, reason, detail } = await bench.run({ backup: 'main' })
  return { outcome, reason, detail, stored: await bench.stored() }
}

const NOTICED = { outcome: 'fail', reason: 'backup_not_proven', stored: [] }

test('without damage it is proven', async () => {
  expect(await backUp({})).toMatchObject({ outcome: 'pass' })
})

test.each(SEEDS)('a dump cut to 95 % is noticed (seed %i)', async seed => {
  expect(await backUp({ shell: damaging(cutTo95Percent, seed) })).toMatchObject(NOTICED)
})

test.each(SEEDS)('a dump without its last 200 bytes is noticed (seed %i)', async seed => {
  expect(await backUp({ shell: damaging(cutLast200Bytes, seed) })).toMatchObject(NOTICED)
})

test.each(SEEDS)('a flipped bit in the compressed rows is noticed (seed %i)', async seed => {
  expect(await backUp({ shell: damaging(flipByte, seed) })).toMatchObject(NOTICED)
})

test.each(SEEDS)(
  'a changed character of an uncompressed dump, which restores well, is noticed (seed %i)',
  async seed => {
    const found = await backUp({ shell: damaging(flipCharacter, seed, '-Z0') })
    expect(found).toMatchObject({ ...NOTICED, detail: expect.stringContaining('same number of rows') })
  }
)

test.each(SEEDS)('one row changed in the copy is noticed and its table named (seed %i)', async seed => {
  const id = 1 + Math.floor(randomOf(seed)() * 5000)
  const found = await backUp({
    takeFingerprint: damagedBefore(`UPDATE people SET amount = amount + 1 WHERE id = ${id}`)
  })
  expect(found).toMatchObject({ ...NOTICED, detail: expect.stringContaining('public.people') })
  expect(found.detail).not.toContain('public.log')
})

test.each(SEEDS)('letters that only equal each other are noticed (seed %i)', async seed => {
  const id = 1 + Math.floor(randomOf(seed)() * 5000)
  const sql = `UPDATE people SET nick = upper(nick::text) WHERE id = ${id}`
  expect(await backUp({ takeFingerprint: damagedBefore(sql) })).toMatchObject(NOTICED)
})

const constant: TakeFingerprint = async request => {
  const { relations, ...rest } = await takeFingerprint(request)
  const blind = Object.entries(relations).map(([name, { rows }]) => [name, { rows, fingerprint: '0' }] as const)
  return { ...rest, relations: Object.fromEntries(blind) }
}

test('a constant fingerprint misses what only the fingerprint can see: this matrix can fail', async () => {
  const found = await backUp({ shell: damaging(flipCharacter, 1, '-Z0'), takeFingerprint: constant })
  expect(found).toMatchObject({ outcome: 'pass' })
})

/** Mulberry32: numbers from 0 to 1, the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed * 0x9e3779b1
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
