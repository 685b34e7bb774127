import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestServer } from '../../fakes/postgres-server.js'
import { type Ended, makeSite, type Site, type StartOptions, type Variables } from './site.js'
import type { NewLedger, StandLedger } from './stand-ledgers.js'

/** A whole checklist of which every effect, and every undo, leaves one line behind: repeated or lost, it shows. */
const CHECKLIST = `
name: shop
secrets: [DATABASE_URL]
databases: { main: { url: "\${DATABASE_URL}", store: "\${STORE}", at-least: snapshot } }
rollback: { schema: auto }
stages:
  preflight:
    - env: [DATABASE_URL, EFFECTS, STORE, SMOKE]
    - sql: select 1
      value: 1
  backup:
    - name: files
      run: ./once.sh files
      probe: ./is-there.sh files
    - backup: main
      keep: 2
  migrate:
    - name: schema
      migrate: { sql: migrations/ }
    - name: rows
      migrate: ./once.sh rows
      version: test ! -e "$EFFECTS/rows" || cat "$EFFECTS/rows"
      expect: { version: "\${DEPLOY_COMMIT}" }
      undo: ./undo.sh rows "$SCHEMA_BEFORE"
    - name: index
      run: ./once.sh index
      undo: ./undo.sh index
      probe: ./is-there.sh index
  deploy:
    - name: assets
      run: ./once.sh assets
      undo: ./undo.sh assets
      probe: ./is-there.sh assets
    - name: service
      run: ./once.sh service
      undo: ./undo.sh service
      probe: ./is-there.sh service
  smoke-test:
    - name: live
      run: ./is-there.sh service && test "$DEPLOY_COMMIT" != "$SMOKE"
    - name: counted
      sql: select count(*) from counted where what = '001'
      value: 1
      retry: none
  monitor:
    checkpoints: [0m]
    items:
      - name: still live
        run: ./is-there.sh service
`
const counts = (name: string, made: string) => ({
  [`migrations/${name}.sql`]: `${made}; INSERT INTO counted VALUES ('${name.slice(0, 3)}');\n`,
  [`migrations/${name}.down.sql`]: `DROP TABLE ${made.split(' ')[2]}; INSERT INTO counted VALUES ('${name.slice(0, 3)} undone');\n`
})

const FIRST = {
  'deploy-checklist.yml': CHECKLIST,
  'once.sh': '#!/bin/sh\necho "$DEPLOY_COMMIT" >>"$EFFECTS/did-$1"\nprintf %s "$DEPLOY_COMMIT" >"$EFFECTS/$1"\n',
  'undo.sh':
    '#!/bin/sh\necho "$DEPLOY_COMMIT" >>"$EFFECTS/undid-$1"\nprintf %s "${2-$DEPLOY_PREVIOUS_COMMIT}" >"$EFFECTS/$1"\n',
  'is-there.sh': '#!/bin/sh\ntest "$(cat "$EFFECTS/$1")" = "$DEPLOY_COMMIT"\n',
  'migrations/001_counted.sql': "CREATE TABLE counted (what text); INSERT INTO counted VALUES ('001');\n"
}
const SECOND = {
  ...counts('002_notes', 'CREATE TABLE notes (id int)'),
  ...counts('003_tags', 'CREATE TABLE tags (id int)')
}

export const COMMANDS = ['files', 'rows', 'index', 'assets', 'service'] as const
const UNDONE = ['rows', 'index', 'assets', 'service'] as const
const FILES = ['002', '003'] as const

export type Shop = Readonly<{
  site: Site
  server: TestServer
  /** The commits of both releases. */
  first: string
  second: string
  /** Where release 1 is live. Stands are copies of it, or of another stand. */
  like: Stand
}>

/** One machine's worth of state: ledger, effects and database, copied from where release 1 is live. */
export type Stand = Readonly<{
  ledger: StandLedger
  effects: string
  url: string
  /** The command line with this ledger, without pg_dump. */
  cli(args: readonly string[], options?: StartOptions): Promise<Ended>
  env: Variables
}>

export const PRELOAD = ['without-pg-dump.mjs'] as const

/** Release 1 is live, release 2 is checked out. */
export async function openShop(server: TestServer, newLedger: NewLedger): Promise<Shop> {
  const site = makeSite()
  const first = site.commit(FIRST)
  const base = site.place('like')
  const like = stand(site, base, { ledger: await newLedger(base, server), url: await server.create() })
  const { code, stdout, stderr } = await like.cli(['run'])
  if (code !== 0) throw new Error(`release 1 did not get live:\n${stdout}${stderr}`)
  return { site, server, first, second: site.commit(SECOND), like }
}

let copies = 0
const databaseOf = ({ url }: Stand): string => new URL(url).pathname.slice(1)

/** A stand of its own, as that one is now: its own ledger, effects and database. */
export async function newStand({ site, server, like: first }: Shop, like = first): Promise<Stand> {
  copies += 1
  const name = `copy_${copies}`
  await server.sql(server.url(), `CREATE DATABASE ${name} TEMPLATE ${databaseOf(like)}`)
  const base = site.place(name)
  cpSync(join(like.effects, '..'), base, { recursive: true })
  return stand(site, base, { ledger: await like.ledger.copy(base), url: server.url(name) })
}

export async function dropDatabases({ server }: Shop, of: Stand): Promise<void> {
  await server.sql(server.url(), `DROP DATABASE ${databaseOf(of)} WITH (FORCE)`)
  await of.ledger.remove()
}

function stand(site: Site, base: string, { ledger, url }: Pick<Stand, 'ledger' | 'url'>): Stand {
  const [effects, store] = [join(base, 'effects'), join(base, 'store')]
  mkdirSync(effects, { recursive: true })
  const own = { DATABASE_URL: url, EFFECTS: effects, STORE: store, SMOKE: 'none' }
  // What Node has compiled once the next process need not compile again.
  const env = { ...own, ...ledger.env, NODE_COMPILE_CACHE: join(site.base, 'compiled') }
  const cli: Stand['cli'] = ([command = '', ...args], { preload = [], env: more, ...options } = {}) =>
    site.cli([command, '--ledger', ledger.argument, ...args], {
      ...options,
      preload: [...PRELOAD, ...preload],
      env: { ...env, ...more }
    })
  return { ledger, effects, url, cli, env }
}

const linesOf = (file: string, commit: string): number =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter(line => line === commit).length
    : 0

/** How often each effect of release 2, and each undo of it, took place; and what is live. */
export async function tally({ server, second }: Shop, { effects, url }: Stand) {
  const { rows } = await server.sql(url, 'SELECT what, count(*) FROM counted GROUP BY 1')
  const inDatabase = (what: string) => Number(rows.find(([name]) => name === what)?.[1] ?? 0)
  const did = Object.fromEntries(COMMANDS.map(name => [name, linesOf(join(effects, `did-${name}`), second)]))
  const undid = Object.fromEntries(UNDONE.map(name => [name, linesOf(join(effects, `undid-${name}`), second)]))
  return {
    did: { ...did, ...Object.fromEntries(FILES.map(file => [file, inDatabase(file)])) },
    undid: { ...undid, ...Object.fromEntries(FILES.map(file => [file, inDatabase(`${file} undone`)])) },
    live: liveIn(effects)
  }
}

/** The commit that the service and the rows are of, or both of them. */
function liveIn(effects: string): string {
  const [service, rows] = ['service', 'rows'].map(name => readFileSync(join(effects, name), 'utf8'))
  return service === rows ? `${service}` : `${service} with the rows of ${rows}`
}

export const EACH_ONCE = Object.fromEntries([...COMMANDS, ...FILES].map(name => [name, 1]))
export const NONE_UNDONE = Object.fromEntries([...UNDONE, ...FILES].map(name => [name, 0]))

/** What must have been undone after a rollback: what took place, but for the backup's own. */
export const asUndone = ({ files: _, ...did }: Readonly<Record<string, number>>) => did
