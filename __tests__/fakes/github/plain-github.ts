import { ChecklistError, messageOf, refused, unavailable } from '../../../src/core/errors.js'
import { type ApiAnswer, type ApiRequest, type GitHub, LOST_ANSWER } from '../../../src/github/github.js'
import { TOKEN } from './state.js'

/** The client's promises without its patience: one request each, no waiting, and every fault is told at once. */
export function plainGitHub(url: string, { repository = 'octo/shop', token = TOKEN } = {}): GitHub {
  let sent = 0

  async function ask<T>(request: ApiRequest): Promise<ApiAnswer<T>> {
    const { path, rest } = filled(request, repository)
    const query = request.method === 'GET' ? `?${new URLSearchParams(rest as Record<string, string>)}` : ''
    const body = request.method === 'GET' ? {} : { body: JSON.stringify(rest) }
    sent += 1
    try {
      const headers = { authorization: `token ${token}`, 'content-type': 'application/json' }
      const response = await fetch(`${url}${path}${query}`, { method: request.method, headers, ...body })
      const data = (await response.json()) as T
      if (response.ok || request.expect?.includes(response.status))
        return { status: response.status, data, headers: Object.fromEntries(response.headers) }
      throw response.status < 500
        ? refused('missing_permission', `${response.status} without ${request.needs}`, '')
        : unavailable('github_unavailable', `GitHub would not ${request.what}: ${response.status}`, '')
    } catch (error) {
      // By what it is not: what fetch throws comes from another realm.
      throw error instanceof ChecklistError ? error : lost(request, error)
    }
  }

  return {
    repository,
    ask,
    all: async request => (await ask<never[]>(request)).data,
    sent: () => sent
  }
}

function filled({ path, parameters = {} }: ApiRequest, repository: string) {
  const [owner, repo] = repository.split('/')
  const rest: Record<string, unknown> = { ...parameters, owner, repo }
  const whole = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(rest[name])
    delete rest[name]
    return encodeURIComponent(value)
  })
  delete rest['owner']
  delete rest['repo']
  return { path: whole, rest }
}

function lost({ method, what }: ApiRequest, cause: unknown): ChecklistError {
  const named = Object.assign(new Error(messageOf(cause)), { name: LOST_ANSWER })
  return unavailable('github_unavailable', `GitHub did not ${what}`, '', method === 'GET' ? cause : named)
}
