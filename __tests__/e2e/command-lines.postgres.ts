import { spawn } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { usePostgres } from '../fakes/postgres-server.js'
import { filesBelow, leaksIn, SECRETS } from './support/secrets.js'
import { makeSite, mustEnd, type Site } from './support/site.js'

const server = usePostgres('machine')
const PASSWORD = `pä/ss:w'rd@home?5`
const CHECKLIST = `
secrets: [DATABASE_URL, TOKEN, KEY]
databases: { main: { url: "\${DATABASE_URL}", store: "\${STORE}" } }
rollback: { schema: auto }
stages:
  preflight:
    - env: [STORE]
  backup:
    - backup: main
  migrate:
    - name: schema
      migrate: { sql: migrations/ }
  deploy:
    - name: act
      run: test -n "$TOKEN" && test -n "$KEY" && sleep 0.3
      undo: test -n "$TOKEN" && sleep 0.3
  smoke-test:
    - sql: select count(*) from items
      value: ">= 1000"
`
let site: Site
let url = ''
beforeAll(async () => {
  site = makeSite({ 'deploy-checklist.yml': CHECKLIST, 'migrations/001_users.sql': 'CREATE TABLE users (id int);\n' })
  await server.sql(server.url(), `CREATE ROLE shop LOGIN SUPERUSER PASSWORD '${PASSWORD.replaceAll("'", "''")}'`)
  const at = new URL(await server.create())
  at.username = 'shop'
  at.password = encodeURIComponent(PASSWORD)
  url = at.href
  await server.sql(url, 'CREATE TABLE items AS SELECT n, md5(n::text) FROM generate_series(1, 20000) AS n')
})
afterAll(async () => await site.remove())

/** Every command line of the machine while the work is done. */
async function commandLinesDuring(work: () => Promise<void>): Promise<readonly string[]> {
  const watch = spawn(process.execPath, ['__tests__/e2e/support/watch-processes.mjs'], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  let said = ''
  watch.stdout.setEncoding('utf8').on('data', chunk => {
    said += chunk
  })
  const closed = new Promise(resolve => watch.once('close', resolve))
  await new Promise(resolve => watch.stdout.once('data', resolve))
  try {
    await work()
  } finally {
    watch.kill('SIGTERM')
    await closed
  }
  return JSON.parse(said.slice(said.indexOf('[')))
}

test('a dump, its trial, a migration, a restore and the swap show no secret to who lists processes, nor in what they keep', async () => {
  const [store, ledger] = [site.place('store'), site.place('ledger')]
  const env = { ...SECRETS, DATABASE_URL: url, STORE: store }
  const values = { ...SECRETS, DATABASE_URL: url, PASSWORD, 'PASSWORD in its URL': encodeURIComponent(PASSWORD) }
  const said: string[] = []
  const cli = async (...args: readonly string[]) => {
    const { stdout, stderr } = mustEnd(await site.cli([...args, '--ledger', `file:${ledger}`], { env }), 0)
    said.push(stdout, stderr)
  }
  const lines = await commandLinesDuring(async () => {
    await cli('run')
    site.commit({
      'migrations/002_notes.sql': 'CREATE TABLE notes (id int);\n',
      'migrations/002_notes.down.sql': 'DROP TABLE notes;\n'
    })
    await cli('run')
    await cli('rollback', '--restore', 'main')
  })
  expect(lines.filter(line => /\bpg_dump\b/.test(line)).length).toBeGreaterThan(0)
  expect(lines.filter(line => /\bpg_restore\b/.test(line)).length).toBeGreaterThan(0)
  expect(lines.flatMap(line => leaksIn(line, values).map(leak => `${line}: ${leak}`))).toEqual([])
  expect(said.flatMap(text => leaksIn(text, values))).toEqual([])
  const kept = [store, ledger, site.env['HOME'] ?? ''].flatMap(filesBelow)
  expect(kept.flatMap(({ path, text }) => leaksIn(text, values).map(leak => `${path}: ${leak}`))).toEqual([])
  // Nothing with a password in it stays behind.
  expect(filesBelow(site.env['TMPDIR'] ?? '').map(({ path }) => path)).toEqual([])
})
