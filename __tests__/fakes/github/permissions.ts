import type { Token } from './state.js'

/** What an operation needs, as GitHub's "Permissions required for GitHub Apps" has it; metadata comes with every token. */
const NEEDS: readonly (readonly [RegExp, string])[] = [
  [/^rate-limit\/|^users\/|^orgs\/get$|^repos\/get$|^repos\/get-collaborator-permission-level$/, 'metadata=read'],
  [/^git\/create-|^git\/update-/, 'contents=write'],
  [/^git\/|^repos\/get-(branch|commit|content)$|^repos\/list-branches$|^repos\/compare-/, 'contents=read'],
  [/^repos\/list-pull-requests/, 'pull-requests=read'],
  [/^repos\/(create-or-update-environment|(create|delete)-deployment-branch-policy)$/, 'administration=write'],
  [/environment|deployment-branch-polic|deployment-protection-rules/, 'actions=read'],
  [/^repos\/(create|delete)-deployment/, 'deployments=write'],
  [/^repos\/.*deployment/, 'deployments=read'],
  [/^checks\//, 'checks=read'],
  [/^repos\/.*status/, 'statuses=read'],
  [/^actions\/(create-workflow-dispatch|re-run-workflow-failed-jobs)$/, 'actions=write'],
  [/^actions\//, 'actions=read'],
  [/^issues\/(create|update)/, 'issues=write'],
  [/^issues\//, 'issues=read'],
  [/^teams\//, 'members=read']
]

/** As GitHub's header `x-accepted-github-permissions` says it, such as `contents=write`. */
export function needed(operationId: string): string {
  const entry = NEEDS.find(([operations]) => operations.test(operationId))
  if (entry === undefined) throw new Error(`the fake does not know what permission ${operationId} needs`)
  return entry[1]
}

export function allows({ permissions }: Token, needs: string): boolean {
  const [name = '', level] = needs.split('=')
  if (name === 'metadata') return true
  return level === 'read' ? permissions[name] !== undefined : permissions[name] === 'write'
}
