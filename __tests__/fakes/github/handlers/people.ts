import { absent, failure, type Handlers } from '../handler.js'
import { account, type FakeState } from '../state.js'

export type FakePerson = Readonly<{ permission: 'admin' | 'write' | 'read' | 'none'; teams: readonly string[] }>

/** What people may do, by login: who is not here is no collaborator, and in no team. */
export const peopleOf = (state: FakeState): Map<string, FakePerson> =>
  state.area(
    'people',
    () =>
      new Map<string, FakePerson>([
        ['ada', { permission: 'admin', teams: ['release'] }],
        ['bob', { permission: 'write', teams: [] }]
      ])
  )

const AT = '2026-01-05T09:00:00Z'
const NOTHING = { bio: null, blog: null, company: null, email: null, hireable: null, location: null, name: null }
const COUNTS = { followers: 0, following: 0, public_gists: 0, public_repos: 0 }

export const handlers: Handlers = {
  'repos/get-collaborator-permission-level': ({ params, base }, state) => {
    const login = params['username'] ?? ''
    const person = peopleOf(state).get(login)
    if (person === undefined) return absent()
    const user = { ...account(login, base), role_name: person.permission }
    return { status: 200, body: { permission: person.permission, role_name: person.permission, user } }
  },
  'teams/get-membership-for-user-in-org': ({ params, base }, state) => {
    const { org, team_slug: team = '', username = '' } = params
    const isMember = peopleOf(state).get(username)?.teams.includes(team) === true
    if (!isMember || org !== state.repository.split('/')[0]) return { status: 404 }
    return { status: 200, body: { url: `${base}/orgs/${org}/teams/${team}`, role: 'member', state: 'active' } }
  },
  'users/get-authenticated': ({ token, base }, state) => {
    const asker = state.tokens.get(token)
    if (asker?.kind !== 'user') return failure(403, 'Resource not accessible by integration')
    return {
      status: 200,
      body: { ...account(asker.login, base), ...NOTHING, ...COUNTS, created_at: AT, updated_at: AT }
    }
  }
}
