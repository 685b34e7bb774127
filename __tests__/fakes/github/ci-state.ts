import type { FakeState } from './state.js'

/** One attempt of a workflow run; the newest of an id is the run. */
export type FakeRun = Readonly<{
  id: number
  attempt: number
  status: string
  conclusion: string | null
  sha: string
  name: string
  workflow: number
  event: string
  actor: string
  triggeredBy: string
  createdAt: string
  /** Paths of reusable workflows that it calls. */
  calls: readonly string[]
}>
/** `suite` is a run's id where a job of it made the check. */
export type FakeCheck = Readonly<{
  sha: string
  name: string
  status: string
  conclusion: string | null
  suite: number
}>
export type FakeStatus = Readonly<{ sha: string; context: string; state: string }>
export type FakeReview = Readonly<{ run: number; state: string; who: string; words: string; environments: string[] }>
export type FakeCommit = Readonly<{ sha: string; author: string; committer: string }>

export type Ci = Readonly<{
  runs: FakeRun[]
  checks: FakeCheck[]
  statuses: FakeStatus[]
  reviews: FakeReview[]
  /** By SHA, and by ref without `refs/`, such as `heads/main`. */
  commits: Map<string, FakeCommit>
}>

export const ciOf = (state: FakeState): Ci =>
  state.area<Ci>('ci', () => ({ runs: [], checks: [], statuses: [], reviews: [], commits: new Map() }))

/** A run that goes on, pushed by bea; whatever is given instead. */
export const fakeRun = (some: Partial<FakeRun> = {}): FakeRun => ({
  ...{ id: 77, attempt: 1, status: 'in_progress', conclusion: null, sha: 'a'.repeat(40), name: 'CI', workflow: 5 },
  ...{ event: 'push', actor: 'bea', triggeredBy: 'bea', createdAt: '2026-01-05T09:00:00Z', calls: [] },
  ...some
})
