/** One request to GitHub's REST API, in the words of its description. */
export type ApiRequest = Readonly<{
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** As the description has it: `/repos/{owner}/{repo}/environments/{environment_name}`. */
  path: string
  /** Fill the path first; what is left is the query of a GET and the body of everything else. */
  parameters?: Readonly<Record<string, unknown>>
  /** The permission that it needs, as a workflow writes it, such as `actions: read`: named where it is missing. */
  needs: string
  /** What it is for, as the object of `GitHub would not …`: `tell the environment production`. */
  what: string
  /** Statuses beside 2xx that are answers and no faults, such as 404. */
  expect?: readonly number[]
  /** True where asking twice does no more than asking once, so that a fault may be tried again. By default a GET is. */
  repeatable?: boolean
}>

export type ApiAnswer<T> = Readonly<{ status: number; data: T; headers: Readonly<Record<string, string>> }>

/**
 * GitHub, as far as one repository needs it. `owner` and `repo` are filled in everywhere. Faults are ChecklistErrors:
 * `missing_permission` (REFUSED: says which, and how to give it), `github_unavailable` (UNAVAILABLE: after the retries
 * that are safe). Of a write whose answer was lost nobody knows whether it happened: the error is then a `LostAnswer`.
 */
export interface GitHub {
  /** `owner/name`. */
  readonly repository: string
  ask<T>(request: ApiRequest): Promise<ApiAnswer<T>>
  /** Every page of a list, 100 entries each; `entries` takes the list out of one page's answer. */
  all<T>(request: ApiRequest, entries?: (page: unknown) => readonly T[]): Promise<readonly T[]>
  /** How many requests were sent, retries too. */
  readonly sent: () => number
}

/** The name of the error of a write whose answer never came; the ChecklistError that carries it has it as its cause. */
export const LOST_ANSWER = 'LostAnswer'
