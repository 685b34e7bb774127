import { expect, test } from '@jest/globals'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'
import { CHECKLIST, openStand, type Stand } from './stand.js'

const github = useGitHub({ repository: 'org/shop' })
const STUCK = CHECKLIST.replace(/undo: '/, 'undo: \'echo tried >> "$WORLD/log"; test ! -e "$WORLD/stuck"; ')
const STAGES = ['preflight', 'deploy', 'smoke-test', 'monitor', 'rollback']

/** Each stage a process of its own, on the branch that keeps the ledger; what each ended with. */
async function job(at: Stand, run: string, attempt: string, stages = STAGES) {
  const env = {
    ...{ GITHUB_API_URL: github.url(), GITHUB_TOKEN: TOKEN },
    ...{ GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt }
  }
  const said: string[] = []
  for (const stage of stages) said.push((await at.step({ stage }, { env })).result.status)
  return said
}

const undone = (at: Stand) => at.did().filter(line => line.startsWith('undo ')).length
const tried = (at: Stand) => at.did().filter(line => line === 'tried').length

test('by itself a release goes back once: later stages, its own rollback step and attempts after it do nothing more', async () => {
  const at = openStand(STUCK)
  await job(at, '1', '1')
  at.sets('broken', at.commit())
  expect(await job(at, '2', '1', ['preflight', 'deploy', 'smoke-test'])).toContain('ROLLED_BACK')
  const before = github.requests().length
  await job(at, '2', '1', ['monitor', 'rollback'])
  for (const attempt of ['2', '3']) expect(await job(at, '2', attempt)).not.toContain('ROLLED_BACK')
  expect([undone(at), tried(at)]).toEqual([1, 1])
  expect(github.requests().length).toBeGreaterThan(before)
})

test('a way back that stopped is not tried again by itself, however often its run is', async () => {
  const at = openStand(STUCK)
  await job(at, '1', '1')
  at.sets('broken', at.commit())
  at.sets('stuck', 'x')
  expect(await job(at, '2', '1', ['preflight', 'deploy', 'smoke-test'])).toContain('FAILED')
  await job(at, '2', '1', ['smoke-test', 'monitor'])
  await job(at, '2', '2', ['deploy', 'smoke-test', 'monitor'])
  expect(tried(at)).toBe(1)
})
