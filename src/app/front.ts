import type { Deployments } from '../core/deployments/deployment.js'
import { once } from '../core/once.js'
import type { Clock, DefaultBranch, Gate, GateKeeper, Ledger, Liveness } from '../core/ports.js'
import type { Reruns, SignOffPages } from '../core/sign-offs/pages.js'
import { type AboutRepository, isPublic, openAboutRepository } from '../github/about-repository.js'
import { openApprovals, openRefs } from '../github/approvals.js'
import { openCommitChecks } from '../github/commit-checks.js'
import { openDefaultBranch } from '../github/default-branch.js'
import { openDeployments } from '../github/deployments.js'
import { openGate } from '../github/gate.js'
import type { GitHub } from '../github/github.js'
import { type IssueComments, openIssueComments } from '../github/issue-comments.js'
import { openLastHead } from '../github/last-head.js'
import { livenessOnGitHub, openRuns } from '../github/runs.js'
import { openGateKeeper } from '../github/set-gate.js'
import { openSignOffPages } from '../github/sign-off-issue.js'
import { openReruns } from '../github/sign-off-rerun.js'
import { aboutInJob } from './about-in-job.js'
import { branchFromAfar, isFromAfar } from './branch-from-afar.js'
import { handingOn, seenBefore } from './branch-seen.js'
import { openClient, ownerAndName } from './client.js'
import type { Actions, Host } from './host.js'
import type { OnGitHub } from './on-github.js'
import type { Command } from './request.js'

export type FrontOptions = Readonly<{
  host: Host
  actions: Actions | undefined
  /** The machine's own answer to whether a holder lives. */
  machine: Liveness
  /** `owner/name`. */
  repository: () => Promise<string>
  signal: AbortSignal
  say(line: string): void
}>

/** All that this process has of GitHub. What it has not says why when it is asked, and what to do. */
export type Front = Readonly<{
  gate: Gate
  gateKeeper?: GateKeeper
  defaultBranch?: DefaultBranch
  onGitHub?: OnGitHub
  deployments?: Deployments
  signOffs?: SignOffs
  /** Absent where there is no token. */
  comments?: IssueComments
  liveness: Liveness
  /** The ledger on a branch of the repository. */
  ledger?: (branch: string, clock: Clock) => Promise<Ledger>
}>

/** Where people settle manual items, and how the run that waits for them goes on. */
export type SignOffs = Readonly<{ pages: SignOffPages; reruns: Reruns }>

/**
 * In Actions everything that the job's token may. Elsewhere what the command `gate` shows and sets, and the ledger's branch
 * for those that only look or sign: a run that no environment holds back is behind no gate, whatever GitHub would enforce for others.
 */
export function openFront(options: FrontOptions, command: Command): Front {
  const { host, actions, machine } = options
  if ((host.gitHubToken ?? '') === '')
    return { gate: closed(actions === undefined ? NO_TOKEN_HERE : NO_TOKEN), liveness: machine }
  const deployments = deploymentsFor(options)
  if (actions !== undefined) return { ...inActions(options, actions), deployments }
  const comments = commentsFor(options)
  if (command === 'gate') return forAdmin(options)
  const outside = { gate: closed(OUTSIDE), liveness: machine, comments, deployments }
  return isFromAfar(command) ? { ...outside, ledger: branchFromAfar(options) } : outside
}

/** They tell what is done and decide nothing, so that nothing waits long for them; also of a cancelled run: no signal. */
function deploymentsFor(options: FrontOptions): Deployments {
  const opened = once(async () => {
    const repository = await options.repository()
    return openDeployments(openClient(options, { repository, timeoutMs: 5_000, patienceMs: 6_000 }))
  })
  return {
    take: async wanted => await (await opened()).take(wanted),
    report: async (...asked) => await (await opened()).report(...asked),
    heads: async environments => await (await opened()).heads(environments)
  }
}

function inActions(options: FrontOptions, actions: Actions): Front {
  const { host, machine, signal } = options
  const { repository } = actions
  const github = openClient(options, { repository, signal })
  const about = aboutInJob(openAboutRepository(github), actions)
  const runs = openRuns(github)
  const members =
    host.membersToken === undefined ? github : openClient(options, { repository, signal, token: host.membersToken })
  return {
    ...aboutGate(github, about),
    onGitHub: {
      commitChecks: openCommitChecks(github),
      refs: openRefs(github),
      runs,
      approvals: openApprovals(github),
      lastHead: openLastHead(github)
    },
    signOffs: { pages: openSignOffPages(github, members), reruns: openReruns(github, host.clock) },
    comments: openIssueComments(openClient(options, { repository, ...BRIEF }), about),
    liveness: livenessOnGitHub(machine, runs, repository),
    ledger: async (branch, clock) => {
      const { openBranchLedger } = await import('../github/ledger/branch-ledger.js')
      const publicRepository = isPublic(await about())
      const seen = await seenBefore(branch, actions)
      // What a cancelled run leaves must still be written down, so this one has no signal.
      const store = { github: openClient(options, { repository }), branch, clock, publicRepository }
      return handingOn(openBranchLedger({ ...store, ...(seen !== undefined && { seen }) }), branch, actions)
    }
  }
}

function forAdmin(options: FrontOptions): Front {
  const { machine, signal } = options
  const opened = once(async () => {
    const repository = await ownerAndName(options.repository)
    const github = openClient(options, { repository, signal })
    return aboutGate(github, openAboutRepository(github))
  })
  return {
    gate: { read: async environment => await (await opened()).gate.read(environment) },
    gateKeeper: { apply: async (...asked) => await (await opened()).gateKeeper.apply(...asked) },
    defaultBranch: { read: async file => await (await opened()).defaultBranch.read(file) },
    liveness: machine
  }
}

/** Nothing waits long for a comment; and what a cancelled run has to tell is still told, so that this has no signal. */
const BRIEF = { timeoutMs: 4_000, patienceMs: 2_000 } as const

function commentsFor(options: FrontOptions): IssueComments {
  const opened = once(async () => {
    const github = openClient(options, { repository: await options.repository(), ...BRIEF })
    return openIssueComments(github, openAboutRepository(github))
  })
  return {
    write: async comment => await (await opened()).write(comment),
    isPublic: async () => await (await opened()).isPublic()
  }
}

/** What each of these has been told is remembered by it, so that they are made once. */
function aboutGate(github: GitHub, about: () => Promise<AboutRepository>) {
  const options = { github, about }
  return {
    gate: openGate(options),
    gateKeeper: openGateKeeper(options),
    defaultBranch: openDefaultBranch(github)
  }
}

type Closed = Readonly<{ why: string; hint: string }>

const closed = (why: Closed): Gate => ({ read: async () => ({ kind: 'unreadable', ...why }) })

const NO_TOKEN: Closed = {
  why: 'this step has no token to ask GitHub with',
  hint: 'Leave the input `github-token` as it is, and give the job `permissions: { actions: read, contents: read }`.'
}
const NO_TOKEN_HERE: Closed = {
  why: 'there is no token to ask GitHub with',
  hint: 'To look at the gate: GITHUB_TOKEN=$(gh auth token) deploy-checklist gate. To deploy behind it: run it in GitHub Actions.'
}
const OUTSIDE: Closed = {
  why: 'nothing holds a run outside of GitHub Actions back until somebody has approved',
  hint: 'Run it in GitHub Actions, in a job with that `environment:`; or take `gate` out of the checklist.'
}
