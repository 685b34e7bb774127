import { resolve } from 'node:path'
import { refused } from '../core/errors.js'
import { interpolate } from '../core/interpolate.js'
import type { DatabasePlan, ItemContext } from '../core/item.js'
import type { Clock, Shell } from '../core/ports.js'
import type { BackupFacts } from './backup-decision.js'
import { type Address, formatAddress, parseAddress, withPassword } from './postgres/address.js'
import { withClient } from './postgres/client.js'
import { dockerAnswers } from './postgres/docker.js'
import { findEmbedded } from './postgres/embedded.js'
import type { TakeFingerprint } from './postgres/fingerprint.js'
import { readOffered } from './postgres/offered.js'
import { chooseClient, findPrograms } from './postgres/programs.js'
import { countPrepared, isPooled, mayClone, readUnreadable } from './postgres/rights.js'
import { chooseScratch, HERE, type ScratchPlan } from './postgres/scratch.js'
import { serverParent } from './postgres/server.js'
import { readSource, type Source } from './postgres/source.js'
import { freeSpace } from './store.js'
import { type PlacePorts, readStorePlace } from './store-place.js'

/** `baseEnv` is the environment that programs inherit. */
export type DatabaseBackupPorts = PlacePorts &
  Readonly<{
    clock: Clock
    shell: Shell
    /** Absolute folder for what has no `store` of its own. */
    defaultStore: string
    /** URL of a file of the running program: an embedded server is looked for beside it. */
    program: string
    /** Where installers put PostgreSQL's programs outside of PATH; default the places of all systems that we know. */
    places?: readonly string[]
    /** What stands for the content of relations; default the real one. */
    takeFingerprint?: TakeFingerprint
  }>

export type BackupTarget = Readonly<{ name: string; plan: DatabasePlan; database: Address; folder: string }>
type Context = Pick<ItemContext, 'execution' | 'names' | 'signal'>

/** The database of that name with its values filled in, and the folder for its dumps. */
export function targetOf(
  name: string,
  { execution, names }: Context,
  { defaultStore, baseEnv }: DatabaseBackupPorts
): BackupTarget {
  const plan = execution.databases[name]
  if (plan === undefined) {
    const known = Object.keys(execution.databases).join(', ')
    throw refused('usage', `no database is called ${name}`, `Name one of databases: ${known === '' ? '(none)' : known}`)
  }
  const fill = (text: string, what: string): string => {
    const filled = interpolate(text, names)
    if ('text' in filled) return filled.text
    const missing = filled.missing.join(', ')
    throw refused('missing_value', `the ${what} of ${name} needs ${missing}`, `Set ${missing} where this stage runs.`)
  }
  const filled: DatabasePlan = {
    ...plan,
    url: fill(plan.url, 'URL'),
    ...(plan.store === undefined ? {} : { store: fill(plan.store, 'store') }),
    ...(plan.scratch === undefined ? {} : { scratch: fill(plan.scratch, 'scratch') })
  }
  const folder = resolve(execution.folder, filled.store ?? defaultStore)
  return { name, plan: filled, database: withPassword(parseAddress(filled.url), baseEnv), folder }
}

/** Everything that decides about a backup, or that the URL is pooled: then nothing else can be asked. Changes nothing. */
export async function readBackupFacts(
  target: BackupTarget,
  context: Context & Readonly<{ ledgerDatabase?: BackupFacts['ledger']; diskDisappears?: boolean }>,
  ports: DatabaseBackupPorts
): Promise<BackupFacts | 'pooled'> {
  const { database, plan, name } = target
  const { signal } = context
  if (await isPooled(database, { signal })) return 'pooled'
  const seen = await withClient(database, { signal }, async connection => ({
    source: await readSource(connection),
    unreadable: await readUnreadable(connection),
    prepared: await countPrepared(connection),
    mayClone: await mayClone(connection)
  }))
  const tools = await readTools(plan, seen.source, context, ports)
  const tried = tools.client !== undefined && seen.source.extensions.length > 0 ? tools.scratch : undefined
  const ours = tools.scratch?.kind === 'machine' || tools.scratch?.kind === 'embedded'
  return {
    ...seen,
    ...tools,
    name,
    offered: tried === undefined ? undefined : await readOffered(tried, signal),
    atLeast: plan.atLeast,
    ledger: context.ledgerDatabase,
    diskDisappears: context.diskDisappears ?? false,
    copyAllowed: plan.scratch === HERE,
    space: {
      store: await readStorePlace(target.folder, context.execution.folder, ports),
      scratch: ours ? await spaceForServer() : undefined
    }
  }
}

async function readTools(
  { scratch }: DatabasePlan,
  { major }: Source,
  { signal, names }: Context,
  ports: DatabaseBackupPorts
): Promise<Pick<BackupFacts, 'client' | 'seen'> & Readonly<{ scratch: ScratchPlan | undefined }>> {
  const found = await findPrograms(ports.baseEnv['PATH'] ?? '', ports.places)
  const client = chooseClient(found, major)
  const chosen = await chooseScratch({
    given: scratch === undefined || scratch === HERE ? scratch : addressIn(scratch, ports),
    found,
    docker: () => dockerAnswers({ shell: ports.shell, env: programEnv(ports, names), signal }),
    embedded: () => findEmbedded(ports.program),
    majors: { server: major, client: client?.major ?? major }
  })
  const seen = found.filter(({ has }) => has.includes('pg_dump')).map(({ version }) => version)
  return { client, seen, scratch: chosen }
}

const addressIn = (url: string, { baseEnv }: DatabaseBackupPorts): string =>
  formatAddress(withPassword(parseAddress(url), baseEnv))

async function spaceForServer() {
  const path = await serverParent()
  return { path, ...(await freeSpace(path)) }
}

const PASSED_ON = /^(PATH|HOME|TMPDIR|PGPASSFILE|PGSSLROOTCERT|DOCKER_.*)$/
const MARKS = ['DEPLOY_EXECUTION', 'DEPLOY_ITEM']

/** What programs of ours get: no secret and nothing that would lead them elsewhere; the marks find what is left of them. */
export function programEnv(
  { baseEnv }: Pick<DatabaseBackupPorts, 'baseEnv'>,
  names: Readonly<Record<string, string>>
): Readonly<Record<string, string>> {
  const passed = Object.entries(baseEnv).filter(([name]) => PASSED_ON.test(name))
  const marks = MARKS.flatMap(name => (names[name] === undefined ? [] : [[name, names[name]] as const]))
  return Object.fromEntries([...passed, ...marks])
}
