import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestServer } from '../../fakes/postgres-server.js'
import type { Variables } from './site.js'

/** What an untouched ledger says of its newest execution: the types of its events, in order. */
export type Newest = Readonly<{ number: number; id: string; types: readonly string[] }>

/** Where a stand keeps its executions. It is read without the product, which would mend what it finds. */
export type StandLedger = Readonly<{
  /** As the command line is told of it. */
  argument: string
  env: Variables
  /** Finds the moments at which the product writes to it, and kills at one of them. */
  preload: string
  newest(): Promise<Newest>
  /** How many events it holds. */
  events(): Promise<number>
  /** The same executions for another stand, whose folder is a copy already. */
  copy(base: string): Promise<StandLedger>
  remove(): Promise<void>
}>

/** Makes the ledger of a first stand. */
export type NewLedger = (base: string, server: TestServer) => Promise<StandLedger>

export const inFiles: NewLedger = async base => fileLedger(base)

function fileLedger(base: string): StandLedger {
  const folder = join(base, 'ledger')
  const newest = async () => {
    const [name = '', types = []] = journalsIn(folder).at(-1) ?? []
    const [, number = '0', id = ''] = /^(\d+)-(.*)\.jsonl$/.exec(name) ?? []
    return { number: Number(number), id, types }
  }
  return {
    argument: `file:${folder}`,
    env: {},
    preload: 'die-at.mjs',
    newest,
    events: async () => journalsIn(folder).flatMap(([, types]) => types).length,
    copy: async other => fileLedger(other),
    remove: async () => {}
  }
}

/** Each execution's file and the types of its events, the oldest first. */
function journalsIn(ledger: string): readonly (readonly [string, readonly string[]])[] {
  const folder = join(ledger, readdirSync(ledger)[0] ?? '')
  const files = new Map(
    readdirSync(folder)
      .filter(name => name.endsWith('.jsonl') || name === 'redo.json')
      .map(name => [name, readFileSync(join(folder, name), 'utf8')])
  )
  // What stands in the redo file has happened: whoever comes next does it.
  const redo = JSON.parse(files.get('redo.json') ?? '{"writes":[]}')
  for (const { file, at, text } of redo.writes) files.set(file, (files.get(file) ?? '').slice(0, at) + text)
  files.delete('redo.json')
  const typesOf = (text: string): readonly string[] =>
    text
      .split('\n')
      .slice(0, -1)
      .flatMap(line => JSON.parse(line).events)
      .map(({ body }) => body.type)
  return [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, text]) => [name, typesOf(text)] as const)
}

let databases = 0

/** In a database of its own on the same server. */
export const inPostgres: NewLedger = async (_, server) => await postgresLedger(server, 'template1')

async function postgresLedger(server: TestServer, template: string): Promise<StandLedger> {
  databases += 1
  const name = `ledger_${databases}`
  await server.sql(server.url(), `CREATE DATABASE ${name} TEMPLATE ${template}`)
  const url = server.url(name)
  return {
    argument: 'env:LEDGER_URL',
    env: { LEDGER_URL: url },
    preload: 'die-at-query.mjs',
    newest: async () => {
      const { rows } = await server.sql(url, NEWEST)
      const [number, id = ''] = rows[0] ?? []
      return { number: Number(number), id: id ?? '', types: rows.map(([, , type]) => type ?? '') }
    },
    events: async () => Number((await server.sql(url, 'SELECT count(*) FROM deploy_checklist.events')).rows[0]?.[0]),
    copy: async () => await postgresLedger(server, name),
    remove: async () => void (await server.sql(server.url(), `DROP DATABASE ${name} WITH (FORCE)`))
  }
}

const NEWEST = `SELECT number, id, type FROM deploy_checklist.executions JOIN deploy_checklist.events ON execution_id = id
  WHERE number = (SELECT max(number) FROM deploy_checklist.executions) ORDER BY seq`
