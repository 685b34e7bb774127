import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { usePostgres } from '../fakes/postgres-server.js'
import { openJob } from './support/runner.js'
import { filesBelow, leaksIn, MASKED, SECRETS } from './support/secrets.js'
import { type Ended, makeSite, type Site } from './support/site.js'

const server = usePostgres('embedded')
let http: Server
let site: Site
let databaseUrl = ''
const PASSWORD = `pä/ss:w'rd@home?5`

/** Says a value in every way, also in pieces that come one after the other. */
const SAY = `
const { TOKEN, PHRASE, KEY } = process.env
const fs = require('fs')
const nap = ms => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
const to = process.argv[2] === 'stderr' ? 2 : 1
for (const value of [TOKEN, PHRASE, KEY]) {
  const bytes = Buffer.from(value)
  for (const at of [1, bytes.length >> 1, bytes.length - 1]) {
    fs.writeSync(to, bytes.subarray(0, at)); nap(15); fs.writeSync(to, Buffer.concat([bytes.subarray(at), Buffer.from('\\n')])); nap(5)
  }
  const encoded = [bytes.toString('base64'), bytes.toString('base64url'), encodeURIComponent(value), JSON.stringify({ value })]
  encoded.push(Buffer.from('ada:' + value).toString('base64'), 'curl -u ada:' + value + ' https://x')
  for (const text of encoded) fs.writeSync(to, text + '\\n')
}
fs.writeSync(1, '::add-mask::${MASKED}\\nnow ${MASKED} is said\\n')
fs.writeSync(to, 'the last words are ' + TOKEN + ' and ' + PHRASE)
process.exitCode = Number(process.argv[3] ?? 0)
`

const checklist = (port: number) => `
secrets: [TOKEN, PHRASE, KEY, DATABASE_URL]
vars: { BASE_URL: "http://127.0.0.1:${port}", MIXED: "x-\${TOKEN}-y" }
databases: { main: { url: "\${DATABASE_URL}", at-least: snapshot } }
stages:
  preflight:
    - { name: stdout, run: node say.cjs stdout 3, optional: true }
    - { name: stderr, run: node say.cjs stderr 3, optional: true }
    - { name: matcher, run: "printf %s \\"$KEY\\"", stdout: { equals: other }, optional: true }
    - { name: mixed, run: "echo \\"$MIXED\\"; exit 1", optional: true }
    - { name: masked by another, run: "echo told-by-the\\"\\"-child-4711; exit 1", optional: true }
    - { name: body, http: "GET /body", json: { $.token: other }, optional: true }
    - { name: sent, http: "POST /echo", headers: { x-token: "\${TOKEN}" }, body: "\${KEY}", text: { contains: other }, optional: true }
    - { name: header, http: "GET /header", header: { x-said: other }, optional: true }
    - { name: address, http: "GET /nowhere/\${PHRASE}", optional: true }
    - { name: captured, http: "GET /body", capture: { CAUGHT: $.token } }
    - { name: says what it caught, run: "echo \\"$CAUGHT\\"; exit 1", optional: true }
    - { name: sql value, sql: "select \${KEY}", value: other, optional: true }
    - { name: sql error, sql: "select cast(\${TOKEN} as int)", value: 1, optional: true }
    - { name: sql rows, sql: "select \${PHRASE} as \\"phrase\\"", columns: [other], optional: true }
    - { name: file, file: said.txt, contains: other, optional: true }
  deploy:
    - name: act
      run: node say.cjs stdout 0
      undo: node say.cjs stderr 4
  smoke-test:
    - name: fails
      run: node say.cjs stdout 5
`

beforeAll(async () => {
  http = createServer((request, response) => {
    const { TOKEN, PHRASE, KEY } = SECRETS
    if (request.url === '/body') return response.end(JSON.stringify({ token: TOKEN, all: [PHRASE, KEY] }))
    if (request.url === '/header') return response.writeHead(200, { 'x-said': TOKEN }).end(KEY)
    let body = ''
    request.on('data', chunk => {
      body += chunk
    })
    return request.on('end', () => response.writeHead(500).end(`${request.url} ${request.headers['x-token']} ${body}`))
  })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const at = http.address()
  const port = typeof at === 'object' ? (at?.port ?? 0) : 0
  site = makeSite({
    'deploy-checklist.yml': checklist(port),
    'say.cjs': SAY,
    'said.txt': `first\n${SECRETS['TOKEN']}\n${SECRETS['KEY']}\n`
  })
  await server.sql(server.url(), `CREATE ROLE shop LOGIN SUPERUSER PASSWORD '${PASSWORD.replaceAll("'", "''")}'`)
  const url = new URL(await server.create())
  url.username = 'shop'
  url.password = encodeURIComponent(PASSWORD)
  databaseUrl = url.href
})
afterAll(async () => {
  http.closeAllConnections()
  http.close()
  await site.remove()
})

/** Items whose findings would hold a value. */
const SAYING = [
  ...['stdout', 'stderr', 'matcher', 'mixed', 'masked by another', 'body', 'sent', 'header'],
  ...['says what it caught', 'sql value', 'sql error']
]

const all = () => ({
  ...SECRETS,
  MASKED,
  DATABASE_URL: databaseUrl,
  PASSWORD,
  'PASSWORD in its URL': new URL(databaseUrl).password
})
const env = () => ({ ...SECRETS, DATABASE_URL: databaseUrl })

/** Nothing of it in what was printed, and all that was to be said came. */
function isClean({ stdout, stderr, code }: Ended, wanted: number): void {
  expect(leaksIn(stdout, all())).toEqual([])
  expect(leaksIn(stderr, all())).toEqual([])
  expect([code, stdout + stderr]).toEqual([wanted, expect.stringMatching(/\*\*\*/)])
}

test.each([[[]], [['--json']]])('the command line, %j: neither output, nor ledger, nor summary', async more => {
  const folder = join(site.place('kept'), 'ledger')
  const args = (command: string) => [command, '--ledger', `file:${folder}`, ...more]
  const ended = await site.cli(args('run'), { env: env() })
  isClean(ended, 1)
  isClean(await site.cli(args('show'), { env: env() }), 0)
  // Each item came to where it would have said a value.
  const { stages } = JSON.parse((await site.cli(['show', '--json', '--ledger', `file:${folder}`])).stdout)
  const hid = stages[0].items.filter(({ detail }: { detail: string }) => detail.includes('***'))
  expect(hid.map(({ name }: { name: string }) => name)).toEqual(SAYING)
  // What another process knows nothing of was hidden before it was kept.
  const { stdout } = await site.cli(args('show'))
  expect(leaksIn(stdout, all())).toEqual([])
  const kept = [...filesBelow(folder), ...filesBelow(site.env['HOME'] ?? '')]
  expect(kept.length).toBeGreaterThan(2)
  expect(kept.flatMap(({ path, text }) => leaksIn(text, all()).map(leak => `${path}: ${leak}`))).toEqual([])
  expect(kept.some(({ text }) => text.includes('***'))).toBe(true)
})

test('the action: neither log, nor outputs, nor state, nor summary, nor the rows of the ledger', async () => {
  const ledger = new URL(await server.create())
  ledger.username = 'shop'
  ledger.password = encodeURIComponent(PASSWORD)
  const job = openJob(site, { env: { ...env(), LEDGER_URL: ledger.href } })
  for (const [stage, code] of [
    ['preflight', 0],
    ['deploy', 0],
    ['smoke-test', 1]
  ] as const) {
    if (stage === 'deploy')
      for (const before of ['backup', 'migrate']) await job.stage({ ledger: 'env:LEDGER_URL', stage: before }).done
    const step = await job.stage({ ledger: 'env:LEDGER_URL', stage }).done
    const { outputs, state, summary } = step
    isClean(step, code)
    expect(leaksIn(JSON.stringify({ outputs, state }) + Object.values(outputs).join('\n') + summary, all())).toEqual([])
    // The runner hears of every value, each line of one by itself.
    expect(step.stdout).toContain(`::add-mask::${MASKED}`)
  }
  const tables = ['executions', 'events']
  for (const table of tables) {
    const { rows } = await server.sql(ledger.href, `SELECT t::text FROM deploy_checklist.${table} AS t`)
    expect(rows.length).toBeGreaterThan(0)
    expect(leaksIn(rows.flat().join('\n').replaceAll('""', '"').replaceAll('\\\\', '\\'), all())).toEqual([])
    expect(leaksIn(rows.flat().join('\n'), all())).toEqual([])
  }
})
