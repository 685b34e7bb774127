import { refused } from '../core/errors.js'
import type { ExecutionRecord, Key } from '../core/execution.js'
import type { Repository } from '../core/ports.js'
import { type Actions, actionsOf, type Host } from './host.js'

/** Who asks, from where, for which commit. */
export type Identity = Readonly<{
  repository: string
  commit: string
  ref: string
  actor: string
  trigger: ExecutionRecord['trigger']
  runId: string
  runAttempt: number
  logUrl: string
  /** True if tracked files differ from the commit that is named. */
  dirty: boolean
}>

/** In Actions from its variables, elsewhere from git and the machine's user. Throws `no_commit` where neither knows. */
export async function identify(host: Host, repository: Repository): Promise<Identity> {
  const actions = actionsOf(host.env)
  if (actions !== undefined) return await inActions(actions, repository)
  const [commit, name, ref, dirty] = await Promise.all([
    repository.commit(),
    repository.name(),
    repository.ref(),
    repository.dirty()
  ])
  return {
    repository: name,
    commit,
    ref,
    actor: host.user,
    trigger: 'manual',
    runId: '',
    runAttempt: 1,
    logUrl: '',
    dirty
  }
}

async function inActions(actions: Actions, repository: Repository): Promise<Identity> {
  const { runId, runAttempt, serverUrl, repository: name, actor, ref } = actions
  // What is checked out is what is deployed; GITHUB_SHA is only what started the run.
  const commit = await repository.commit().catch(() => actions.sha)
  if (commit === '')
    throw refused(
      'no_commit',
      'neither git nor GITHUB_SHA names a commit',
      'Check the repository out before this step.'
    )
  const logUrl = `${serverUrl}/${name}/actions/runs/${runId}`
  return {
    repository: name,
    commit,
    ref,
    actor,
    trigger: triggerOf(actions.event),
    runId,
    runAttempt,
    logUrl,
    dirty: false
  }
}

function triggerOf(event: string): ExecutionRecord['trigger'] {
  if (event === 'push' || event === 'schedule') return event
  return event === 'repository_dispatch' ? 'api' : 'manual'
}

/** Whether GitHub can be asked for it: a folder's own name, which is what a clone without a remote has, is none. */
export const isOwnerAndName = (repository: string): boolean => /^[^/\s]+\/[^/\s]+$/.test(repository)

/** The last part of `owner/name`: what a checklist is called that does not say. */
export const nameOf = (repository: string): string => repository.split('/').at(-1) ?? repository

export const keyOf = (repository: string, checklist: string, environment: string): Key => ({
  repository,
  checklist,
  environment
})
