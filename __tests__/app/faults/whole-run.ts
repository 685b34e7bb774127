import { expect } from '@jest/globals'
import type { Event } from '../../../src/core/events.js'
import type { Liveness } from '../../../src/core/ports.js'
import type { Result } from '../../../src/core/result/result.js'
import { openBranchLedger } from '../../../src/github/ledger/branch-ledger.js'
import { decideState } from '../../../src/shell/liveness.js'
import { fakeClock } from '../../fakes/clock.js'
import { ciOf, fakeRun } from '../../fakes/github/ci-state.js'
import { addEnvironment } from '../../fakes/github/handlers/environments.js'
import { aboutOf } from '../../fakes/github/handlers/repository.js'
import { plainGitHub } from '../../fakes/github/plain-github.js'
import { type FakeGitHub, startGitHub } from '../../fakes/github/server.js'
import { TOKEN } from '../../fakes/github/state.js'
import { ALIVE, DEPLOY, type Doing, type Done, openStand, type Stand, UNDO } from '../stand.js'

/** What is asked of GitHub for this: the gate, who approved, CI, whether the ref has moved, and the ledger's branch. */
export const CHECKLIST = `
name: shop
environments:
  production:
    gate: { reviewers: required }
    ci: green
stages:
  preflight:
    - run: 'true'
      id: fine
  deploy:
    - run: '${DEPLOY}'
      id: release
      timeout: 2h
      undo: '${UNDO}'
      probe: 'test "$(cat "$WORLD/live")" = "$DEPLOY_COMMIT"'
  smoke-test:
    - run: '${ALIVE}'
      id: alive
      timeout: 2h
  monitor:
    checkpoints: [0m, 1h]
    items:
      - run: '! test -e "$WORLD/down"'
        id: up
        timeout: 2h
`

export type Step = Readonly<Record<string, string>>
/** A job as the runner obeys it: steps until one is red, then the last one that always settles. Green if all were. */
export type Job = Readonly<{ green: boolean; steps: readonly Done[]; settled: Result | undefined }>

/** A repository, its GitHub, and the world that is deployed to. */
export type World = Readonly<{
  at: Stand
  fake: FakeGitHub
  /** A new commit that is on main, with green CI. */
  release(): string
  /** One job of a run; its attempts before this one are over from then on, and it is over when it has ended. */
  job(runId: number, attempt: number, steps: readonly Step[]): Promise<Job>
  /** What the chains of the ledger suffer from, as `verify` finds it. */
  flaws(): Promise<readonly unknown[]>
  /** All that the ledger's branch keeps of the environment, oldest first. */
  events(): Promise<readonly Event[]>
  /** How one process of that attempt comes to be. */
  inRun(runId: number, attempt: number): Doing
}>

export const STAGES = ['preflight', 'backup', 'migrate', 'deploy', 'smoke-test', 'monitor'].map(stage => ({ stage }))
/** All stages in one process, as from the command line; the cheaper half of what is tried. */
export const WHOLE: readonly Step[] = [{}]

export async function openWorld(checklist = CHECKLIST): Promise<World> {
  const at = openStand(checklist)
  const fake = await startGitHub({ repository: 'org/shop' })
  aboutOf(fake.state).files.set('deploy-checklist.yml', checklist)
  addEnvironment(fake.state, 'production', { reviewers: [{ type: 'User', login: 'alice' }] })
  const onMain = () => {
    const sha = at.git('rev-parse', 'HEAD')
    const ci = ciOf(fake.state)
    for (const name of [sha, 'heads/main']) ci.commits.set(name, { sha, author: 'bea', committer: 'bea' })
    ci.checks.push({ sha, name: 'test', status: 'completed', conclusion: 'success', suite: 4242 })
    return sha
  }
  onMain()
  const world: World = {
    at,
    fake,
    release: () => {
      at.commit()
      return onMain()
    },
    job: async (runId, attempt, steps) => await pumped(at, fake, async () => await jobOf(world, runId, attempt, steps)),
    inRun: (runId, attempt) => inRun(fake, runId, attempt),
    events: async () => {
      const github = plainGitHub(fake.url, { repository: 'org/shop' })
      const clock = fakeClock({ mode: 'turning' })
      const ledger = openBranchLedger({ github, branch: 'deploy-checklist', clock, publicRepository: false })
      const { records } = await ledger.list({}, { limit: 100 })
      const stored = await Promise.all(records.map(({ id }) => ledger.read(id)))
      return stored.reverse().flatMap(one => one?.events ?? [])
    },
    flaws: async () => {
      const { json } = await at.does('verify --ledger branch --environment production', inRun(fake, 900, 1))
      return (json as { problems: readonly unknown[] }).problems
    }
  }
  return world
}

async function jobOf({ at, fake }: World, runId: number, attempt: number, steps: readonly Step[]): Promise<Job> {
  begin(fake, runId, attempt)
  const done: Done[] = []
  for (const step of steps) {
    done.push(await at.step({ environment: 'production', ...step }, inRun(fake, runId, attempt)))
    if (done.at(-1)?.result.exitCode !== 0) break
  }
  const last = done.at(-1)
  const execution = done.findLast(({ id }) => id !== '')?.id ?? ''
  const settled = await settle(at, { execution, ...(last && { result: last.result }) }, inRun(fake, runId, attempt))
  over(fake, runId, attempt)
  const green = done.every(({ result }) => result.exitCode === 0) && settled?.exitCode === 0
  return { green, steps: done, settled }
}

/** Undefined where it could not say anything: the step is red then, as post.ts makes it. */
async function settle(at: Stand, word: Parameters<Stand['settle']>[0], more: Parameters<Stand['settle']>[2]) {
  try {
    return await at.settle(word, { environment: 'production' }, more)
  } catch (error) {
    expect(error).toHaveProperty('reason')
    return undefined
  }
}

function begin({ state }: FakeGitHub, id: number, attempt: number): void {
  const { runs, reviews } = ciOf(state)
  const known = runs.findIndex(run => run.id === id && run.attempt === attempt)
  if (known >= 0) runs.splice(known, 1)
  runs.push(fakeRun({ id, attempt }))
  if (known < 0) reviews.push({ run: id, state: 'approved', who: 'alice', words: 'go', environments: ['production'] })
}

function over({ state }: FakeGitHub, id: number, attempt: number): void {
  const { runs } = ciOf(state)
  const place = runs.findIndex(run => run.id === id && run.attempt === attempt)
  const run = runs[place]
  if (run !== undefined) runs[place] = { ...run, status: 'completed', conclusion: 'failure' }
}

/** Each step is a process of its own that is over when the next one begins, each attempt on a runner of its own. */
const inRun = ({ url }: FakeGitHub, id: number, attempt: number): Doing => ({
  env: {
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: 'org/shop',
    GITHUB_API_URL: url,
    GITHUB_TOKEN: TOKEN,
    GITHUB_RUN_ID: String(id),
    GITHUB_RUN_ATTEMPT: String(attempt)
  },
  liveness: processOf(String(id), attempt)
})

let processes = 0

function processOf(runId: string, runAttempt: number): Liveness {
  processes += 1
  const own = { pid: processes, startedAt: `${processes}`, runId, runAttempt }
  const self = { host: `runner of ${runId}.${runAttempt}`, bootId: 'a boot', ...own }
  return { self: async () => self, state: async other => decideState(self, other, () => 'none') }
}

/** Time goes on by itself from the first request that is not answered as it should be: waits take none of ours. */
async function pumped<T>({ turn }: Stand, { faults }: FakeGitHub, work: () => Promise<T>): Promise<T> {
  const before = faults.happened()
  const done = work()
  let isOver = false
  const end = () => {
    isOver = true
  }
  done.then(end, end)
  while (!isOver) {
    const isBroken = faults.happened() > before
    if (isBroken) await turn(1000)
    // A request that hangs is given up in real time: what turns a thousand times meanwhile would be hours.
    await new Promise(resolve => setTimeout(resolve, isBroken && faults.isHanging() ? 200 : 2))
  }
  return await done
}

export const deployments = ({ at }: World, sha: string): number =>
  at.did().filter(line => line === `deploy ${sha}`).length
