import type { Identity } from '../../src/app/identity.js'
import type { OnGitHub } from '../../src/app/on-github.js'
import type { Shop } from '../../src/app/shop.js'
import type { Review, Reviews } from '../../src/core/approval.js'
import type { CommitFacts } from '../../src/core/commit-checks.js'
import type { Deployment } from '../../src/core/deployments/deployment.js'
import type { EnvironmentFacts } from '../../src/core/gate/facts.js'
import type { Gate } from '../../src/core/ports.js'
import type { JobOfRun, WorkflowRun } from '../../src/core/runs.js'
import { livenessOnGitHub } from '../../src/github/runs.js'

/** What GitHub says in a test; whatever is left out is as good as it can be. */
export type Said = Readonly<{
  /** Commit of the ref; undefined: there is no such ref. Left out: the one that is deployed. */
  newest?: string | undefined
  facts?: Partial<CommitFacts>
  /** Left out: ann approved. */
  reviews?: readonly Review[] | Extract<Reviews, { unknown: string }>
  run?: Partial<WorkflowRun> | string
  jobs?: readonly JobOfRun[]
  attempt?: number
  runId?: string
  /** Whether the environment has reviewers; undefined: it cannot be read. */
  reviewers?: boolean | undefined
  /** Whether GitHub's own deployment of the job stands for the environment. */
  held?: boolean
}>

/** A shop in a job of Actions, with a GitHub that says so; `asked` hears of every question. */
export const onGitHub =
  (said: Said = {}, asked: (question: string) => void = () => {}) =>
  async (shop: Shop): Promise<Shop> => {
    const { attempt = 1, runId = '77' } = said
    const own: Identity = {
      ...(await shop.identity()),
      runId,
      runAttempt: attempt,
      actor: 'bea',
      ref: 'refs/heads/main'
    }
    const given = said.reviews ?? [approvedBy('ann')]
    const reviews: Reviews = 'unknown' in given ? given : { reviews: given }
    const hub: OnGitHub = {
      commitChecks: {
        read: async commit => {
          asked('checks')
          return { commit, checks: [], statuses: [], runs: [], ...said.facts }
        }
      },
      refs: {
        newest: async ref => {
          asked(ref)
          const sha = 'newest' in said ? said.newest : own.commit
          return sha === undefined ? undefined : { sha, author: '', committer: '' }
        }
      },
      runs: {
        read: async id => {
          asked(`run ${id}`)
          return typeof said.run === 'string' ? { unknown: said.run } : { run: { ...RUN, id, attempt, ...said.run } }
        },
        jobs: async id => {
          asked(`jobs of ${id}`)
          return { jobs: said.jobs ?? [] }
        }
      },
      approvals: {
        read: async () => {
          asked('reviews')
          return reviews
        },
        commit: async sha => ({ sha, author: 'dan', committer: 'web-flow' })
      },
      lastHead: { read: async () => undefined }
    }
    const machine = {
      ...shop.liveness,
      self: async () => ({ ...(await shop.liveness.self()), runId, runAttempt: attempt })
    }
    return {
      ...shop,
      liveness: livenessOnGitHub(machine, hub.runs, 'org/shop'),
      identity: async () => own,
      gate: gateWith('reviewers' in said ? said.reviewers : true),
      onGitHub: hub,
      deployments: {
        take: async () => (said.held ? OWN : undefined),
        report: async () => {},
        heads: async () => ({ kind: 'read', heads: [], deployments: 0 })
      }
    }
  }

const OWN: Deployment = { id: '1', environment: 'production', sha: '', own: true, logUrl: '' }
const RUN: WorkflowRun = {
  ...{ id: '77', attempt: 1, status: 'in_progress', conclusion: '', createdAt: '2026-01-05T10:00:00Z' },
  ...{ event: 'push', actor: 'bea', triggeredBy: 'bea', repository: 'org/shop' }
}

export const approvedBy = (who: string, words = 'go'): Review => ({
  ...{ state: 'approved', who, words, environments: ['production'] }
})

const gateWith = (reviewers: boolean | undefined): Gate => ({
  read: async environment =>
    reviewers === undefined
      ? { kind: 'unreadable', why: 'a 403', hint: 'x' }
      : { kind: 'read', facts: { ...FACTS, environment, reviewers: reviewers ? [ANN] : [] } }
})

const ANN = { type: 'User', id: 1, name: '@ann' } as const
const FACTS: EnvironmentFacts = {
  ...{ repository: 'org/shop', environment: 'production', settingsUrl: '', exists: true, plan: 'has-reviewers' },
  ...{ reviewers: [ANN], preventSelfReview: true, preventAdminBypass: true, waitMs: 0, branches: { kind: 'all' } }
}
