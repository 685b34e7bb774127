import { once } from '../core/once.js'
import { unseen } from './answer-faults.js'
import type { GitHub } from './github.js'

/** What GitHub says of the repository itself. */
export type AboutRepository = Readonly<{
  private: boolean
  visibility?: string
  default_branch: string
  html_url: string
  owner: Readonly<{ login: string; type: string }>
}>

/** Whether everybody can read it; a visibility that is not known here counts as one that is open. */
export const isPublic = ({ visibility, private: hidden }: Pick<AboutRepository, 'visibility' | 'private'>): boolean =>
  visibility === undefined ? !hidden : visibility !== 'private' && visibility !== 'internal'

/** Asked once, however many want to know. A repository that the token does not see looks as if there were none. */
export const openAboutRepository = (github: GitHub): (() => Promise<AboutRepository>) => once(() => ask(github))

async function ask(github: GitHub): Promise<AboutRepository> {
  const request = {
    method: 'GET',
    path: '/repos/{owner}/{repo}',
    needs: 'contents: read',
    what: `tell the repository ${github.repository}`,
    expect: [404]
  } as const
  const { status, data } = await github.ask<AboutRepository>(request)
  if (status === 404) throw unseen(github.repository, request)
  return data
}
