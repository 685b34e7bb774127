import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { ciOf, fakeRun } from '../fakes/github/ci-state.js'
import { commented, comments, issueOf } from '../fakes/github/issues-state.js'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'
import { CHECKLIST, type Stand } from './stand.js'

/** Asked of alice, and of whoever may write to the repository. */
export const ASKING = `people: { owner: '@alice', ops: '@org/release' }
${CHECKLIST}  preflight:
    - manual: Support is told
      id: told
      by: owner
    - manual: The page is up
      id: page
`
/** Somebody has to look at the release once it is live. */
export const LOOKED = CHECKLIST.replace(
  '  smoke-test:\n',
  '  smoke-test:\n    - manual: It looks right\n      id: looks\n      timeout: 30m\n'
)

/** A GitHub for each test, a run 77 that deploys, and people who write in its issue. */
export function useSignOffs() {
  const github = useGitHub({ repository: 'org/shop' })
  const run = (attempt = '1', more: Record<string, string> = {}) => ({
    env: { GITHUB_API_URL: github.url(), GITHUB_TOKEN: TOKEN, GITHUB_RUN_ATTEMPT: attempt, ...more }
  })
  /** The workflow on the issue's events: a run of its own, with nothing checked out. */
  async function event(at: Stand, payload: object, more: Record<string, string> = {}) {
    const file = join(at.folder, '..', `event-${issueOf(github.state).comments.length}.json`)
    writeFileSync(file, JSON.stringify(payload))
    const env = { ...run().env, GITHUB_RUN_ID: '900', GITHUB_EVENT_NAME: 'issues', GITHUB_EVENT_PATH: file, ...more }
    return await at.step({ stage: 'sign-off' }, { env })
  }
  return {
    ...{ github, run, event },
    says: async (at: Stand, who: string, text: string) => {
      comments(github.state, who, text)
      return await event(at, commented(github.state))
    },
    answers: () =>
      issueOf(github.state)
        .comments.filter(({ who }) => who === 'github-actions[bot]')
        .map(({ text }) => text),
    /** How many attempts of the run there are. */
    attempts: () => ciOf(github.state).runs.filter(({ id }) => id === 77).length,
    /** The run is over as GitHub sees it. */
    isOver: (attempt = 1) =>
      ciOf(github.state).runs.push(fakeRun({ id: 77, attempt, status: 'completed', conclusion: 'failure' }))
  }
}

export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !holds(); tries++) await new Promise(resolve => setTimeout(resolve, 10))
  expect(holds()).toBe(true)
}
