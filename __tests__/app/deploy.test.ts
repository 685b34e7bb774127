import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { CHECKLIST, openStand, refusal } from './stand.js'

test('the smallest checklist of the design deploys, and every later command knows of it', async () => {
  const server = createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const at = openStand(`stages:
  deploy:
    - run: ./deploy.sh "$DEPLOY_COMMIT"
      undo: ./deploy.sh "$DEPLOY_PREVIOUS_COMMIT"
  smoke-test:
    - http: GET http://127.0.0.1:${port}/health
`)
  const commit = at.commit({ 'deploy.sh': 'echo "release $1" >> "$WORLD/log"' })
  at.git('update-index', '--chmod=+x', 'deploy.sh')
  at.git('commit', '--quiet', '-m', 'executable')
  at.git('checkout', '--', 'deploy.sh')
  const head = at.git('rev-parse', 'HEAD')
  const { result, id } = await at.does('run')
  server.close()
  expect([result.status, result.exitCode, result.message]).toEqual(['SUCCESS', 0, ''])
  expect(at.did()).toEqual([`release ${head}`])
  expect(head).not.toBe(commit)
  const [record] = await at.records()
  expect(record).toMatchObject({
    ...{ id, number: 1, status: 'SUCCESS', actor: 'ann', trigger: 'manual', commit: head, ref: 'refs/heads/main' },
    ...{
      key: { repository: 'shop', checklist: 'shop', environment: 'production' },
      holdsEnvironment: false,
      acted: true
    }
  })
})

test('a second release that fails its smoke test is taken back, and the first one is live again', async () => {
  const at = openStand()
  const one = at.git('rev-parse', 'HEAD')
  await at.does('run')
  const two = at.commit()
  at.sets('broken', two)
  const { result } = await at.does('run')
  expect([result.status, result.reason, result.exitCode]).toEqual(['ROLLED_BACK', 'smoke_test_failed', 1])
  expect(at.did()).toEqual([`deploy ${one}`, `deploy ${two}`, `undo ${two} to ${one}`])
  expect(at.world('live')).toBe(one)
})

test('a first deployment that fails has no way back but its undo, and says so', async () => {
  const at = openStand()
  at.sets('broken', at.git('rev-parse', 'HEAD'))
  const { result } = await at.does('run')
  expect([result.status, result.reason]).toEqual(['FAILED', 'rollback_failed'])
  expect(result.message).toMatch(/no earlier good release/)
})

describe('plan', () => {
  test('touches nothing: not even the folder of the ledger is there afterwards', async () => {
    const at = openStand()
    const { result, json } = await at.does('plan')
    expect([result.status, result.reason, result.exitCode]).toEqual(['SUCCESS', 'planned', 0])
    expect(json).toMatchObject({ format: 1, digest: expect.stringMatching(/^[0-9a-f]{64}$/), plan: { previous: null } })
    expect(existsSync(at.ledger)).toBe(false)
    expect(at.did()).toEqual([])
  })

  test('the digest stays what it is, whatever the time and the environment are, and changes with what is planned', async () => {
    const at = openStand(
      `${CHECKLIST}  migrate:\n    - migrate: { sql: migrations/ }\ndatabases: { main: { url: '\${URL}' } }\nsecrets: [URL]\n`
    )
    at.commit({ 'migrations/1.sql': 'create table a()' })
    const digest = async (env = {}) => ((await at.does('plan', { env })).json as { digest: string }).digest
    const first = await digest()
    await at.turn(86_400_000)
    expect(await digest({ URL: 'postgres://127.0.0.1:1/x', OTHER: '1' })).toBe(first)
    const seen = [first]
    for (const files of [{}, { 'migrations/1.sql': 'create table b()' }, { 'deploy-checklist.yml': CHECKLIST }]) {
      at.commit(files)
      seen.push(await digest())
    }
    await at.does('run')
    seen.push(await digest())
    expect(new Set(seen).size).toBe(seen.length)
  })

  test('what stands in the way is said, with exit 2, and the plan is shown all the same', async () => {
    const at = openStand(`${CHECKLIST}environments: { production: { freeze: { until: 2026-02-01, because: sale } } }\n`)
    const { result, text } = await at.does('plan')
    expect([result.status, result.reason, result.exitCode]).toEqual(['REFUSED', 'frozen', 2])
    expect(text).toMatch(/sale/)
    expect(text).toMatch(/release/)
  })
})

describe('observe', () => {
  test('looks and does nothing else: no lock, recorded as what it is, and never a way back', async () => {
    const at = openStand()
    at.sets('live', at.git('rev-parse', 'HEAD'))
    const { result, id } = await at.does('run --observe')
    expect([result.status, result.reason, result.exitCode]).toEqual(['SUCCESS', 'observed', 0])
    expect(at.did()).toEqual([])
    const [seen] = await at.records()
    expect(seen).toMatchObject({ id, purpose: 'observe', holdsEnvironment: false, acted: false })
    const planned = (await at.does('plan')).json as { plan: { previous: unknown } }
    expect(planned.plan.previous).toBeNull()
  })

  test('what it finds wrong is a failure that nobody rolls back', async () => {
    const at = openStand()
    at.sets('live', 'something else')
    expect(refusal(await at.does('run --observe'))).toEqual(['FAILED', 'observed', 1])
    expect(refusal(await at.does('rollback'))).toEqual(['REFUSED', 'no_way_back', 2])
  })
})

test('a work tree that differs from its commit is deployed as the commit, and that is said', async () => {
  const at = openStand()
  at.sets('../shop/release', 'changed')
  expect((await at.does('run')).said).toMatch(/tracked files differ from the commit/)
})

test('--dry-run shows the plan and deploys nothing', async () => {
  const at = openStand()
  expect((await at.does('run --dry-run')).result.reason).toBe('planned')
  expect(at.did()).toEqual([])
})
