import { expect, test } from '@jest/globals'
import { gitOf } from '../fakes/github/git-store.js'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'
import { CHECKLIST, openStand, refusal, type Stand } from './stand.js'

const github = useGitHub({ repository: 'org/shop' })
const REF = 'refs/heads/deploy-checklist'
const refs = () => gitOf(github.state).refs
const step = (at: Stand, stage: string, more: Record<string, string> = {}) =>
  at.step({ stage }, { env: { GITHUB_API_URL: github.url(), GITHUB_TOKEN: TOKEN, ...more } })

test('a forced push between two steps of a job is found, and nothing is written on top of it', async () => {
  const at = openStand(`${CHECKLIST}  preflight: [{ run: 'true', id: look }]\n`)
  await step(at, '')
  const before = refs().get(REF) ?? ''
  at.commit()
  await step(at, 'preflight', { GITHUB_RUN_ID: '78' })
  refs().set(REF, before)
  const done = await step(at, 'deploy', { GITHUB_RUN_ID: '78' })
  expect(refusal(done)).toEqual(['REFUSED', 'ledger_broken', 2])
  expect(done.result.hint).toMatch(/git push --force origin [0-9a-f]{40}:refs\/heads\/deploy-checklist/)
  expect([refs().get(REF), at.did()]).toEqual([before, [expect.stringMatching(/^deploy/)]])
})

test('another job has not seen it, and whatever others wrote between two steps is no forced push', async () => {
  const at = openStand(`${CHECKLIST}  preflight: [{ run: 'true', id: look }]\n`)
  await step(at, 'preflight')
  // Another job of another environment, with a temporary folder of its own.
  const other = openStand()
  expect((await step(other, '', { GITHUB_REPOSITORY: 'org/shop', GITHUB_RUN_ID: '90' })).result.status).toBe('REFUSED')
  const elsewhere = { GITHUB_API_URL: github.url(), GITHUB_TOKEN: TOKEN, GITHUB_RUN_ID: '91' }
  const staged = await other.step({ environment: 'staging' }, { env: elsewhere })
  expect(staged.result.status).toBe('SUCCESS')
  for (const stage of ['deploy', 'smoke-test', 'monitor']) await step(at, stage)
  expect(
    (
      await at.does('history --ledger branch', {
        env: { ...ACTIONS, GITHUB_API_URL: github.url(), GITHUB_TOKEN: TOKEN }
      })
    ).text
  ).toMatch(/SUCCESS/)
})

const ACTIONS = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'org/shop', GITHUB_RUN_ID: '99', GITHUB_RUN_ATTEMPT: '1' }

test('asked again, a step of a job that knows the newest commit needs no request more', async () => {
  const at = openStand(`${CHECKLIST}  preflight: [{ run: 'true', id: look }]\n`)
  await step(at, 'preflight')
  const from = github.requests().length
  await step(at, 'deploy')
  expect(
    github
      .requests()
      .slice(from)
      .map(({ operationId }) => operationId)
  ).not.toContain('repos/compare-commits-with-basehead')
})
