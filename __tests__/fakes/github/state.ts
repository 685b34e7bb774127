/** Who asks. `installation` is a job's own token, `user` a person's. */
export type Token = Readonly<{
  kind: 'installation' | 'user'
  login: string
  /** As a workflow writes them, `administration` and `members` too, which only a person's token can have. */
  permissions: Readonly<Record<string, 'read' | 'write'>>
  /** False: the repository is private, and this token does not see it. */
  sees: boolean
}>

export interface FakeState {
  /** `owner/name` of the one repository. */
  readonly repository: string
  visibility: 'public' | 'private'
  defaultBranch: string
  /** By the token's text. One that is not here is revoked. */
  readonly tokens: Map<string, Token>
  /** The server's own time, in milliseconds since 1970; ids and times of what it makes come from here. */
  now(): number
  nextId(): number
  /** State of one area, made when it is first asked for: each file of handlers has its own. */
  area<T>(name: string, make: () => T): T
}

export type StateOptions = Readonly<{
  repository?: string
  visibility?: 'public' | 'private'
  /** Permissions of the token `TOKEN`; by default all that a job can have. */
  permissions?: Token['permissions']
}>

/** A job's token and an administrator's, both known from the start. They look like tokens, so that tests find leaks. */
export const TOKEN = 'ghs_0123456789abcdefghijABCDEFGHIJ012345'
export const ADMIN_TOKEN = 'ghp_9876543210zyxwvutsrqZYXWVUTSRQ987654'

const JOB = {
  actions: 'write',
  checks: 'read',
  contents: 'write',
  deployments: 'write',
  issues: 'write',
  statuses: 'read'
} as const
const ADMIN = { ...JOB, administration: 'write', members: 'read', 'pull-requests': 'write' } as const
const START = Date.parse('2026-01-05T10:00:00Z')

export function createState({
  repository = 'octo/shop',
  visibility = 'private',
  permissions = JOB
}: StateOptions = {}): FakeState {
  const areas = new Map<string, unknown>()
  let id = 1000
  let ticks = 0
  return {
    repository,
    visibility,
    defaultBranch: 'main',
    tokens: new Map<string, Token>([
      [TOKEN, { kind: 'installation', login: 'github-actions[bot]', permissions, sees: true }],
      [ADMIN_TOKEN, { kind: 'user', login: 'ada', permissions: ADMIN, sees: true }]
    ]),
    now: () => START + ticks++ * 1000,
    nextId: () => id++,
    area<T>(name: string, make: () => T): T {
      if (!areas.has(name)) areas.set(name, make())
      return areas.get(name) as T
    }
  }
}

/** An account as answers carry it. */
export function account(login: string, base: string) {
  const url = `${base}/users/${encodeURIComponent(login)}`
  const id = [...login].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 1_000_003, 7)
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: `${url}/avatar`,
    gravatar_id: '',
    url,
    html_url: `https://github.com/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    site_admin: false
  }
}
