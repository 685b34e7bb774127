import { rmSync } from 'node:fs'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { usePostgres } from '../fakes/postgres-server.js'
import { ALIVE, DEPLOY, openStand, refusal, type Stand, UNDO } from './stand.js'

const server = usePostgres('machine')

const CHECKLIST = `
name: shop
secrets: [DATABASE_URL]
databases: { main: { url: "\${DATABASE_URL}", store: "\${STORE}" } }
vars: { STORE: store }
stages:
  backup:
    - backup: main
  migrate:
    - migrate: { sql: migrations/ }
  deploy:
    - run: '${DEPLOY}'
      id: release
      undo: '${UNDO}'
  smoke-test:
    - run: '${ALIVE}'
      id: alive
`

let url: string
let at: Stand
let second: string
/** Two releases are live one after the other; the second one has migrated. */
beforeEach(async () => {
  url = await server.create()
  await server.sql(
    url,
    `create table users (id int primary key, name text); insert into users values (1, 'a'), (2, 'b')`
  )
  at = openStand(CHECKLIST)
  at.env['DATABASE_URL'] = url
  at.commit({ 'migrations/001.sql': 'create table one (n int);\n' })
  expect((await at.does('run')).result).toMatchObject({ status: 'SUCCESS' })
  at.commit({ 'migrations/002.sql': 'alter table users add age int;\n' })
  const done = await at.does('run')
  expect(done.result).toMatchObject({ status: 'SUCCESS' })
  second = done.id
})

const columns = async () =>
  (
    await server.sql(
      url,
      "select string_agg(column_name, ',' order by 1) from information_schema.columns where table_name = 'users'"
    )
  ).rows[0]?.[0]

describe('a rollback with a restore that would be refused is refused before anything is undone', () => {
  const refused = async (reason: string, message: RegExp) => {
    const before = [at.did(), (await at.records()).length, await columns()]
    const preview = await at.does('rollback --dry-run --restore main')
    expect(preview.json).toMatchObject({ obstacles: [{ message: expect.stringMatching(message) }] })
    expect(preview.text).toMatch(message)
    const done = await at.does('rollback --restore main')
    expect(refusal(done)).toEqual(['REFUSED', reason, 2])
    expect(done.result.message).toMatch(message)
    expect([at.did(), (await at.records()).length, await columns()]).toEqual(before)
    return done.result
  }

  test.each([
    ['rows came', "insert into users values (3, 'c'), (4, 'd')", /at least 2 rows .*public\.users: 2 added/],
    ['a row was changed', "update users set name = 'x' where id = 1", /at least 1 row .*public\.users: 1 changed/]
  ])('since %s; accepted by name, it takes its place', async (_, sql, message) => {
    await server.sql(url, sql)
    const { nextSteps } = await refused('would_lose_rows', message)
    expect(nextSteps.join()).toContain(`rollback ${second} --restore main --accept-loss main`)
    expect((await at.does('rollback --restore main --accept-loss main')).result).toMatchObject({ status: 'SUCCESS' })
    expect(await columns()).toBe('id,name')
  })

  test('since a publication is tied to the database', async () => {
    await server.sql(url, 'create publication p for table users')
    await refused('no_way_back', /publication p/)
  })

  test('since the dump is gone', async () => {
    rmSync(`${at.folder}/store`, { recursive: true })
    await refused('no_way_back', /the proven dump .* cannot be read/)
  })
})

test('what loses nothing is restored without a question', async () => {
  expect((await at.does('rollback --dry-run --restore main')).json).toMatchObject({ obstacles: [] })
  expect((await at.does('rollback --restore main')).result).toMatchObject({ status: 'SUCCESS' })
  expect(await columns()).toBe('id,name')
})

test('what is written while the code goes back is counted with nobody connected, and the next line names it', async () => {
  const psql = `psql -qc "insert into users values (9)" "$DATABASE_URL"`
  at.commit({ 'deploy-checklist.yml': CHECKLIST.replace(UNDO, `${UNDO}; ${psql.replaceAll("'", "''")}`) })
  const { id } = await at.does('run')
  const { result } = await at.does('rollback --restore main')
  expect([result.status, result.reason]).toEqual(['FAILED', 'rollback_failed'])
  expect(result.rollback).toMatchObject({ verified: false, wouldLose: ['main'] })
  expect(result.nextSteps.join('\n')).toMatch(`rollback ${id} --restore main --accept-loss main`)
})
