import { refused } from '../core/errors.js'
import { once } from '../core/once.js'
import type { GitHub } from './github.js'

/** What GitHub says of the repository itself. */
export type AboutRepository = Readonly<{
  private: boolean
  visibility?: string
  default_branch: string
  html_url: string
  owner: Readonly<{ login: string; type: string }>
}>

/** Asked once, however many want to know. A repository that the token does not see looks as if there were none. */
export const openAboutRepository = (github: GitHub): (() => Promise<AboutRepository>) => once(() => ask(github))

async function ask(github: GitHub): Promise<AboutRepository> {
  const answer = await github.ask<AboutRepository>({
    method: 'GET',
    path: '/repos/{owner}/{repo}',
    needs: 'contents: read',
    what: `tell the repository ${github.repository}`,
    expect: [404]
  })
  if (answer.status !== 404) return answer.data
  throw refused(
    'missing_permission',
    `GitHub knows no repository ${github.repository}, or does not show it to this token`,
    'Give the job `permissions: contents: read`, or use a token that may read this repository.'
  )
}
