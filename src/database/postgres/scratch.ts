import { randomBytes } from 'node:crypto'
import { refused, unavailable } from '../../core/errors.js'
import type { Shell } from '../../core/ports.js'
import { type Address, inDatabase, parseAddress } from './address.js'
import { type Connection, withClient } from './client.js'
import { createPrivate } from './closed.js'
import { withDockerServer } from './docker.js'
import { describeLacking, type Lacking, lackingExtensions } from './extensions.js'
import { offeredByServer } from './offered.js'
import { chooseServer, type Programs } from './programs.js'
import { quoteName, quoteText } from './quote.js'
import { withServer } from './server.js'
import { areApart, type Identity, OLDEST, readSource, type Source } from './source.js'

/** Where a dump is tried: the first that is there. */
export type ScratchPlan =
  | Readonly<{ kind: 'given'; url: string }>
  | Readonly<{ kind: 'machine' | 'embedded'; programs: Programs }>
  | Readonly<{ kind: 'docker'; image: string; major: number }>

export type ScratchFacts = Readonly<{
  given: string | undefined
  found: readonly Programs[]
  /** Asked only when the machine has no server. */
  docker: () => Promise<boolean>
  embedded: () => Promise<Programs | undefined>
  majors: Readonly<{ server: number; client: number }>
}>

/** What `scratch` says to allow a copy of the data where the checklist runs, without naming a server. */
export const HERE = 'runner'

export async function chooseScratch(facts: ScratchFacts): Promise<ScratchPlan | undefined> {
  const { given, found, majors } = facts
  if (given !== undefined && given !== HERE) return { kind: 'given', url: given }
  const machine = chooseServer(found, majors)
  if (machine !== undefined) return { kind: 'machine', programs: machine }
  const newer = Math.max(majors.server, majors.client)
  if (await facts.docker()) return { kind: 'docker', image: `postgres:${newer}`, major: newer }
  const embedded = await facts.embedded()
  if (embedded === undefined || embedded.major < majors.server) return undefined
  return { kind: 'embedded', programs: embedded }
}

/** In words for the receipt. */
export function wordsOf(plan: ScratchPlan, version: string): string {
  if (plan.kind === 'given') return `given server ${version}`
  if (plan.kind === 'docker') return `docker ${plan.image}`
  return plan.kind === 'machine' ? `initdb ${version} on this machine` : `embedded PostgreSQL ${version}`
}

/** An empty database like the source on the scratch server: same encoding, roles, and the same locale where it is known. */
export type Scratch = Readonly<{ database: Address; words: string; locale: string }>

export async function withScratch<T>(
  plan: ScratchPlan,
  request: Readonly<{ source: Source; shell: Shell; env: Readonly<Record<string, string>>; signal: AbortSignal }>,
  work: (scratch: Scratch) => Promise<T>
): Promise<T> {
  const { source, signal } = request
  const inServer = (url: string) => withScratchDatabase(plan, parseAddress(url), source, signal, work)
  if (plan.kind === 'given') return inServer(plan.url)
  if (plan.kind === 'docker') return withDockerServer({ ...request, image: plan.image }, inServer)
  return withServer({ bin: plan.programs.folder, signal }, ({ url }) => inServer(url))
}

async function withScratchDatabase<T>(
  plan: ScratchPlan,
  server: Address,
  source: Source,
  signal: AbortSignal,
  work: (scratch: Scratch) => Promise<T>
): Promise<T> {
  const name = `${PREFIX}${randomBytes(6).toString('hex')}`
  const roles: string[] = []
  try {
    return await withClient(server, { signal }, async holder => {
      await demandNewEnough(holder)
      if (plan.kind === 'given') await dropStale(holder)
      await holder.query(`SELECT pg_advisory_lock(hashtext('${name}'))`)
      await demandExtensions(holder, source, plan)
      roles.push(...(await createRoles(holder, source)))
      const locale = await createDatabase(holder, name, source)
      const database = inDatabase(server, name)
      const made = await withClient(database, { signal }, readSource)
      // A server that we have made ourselves is another one, even if the source does not tell which it is.
      if (plan.kind === 'given') demandApart(source, made)
      return await work({ database, words: wordsOf(plan, made.version), locale })
    })
  } finally {
    // On a server of our own everything goes with it.
    if (plan.kind === 'given') await clear(server, name, roles)
  }
}

/** Asked before a copy is there: on an older server it could not be taken away again. */
export async function demandNewEnough({ query }: Pick<Connection, 'query'>): Promise<void> {
  const asked = `SELECT current_setting('server_version_num'), current_setting('server_version')`
  const [number, version] = (await query(asked)).rows[0] ?? []
  if (Number(number) >= OLDEST) return
  throw refused(
    'backup_not_proven',
    `the server that tries the dump is too old: expected PostgreSQL 13 or newer, found ${version}`,
    'Name a newer one (databases: …: scratch: URL), or none, for one of this machine.'
  )
}

const PREFIX = 'deploy_checklist_scratch_'

// Whoever works with a copy holds its lock; a copy of production that a killed process left is nobody's.
async function dropStale({ query }: Connection): Promise<void> {
  const { rows } = await query(`SELECT datname FROM pg_database WHERE starts_with(datname, '${PREFIX}')`)
  for (const [name] of rows) {
    const free = await query(`SELECT pg_try_advisory_lock(hashtext($1))`, [name ?? ''])
    if (free.rows[0]?.[0] !== 't') continue
    await query(`DROP DATABASE IF EXISTS ${quoteName(name ?? '')} WITH (FORCE)`)
    await query(`SELECT pg_advisory_unlock(hashtext($1))`, [name ?? ''])
  }
}

// Asked before anything starts too, but not everywhere can it be known before the server runs.
async function demandExtensions(connection: Connection, { extensions }: Source, plan: ScratchPlan): Promise<void> {
  const lacking = lackingExtensions(extensions, await offeredByServer(connection))
  if (lacking.length === 0) return
  const { message, hint } = lackingOn(plan, lacking)
  throw refused('backup_not_proven', message, hint)
}

/** That the server which tries the dump does not offer what the database uses, and the remedy. */
export const lackingOn = (
  plan: ScratchPlan,
  lacking: readonly Lacking[]
): Readonly<{ message: string; hint: string }> => ({
  message: `the server that tries the dump (${placeOf(plan)}) does not offer extensions that the database uses: expected ${describeLacking(lacking)}`,
  hint: REMEDIES[plan.kind]
})

const placeOf = (plan: ScratchPlan): string =>
  'programs' in plan ? wordsOf(plan, plan.programs.version) : plan.kind === 'docker' ? plan.image : 'given by `scratch`'

const INSTALL = 'Install their packages, in that version or a newer one, for PostgreSQL'
const NAME = 'name a server that has them (databases: …: scratch: URL)'
const REMEDIES: Readonly<Record<ScratchPlan['kind'], string>> = {
  given: `${INSTALL} on that server, or ${NAME}.`,
  machine: `${INSTALL} on this machine, or ${NAME}.`,
  docker: `The image has only what PostgreSQL brings along. Install PostgreSQL and their packages on this machine, or ${NAME}.`,
  embedded: `Install PostgreSQL and their packages on this machine, or ${NAME}.`
}

// Owners and grantees have to exist for a dump to go in; they can do nothing there.
async function createRoles({ query }: Connection, { roles }: Source): Promise<readonly string[]> {
  const there = new Set((await query('SELECT rolname FROM pg_roles')).rows.map(([name]) => name))
  const lacking = roles.filter(role => !there.has(role) && !role.startsWith('pg_'))
  for (const role of lacking) await query(`CREATE ROLE ${quoteName(role)} NOLOGIN`)
  return lacking
}

async function createDatabase(connection: Connection, name: string, source: Source): Promise<string> {
  const candidates = localesFor(source)
  for (const [index, { sql, words }] of candidates.entries()) {
    try {
      await createPrivate(connection, name, `TEMPLATE template0 ENCODING '${source.encoding}' ${sql}`)
      return words
    } catch (error) {
      if (index === candidates.length - 1) throw error
    }
  }
  throw unavailable('service_unavailable', 'no scratch database could be made', "Look at the scratch server's log.")
}

/** Locales to try in this order: the source's own, then those that every system has. */
export function localesFor({
  locale,
  encoding
}: Pick<Source, 'locale' | 'encoding'>): readonly { sql: string; words: string }[] {
  const { collate, ctype, provider, icu } = locale
  const libc = (both: string) => ({
    sql: `LC_COLLATE ${quoteText(both)} LC_CTYPE ${quoteText(both)}`,
    words: `${both} for ${collate}`
  })
  const own = `LC_COLLATE ${quoteText(collate)} LC_CTYPE ${quoteText(ctype)}`
  const provided = provider === 'i' ? ` LOCALE_PROVIDER icu ICU_LOCALE ${quoteText(icu)}` : ''
  const builtin = provider === 'b' ? ` LOCALE_PROVIDER builtin BUILTIN_LOCALE ${quoteText(icu)}` : ''
  const first = { sql: `${own}${provided}${builtin}`, words: collate }
  const unicode = encoding === 'UTF8' ? [libc('C.UTF-8'), libc('en_US.UTF-8')] : []
  return [first, ...unicode, libc('C')]
}

function demandApart(source: Identity, scratch: Identity): void {
  if (areApart(source, scratch)) return
  throw refused(
    'backup_not_proven',
    'it cannot be told whether the scratch database is the source itself',
    'Give the checklist another server to try backups on (databases: …: scratch: URL).'
  )
}

async function clear(server: Address, name: string, roles: readonly string[]): Promise<void> {
  // Also when the run is being cancelled: a copy of production must not stay on somebody's server.
  await withClient(server, { signal: AbortSignal.timeout(5_000) }, async ({ query }) => {
    await query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    for (const role of roles) await query(`DROP ROLE IF EXISTS ${quoteName(role)}`)
  }).catch(() => {})
}
