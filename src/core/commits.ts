/** Texts are as git has them: whoever shows them escapes them. `at` is when it was committed, in UTC. */
export type Commit = Readonly<{ sha: string; author: string; subject: string; at: string }>

/**
 * What lies between the release before and this one. `count` are the commits that come, `newest` the newest of them;
 * `gone` those that are live and would be no more, as when an older commit is deployed. What git cannot count is not
 * guessed: `why` says what kept it from that.
 */
export type CommitsBetween =
  | Readonly<{ kind: 'counted'; count: number; newest: readonly Commit[]; gone: number }>
  | Readonly<{ kind: 'unknown'; why: string }>
