import { ChecklistError } from '../core/errors.js'
import type { EnvironmentFacts } from '../core/gate/facts.js'
import type { AboutRepository } from './about-repository.js'
import type { GitHub } from './github.js'

const WITHOUT = ['free', 'pro', 'team', 'developer']
const WITH = ['enterprise', 'business', 'business_plus']

/**
 * Whether the plan has reviewers, wait timers and the rest for this repository: public ones and those of an Enterprise do.
 * Only an owner of an organization may see which plan it has, so that it often stays unknown.
 */
export async function planOf(
  { private: hidden, visibility, html_url, owner }: AboutRepository,
  { reviewers, waitMs, preventAdminBypass }: Pick<EnvironmentFacts, 'reviewers' | 'waitMs' | 'preventAdminBypass'>,
  github: GitHub
): Promise<EnvironmentFacts['plan']> {
  if (!hidden || visibility === 'internal' || new URL(html_url).hostname !== 'github.com') return 'has-reviewers'
  if (reviewers.length > 0 || waitMs > 0 || preventAdminBypass === true) return 'has-reviewers'
  if (owner.type === 'User') return 'no-reviewers'
  const name = await nameOf(owner.login, github)
  if (WITHOUT.includes(name)) return 'no-reviewers'
  return WITH.includes(name) ? 'has-reviewers' : 'unknown'
}

async function nameOf(org: string, github: GitHub): Promise<string> {
  try {
    const { data } = await github.ask<Readonly<{ plan?: Readonly<{ name: string }> }>>({
      method: 'GET',
      path: '/orgs/{org}',
      parameters: { org },
      needs: 'administration: read',
      what: `tell the plan of ${org}`,
      expect: [403, 404]
    })
    return data.plan?.name.toLowerCase() ?? ''
  } catch (error) {
    // It only tells apart what to do next; the gate is closed all the same.
    if (error instanceof ChecklistError && error.status !== 'CANCELLED') return ''
    throw error
  }
}
