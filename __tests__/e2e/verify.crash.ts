import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { link } from '../../src/core/chain.js'
import { type Event, GENESIS } from '../../src/core/events.js'
import { canonical } from '../../src/core/json.js'
import { usePostgres } from '../fakes/postgres-server.js'
import { makeSite, printedHead, type Site } from './support/site.js'

const server = usePostgres('embedded')
let site: Site
beforeAll(() => {
  const checklist =
    'stages:\n  deploy:\n    - name: act\n      run: "true"\n      undo: "true"\n  smoke-test:\n    - run: "true"\n'
  site = makeSite({ 'deploy-checklist.yml': checklist })
})
afterAll(async () => await site.remove())

/** A chain that is whole in itself, in which the deployment was somebody else's. */
function rewritten(events: readonly Event[]): readonly Event[] {
  const chain: Event[] = []
  for (const { at, token, body } of events) {
    const forged = JSON.parse(JSON.stringify(body).replaceAll('"actor":"', '"actor":"not '))
    const { seq, hash } = chain.at(-1) ?? { seq: 0, hash: GENESIS }
    chain.push(...link([forged], { head: hash, seq, at, token }))
  }
  return chain
}

type Books = Readonly<{
  ledger: string
  env: Readonly<Record<string, string>>
  /** Replaces what the last execution has, and everything else of it that a forger would think of. */
  forge(change: (events: readonly Event[]) => readonly Event[]): Promise<void>
}>

const inFiles = async (): Promise<Books> => {
  const folder = join(site.place('books'), 'ledger')
  return {
    ledger: `file:${folder}`,
    env: {},
    forge: async change => {
      const key = join(folder, readdirSync(folder)[0] ?? '')
      const name = readdirSync(key)
        .filter(file => file.endsWith('.jsonl'))
        .sort()
        .at(-1)
      const path = join(key, name ?? '')
      const lines = readFileSync(path, 'utf8')
        .trim()
        .split('\n')
        .map(line => JSON.parse(line))
      const forged = [...change(lines.flatMap(({ events }) => events))]
      const kept = lines.flatMap(line => {
        const events = forged.splice(0, line.events.length)
        return events.length === 0 ? [] : [`${JSON.stringify({ ...line, events })}\n`]
      })
      writeFileSync(path, kept.join(''))
      rmSync(path.replace(/jsonl$/, 'record.json'))
    }
  }
}

const inPostgres = async (): Promise<Books> => {
  const url = await server.create()
  const sql = (text: string) => server.sql(url, text)
  return {
    ledger: 'env:LEDGER_URL',
    env: { LEDGER_URL: url },
    forge: async change => {
      const newest = '(SELECT id FROM deploy_checklist.executions ORDER BY number DESC LIMIT 1)'
      const { rows } = await sql(
        `SELECT seq, at, token, body, prev, hash FROM deploy_checklist.events WHERE execution_id = ${newest} ORDER BY seq`
      )
      const forged = change(
        rows.map(([seq, at, token, body, prev, hash]) => ({
          ...{ seq: Number(seq), at: at ?? '', token: Number(token), body: JSON.parse(body ?? '') },
          ...{ prev: prev ?? '', hash: hash ?? '' }
        }))
      )
      await sql(`DELETE FROM deploy_checklist.events WHERE execution_id = ${newest}`)
      for (const { seq, at, token, body, prev, hash } of forged) {
        const values = [seq, at, token, body.type, canonical(JSON.parse(JSON.stringify(body))), prev, hash]
        await sql(
          `INSERT INTO deploy_checklist.events SELECT ${newest}, ${values.map(value => `$v$${value}$v$`).join(', ')}`.replace(
            /\$v\$(\d+)\$v\$/g,
            '$1'
          )
        )
      }
      const last = forged.at(-1)
      await sql(
        `UPDATE deploy_checklist.executions SET head = '${last?.hash}', head_seq = ${last?.seq} WHERE id = ${newest}`
      )
    }
  }
}

describe.each([
  ['a file ledger', inFiles],
  ['a PostgreSQL ledger', inPostgres]
] as const)('%s', (_, booksOf) => {
  test.each([
    ['a chain that was written anew', rewritten],
    ['a tail that was cut off', (events: readonly Event[]) => events.slice(0, -1)],
    [
      'an event that was changed',
      (events: readonly Event[]) =>
        events.map((event, at) => (at === 3 ? { ...event, at: '2026-01-01T00:00:00.000Z' } : event))
    ]
  ])('%s is found against the head that the summary printed', async (_, change) => {
    const { ledger, env, forge } = await booksOf()
    const cli = (...args: readonly string[]) => site.cli([...args, '--ledger', ledger], { env })
    await cli('run')
    const { stdout } = await cli('run')
    const page = readFileSync(/summary\s+(\S+\.md)/.exec(stdout)?.[1] ?? '', 'utf8')
    const head = printedHead(page)
    expect(head).toBe(printedHead(stdout))
    expect(await cli('verify', '--head', head)).toMatchObject({ code: 0 })
    await forge(change)
    const found = await cli('verify', '--head', head, '--json')
    const { problems } = JSON.parse(found.stdout)
    expect([found.code, problems]).toEqual([
      1,
      expect.arrayContaining([expect.objectContaining({ execution: head.split(':')[0] })])
    ])
  })
})
