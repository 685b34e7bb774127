import type { Clock, Liveness } from '../core/ports.js'

/** All that surrounds the process. Only the entries make one; everything below is handed what it needs. */
export type Host = Readonly<{
  folder: string
  env: Readonly<Record<string, string>>
  stdin: NodeJS.ReadStream
  stdout: NodeJS.WriteStream
  stderr: NodeJS.WriteStream
  clock: Clock
  /** Who this process is, and which others live; by default the machine is asked. */
  liveness?: Liveness
  /** To ask GitHub with; absent or empty where there is none. */
  gitHubToken?: string
  /** For who is of a team, where it is another one. */
  membersToken?: string
  /** Values that came as secrets, whatever the checklist calls them. */
  secrets?: readonly string[]
  user: string
  home: string
  temporary: string
  /** Lower-case hex, so many bytes of it. */
  random(bytes: number): string
  /** Where this tool's own files lie, such as the embedded server of a clone. */
  installation: string
}>

/** GitHub Actions, as far as its environment says. */
export type Actions = Readonly<{
  runId: string
  runAttempt: number
  actor: string
  repository: string
  sha: string
  ref: string
  event: string
  temporary: string
  serverUrl: string
  /** False on a runner of one's own, whose disk stays. */
  hosted: boolean
}>

/** Undefined outside Actions. nektos/act counts as Actions: it sets the same variables. */
export function actionsOf(env: Host['env']): Actions | undefined {
  if (env['GITHUB_ACTIONS'] !== 'true') return undefined
  const text = (name: string) => env[name] ?? ''
  return {
    runId: text('GITHUB_RUN_ID'),
    runAttempt: Number(env['GITHUB_RUN_ATTEMPT'] ?? '1'),
    actor: whoStarted(env['GITHUB_TRIGGERING_ACTOR'] ?? '', text('GITHUB_ACTOR')),
    repository: text('GITHUB_REPOSITORY'),
    sha: text('GITHUB_SHA'),
    ref: text('GITHUB_REF'),
    event: text('GITHUB_EVENT_NAME'),
    temporary: text('RUNNER_TEMP'),
    serverUrl: env['GITHUB_SERVER_URL'] ?? 'https://github.com',
    hosted: env['RUNNER_ENVIRONMENT'] === 'github-hosted'
  }
}

/** The repository as `gh --repo` takes it: on another server than github.com with that server's name. */
export function ghName({ serverUrl, repository }: Actions): string {
  const server = serverUrl.replace(/^https?:\/\//, '').replace(/\/+$/, '')
  return server === 'github.com' || server === '' ? repository : `${server}/${repository}`
}

/** Where GitHub is asked: a server of one's own says so in the environment of its jobs. */
export const apiOf = ({ env }: Pick<Host, 'env'>): string => env['GITHUB_API_URL'] || 'https://api.github.com'

/** Who ran it again, but where a workflow did, such as that which records sign-offs: then who started it. */
const whoStarted = (again: string, first: string): string =>
  again === '' || (again.endsWith('[bot]') && first !== '') ? first : again

/** What commands inherit: everything but what would let their output or writes speak in our name. */
export function inheritedBy(env: Host['env']): Readonly<Record<string, string>> {
  const ours = /^(INPUT_.*|DEPLOY_CHECKLIST_.*|GITHUB_OUTPUT|GITHUB_STATE|GITHUB_STEP_SUMMARY|ACTIONS_RUNTIME_TOKEN)$/
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ours.test(name)))
}
