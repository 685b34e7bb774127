import { type ChecklistError, refused, unavailable } from './errors.js'
import type { CommitOnGitHub } from './outdated.js'
import type { Reason } from './reasons.js'
import type { WorkflowRun } from './runs.js'

/**
 * Somebody's approval. `seenAt` is when we read it: GitHub does not say when it was given. `own`: what of the approver's
 * is in it, the commit (written or pushed by them) or the run (started by them); absent where that could not be asked.
 */
export type Approval = Readonly<{ who: string; words: string; seenAt: string; own?: readonly ('commit' | 'run')[] }>

/** How an execution came through the environment's gate; `why` says what was found, empty when it was approved. */
export type Passage = Readonly<{
  /** `held`: nobody has to approve; its rules have held the job back, such as a wait timer. */
  how: 'approved' | 'held' | 'bypassed' | 'unknown'
  why: string
  attempt: number
  /** How many approvals of the run there were, those of earlier attempts too. */
  given: number
  approvals: readonly Approval[]
  /** True where it was not let in like that. */
  closed?: true
}>

/** One entry of the run's reviews, for all its attempts alike: GitHub gives neither the moment nor the attempt. */
export type Review = Readonly<{ state: string; who: string; words: string; environments: readonly string[] }>
export type Reviews = Readonly<{ reviews: readonly Review[] } | Untold>

/** What GitHub did not tell: why, and where a code says more, which it is and what to do. */
export type Untold = Readonly<{ unknown: string; reason?: Reason; hint?: string }>

/** Reviews of our own run. Never throws for what GitHub did not tell. */
export interface Approvals {
  read(runId: string): Promise<Reviews>
  /** By whom a commit is; undefined when GitHub did not tell. */
  commit(sha: string): Promise<CommitOnGitHub | undefined>
}

export type PassageFacts = Readonly<{
  environment: string
  attempt: number
  /** Whether the environment really has required reviewers now. */
  hasReviewers: boolean | Untold
  /** Whether GitHub's own deployment of this job stands for the environment: then its rules have held the job back. */
  held: boolean
  reviews: Reviews
  /** How many approvals of this run were seen in its earlier attempts: they say nothing of this one. */
  before: number
  run: WorkflowRun | undefined
  commit: CommitOnGitHub | undefined
  now: string
}>

/** How it came through, and why it must not go on like that; `closed` is absent where it may. */
export type Judged = Readonly<{ passage: Passage; closed?: ChecklistError }>

/**
 * Unknown is closed: what GitHub does not tell lets nobody pass. A reviewer's approval is enough, of whichever attempt, since
 * all of them are of one commit; without any only an admin's bypass is left, and that counts where GitHub itself says that
 * the job is of this environment. Else nobody was asked at all.
 */
export function judgePassage(facts: PassageFacts): Judged {
  const { environment, attempt, reviews, before, hasReviewers, held } = facts
  const found = (how: Passage['how'], why: string): Passage => ({ how, why, attempt, given: 0, approvals: [] })
  const shut = (why: string, closed: ChecklistError): Judged => ({
    passage: { ...found('unknown', why), closed: true },
    closed
  })
  if ('unknown' in reviews) return shut(reviews.unknown, untold(`who approved this run for ${environment}`, reviews))
  const given = reviewsFor(reviews, environment, 'approved')
  const known = { given: given.length, approvals: given.map(review => approval(review, facts)) }
  if (given.length > before) return { passage: { ...found('approved', ''), ...known } }
  if (given.length > 0) {
    const why = `the run's approvals for ${environment} were all seen in an earlier attempt, and GitHub does not say which attempt they are for`
    return { passage: { ...found('unknown', why), ...known } }
  }
  if (typeof hasReviewers === 'object')
    return shut(hasReviewers.unknown, untold(`the reviewers of ${environment}`, hasReviewers))
  if (!hasReviewers) {
    const why = `${environment} has no required reviewers any more`
    return shut(why, refused('gate_too_weak', `${why}; the checklist promises some`, SET_AGAIN))
  }
  if (held) {
    const why = `${environment} has required reviewers, and none of them has approved this run, which its rules have held back: an admin let it pass`
    return { passage: found('bypassed', why) }
  }
  const why = `none of the required reviewers of ${environment} has approved this run, and nothing shows that an admin let it pass`
  return shut(why, refused('not_approved', why, nameIt(environment)))
}

/** A wait timer holds only jobs of its environment: that this is one, GitHub shows by the job's own deployment. */
export function judgeHeld(environment: string, attempt: number, held: boolean): Judged {
  const base = { attempt, given: 0, approvals: [] }
  if (held) return { passage: { how: 'held', why: `the rules of ${environment} have held the job back`, ...base } }
  const why = `${environment} promises to hold a job back, and nothing shows that this one is of it`
  const hint = `Name \`environment: ${environment}\` in the job, and give it \`permissions: { deployments: write }\`: by the job's own deployment GitHub shows that its rules held it back.`
  return { passage: { how: 'unknown', why, ...base, closed: true }, closed: refused('not_approved', why, hint) }
}

const SET_AGAIN = 'Set them again (`deploy-checklist gate --apply`), then start a new run.'

const nameIt = (environment: string): string =>
  `Name \`environment: ${environment}\` in the job, so that GitHub asks them before it begins. If an admin let it pass, give the job \`permissions: { deployments: write }\` too: by the job's own deployment GitHub shows that its rules held it back.`

/** An outage passes and nothing was touched; a missing permission is named, and another thing than a missing approval. */
function untold(what: string, { unknown, reason, hint = 'Run it again.' }: Untold): ChecklistError {
  if (reason === 'github_unavailable') return unavailable(reason, `GitHub did not tell ${what}: ${unknown}`, hint)
  return refused(reason ?? 'gate_unreadable', `${what} cannot be told: ${unknown}`, hint)
}

/** The reviews with that word for an environment, whichever attempt of the run they are of; the newest last. */
export const reviewsFor = (
  { reviews }: Readonly<{ reviews: readonly Review[] }>,
  environment: string,
  state: 'approved' | 'rejected'
): readonly Review[] => reviews.filter(review => review.state === state && isFor(review, environment))

const same = (one: string, other: string): boolean => one !== '' && one.toLowerCase() === other.toLowerCase()
const isFor = ({ environments }: Review, name: string): boolean => environments.some(other => same(other, name))

function approval({ who, words }: Review, { now, run, commit }: PassageFacts): Approval {
  const base = { who, words, seenAt: now }
  if (run === undefined || commit === undefined) return base
  const pushed = run.event === 'push' && same(who, run.actor)
  const wrote = same(who, commit.author) || same(who, commit.committer)
  const started = same(who, run.actor) || same(who, run.triggeredBy)
  return { ...base, own: [...(pushed || wrote ? ['commit' as const] : []), ...(started ? ['run' as const] : [])] }
}
