import type { ApiRequest, GitHub } from '../../../src/github/github.js'
import { plainGitHub } from './plain-github.js'

/** The plain client that also turns pages, of any size, by their `Link`. */
export function pagingGitHub(url: string, size = 100): GitHub {
  const plain = plainGitHub(url)

  async function all<T>(request: ApiRequest, entries = (page: unknown) => page as readonly T[]): Promise<readonly T[]> {
    const found: T[] = []
    for (let page = 1; ; page++) {
      const parameters = { ...request.parameters, per_page: size, page }
      const { data, headers } = await plain.ask<unknown>({ ...request, parameters })
      found.push(...entries(data))
      if (!/rel="next"/.test(headers['link'] ?? '')) return found
    }
  }

  return { ...plain, all }
}
