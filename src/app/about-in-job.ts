import { isObject, parseJson } from '../core/json.js'
import { once } from '../core/once.js'
import type { AboutRepository } from '../github/about-repository.js'
import type { Actions } from './host.js'
import { jobFile, leaveIn, leftIn } from './job-file.js'

type Job = Pick<Actions, 'temporary' | 'repository' | 'runId' | 'runAttempt'>

/** What GitHub says of the repository, asked once a job: every step's ledger has to know whether everybody can read it. */
export const aboutInJob = (ask: () => Promise<AboutRepository>, job: Job): (() => Promise<AboutRepository>) =>
  once(async () => {
    const { temporary, repository, runId, runAttempt } = job
    const file = jobFile(temporary, 'deploy-checklist-about-*.json', JSON.stringify([repository, runId, runAttempt]))
    const left = aboutFrom(parseJson(await leftIn(file)))
    if (left !== undefined) return left
    const about = await ask()
    const kept = aboutFrom(about)
    if (kept !== undefined) await leaveIn(file, JSON.stringify(kept))
    return about
  })

/** Of all that GitHub says, what is asked here; undefined of anything else, so that it is asked for again. */
function aboutFrom(value: unknown): AboutRepository | undefined {
  if (!isObject(value) || !isObject(value['owner'])) return undefined
  const { private: hidden, visibility, default_branch, html_url } = value
  const { login, type } = value['owner']
  if (typeof hidden !== 'boolean' || typeof visibility !== 'string' || typeof default_branch !== 'string')
    return undefined
  if (typeof html_url !== 'string' || typeof login !== 'string' || typeof type !== 'string') return undefined
  return { private: hidden, visibility, default_branch, html_url, owner: { login, type } }
}
