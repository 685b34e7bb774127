import { openGitHub } from '../../../src/github/api.js'
import type { GitHub } from '../../../src/github/github.js'
import { TOKEN } from './state.js'

/** The real client on a fake GitHub, with a clock that never waits. */
export function clientOf(url: string): GitHub {
  let now = Date.parse('2026-01-05T10:00:00Z')
  const clock = {
    now: () => new Date(now),
    sleep: async (ms: number) => {
      now += ms
    }
  }
  return openGitHub({ url, token: TOKEN, repository: 'octo/shop', clock })
}
