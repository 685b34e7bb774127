import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { mustHoldLastHead } from '../../src/app/last-head.js'
import type { Shop } from '../../src/app/shop.js'
import type { Ledger, Page } from '../../src/core/ports.js'
import { gitOf } from '../fakes/github/git-store.js'
import { beginJob, deployedOf, endJob } from '../fakes/github/handlers/deployments.js'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'
import { CHECKLIST, openStand, refusal, type Stand } from './stand.js'

const github = useGitHub({ repository: 'org/shop' })
const REF = 'refs/heads/deploy-checklist'
const refs = () => gitOf(github.state).refs
const all = () => deployedOf(github.state).all
const asked = () => github.requests().filter(({ path }) => path.includes('/deployments'))

/** A job of a run of its own: nothing is handed on to it. */
const job = (at: Stand, runId: string) => ({
  env: {
    ...{ GITHUB_API_URL: github.url(), GITHUB_TOKEN: TOKEN, GITHUB_RUN_ID: runId, RUNNER_NAME: 'runner 1' },
    ...{ GITHUB_SHA: at.git('rev-parse', 'HEAD'), RUNNER_TEMP: mkdtempSync(join(at.folder, '..', 'job-')) }
  }
})
const deploys = async (at: Stand, runId: string, inputs: Record<string, string> = {}) => {
  at.commit()
  return await at.step(inputs, job(at, runId))
}

/** Two runs have deployed; then somebody moves the branch back to where it was after the first. */
async function movedBack(): Promise<Stand> {
  const at = openStand()
  await deploys(at, '77')
  const first = refs().get(REF) ?? ''
  await deploys(at, '78')
  refs().set(REF, first)
  return at
}

describe('a forced push between two runs', () => {
  test('is found when the next one begins, with both ways out, and nothing is done', async () => {
    const at = await movedBack()
    const before = refs().get(REF)
    const found = await deploys(at, '79')
    expect(refusal(found)).toEqual(['REFUSED', 'ledger_broken', 2])
    const id = all()[1]?.id
    expect(found.result.message).toMatch(new RegExp(`deployment ${id} to production .* has no such execution$`))
    expect(found.result.hint).toContain('git push --force origin COMMIT:refs/heads/deploy-checklist')
    expect(found.result.hint).toContain(
      `gh api --hostname github.example --method DELETE repos/org/shop/deployments/${id}\``
    )
    expect([refs().get(REF), at.did().length]).toEqual([before, 2])
  })

  test('is found ahead of the gate too', async () => {
    const found = await deploys(await movedBack(), '79', { stage: 'preflight', prepare: 'true' })
    expect(refusal(found)).toEqual(['REFUSED', 'ledger_broken', 2])
  })

  test("is found behind a job's own deployment, and with another checklist's head too", async () => {
    const at = await movedBack()
    at.commit({ 'other.yml': CHECKLIST.replace('name: shop', 'name: other') })
    beginJob(github.state, { environment: 'production', sha: at.git('rev-parse', 'HEAD'), run: 79 })
    const found = await at.step({ checklist: 'other.yml' }, job(at, '79'))
    expect(refusal(found)).toEqual(['REFUSED', 'ledger_broken', 2])
  })

  test('goes on once the branch is put back, or that deployment is removed', async () => {
    const at = openStand()
    await deploys(at, '77')
    const first = refs().get(REF) ?? ''
    await deploys(at, '78')
    const second = refs().get(REF) ?? ''
    refs().set(REF, first)
    expect((await deploys(at, '79')).result.reason).toBe('ledger_broken')
    refs().set(REF, second)
    expect((await deploys(at, '80')).result.status).toBe('SUCCESS')
    refs().set(REF, second)
    expect((await deploys(at, '81')).result.reason).toBe('ledger_broken')
    all().pop()
    expect((await deploys(at, '82')).result.status).toBe('SUCCESS')
  })

  test('is left to verify where the token must not see deployments', async () => {
    const at = await movedBack()
    const permissions = { contents: 'write', actions: 'read' } as const
    github.state.tokens.set(TOKEN, { kind: 'installation', login: 'github-actions[bot]', permissions, sees: true })
    expect((await deploys(at, '79')).result.status).toBe('SUCCESS')
  })

  test('is not told from an outage, in which nothing is begun', async () => {
    const at = await movedBack()
    github.faults.add({ on: 'repos/list-deployments', kind: 'status', status: 200, body: { message: 'Unicorn!' } })
    const found = await deploys(at, '79')
    expect(refusal(found)).toEqual(['UNAVAILABLE', 'github_unavailable', 3])
    expect(at.did()).toHaveLength(2)
  })
})

test('a chain that was rewritten as a whole is found', async () => {
  const at = openStand()
  await deploys(at, '77')
  const [made] = all()
  const last = made?.statuses.at(-1)
  if (made === undefined || last === undefined) throw new Error('nothing was told')
  made.statuses.push({ ...last, description: last.description.replace(/[0-9a-f]{64}/, 'ab'.repeat(32)) })
  const found = await deploys(at, '78')
  expect([refusal(found)[1], found.result.message]).toEqual([
    'ledger_broken',
    expect.stringMatching(/has another event there/)
  ])
})

test('a ledger that has nothing of the environment is new: that is said, and what it has from then on is held to', async () => {
  const at = openStand()
  await deploys(at, '77')
  refs().delete(REF)
  // It fails before anything is deployed, so that GitHub still shows the head of the old one.
  at.commit({ 'deploy-checklist.yml': `${CHECKLIST}  preflight: [{ run: 'false', id: look }]\n` })
  const first = await at.step({}, job(at, '78'))
  expect([first.result.status, first.said]).toEqual([
    'FAILED',
    expect.stringMatching(/Note: deployment \d+ .*new ledger/)
  ])
  at.commit({ 'deploy-checklist.yml': CHECKLIST })
  const second = await at.step({}, job(at, '79'))
  expect([second.result.status, second.said]).toEqual(['SUCCESS', expect.not.stringContaining('new ledger')])
  expect((await deploys(at, '80')).result.status).toBe('SUCCESS')
})

describe('nothing is found wrong', () => {
  test('run after run, with a rollback between them, and when a run is run again', async () => {
    const at = openStand()
    await deploys(at, '77')
    await deploys(at, '78')
    const back = { stage: 'rollback', execution: 'newest', because: 'it is slow' }
    expect((await at.step(back, job(at, '79'))).result.status).toBe('SUCCESS')
    expect((await deploys(at, '80')).result.status).toBe('SUCCESS')
    const again = job(at, '80')
    const twice = await at.step({}, { env: { ...again.env, GITHUB_RUN_ATTEMPT: '2' } })
    expect(twice.result.status).toBe('SUCCESS')
  })

  test('where jobs have deployments of their own, and one was never approved', async () => {
    const at = openStand()
    for (const runId of ['77', '78', '79']) {
      const sha = at.commit()
      deployedOf(github.state).jobs.splice(0)
      const own = beginJob(github.state, { environment: 'production', sha, run: Number(runId) })
      if (runId === '78') {
        if (own !== undefined) endJob(github.state, own, 'failure')
        continue
      }
      expect((await at.step({}, job(at, runId))).result.status).toBe('SUCCESS')
      if (own !== undefined) endJob(github.state, own, 'success')
    }
  })

  test.each<[string, Record<string, string>]>([
    ['GitHub is told nothing', { 'record-deployment': 'never' }],
    ['the ledger is no branch', { ledger: 'run' }]
  ])('since nobody asks, where %s', async (_, inputs) => {
    const at = await movedBack()
    const before = asked().length
    expect((await deploys(at, '79', { stage: 'preflight', ...inputs })).result.exitCode).toBe(0)
    expect(asked()).toHaveLength(before)
  })

  test('where an execution was removed, and has left a tombstone', async () => {
    const key = { repository: 'org/shop', checklist: 'shop', environment: 'production' }
    const [id, first] = ['20260105T100000-0badcafe', '20260101T100000-0badcafe']
    const page = { records: [{ id: first }], tombstones: [{ id }], next: undefined } as unknown as Page
    const holds = async (listed: Page) => {
      const ledger = { read: async () => undefined, list: async () => listed } as unknown as Ledger
      const lastHead = { read: async () => ({ deployment: '1', head: { id, seq: 3, hash: 'ab'.repeat(32) } }) }
      const actions = { repository: 'org/shop', serverUrl: '', sha: '' }
      const clock = { now: () => new Date(), sleep: async () => {} }
      const shop = { onGitHub: { lastHead }, actions, clock } as unknown as Shop
      const wish = { ledger: '', recordDeployment: 'auto' } as const
      await mustHoldLastHead({ wish, key, behindGate: true }, ledger, shop)
    }
    await expect(holds(page)).resolves.toBeUndefined()
    await expect(holds({ ...page, tombstones: [] })).rejects.toMatchObject({ reason: 'ledger_broken' })
  })
})
