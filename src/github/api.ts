import { refused, unavailable } from '../core/errors.js'
import type { Clock } from '../core/ports.js'
import { faultOf, noToken, unseen } from './answer-faults.js'
import type { ApiAnswer, ApiRequest, GitHub } from './github.js'
import { openPersistence } from './persist.js'

export type GitHubOptions = Readonly<{
  /** Where the API is, as `GITHUB_API_URL` says it; a server of one's own has `https://HOST/api/v3`. */
  url: string
  /** Hand it to the redactor first: here it is only never said. */
  token: string
  /** `owner/name`. */
  repository: string
  clock: Clock
  /** Of the runner, to see whether there is a proxy; without it there may be one, and the start takes longer. */
  env?: Readonly<Record<string, string | undefined>>
  /** Ends waits and requests. Leave it out for what must still be written when the run is cancelled. */
  signal?: AbortSignal
  /** For each request; default 30 s. */
  timeoutMs?: number
  /** At most so much is waited for one answer, between its tries; default 3 minutes. */
  patienceMs?: number
  /** Told before each wait, so that nobody wonders why nothing goes on. */
  onWait?: (line: string) => void
}>

type Entries<T> = (page: unknown) => readonly T[]

const IN_REPOSITORY = '/repos/{owner}/{repo}'
const MOST_PAGES = 100
// Anything else cannot be sent, and what cannot be sent is quoted by those who try.
const USABLE_TOKEN = /^[\x21-\x7e]+$/

/** GitHub over HTTP. Loads nothing and sends nothing before the first request. */
export function openGitHub(options: GitHubOptions): GitHub {
  const { token, repository, timeoutMs = 30_000, patienceMs = 180_000, onWait = () => {} } = options
  const url = usable(options.url)
  const [owner = '', repo = ''] = repository.split('/')
  const { clock, signal, env } = options
  const how = { env, signal, timeoutMs, patienceMs, onWait }
  const { persist, sent } = openPersistence({ url, token, owner, repo, clock, ...how })
  /** Whether this token sees the repository, once that is known or asked. */
  let sees: Promise<boolean> | undefined

  async function ask<T>(request: ApiRequest): Promise<ApiAnswer<T>> {
    if (!USABLE_TOKEN.test(token)) throw noToken(request)
    const answer = await persist(request)
    const { status, headers } = answer
    if (status < 300 && request.path.startsWith(IN_REPOSITORY)) sees = Promise.resolve(true)
    const isInside = request.path.startsWith(`${IN_REPOSITORY}/`)
    if (status === 404 && isInside && !(await seesRepository())) throw unseen(repository, request)
    if (status >= 300 && !request.expect?.includes(status))
      throw faultOf(answer, { request, host: new URL(url).host, maybeDone: false })
    return { status, data: answer.data as T, headers }
  }

  // A 404 says "absent" only to those who see the repository; to others everything is.
  async function seesRepository(): Promise<boolean> {
    const request = { method: 'GET', path: IN_REPOSITORY, needs: 'metadata: read', what: `show ${repository}` } as const
    sees ??= ask({ ...request, expect: [404] }).then(({ status }) => status !== 404)
    try {
      return await sees
    } catch (fault) {
      sees = undefined
      throw fault
    }
  }

  async function all<T>(
    request: ApiRequest,
    entries: Entries<T> = page => page as readonly T[]
  ): Promise<readonly T[]> {
    const found: T[] = []
    let parameters: ApiRequest['parameters'] = { per_page: 100, ...request.parameters }
    for (let pages = 1; pages <= MOST_PAGES; pages++) {
      const page: ApiAnswer<unknown> = await ask({ ...request, parameters })
      found.push(...listOf(entries(page.data), request))
      const next = nextPage(page, url)
      if (next === undefined) return found
      // Only its query: the path, and who is asked, stay ours.
      parameters = { ...parameters, ...next }
    }
    throw odd(request, `more than ${MOST_PAGES} pages of it`)
  }

  return { repository, ask, all, sent }
}

function usable(url: string): string {
  if (/^https?:/.test(url) && URL.canParse(url)) return url.replace(/\/+$/, '')
  throw refused('usage', 'GITHUB_API_URL is no web address', 'It looks like https://api.github.com.')
}

function nextPage({ headers }: ApiAnswer<unknown>, url: string): Readonly<Record<string, string>> | undefined {
  const next = /<([^>]*)>;\s*rel="next"/.exec(headers['link'] ?? '')?.[1]
  return next === undefined ? undefined : Object.fromEntries(new URL(next, url).searchParams)
}

function listOf<T>(list: readonly T[], request: ApiRequest): readonly T[] {
  if (!Array.isArray(list)) throw odd(request, 'something else')
  return list
}

const odd = ({ what }: ApiRequest, found: string) =>
  unavailable('github_unavailable', `GitHub did not ${what}: expected a list, found ${found}`, 'Run it again.')
