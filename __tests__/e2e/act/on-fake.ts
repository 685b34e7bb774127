import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Event } from '../../../src/core/events.js'
import type { ExecutionRecord } from '../../../src/core/execution.js'
import { openBranchLedger } from '../../../src/github/ledger/branch-ledger.js'
import { fakeClock } from '../../fakes/clock.js'
import { ciOf, fakeRun } from '../../fakes/github/ci-state.js'
import { gitOf } from '../../fakes/github/git-store.js'
import { addEnvironment } from '../../fakes/github/handlers/environments.js'
import { aboutOf } from '../../fakes/github/handlers/repository.js'
import { plainGitHub } from '../../fakes/github/plain-github.js'
import { type FakeGitHub, startGitHub } from '../../fakes/github/server.js'
import { TOKEN } from '../../fakes/github/state.js'
import { type ActRun, asActKnows, type Caller, type Running, withCaller } from './act.js'

/** Which attempt of which run, and what a person typed into its form. */
export type Attempt = Readonly<{
  run: number
  attempt?: number
  event?: string
  payload?: object
  inputs?: Readonly<Record<string, string>>
}>

/** The shop's repository on a GitHub of its own, whose ledger is a branch there. */
export type ShopOnGitHub = Readonly<{
  caller: Caller
  fake: FakeGitHub
  /** Commits files beside the workflows of examples/workflows, and pushes them to main; the new commit. */
  push(files: Readonly<Record<string, string>>): string
  /** One attempt of a run: GitHub knows it while it runs, that it is over when it is, and that bob has approved it. */
  act(workflow: string, attempt: Attempt): Promise<ActRun>
  start(workflow: string, attempt: Attempt): Running
  /** The run is over, as GitHub sees it. */
  over(attempt: Attempt): void
  live(): readonly string[]
  liveFile: string
  /** Executions on the ledger's branch, oldest first, as a process reads them that knows nothing. */
  executions(): Promise<readonly Kept[]>
}>
export type Kept = Readonly<{ record: ExecutionRecord; events: readonly Event[] }>

export async function withShopOnGitHub(work: (shop: ShopOnGitHub) => Promise<void>): Promise<void> {
  const fake = await startGitHub({ repository: 'org/shop' })
  try {
    addEnvironment(fake.state, 'production', { reviewers: [{ type: 'User', login: 'bob' }] })
    await withCaller(async caller => await work(shopOf(caller, fake)))
    if (fake.violations().length > 0) throw new Error(`GitHub's contract was broken:\n${fake.violations().join('\n')}`)
  } finally {
    await fake.close()
  }
}

function shopOf(caller: Caller, fake: FakeGitHub): ShopOnGitHub {
  const liveFile = join(caller.folder, '..', 'live')
  const workflows = examples()
  const ci = ciOf(fake.state)

  const start = (workflow: string, { run, attempt = 1, event, payload, inputs = {} }: Attempt): Running => {
    const createdAt = ci.runs.find(({ id }) => id === run)?.createdAt ?? new Date().toISOString()
    for (const [place, each] of ci.runs.entries())
      if (each.id === run) ci.runs[place] = { ...each, status: 'completed', conclusion: 'failure' }
    // GitHub may have begun this attempt itself, because somebody asked for it.
    const begun = ci.runs.findIndex(each => each.id === run && each.attempt === attempt)
    if (begun >= 0) ci.runs.splice(begun, 1)
    ci.runs.push(fakeRun({ id: run, attempt, createdAt, actor: 'alice', triggeredBy: 'alice' }))
    ci.reviews.push({ run, state: 'approved', who: 'bob', words: 'go ahead', environments: ['production'] })
    const running = caller.start({
      workflow: `${workflow}.yml`,
      ...(event !== undefined && { event }),
      ...(payload !== undefined && { payload }),
      env: {
        GITHUB_API_URL: fake.url,
        GITHUB_RUN_ID: String(run),
        GITHUB_RUN_ATTEMPT: String(attempt),
        LIVE: liveFile
      },
      secrets: { GITHUB_TOKEN: TOKEN, ENV: `LIVE="${liveFile}"` },
      inputs
    })
    return { ...running, ended: running.ended.finally(() => over({ run, attempt })) }
  }
  const over = ({ run, attempt = 1 }: Attempt) => {
    const place = ci.runs.findIndex(each => each.id === run && each.attempt === attempt)
    const found = ci.runs[place]
    if (found !== undefined) ci.runs[place] = { ...found, status: 'completed', conclusion: 'failure' }
  }
  return {
    ...{ caller, fake, start, over, liveFile },
    push: files => {
      const sha = caller.commit({ ...workflows, ...files })
      for (const name of [sha, 'heads/main']) ci.commits.set(name, { sha, author: 'alice', committer: 'alice' })
      const checklist = join(caller.folder, 'deploy-checklist.yml')
      aboutOf(fake.state).files.set('deploy-checklist.yml', readFileSync(checklist, 'utf8'))
      return sha
    },
    act: (workflow, attempt) => start(workflow, attempt).ended,
    live: () => {
      try {
        return readFileSync(liveFile, 'utf8').split('\n').filter(Boolean)
      } catch {
        return []
      }
    },
    executions: async () => {
      const github = plainGitHub(fake.url, { repository: fake.state.repository })
      const clock = fakeClock({ mode: 'turning' })
      const ledger = openBranchLedger({ github, branch: 'deploy-checklist', clock, publicRepository: false })
      const { records } = await ledger.list({}, { limit: 100 })
      const found = await Promise.all(records.map(({ id }) => ledger.read(id)))
      return found.flatMap(stored => (stored === undefined ? [] : [stored])).reverse()
    }
  }
}

/** The files of examples/workflows, by where a caller has them. */
export const examples = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync('examples/workflows').map(file => [
      `.github/workflows/${file}`,
      asActKnows(readFileSync(join('examples/workflows', file), 'utf8'))
    ])
  )

/** Every file of the ledger's branch in one text. */
export const ledgerText = ({ fake }: ShopOnGitHub): string =>
  Object.values(gitOf(fake.state).textsOf('deploy-checklist')).join('\n')
