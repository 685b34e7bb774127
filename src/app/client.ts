import { refused } from '../core/errors.js'
import { type GitHubOptions, openGitHub } from '../github/api.js'
import type { GitHub } from '../github/github.js'
import { apiOf, type Host } from './host.js'
import { isOwnerAndName } from './identity.js'

type Asking = Readonly<{ host: Host; say(line: string): void }>
type How = Pick<GitHubOptions, 'repository' | 'signal' | 'timeoutMs' | 'patienceMs'> & Readonly<{ token?: string }>

/** A client of GitHub's API for this process, with the process's own token where `how` names no other one. */
export const openClient = ({ host, say }: Asking, how: How): GitHub =>
  openGitHub({
    ...{ url: apiOf(host), token: host.gitHubToken ?? '', clock: host.clock, env: host.env, onWait: say },
    ...how
  })

/** `owner/name`, or a refusal that says how to name it. */
export async function ownerAndName(repository: () => Promise<string>): Promise<string> {
  const name = await repository()
  if (isOwnerAndName(name)) return name
  throw refused(
    'usage',
    `expected a clone of a repository on GitHub, found ${name}, whose remote names no owner`,
    'Run it in such a clone, or say which one: GITHUB_REPOSITORY=OWNER/NAME.'
  )
}
