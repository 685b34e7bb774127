import type { Matched } from './contract.js'
import { absent, failure, type HandlerAnswer } from './handler.js'
import { allows, needed } from './permissions.js'
import type { FakeState } from './state.js'

/** Who may not ask this is told so as GitHub does it; undefined for who may. */
export function refusal(state: FakeState, { operationId, params }: Matched, token: string): HandlerAnswer | undefined {
  if (token === '') return failure(401, 'Requires authentication')
  const known = state.tokens.get(token)
  if (known === undefined) return failure(401, 'Bad credentials')
  const { owner, repo } = params
  const elsewhere = owner !== undefined && repo !== undefined && `${owner}/${repo}` !== state.repository
  if (elsewhere || !known.sees) return absent()
  const needs = needed(operationId)
  const readable =
    state.visibility === 'public' && /^(contents|actions|checks|statuses|deployments|issues)=read$/.test(needs)
  if (readable || allows(known, needs)) return undefined
  const whose = known.kind === 'installation' ? 'integration' : 'personal access token'
  return {
    ...failure(403, `Resource not accessible by ${whose}`),
    headers: { 'x-accepted-github-permissions': needs }
  }
}
