import { join } from 'node:path'
import { refused } from '../core/errors.js'
import type { Ledger, Liveness, Redactor } from '../core/ports.js'
import { openFileLedger } from '../ledger/file.js'
import { actionsOf, type Host } from './host.js'

type Choice = Readonly<{ host: Host; wanted: string; repository: string; liveness: Liveness; redactor: Redactor }>

/**
 * `env:NAME` for a Postgres URL in that variable, `file:FOLDER`, or `run` for the memory of one workflow run. Locally the
 * default is a folder of the user's, outside the workspace; in Actions there is none, so that nobody deploys without a
 * lock by accident.
 */
export async function chooseLedger(choice: Choice): Promise<Ledger> {
  const { host, wanted } = choice
  const actions = actionsOf(host.env)
  if (wanted.startsWith('env:')) return await inPostgres(choice, wanted.slice(4))
  if (wanted.startsWith('file:')) return inFolder(choice, wanted.slice(5))
  if (wanted === 'run' && actions !== undefined)
    return inFolder(choice, join(actions.temporary, 'deploy-checklist-ledger'))
  if (wanted === '' && actions === undefined) return inFolder(choice, defaultFolder(host))
  throw wanted === '' ? missing() : unknown(wanted)
}

const inFolder = ({ host, liveness }: Choice, folder: string): Ledger =>
  openFileLedger({ folder: absolute(host, folder), clock: host.clock, liveness })

const absolute = (host: Host, folder: string): string => (folder.startsWith('/') ? folder : join(host.folder, folder))

export const defaultFolder = ({ env, home }: Host): string =>
  join(env['XDG_STATE_HOME'] || join(home, '.local', 'state'), 'deploy-checklist')

async function inPostgres({ host, redactor }: Choice, name: string): Promise<Ledger> {
  const url = host.env[name] ?? ''
  if (url === '') {
    const hint = `Set ${name} to the URL of the ledger's database where this runs.`
    throw refused(
      'ledger_missing',
      `the ledger is to be in ${name}, but that variable is ${name in host.env ? 'empty' : 'not set'}`,
      hint
    )
  }
  redactor.add(url)
  const { openPostgresLedger } = await import('../ledger/postgres.js')
  return openPostgresLedger({ url, clock: host.clock })
}

const missing = () =>
  refused(
    'ledger_missing',
    'in Actions the input `ledger` says where executions are recorded, and it is empty',
    "Set `ledger: env:NAME` with a Postgres URL in that variable, or `ledger: run`: this run's memory only, no lock between runs, no history, no rollback click."
  )

const unknown = (wanted: string) =>
  refused(
    'usage',
    `a ledger is env:NAME, file:FOLDER or, in Actions, run; found ${JSON.stringify(wanted)}`,
    'A URL is never written there: the runner prints inputs.'
  )
