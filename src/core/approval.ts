import type { CommitOnGitHub } from './outdated.js'
import type { WorkflowRun } from './runs.js'

/**
 * Somebody's approval. `seenAt` is when we read it: GitHub does not say when it was given. `own`: what of the approver's
 * is in it, the commit (written or pushed by them) or the run (started by them); absent where that could not be asked.
 */
export type Approval = Readonly<{ who: string; words: string; seenAt: string; own?: readonly ('commit' | 'run')[] }>

/** How an execution came through the environment's gate; `why` says what was found, empty when it was approved. */
export type Passage = Readonly<{
  how: 'approved' | 'bypassed' | 'unknown'
  why: string
  attempt: number
  /** How many approvals of the run there were, those of earlier attempts too. */
  given: number
  approvals: readonly Approval[]
}>

/** One entry of the run's reviews, for all its attempts alike: GitHub gives neither the moment nor the attempt. */
export type Review = Readonly<{ state: string; who: string; words: string; environments: readonly string[] }>
export type Reviews = Readonly<{ reviews: readonly Review[] } | { unknown: string }>

/** Reviews of our own run. Never throws for what GitHub did not tell. */
export interface Approvals {
  read(runId: string): Promise<Reviews>
  /** By whom a commit is; undefined when GitHub did not tell. */
  commit(sha: string): Promise<CommitOnGitHub | undefined>
}

export type PassageFacts = Readonly<{
  environment: string
  attempt: number
  /** Whether the environment really has required reviewers; undefined when that could not be read. */
  hasReviewers: boolean | undefined
  reviews: Reviews
  /** How many approvals of this run were seen in its earlier attempts: they say nothing of this one. */
  before: number
  run: WorkflowRun | undefined
  commit: CommitOnGitHub | undefined
  now: string
}>

/** Reviewers who are required and yet did not approve were passed by: only an admin can do that. */
export function judgePassage(facts: PassageFacts): Passage {
  const { environment, attempt, reviews, before, hasReviewers } = facts
  const found = (how: Passage['how'], why: string): Passage => ({ how, why, attempt, given: 0, approvals: [] })
  if ('unknown' in reviews) return found('unknown', reviews.unknown)
  const given = reviewsFor(reviews, environment, 'approved')
  if (given.length > before) {
    return {
      how: 'approved',
      why: '',
      attempt,
      given: given.length,
      approvals: given.map(review => approval(review, facts))
    }
  }
  if (given.length > 0) {
    const why = `the run's approvals for ${environment} were all seen in an earlier attempt, and GitHub does not say which attempt they are for`
    return { ...found('unknown', why), given: given.length, approvals: given.map(review => approval(review, facts)) }
  }
  if (hasReviewers === true) {
    return found(
      'bypassed',
      `${environment} has required reviewers, and none of them has approved this run: an admin let it pass`
    )
  }
  return found(
    'unknown',
    hasReviewers === undefined
      ? `the reviewers of ${environment} cannot be read`
      : `${environment} has no required reviewers`
  )
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
