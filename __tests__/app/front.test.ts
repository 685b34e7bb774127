import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ciOf, fakeRun } from '../fakes/github/ci-state.js'
import { gitOf } from '../fakes/github/git-store.js'
import { beginJob } from '../fakes/github/handlers/deployments.js'
import { addEnvironment } from '../fakes/github/handlers/environments.js'
import { aboutOf } from '../fakes/github/handlers/repository.js'
import { type Seen, useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'
import { CHECKLIST, DEPLOY, IN_ACTIONS, openStand, refusal, type Stand } from './stand.js'

const github = useGitHub({ repository: 'org/shop' })
const GATED = `${CHECKLIST}environments: { production: { gate: { reviewers: required } } }\n`

const onGitHub = (more: Record<string, string> = {}) => ({
  env: { GITHUB_API_URL: github.url(), GITHUB_TOKEN: TOKEN, ...more }
})
const isLedgers = (path: string) => path.includes('/git/')
const beside = (asked: readonly Seen[]) => asked.filter(({ path }) => !isLedgers(path))

/** The ref of the run stands where the stand's repository does. */
function pushed(at: Stand): void {
  const sha = at.git('rev-parse', 'HEAD')
  const commit = { sha, author: 'bea', committer: 'bea' }
  for (const name of [sha, 'heads/main']) ciOf(github.state).commits.set(name, commit)
}

test('where no ledger is named, it is a branch of the repository: run after run is recorded there', async () => {
  const at = openStand()
  const first = await at.step({}, onGitHub({ GITHUB_RUN_ID: '77' }))
  expect(first.result).toMatchObject({ status: 'SUCCESS', execution: { number: 1 } })
  at.commit()
  const second = await at.step({}, onGitHub({ GITHUB_RUN_ID: '78' }))
  expect(second.result).toMatchObject({ status: 'SUCCESS', execution: { number: 2 } })
  expect(gitOf(github.state).refs.has('refs/heads/deploy-checklist')).toBe(true)
  const back = await at.step(
    { stage: 'rollback', execution: 'newest', because: 'it is slow' },
    onGitHub({ GITHUB_RUN_ID: '79' })
  )
  expect(back.result).toMatchObject({ status: 'SUCCESS' })
  expect(at.did().at(-1)).toMatch(/^undo/)
  expect(first.masked).toContain(TOKEN)
})

test('an ordinary deployment asks GitHub little: at most six requests of the ledger for an action, a few beside', async () => {
  // Longer than a moment, as what deploys is.
  const at = openStand(CHECKLIST.replace(DEPLOY, `${DEPLOY}; sleep 0.3`))
  await at.step({}, onGitHub())
  const before = github.requests().length
  at.commit()
  await at.step({}, onGitHub({ GITHUB_RUN_ID: '78' }))
  const asked = github.requests().slice(before)
  // The opening, the action's intent, its outcome, the smoke test and the end, each of three requests. Which process the
  // program was rides along.
  expect(at.did()).toHaveLength(2)
  expect(asked.filter(({ method, path }) => method !== 'GET' && isLedgers(path))).toHaveLength(5 * 3)
  expect(beside(asked).length).toBeLessThanOrEqual(15)
})

test('neither do all processes of one together, with a gate, an approval and a deployment of the job', async () => {
  const at = openStand(GATED)
  aboutOf(github.state).files.set('deploy-checklist.yml', GATED)
  addEnvironment(github.state, 'production', { reviewers: [{ type: 'User', login: 'alice' }] })
  await inStages(at, '76')
  at.commit()
  const asked = await inStages(at, '77')
  const all = asked.flatMap(({ beside: its }) => its)
  expect(all.filter(operation => /deployment|jobs/.test(operation))).toEqual([
    // Before it begins: what GitHub tells of the ledger.
    ...['repos/list-deployments', 'repos/list-deployment-statuses'],
    ...['repos/list-deployments', 'actions/list-jobs-for-workflow-run-attempt', 'repos/list-deployment-statuses'],
    ...['repos/create-deployment-status', 'repos/create-deployment-status']
  ])
  // Every step's ledger has to know it, and one has asked.
  expect(all.filter(operation => operation === 'repos/get')).toHaveLength(1)
  expect(all.length).toBeLessThanOrEqual(15)
  // As docs/github.md has it.
  const ofStages = asked.map(({ ledger, beside: its }) => ledger + its.length)
  expect([Math.min(...ofStages) >= 8, Math.max(...ofStages) <= 30]).toEqual([true, true])
  expect(ofStages.reduce((sum, each) => sum + each)).toBeLessThanOrEqual(125)
})

/** Each stage in a process of its own, behind the gate: what it asks GitHub for its ledger, and beside that. */
async function inStages(at: Stand, runId: string) {
  pushed(at)
  const sha = at.git('rev-parse', 'HEAD')
  beginJob(github.state, { environment: 'production', sha, run: Number(runId) })
  ciOf(github.state).runs.push(fakeRun({ id: Number(runId) }))
  ciOf(github.state).reviews.push({
    ...{ run: Number(runId), state: 'approved', who: 'alice', words: 'go', environments: ['production'] }
  })
  const job = onGitHub({
    ...{ GITHUB_SHA: sha, GITHUB_RUN_ID: runId, RUNNER_NAME: 'runner 1' },
    RUNNER_TEMP: mkdtempSync(join(at.folder, '..', 'job-'))
  })
  const stages = []
  for (const stage of ['preflight', 'backup', 'migrate', 'deploy', 'smoke-test', 'monitor']) {
    const before = github.requests().length
    const done = await at.step({ environment: 'production', stage }, job)
    expect(done.result.exitCode).toBe(0)
    const asked = github.requests().slice(before)
    const others = beside(asked).map(({ operationId }) => operationId)
    stages.push({ stage, ledger: asked.length - others.length, beside: others })
  }
  return stages
}

test('a token that may not write the branch is refused before anything starts, with both remedies', async () => {
  const at = openStand()
  github.state.tokens.set(TOKEN, {
    kind: 'installation',
    login: 'github-actions[bot]',
    permissions: { contents: 'read', actions: 'read' },
    sees: true
  })
  const done = await at.step({}, onGitHub())
  expect(refusal(done)).toEqual(['REFUSED', 'missing_permission', 2])
  expect(`${done.result.message} ${done.result.hint}`).toMatch(/contents: write.*ledger: run/s)
  expect(at.did()).toEqual([])
})

test('an environment that GitHub leaves open is refused, with the line that closes it', async () => {
  const at = openStand(GATED)
  pushed(at)
  aboutOf(github.state).files.set('deploy-checklist.yml', GATED)
  addEnvironment(github.state, 'production')
  const done = await at.step({ environment: 'production' }, onGitHub())
  expect(refusal(done)).toEqual(['REFUSED', 'gate_too_weak', 2])
  expect(done.result.hint).toMatch(/gh api .*environments\/production/)
  expect(at.did()).toEqual([])
})

test('behind the reviewers that the checklist promises it goes on, and they are kept in the ledger', async () => {
  const at = openStand(GATED)
  pushed(at)
  aboutOf(github.state).files.set('deploy-checklist.yml', GATED)
  addEnvironment(github.state, 'production', { reviewers: [{ type: 'User', login: 'alice' }] })
  ciOf(github.state).runs.push(fakeRun({ id: 77 }))
  ciOf(github.state).reviews.push({
    run: 77,
    state: 'approved',
    who: 'alice',
    words: 'go',
    environments: ['production']
  })
  const done = await at.step({ environment: 'production' }, onGitHub())
  expect(done.result).toMatchObject({ status: 'SUCCESS' })
  expect(JSON.stringify(done.result)).toContain('alice')
})

test('in a public repository the ledger keeps verdicts, and the words stay with who was there', async () => {
  github.state.visibility = 'public'
  const at = openStand(
    CHECKLIST.replace('id: alive', "id: alive\n    - run: 'echo $((40 + 2)) words of a program; exit 3'\n      id: red")
  )
  const done = await at.step({}, onGitHub())
  expect(done.result).toMatchObject({ status: 'FAILED' })
  expect(JSON.stringify(done.result)).toContain('exit 3')
  const kept = JSON.stringify(github.requests().map(({ body }) => body))
  // Not shown when it fails: it is all of the ledger.
  const has = (pattern: RegExp) => pattern.test(kept)
  expect([/smoke-test\/red/, /host-[0-9a-f]{16}/].map(has)).toEqual([true, true])
  expect([/42 words of a program/, /exit 3 after/].map(has)).toEqual([false, false])
})

test('without a token the gate is closed, and the step says which input gives one', async () => {
  const at = openStand(GATED)
  const done = await at.step({ environment: 'production', ledger: `file:${at.ledger}` })
  expect(refusal(done)).toEqual(['REFUSED', 'gate_unreadable', 2])
  expect(done.result.hint).toMatch(/github-token.*actions: read/)
})

test('a command in a step adopts what is live into the branch, and the first rollback goes there', async () => {
  const at = openStand()
  const live = at.git('rev-parse', 'HEAD')
  at.sets('live', live)
  const step = { env: { ...IN_ACTIONS, RUNNER_TEMP: at.folder, ...onGitHub().env } }
  const adopted = await at.does(`adopt --commit ${live} --ledger branch`, step)
  expect(adopted.result).toMatchObject({ status: 'SUCCESS', reason: 'adopted' })
  at.commit()
  expect((await at.step({}, onGitHub({ GITHUB_RUN_ID: '78' }))).result.status).toBe('SUCCESS')
  const back = await at.step(
    { stage: 'rollback', execution: 'newest', because: 'slow' },
    onGitHub({ GITHUB_RUN_ID: '79' })
  )
  expect([back.result.status, at.world('live')]).toEqual(['SUCCESS', live])
})

test('a plan on a pull request reads the ledger with a token that may only read, and knows the way back', async () => {
  const at = openStand()
  await at.step({}, onGitHub({ GITHUB_RUN_ID: '77' }))
  const writes = () => github.requests().filter(({ method }) => method !== 'GET').length
  const before = writes()
  const permissions = { contents: 'read', actions: 'read' } as const
  github.state.tokens.set(TOKEN, { kind: 'installation', login: 'github-actions[bot]', permissions, sees: true })
  const live = at.git('rev-parse', 'HEAD')
  at.commit()
  const pull = { GITHUB_RUN_ID: '78', GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/5/merge' }
  const plan = await at.step({ environment: 'production', 'dry-run': 'true', prepare: 'true' }, onGitHub(pull))
  expect([plan.result.status, plan.result.reason]).toEqual(['SUCCESS', 'planned'])
  expect(plan.text).toContain(live.slice(0, 7))
  expect(writes()).toBe(before)
})
