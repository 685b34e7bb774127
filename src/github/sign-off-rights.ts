import { ChecklistError } from '../core/errors.js'
import { isSameLogin } from '../core/login.js'
import type { Right } from '../core/sign-offs/judge.js'
import type { Signer } from '../core/sign-offs/signer.js'
import type { GitHub } from './github.js'
import { membersOf } from './members.js'

const LOGIN = /^[A-Za-z0-9][A-Za-z0-9_-]*$/

/** Whether `who` is whom an item asks for. A missing permission is an answer; that GitHub is down is a fault. */
export async function rightOf(github: GitHub, who: string, signer: Signer): Promise<Right> {
  if (!LOGIN.test(who)) return 'no'
  if (signer.kind === 'person') return isSameLogin(signer.name, who) ? 'yes' : 'no'
  try {
    return signer.kind === 'team' ? await isMember(github, who, signer.name) : await mayWrite(github, who)
  } catch (error) {
    if (!(error instanceof ChecklistError) || error.reason !== 'missing_permission') throw error
    return { unknown: error.message, hint: error.hint }
  }
}

/** Anybody may comment in a public repository, and everybody may read one. */
async function mayWrite(github: GitHub, who: string): Promise<Right> {
  const { status, data } = await github.ask<unknown>({
    method: 'GET',
    path: '/repos/{owner}/{repo}/collaborators/{username}/permission',
    parameters: { username: who },
    needs: 'metadata: read',
    what: `tell what ${who} may do here`,
    expect: [404]
  })
  return status === 200 && ['admin', 'write'].includes(membersOf(data).text('permission')) ? 'yes' : 'no'
}

async function isMember(github: GitHub, who: string, name: string): Promise<Right> {
  const [org = '', team = ''] = name.replace(/^@/, '').split('/')
  const base = { method: 'GET', needs: 'members: read', expect: [403, 404] } as const
  const place = '/orgs/{org}/teams/{team_slug}'
  const membership = await github.ask<unknown>({
    ...base,
    path: `${place}/memberships/{username}`,
    parameters: { org, team_slug: team, username: who },
    what: `tell whether ${who} is of ${name}`
  })
  if (membership.status === 200) return membersOf(membership.data).text('state') === 'active' ? 'yes' : 'no'
  // "No such member" and "not yours to know" look alike: who may see the team is told the first.
  const seen =
    membership.status === 404 &&
    (await github.ask<unknown>({ ...base, path: place, parameters: { org, team_slug: team }, what: `show ${name}` }))
      .status === 200
  return seen ? 'no' : unseen(name)
}

const unseen = (name: string): Right => ({
  unknown: `this token may not see who is of ${name}`,
  hint: `A job's own token never may. Hand over one of an app or a person with Members: read of the organization (input members-token; secret SIGN_OFF_TOKEN of the called workflows), or name a person under people.`
})
