import { expect, test } from '@jest/globals'
import { addEnvironment, environmentsOf } from '../fakes/github/handlers/environments.js'
import { aboutOf } from '../fakes/github/handlers/repository.js'
import { useGitHub } from '../fakes/github/server.js'
import { ADMIN_TOKEN, TOKEN } from '../fakes/github/state.js'
import { CHECKLIST, openStand, refusal } from './stand.js'

const github = useGitHub({ repository: 'org/shop' })
const PROMISE = '{ reviewers: required, prevent-self-review: true, wait: 5m, branches: [main] }'
const GATED = `${CHECKLIST}environments: { production: { newest: false, gate: ${PROMISE} } }\n`
const as = (token: string) => ({ env: { GITHUB_API_URL: github.url(), GITHUB_TOKEN: token } })
const real = () => environmentsOf(github.state).all.get('production')

/** A clone whose remote says which repository it is. */
function clone(checklist = GATED) {
  const at = openStand(checklist)
  at.git('remote', 'add', 'origin', 'git@github.com:org/shop.git')
  return at
}

test('the gate is shown, set by an admin, and then it is what was promised', async () => {
  const at = clone()
  addEnvironment(github.state, 'production')
  const open = await at.does('gate', as(ADMIN_TOKEN))
  expect(refusal(open)).toEqual(['REFUSED', 'gate_too_weak', 2])
  expect(open.text).toMatch(/✗ production has no reviewers/)

  const set = await at.does('gate --apply --reviewer @alice --reviewer @org/devops', as(ADMIN_TOKEN))
  expect(refusal(set)).toEqual(['SUCCESS', 'ok', 0])
  expect(real()).toMatchObject({ preventSelfReview: true, waitMinutes: 5, branches: 'custom' })

  const shown = await at.does('gate', as(TOKEN))
  expect(refusal(shown)).toEqual(['SUCCESS', 'ok', 0])
  expect(shown.text).toMatch(/reviewers +required +@alice, @org\/devops/)
  expect(JSON.stringify([open, set, shown].map(({ masked: _, ...said }) => said))).not.toMatch(/gh[ps]_\w{20}/)
})

test("a job's own token cannot set it, and nothing is changed", async () => {
  const at = clone()
  addEnvironment(github.state, 'production')
  const done = await at.does('gate --apply --reviewer @alice', as(TOKEN))
  expect(refusal(done)).toEqual(['REFUSED', 'missing_permission', 2])
  expect(real()?.reviewers).toEqual([])
})

test('without a token it says how to come by one', async () => {
  const at = clone()
  const shown = await at.does('gate', { env: { GITHUB_API_URL: github.url() } })
  expect(refusal(shown)).toEqual(['REFUSED', 'gate_unreadable', 2])
  const set = await at.does('gate --apply', { env: { GITHUB_API_URL: github.url() } })
  expect(refusal(set)).toEqual(['REFUSED', 'missing_permission', 2])
  expect(set.result.hint).toMatch(/gh auth token/)
  expect(github.requests()).toEqual([])
})

test('a run in Actions is refused for a gate that is open, and by what the default branch demands', async () => {
  const at = clone()
  addEnvironment(github.state, 'production')
  const step = async () => refusal(await at.step({ ledger: 'run' }, as(TOKEN)))
  expect(await step()).toEqual(['REFUSED', 'gate_too_weak', 2])
  expect(at.did()).toEqual([])

  const bare = clone(CHECKLIST)
  aboutOf(github.state).files.set('deploy-checklist.yml', GATED)
  expect(refusal(await bare.step({ ledger: 'run' }, as(TOKEN)))).toEqual(['REFUSED', 'gate_too_weak', 2])
  aboutOf(github.state).files.clear()
  expect(refusal(await bare.step({ ledger: 'run' }, as(TOKEN)))[0]).toBe('SUCCESS')
})

test('a token without the permission to read it is told apart from a gate that is open', async () => {
  const at = clone()
  addEnvironment(github.state, 'production')
  const permissions = { contents: 'read' } as const
  github.state.tokens.set(TOKEN, { kind: 'installation', login: 'github-actions[bot]', permissions, sees: true })
  const done = await at.step({ ledger: 'run' }, as(TOKEN))
  expect(refusal(done)).toEqual(['REFUSED', 'missing_permission', 2])
  expect(`${done.result.message} ${done.result.hint}`).toMatch(/actions: read/)
})
