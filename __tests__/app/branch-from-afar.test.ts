import { expect, test } from '@jest/globals'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'
import { CHECKLIST, openStand, refusal } from './stand.js'

const github = useGitHub({ repository: 'org/shop' })
const asked = () => ({ GITHUB_API_URL: github.url(), GITHUB_TOKEN: TOKEN })
// A clone of the repository on somebody's own machine.
const here = () => ({ env: asked() })
const may = (contents: 'read' | 'write') =>
  github.state.tokens.set(TOKEN, {
    ...{ kind: 'installation', login: 'ann', sees: true },
    permissions: { contents, actions: 'read', deployments: 'read' }
  } as const)

test('from a machine of their own people look at the branch with a token that may only read', async () => {
  const at = openStand()
  at.git('remote', 'add', 'origin', 'https://github.com/org/shop.git')
  const done = await at.step({}, { env: asked() })
  expect(done.result.status).toBe('SUCCESS')
  may('read')
  const writes = () => github.requests().filter(({ method }) => method !== 'GET').length
  const before = writes()
  const [history, show, verify] = [
    await at.does('history --ledger branch', here()),
    await at.does('show --ledger branch', here()),
    await at.does('verify --ledger branch', here())
  ]
  expect(history.text).toContain(done.id)
  expect(show.text).toContain(done.id)
  expect(verify.text).toMatch(/The chain is whole: \d+ events of 1 execution/)
  expect([history, show, verify].map(({ result }) => result.exitCode)).toEqual([0, 0, 0])
  expect(writes()).toBe(before)
})

test.each(['run', 'rollback --because slow', 'plan', 'monitor'])(
  'what may act is refused from there, and the refusal says how to look: %s',
  async line => {
    const at = openStand()
    const done = await at.does(`${line} --ledger branch`, here())
    expect(refusal(done)).toEqual(['REFUSED', 'usage', 2])
    expect(`${done.result.message} ${done.result.hint}`).toMatch(/GitHub Actions alone.*history --ledger branch/)
    expect(at.did()).toEqual([])
  }
)

test('and say a word that a waiting run then goes on with, which is claimed whatever they are called there', async () => {
  const at = openStand(CHECKLIST.replace('stages:', 'stages:\n  preflight:\n    - manual: told'))
  at.git('remote', 'add', 'origin', 'https://github.com/org/shop.git')
  // Without issues: write there is no page to answer in.
  may('write')
  const waits = await at.step({}, { env: asked() })
  expect(waits.result).toMatchObject({
    status: 'WAITING',
    nextSteps: [expect.stringContaining(`sign ${waits.id} --sign preflight/told=NAME:WORDS --ledger branch`)]
  })
  const said = await at.does(`sign ${waits.id} --sign preflight/told=ann:yes --ledger branch`, here())
  expect(said.result.exitCode).toBe(0)
  const done = await at.step({}, { env: { ...asked(), GITHUB_RUN_ATTEMPT: '2' } })
  expect(done.result).toMatchObject({ status: 'SUCCESS', signOffs: [{ who: 'ann', claimed: true }] })
})

test('without a token it is said that one is needed', async () => {
  const done = await openStand().does('history --ledger branch', { env: { GITHUB_API_URL: github.url() } })
  expect(refusal(done)).toEqual(['REFUSED', 'usage', 2])
  expect(done.result.hint).toContain('GITHUB_TOKEN=')
})

test.each(['history --ledger branch', 'gate'])(
  'a folder that is no clone of a repository there is refused: %s',
  async line => {
    const done = await openStand().does(line, here())
    expect(refusal(done)).toEqual(['REFUSED', 'usage', 2])
    expect(done.result.message).toMatch(/found shop, whose remote names no owner/)
    expect(github.requests()).toEqual([])
  }
)
