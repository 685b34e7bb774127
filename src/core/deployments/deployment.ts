import type { Status } from '../execution.js'
import type { Reason } from '../reasons.js'
import type { KnownHead } from '../verify.js'

/** A deployment on GitHub that stands for an execution, as the ledger keeps it. */
export type Deployment = Readonly<{
  id: string
  environment: string
  /** What GitHub says is deployed: for a job's own the commit of its run, which may not be the one that is deployed. */
  sha: string
  /** True for the one that GitHub made for the job because of its `environment:`; false for one that we made. */
  own: boolean
  /** Where its log is; empty where nobody knows. */
  logUrl: string
}>

/** As an attempt of a run has found or made it; `page` is where GitHub shows the environment's deployments. */
export type TakenDeployment = Deployment & Readonly<{ page: string; runId: string; runAttempt: number }>

/** Why an attempt of a run could not tell GitHub; the words stay out of a ledger that everybody can read. */
export type MissedDeployment = Readonly<{ reason: Reason; message: string; runId: string; runAttempt: number }>

/** Who asks: an attempt of a workflow run, and what is known of its job. */
export type AskingJob = Readonly<{
  runId: string
  runAttempt: number
  /** Name of the runner, by which the job is found among those of the run; empty where nobody knows. */
  runner: string
  /** The commit of the run: a job's own deployment is for that one. */
  sha: string
}>

/**
 * `where-none`: made where the job has none. `unless-certain`: made also where nobody can tell which of several is the
 * job's. `never`: only looked for.
 */
export type Making = 'where-none' | 'unless-certain' | 'never'

export type WantedDeployment = Readonly<{
  execution: string
  environment: string
  /** What a new one is for: a whole SHA. */
  commit: string
  /** At most 140 characters, for a new one. */
  description: string
  job: AskingJob
  make: Making
}>

export type DeploymentState = 'in_progress' | 'pending' | 'success' | 'failure' | 'error' | 'inactive'

/** One status as it is written. `description` has at most 140 characters; addresses may be empty. */
export type DeploymentWords = Readonly<{
  state: DeploymentState
  description: string
  environmentUrl: string
  logUrl: string
  /** Whether GitHub ends the deployments before it; it does so only where the environment is not a production one. */
  endsOthers: boolean
}>

/** What one execution came to, as far as its status on GitHub tells of it. */
export type Told = Readonly<{ id: string; status: Status; head: string }>

export type HeadsOnGitHub =
  | Readonly<{ kind: 'read'; heads: readonly KnownHead[]; deployments: number }>
  | Readonly<{ kind: 'unreadable'; why: string; hint: string }>

/** Deployments of our own repository. What it asks may fail: it throws the refusal that names the missing permission. */
export interface Deployments {
  /**
   * The one that stands for this execution: the job's own, one that was made for it before, or a new one. Asked twice, at
   * once or after a fault, it is still one. Undefined: there is none, and none was to be made.
   */
  take(wanted: WantedDeployment): Promise<Deployment | undefined>
  /** Adds a status. `unlessSaid`: not where it has one that says the same, as when a step before has written it. */
  report(id: string, words: DeploymentWords, how?: 'unless-said'): Promise<void>
  /** Heads of the ledger that the newest deployments of these environments carry; of all where none is named. */
  heads(environments: readonly string[]): Promise<HeadsOnGitHub>
}
