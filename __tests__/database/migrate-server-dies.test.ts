import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../src/core/json.js'
import { migrationBench } from '../fakes/migration.js'
import { usePostgres } from '../fakes/postgres-server.js'

const server = usePostgres('embedded')

test('a server that dies in the middle is said to, and the journal knows how far it came', async () => {
  const url = await server.create()
  const bench = await migrationBench(() => url)
  try {
    await bench.write({ 'm/1.sql': 'create table a ()', 'm/2.sql': 'create table b (); select pg_sleep(30)' })
    const notes: JsonObject[] = []
    const note = async (data: JsonObject) => {
      notes.push(data)
      if (data['file'] === 'm/2.sql') setTimeout(() => process.kill(server.pid(), 'SIGQUIT'), 200)
    }
    const finding = await bench.run({ migrate: { sql: 'm/' } }, { note })
    expect(finding).toMatchObject({
      outcome: 'unknown',
      reason: 'unknown_effect',
      hint: expect.stringContaining('Then resume')
    })
    expect(finding.detail).toMatch(/the database test_1 at 127\.0\.0\.1:\d+/)
    expect(notes.map(({ note, file = '' }) => `${note} ${file}`)).toEqual([
      'begin ',
      'trying m/1.sql',
      'done m/1.sql',
      'trying m/2.sql'
    ])
    await expect(bench.probe({ migrate: { sql: 'm/' } }, { notes })).rejects.toMatchObject({ status: 'UNAVAILABLE' })
  } finally {
    await bench.remove()
  }
})
