import { join, resolve } from 'node:path'
import { refused } from '../core/errors.js'
import type { Ledger, Liveness } from '../core/ports.js'
import { openFileLedger } from '../ledger/file.js'
import type { Front } from './front.js'
import { actionsOf, type Host } from './host.js'
import { openSession } from './ledger-session.js'

type Choice = Readonly<{
  host: Host
  wanted: string
  repository: string
  liveness: Liveness
  mask(value: string): void
  /** The ledger on a branch of the repository, where GitHub can be asked. */
  onBranch?: Front['ledger'] | undefined
}>

/**
 * `env:NAME` for a Postgres URL in that variable, `file:FOLDER`, or `run` for the memory of one workflow run. Locally the
 * default is a folder of the user's, outside the workspace; in Actions it is `branch`, an orphan branch of the
 * repository, so that nobody deploys without a lock by accident.
 */
export async function chooseLedger(choice: Choice): Promise<Ledger> {
  const { host, wanted } = choice
  const actions = actionsOf(host.env)
  if (wanted.startsWith('env:')) return await inPostgres(choice, wanted.slice(4))
  if (wanted.startsWith('file:')) return inFolder(choice, wanted.slice(5))
  if (wanted === 'run' && actions !== undefined)
    return inFolder(choice, join(actions.temporary, 'deploy-checklist-ledger'))
  if (wanted === '' && actions === undefined) return inFolder(choice, defaultFolder(host))
  const branch = branchIn(wanted)
  if (branch !== undefined && actions === undefined && choice.onBranch === undefined) throw onlyLooked(branch)
  if (branch !== undefined) return await onBranch(choice, branch)
  throw unknown(wanted)
}

function inFolder({ host, liveness }: Choice, folder: string): Ledger {
  const whole = absolute(host, folder)
  if (`${whole}/`.startsWith(`${host.folder}/`)) throw inside(whole, host.folder)
  return openFileLedger({ folder: whole, clock: host.clock, liveness })
}

// A record that a checkout, a clean or the deployment itself may take away is none.
const inside = (folder: string, workspace: string) =>
  refused(
    'usage',
    `the ledger ${folder} would lie inside the workspace ${workspace}`,
    'Name a folder outside of it, such as file:/var/lib/deploy-checklist.'
  )

const absolute = (host: Host, folder: string): string => resolve(host.folder, folder)

export const defaultFolder = ({ env, home }: Host): string =>
  join(env['XDG_STATE_HOME'] || join(home, '.local', 'state'), 'deploy-checklist')

async function inPostgres({ host, mask }: Choice, name: string): Promise<Ledger> {
  const url = host.env[name] ?? ''
  if (url === '') {
    const hint = `Set ${name} to the URL of the ledger's database where this runs.`
    const found = name in host.env ? 'empty' : 'not set'
    throw refused('ledger_missing', `the ledger is to be in ${name}, but that variable is ${found}`, hint)
  }
  mask(url)
  const { openPostgresLedger } = await import('../ledger/postgres.js')
  const { parseAddress } = await import('../database/postgres/address.js')
  const at = parseAddress(url)
  return openPostgresLedger({
    address: `${at.database} at ${at.host}`,
    open: () => openSession(url),
    clock: host.clock
  })
}

const DEFAULT_BRANCH = 'deploy-checklist'
const BRANCH = /^branch(?::([\w][\w./-]*))?$/

/** The branch that the ledger is kept on in Actions; undefined where it is kept elsewhere. */
export function branchIn(wanted: string): string | undefined {
  const [found, name] = BRANCH.exec(wanted === '' ? 'branch' : wanted) ?? []
  return found === undefined ? undefined : (name ?? DEFAULT_BRANCH)
}

async function onBranch({ host, wanted, onBranch }: Choice, branch: string): Promise<Ledger> {
  if (onBranch !== undefined) return await onBranch(branch, host.clock)
  throw refused(
    'ledger_missing',
    `${wanted === '' ? 'the input `ledger` is empty: it' : 'the ledger'} is to be the branch ${branch} of this repository, and this step has no token to write it with`,
    'Give the job `permissions: { contents: write }` and leave the input `github-token` as it is; or say `ledger: env:NAME` with a Postgres URL in that variable, or `ledger: run` (recorded in this run only, no lock between runs, no rollback click).'
  )
}

// The lock on a branch is held by runs of Actions, whose end GitHub knows; of a machine's process it knows nothing.
const onlyLooked = (branch: string) =>
  refused(
    'usage',
    `the ledger on the branch ${branch} is written by GitHub Actions alone; elsewhere history, show and verify look at it and sign adds to it, with a token`,
    'To look: GITHUB_TOKEN=$(gh auth token) deploy-checklist history --ledger branch. To act: run the workflow.'
  )

// A URL may hold a password, and it is not yet known as a secret.
const unknown = (wanted: string) =>
  refused(
    'usage',
    `a ledger is env:NAME, file:FOLDER or, in Actions, branch, branch:NAME or run; found ${wanted.includes(':/') ? 'a URL' : JSON.stringify(wanted)}`,
    'A URL is never written there: the runner prints inputs.'
  )
