import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { ChecklistError } from '../core/errors.js'
import type { Finding, GuardContext, ItemContext, Probe } from '../core/item.js'
import type { Objection } from '../core/ports.js'
import type { Receipt } from '../core/records.js'
import { formatDuration, formatSize } from '../core/units.js'
import type { BackupPorts } from './backup.js'
import {
  type BackupFacts,
  type BackupWay,
  chooseWay,
  decideObjections,
  onlyBehind,
  pooledUrl
} from './backup-decision.js'
import { type BackupTarget, type DatabaseBackupPorts, programEnv, readBackupFacts, targetOf } from './backup-facts.js'
import { rowsOf } from './compare.js'
import { reopen } from './postgres/closed.js'
import { sqlStateOf, wordsOf } from './postgres/faults.js'
import { takeFingerprint } from './postgres/fingerprint.js'
import { type Proof, prove } from './postgres/prove.js'
import { dropSnapshot, removeOldSnapshots, snapshot, snapshotName } from './postgres/snapshot.js'
import { OLDEST } from './postgres/source.js'
import { fineStampOf, readManifest, removeBackup, removeOld, stampOf, writeManifest } from './store.js'

/** What stands in the way of a backup of that database, found without changing anything. */
export async function objectionsTo(
  name: string,
  context: GuardContext,
  ports: BackupPorts
): Promise<readonly Objection[]> {
  const facts = await readBackupFacts(targetOf(name, context, ports), context, ports)
  // Whatever the pooler answers about rights is some other session's.
  if (facts === 'pooled') return [pooledUrl(name)]
  const by = chooseWay(facts).kind === 'snapshot' ? 'snapshot' : 'dump'
  // Ahead of the gate a role that only reads is enough; what the way back needs is asked behind it.
  if (context.execution.ahead) return by === 'snapshot' ? [onlyBehind(name)] : decideObjections(facts)
  // An old one knows too little to be asked.
  if (facts.source.versionNumber < OLDEST) return decideObjections(facts)
  return [...decideObjections(facts), ...((await ports.wayBack?.objections(name, by, context)) ?? [])]
}

/** Backs the database up and proves it; a copy that differs is a failure that names what differs. */
export async function backUpDatabase(
  name: string,
  keep: number | undefined,
  context: ItemContext,
  ports: DatabaseBackupPorts
): Promise<Finding> {
  const target = targetOf(name, context, ports)
  const facts = await readBackupFacts(target, context, ports)
  const objections = facts === 'pooled' ? [pooledUrl(name)] : decideObjections(facts)
  const [first] = objections
  if (facts === 'pooled' || first !== undefined) return objected(objections)
  const way = chooseWay(facts)
  if (way.kind === 'snapshot' && context.execution.ahead) return objected([onlyBehind(name)])
  const job: Job = { target, facts, context, ports, keep }
  try {
    return way.kind === 'dump' ? await byDump(way, job) : await bySnapshot(job)
  } catch (error) {
    throw saidByServer(error, name)
  }
}

/** What the server says to one of our own statements, such as an object that the role may not read. */
function saidByServer(error: unknown, name: string): unknown {
  if (error instanceof ChecklistError || sqlStateOf(error) === undefined) return error
  return new ChecklistError('FAILED', 'backup_failed', {
    message: `${name} could not be backed up: ${wordsOf(error)} (SQLSTATE ${sqlStateOf(error)})`,
    hint: 'Production is as it was. Give the role what it lacks, or mend what the message says.',
    cause: error
  })
}

type Job = Readonly<{
  target: BackupTarget
  facts: BackupFacts
  context: ItemContext
  ports: DatabaseBackupPorts
  keep: number | undefined
}>

async function byDump({ client, scratch }: BackupWay & { kind: 'dump' }, job: Job): Promise<Finding> {
  const { target, facts, context, ports, keep } = job
  const file = dumpName(target.name, context, ports)
  // Noted before there is anything, so that a later process finds what a killed one left.
  await context.note({ dump: join(target.folder, file) })
  const proof = await prove({
    ...common(job),
    store: { folder: target.folder, name: file },
    scratch,
    tools: { shell: ports.shell, bin: client.folder, env: programEnv(ports, context.names) },
    client: client.version,
    compression: 1
  })
  if ('differences' in proof) return differing(target.name, proof.differences)
  const { receipt } = proof
  await writeManifest(receipt, { properties: facts.source.properties, roles: facts.source.roles })
  const removed = keep === undefined ? [] : await removeOld(receipt, keep)
  for (const path of removed) context.say(`removed ${path}: ${keep} newer ones are proven`)
  return passed(receipt, target)
}

async function bySnapshot(job: Job): Promise<Finding> {
  const { target, context, ports, keep } = job
  const name = snapshotName(target.database.database, fineStampOf(ports.clock.now()), randomBytes(2).toString('hex'))
  await context.note({ snapshot: name })
  const proof: Proof = await snapshot({ ...common(job), name })
  if ('differences' in proof) return differing(target.name, proof.differences)
  if (keep !== undefined) {
    const removed = await removeOldSnapshots(target.database, { newest: name, keep, signal: context.signal })
    for (const old of removed) context.say(`removed the snapshot ${old}: ${keep} newer ones are proven`)
  }
  return passed(proof.receipt, target)
}

const common = ({ target, facts, context, ports }: Job) => ({
  subject: target.name,
  database: target.database,
  source: facts.source,
  clock: ports.clock,
  signal: context.signal,
  takeFingerprint: ports.takeFingerprint ?? takeFingerprint,
  onProgress: (what: string, done: number, total: number | undefined, unit: 'bytes' | 'rows') =>
    context.progress({ what: `${target.name}: ${what}`, done, total, unit }),
  say: (line: string) => context.say(line)
})

/** A backup changes nothing, so an interrupted one is cleaned away and done again; a proven one is taken as it is. */
export async function probeDatabase(name: string, context: ItemContext, ports: DatabaseBackupPorts): Promise<Probe> {
  const left = context.notes
    .flatMap(note => [note['dump'], note['snapshot']])
    .filter(value => typeof value === 'string')
  for (const path of context.notes.map(note => note['dump']).filter(value => typeof value === 'string')) {
    const receipt = await readManifest(path)
    if (receipt !== undefined) {
      return { took: 'effect', detail: `proven and stored at ${path}`, finding: passed(receipt, { name }) }
    }
    await removeBackup(`${path}.partial`)
    await removeBackup(path)
  }
  for (const clone of context.notes.map(note => note['snapshot']).filter(value => typeof value === 'string')) {
    // Only a clone had to do with the server: what a dump left is cleared away without the database's address.
    const { database } = targetOf(name, context, ports)
    await reopen(database)
    await dropSnapshot(database, clone)
  }
  const detail = left.length === 0 ? 'nothing had begun' : `what was left of it is removed: ${left.join(', ')}`
  return { took: 'no-effect', detail }
}

/** Made of what sorts, what a person looks for, and what keeps two runs at one second apart. */
function dumpName(name: string, { execution }: ItemContext, { clock }: DatabaseBackupPorts): string {
  const clean = (text: string) => text.replaceAll(/[^A-Za-z0-9_-]/g, '_')
  const stamp = stampOf(clock.now())
  return `${clean(execution.environment)}-${clean(name)}-${stamp}-${randomBytes(3).toString('hex')}.dump`
}

function passed(receipt: Receipt, { name }: Pick<BackupTarget, 'name'>): Finding {
  const rows = `${Object.keys(receipt.relations).length} relations, ${rowsOf(receipt)} rows`
  const seconds = formatDuration(receipt.seconds.total * 1000)
  const detail =
    receipt.proof === 'snapshot'
      ? `${name} cloned on its own server and found identical: ${rows}; nobody could connect for ${formatDuration(receipt.seconds.dump * 1000)}`
      : `${name} dumped (${formatSize(receipt.bytes)}), restored on ${receipt.scratch} and found identical: ${rows}, in ${seconds}`
  return { outcome: 'pass', detail, receipt }
}

function differing(name: string, differences: readonly string[]): Finding {
  const shown = differences.slice(0, 10).join('; ')
  const more = differences.length > 10 ? `; and ${differences.length - 10} more` : ''
  return {
    outcome: 'fail',
    reason: 'backup_not_proven',
    detail: `the copy of ${name} is not what it was taken from: ${shown}${more}`,
    hint: 'It was removed and production is as it was. Look at the disk and memory of this machine, then run it again.'
  }
}

const objected = (objections: readonly Objection[]): Finding => ({
  outcome: 'fail',
  detail: objections.map(({ message }) => message).join('; '),
  hint: objections[0]?.hint ?? '',
  ...(objections[0] === undefined ? {} : { reason: objections[0].reason })
})
