import type { DatabasePlan } from '../core/item.js'
import type { Objection } from '../core/ports.js'
import { formatSize } from '../core/units.js'
import { lackingExtensions, type Offered } from './postgres/extensions.js'
import type { Programs } from './postgres/programs.js'
import { lackingOn, type ScratchPlan } from './postgres/scratch.js'
import { type Identity, OLDEST, type Source } from './postgres/source.js'
import { objectionsToStore, type Space, type StorePlace } from './store-place.js'

/** All that decides whether and how a database can be backed up here. */
export type BackupFacts = Readonly<{
  name: string
  source: Source
  atLeast: DatabasePlan['atLeast']
  /** pg_dump and pg_restore that are new enough. */
  client: Programs | undefined
  /** Every version of pg_dump that was seen. */
  seen: readonly string[]
  scratch: ScratchPlan | undefined
  /** Extensions of the scratch server; undefined where they are not known before it runs, or nothing asks for one. */
  offered: Offered | undefined
  /** Relations that the role cannot read whole. */
  unreadable: readonly string[]
  prepared: number
  mayClone: boolean
  ledger: Identity | undefined
  diskDisappears: boolean
  /** The checklist says that a copy of the data may lie where it runs. */
  copyAllowed: boolean
  space: Readonly<{ store: StorePlace; scratch: Space | undefined }>
}>

/** How it is done: dumped by those programs and tried there, or cloned on its own server. */
export type BackupWay = Readonly<
  { kind: 'dump'; client: Programs; scratch: ScratchPlan } | { kind: 'snapshot' } | { kind: 'none' }
>

const SCRATCH_FACTOR = 1.5

export function chooseWay({ client, scratch, atLeast }: BackupFacts): BackupWay {
  if (client !== undefined && scratch !== undefined) return { kind: 'dump', client, scratch }
  return { kind: atLeast === 'snapshot' ? 'snapshot' : 'none' }
}

/** Everything that stands in the way, each with its remedy. */
export function decideObjections(facts: BackupFacts): readonly Objection[] {
  const way = chooseWay(facts)
  return [
    ...ofConnection(facts),
    ...(way.kind === 'none' ? [noTool(facts)] : []),
    ...(way.kind === 'dump'
      ? [...ofExtensions(facts, way.scratch), ...ofCopy(facts, way.scratch), ...ofDump(facts)]
      : []),
    ...(way.kind === 'snapshot' ? ofSnapshot(facts) : [])
  ]
}

function ofConnection({ name, unreadable, source, ledger }: BackupFacts): readonly Objection[] {
  const found: Objection[] = []
  if (source.versionNumber < OLDEST) {
    found.push({
      reason: 'backup_not_proven',
      message: `${name}: expected PostgreSQL 13 or newer, found ${source.version}`,
      hint: 'Upgrade the server, or back it up with a command of your own (run: …).'
    })
  }
  if (unreadable.length > 0) {
    found.push({
      reason: 'missing_right',
      message: `${name}: the role cannot read all of ${firstOf(unreadable)}`,
      hint: 'Use a superuser, or a role with BYPASSRLS that is a member of pg_read_all_data.'
    })
  }
  return [...found, ...ofLedger(name, source, ledger)]
}

function ofLedger(name: string, source: Source, ledger: Identity | undefined): readonly Objection[] {
  if (ledger === undefined || ledger.databaseOid !== source.databaseOid) return []
  const known = ledger.systemIdentifier !== '' && source.systemIdentifier !== ''
  if (known && ledger.systemIdentifier !== source.systemIdentifier) return []
  const lost = 'restoring it would take the record of the restore with it'
  const message = known
    ? `${name} keeps the ledger too: ${lost}`
    : `${name} may keep the ledger too (both have oid ${source.databaseOid}, and a role may not ask which server it is): ${lost}`
  const ask = known ? '' : 'Let both roles ask which server it is (GRANT pg_monitor TO …). If it is one: '
  return [{ reason: 'ledger_inside_database', message, hint: `${ask}Give the ledger a database of its own.` }]
}

/** Asked before everything else, since behind a pooler no other answer can be relied on. */
export const pooledUrl = (name: string): Objection => ({
  reason: 'pooled_url',
  message: `${name}: the URL goes through a pooler that shares sessions, so neither locks nor snapshots hold`,
  hint: 'Use the direct URL of the server (often another port, such as 5432 beside 6543).'
})

/** A snapshot shuts the database while it is made: nothing that is done before anybody has approved. */
export const onlyBehind = (name: string): Objection => ({
  reason: 'no_backup_tool',
  message: `${name} can only be copied on its own server here, with nobody connected; that is left to the job behind the gate`,
  hint: 'To have it proven before the gate, install pg_dump and a server to try the dump on, or name one (scratch: URL).',
  later: true
})

function noTool({ name, client, seen, source, atLeast }: BackupFacts): Objection {
  const tools = `expected pg_dump and pg_restore ${source.major} or newer, found ${seen.length === 0 ? 'none' : seen.join(', ')}`
  const server = `found no server to try the dump on (initdb ${source.major} or newer, docker)`
  return {
    reason: 'no_backup_tool',
    message: `${name}: ${client === undefined ? tools : server}; a snapshot on the same server is less than \`at-least: ${atLeast}\``,
    hint: `Install postgresql-client-${source.major} and postgresql-${source.major}, or name a server (scratch: URL), or allow it (at-least: snapshot).`
  }
}

function ofExtensions({ name, source, offered }: BackupFacts, scratch: ScratchPlan): readonly Objection[] {
  const lacking = offered === undefined ? [] : lackingExtensions(source.extensions, offered)
  if (lacking.length === 0) return []
  const { message, hint } = lackingOn(scratch, lacking)
  return [{ reason: 'backup_not_proven', message: `${name}: ${message}`, hint }]
}

// A hosted runner is a machine of somebody else's: personal data may only go there if somebody has decided it.
function ofCopy({ name, diskDisappears, copyAllowed }: BackupFacts, scratch: ScratchPlan): readonly Objection[] {
  if (!diskDisappears || copyAllowed || scratch.kind === 'given') return []
  return [
    {
      reason: 'copy_not_allowed',
      message: `${name}: trying the backup would put a copy of the data on this hosted runner; expected the checklist to allow it, found nothing`,
      hint: `Allow it (databases: ${name}: scratch: runner), name a server of yours (scratch: URL), or use a self-hosted runner.`
    }
  ]
}

function ofDump({ name, source, space, diskDisappears }: BackupFacts): readonly Objection[] {
  const { store, scratch } = space
  const found: Objection[] = [...objectionsToStore(name, store, diskDisappears)]
  const forScratch = scratch === undefined ? 0 : source.bytes * SCRATCH_FACTOR
  const shared = scratch?.device === store.device
  found.push(...tooLittle(name, store, source.bytes + (shared ? forScratch : 0)))
  if (scratch !== undefined && !shared) found.push(...tooLittle(name, scratch, forScratch))
  return found
}

function ofSnapshot({ name, mayClone, prepared }: BackupFacts): readonly Objection[] {
  const found: Objection[] = []
  if (!mayClone) {
    found.push({
      reason: 'missing_right',
      message: `${name}: the role may not clone the database and end the sessions in it`,
      hint: "Use the database's owner with CREATEDB and membership in pg_signal_backend, or a superuser."
    })
  }
  if (prepared > 0) {
    found.push({
      reason: 'missing_right',
      message: `${name}: ${prepared} prepared transactions hold the database, so that it cannot be cloned`,
      hint: 'Commit or roll back what pg_prepared_xacts shows.'
    })
  }
  return found
}

function tooLittle(name: string, { path, bytes }: Space, needed: number): readonly Objection[] {
  if (bytes >= needed) return []
  return [
    {
      reason: 'no_space',
      message: `${name}: ${formatSize(needed)} are needed at ${path}, ${formatSize(bytes)} are free`,
      hint: 'Free some, name another folder (store: …), or a server to try the backup on elsewhere (scratch: URL).'
    }
  ]
}

const firstOf = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ')
