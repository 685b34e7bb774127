import { absent, type Handlers, paged } from '../handler.js'
import { minimalRepository } from '../minimal-repository.js'
import { account, type FakeState } from '../state.js'
import { environmentsOf, PEOPLE, TEAMS, team } from './environments.js'

export type AboutFake = {
  /** The kind of account that it belongs to. */
  ownerType: 'User' | 'Organization'
  /** The plan's name, as an owner sees it; undefined: this token does not. */
  plan: string | undefined
  /** Text of the default branch's files, by path. */
  files: Map<string, string>
  protectedBranches: string[]
}

export const aboutOf = (state: FakeState): AboutFake =>
  state.area('about', () => ({ ownerType: 'Organization', plan: undefined, files: new Map(), protectedBranches: [] }))

const AT = '2026-01-05T10:00:00Z'
const NOTHING = { homepage: null, language: null, mirror_url: null, license: null }
const COUNTS = [
  ...['forks', 'forks_count', 'open_issues', 'open_issues_count', 'size', 'stargazers_count', 'watchers'],
  ...['watchers_count', 'network_count', 'subscribers_count']
]
const SWITCHES = ['has_issues', 'has_projects', 'has_wiki', 'has_pages', 'has_discussions', 'archived', 'disabled']
const each = <T>(names: readonly string[], value: T) => Object.fromEntries(names.map(name => [name, value]))

export const handlers: Handlers = {
  'repos/get': ({ base }, state) => {
    const minimal = minimalRepository(state, base)
    const address = `github.com/${state.repository}`
    return {
      status: 200,
      body: {
        ...minimal,
        ...NOTHING,
        ...each(COUNTS, 0),
        ...each(SWITCHES, false),
        owner: { ...minimal.owner, type: aboutOf(state).ownerType },
        visibility: state.visibility,
        default_branch: state.defaultBranch,
        ...{ clone_url: `https://${address}.git`, git_url: `git://${address}.git`, ssh_url: `git@${address}.git` },
        ...{ svn_url: `https://${address}`, pushed_at: AT, created_at: AT, updated_at: AT }
      }
    }
  },
  'repos/get-content': ({ params: { path = '' }, base }, state) => {
    const text = aboutOf(state).files.get(path)
    if (text === undefined) return absent()
    const url = `${base}/repos/${state.repository}/contents/${path}`
    // As GitHub writes it: in lines.
    const content = (
      Buffer.from(text)
        .toString('base64')
        .match(/.{1,60}/g) ?? []
    ).join('\n')
    const links = { self: url, git: url, html: url }
    return {
      status: 200,
      body: {
        ...{ type: 'file', encoding: 'base64', size: Buffer.byteLength(text), name: path.split('/').at(-1), path },
        ...{ content, sha: 'a'.repeat(40), url, git_url: url, html_url: url, download_url: url, _links: links }
      }
    }
  },
  'repos/list-branches': (request, state) => {
    const names = request.query['protected'] === 'true' ? aboutOf(state).protectedBranches : [state.defaultBranch]
    const branches = names.map(name => ({
      name,
      commit: { sha: 'a'.repeat(40), url: `${request.base}/repos/${state.repository}/commits/${'a'.repeat(40)}` },
      protected: aboutOf(state).protectedBranches.includes(name)
    }))
    return paged(request, branches)
  },
  'users/get-by-username': ({ params: { username = '' }, base }) => {
    if (!PEOPLE.includes(username)) return absent()
    const nothing = { bio: null, blog: null, company: null, email: null, hireable: null, location: null, name: null }
    const counts = { followers: 0, following: 0, public_gists: 0, public_repos: 0 }
    return { status: 200, body: { ...account(username, base), ...nothing, ...counts, created_at: AT, updated_at: AT } }
  },
  'teams/get-by-name': ({ params: { org = '', team_slug: slug = '' }, base }, state) => {
    if (org !== state.repository.split('/')[0] || !TEAMS.includes(slug)) return absent()
    const counts = { members_count: 1, repos_count: 1, created_at: AT, updated_at: AT }
    return { status: 200, body: { ...team(slug, base, org), ...counts, organization: organization(org, base) } }
  },
  'orgs/get': ({ params: { org = '' }, base }, state) => {
    const { plan } = aboutOf(state)
    const shown = plan === undefined ? {} : { plan: { name: plan, space: 0, private_repos: 0 } }
    return { status: 200, body: { ...organization(org, base), ...shown } }
  }
}

/** False takes reviewers and the like from a private repository, as plans below Enterprise do. */
export function setPlan(state: FakeState, hasReviewers: boolean): void {
  environmentsOf(state).hasReviewers = hasReviewers
}

function organization(login: string, base: string) {
  const { id, node_id, avatar_url } = account(login, base)
  const url = `${base}/orgs/${login}`
  const urls = ['repos', 'events', 'hooks', 'issues', 'members', 'public_members'].map(name => [
    `${name}_url`,
    `${url}/${name}`
  ])
  return {
    ...{ login, id, node_id, url, avatar_url, description: null, html_url: `https://github.com/${login}` },
    ...Object.fromEntries(urls),
    ...each(['has_organization_projects', 'has_repository_projects'], false),
    ...each(['public_repos', 'public_gists', 'followers', 'following'], 0),
    ...{ type: 'Organization', created_at: AT, updated_at: AT, archived_at: null }
  }
}
