import { joinSignals } from '../../core/join-signals.js'
import { sha256 } from '../../core/plan.js'
import type { Clock } from '../../core/ports.js'
import type { Receipt } from '../../core/records.js'
import { compareFingerprints, compareSequences, rowsOf } from '../compare.js'
import { secondsBetween } from '../elapsed.js'
import { removeBackup } from '../store.js'
import type { Address } from './address.js'
import { throwIfCancelled, withClient } from './client.js'
import { dumpSchema, restoreDump, type Tools } from './dump.js'
import type { TakeFingerprint } from './fingerprint.js'
import { compareSchemas } from './schema-text.js'
import { type Scratch, type ScratchPlan, withScratch } from './scratch.js'
import { together } from './side-by-side.js'
import type { Source } from './source.js'
import { orFail, type Taken, take } from './take.js'

export type ProofRequest = Readonly<{
  subject: string
  database: Address
  source: Source
  /** Absolute folder and the dump's name in it. */
  store: Readonly<{ folder: string; name: string }>
  scratch: ScratchPlan
  tools: Tools
  client: string
  clock: Clock
  signal: AbortSignal
  takeFingerprint: TakeFingerprint
  /** gzip level of the dump; 0 leaves it uncompressed. */
  compression: number
  onProgress: (what: string, done: number, total: number | undefined, unit: 'bytes' | 'rows') => void
  say: (line: string) => void
}>

/** What a proof comes to: a receipt, or everything that differs between the source and what the dump gives back. */
export type Proof = Readonly<{ receipt: Receipt } | { differences: readonly string[] }>

/**
 * Dumps the database, restores the stored bytes into a scratch database and compares the two. Only a proven dump stays
 * in the store. Throws a ChecklistError where one of the steps breaks off.
 */
export async function prove(request: ProofRequest): Promise<Proof> {
  const startedAt = request.clock.now()
  const giveUp = new AbortController()
  const joined = joinSignals(request.signal, giveUp.signal)
  const inTime = { ...request, signal: joined.signal }
  // The scratch server starts while the dump is taken; whichever breaks first ends the other.
  const taking = take(inTime)
  taking.catch(error => giveUp.abort(error))
  try {
    const proof = await withScratch(request.scratch, { ...request.tools, ...inTime }, async scratch =>
      tryOut(inTime, await taking, scratch)
    )
    if ('differences' in proof) {
      await removeBackup((await taking).location)
      return proof
    }
    const total = secondsBetween(startedAt, request.clock.now())
    return { receipt: receiptOf(request, await taking, { ...proof, takenAt: startedAt, total }) }
  } catch (error) {
    giveUp.abort(error)
    const taken = await taking.catch(() => undefined)
    if (taken !== undefined) await removeBackup(taken.location)
    throw giveUp.signal.reason
  } finally {
    joined.done()
  }
}

type TriedOut = Readonly<{
  restore: number
  compare: number
  scratch: Scratch
}>

/** Restores the stored bytes and looks for differences. */
async function tryOut(
  request: ProofRequest,
  taken: Taken,
  scratch: Scratch
): Promise<Readonly<{ differences: readonly string[] }> | TriedOut> {
  const { clock, signal, tools, source } = request
  const startedAt = clock.now()
  request.say(`restoring into ${scratch.words}`)
  const onBytes = (bytes: number) => request.onProgress('restore', bytes, source.bytes, 'bytes')
  const watched = watchSize(scratch.database, request, onBytes)
  try {
    const failed = await restoreDump(tools, { database: scratch.database, file: taken.location, signal })
    if (failed !== undefined) return { differences: [await whyNotRestored(scratch, signal, failed)] }
  } finally {
    watched.stop()
  }
  const restoredAt = clock.now()
  const differences = await differencesIn(request, taken, scratch)
  if (differences.length > 0) return { differences }
  return { restore: secondsBetween(startedAt, restoredAt), compare: secondsBetween(restoredAt, clock.now()), scratch }
}

// A server that went away, or a cancel, says nothing about the dump.
async function whyNotRestored({ database }: Scratch, signal: AbortSignal, failed: string): Promise<string> {
  throwIfCancelled(signal)
  await withClient(database, { signal }, ({ query }) => query('SELECT 1'))
  return `the dump cannot be restored: ${failed}`
}

async function differencesIn(request: ProofRequest, taken: Taken, scratch: Scratch): Promise<readonly string[]> {
  const { database } = scratch
  const parts = together(request.signal)
  const fingerprint = parts.add(signal =>
    request.takeFingerprint({
      database,
      signal,
      onRows: done => request.onProgress('fingerprint of the copy', done, rowsOf(taken.fingerprint), 'rows')
    })
  )
  const schema = parts.add(signal => orFail(dumpSchema(request.tools, { database, signal })))
  await parts.all()
  const copy = await fingerprint
  return [
    ...compareFingerprints(taken.fingerprint, copy),
    ...compareSequences(taken.sequences.before, taken.sequences.after, copy.sequences),
    ...compareSchemas(taken.schema, await schema)
  ]
}

const receiptOf = (
  { subject, source, client }: ProofRequest,
  taken: Taken,
  { scratch, restore, compare, takenAt, total }: TriedOut & Readonly<{ takenAt: Date; total: number }>
): Receipt => ({
  subject,
  proof: 'identical',
  takenAt: takenAt.toISOString(),
  location: taken.location,
  sha256: taken.sha256,
  bytes: taken.bytes,
  scratch: scratch.words,
  versions: { server: source.version, client },
  seconds: { dump: taken.seconds, restore, compare, total },
  relations: taken.fingerprint.relations,
  schemaSha256: sha256(taken.schema),
  source: {
    systemIdentifier: source.systemIdentifier,
    databaseOid: source.databaseOid,
    database: source.database
  },
  details: {
    databaseBytes: source.bytes,
    locale: scratch.locale,
    sequences: Object.keys(taken.fingerprint.sequences).length,
    materializedViews: Object.keys(taken.fingerprint.populated).length,
    notInTheDump: 'roles and their passwords, tablespaces, content of materialized views'
  }
})

/** Tells how far a restore is, by the size that the database has reached. */
function watchSize(
  database: Address,
  { signal, clock }: Pick<ProofRequest, 'signal' | 'clock'>,
  onBytes: (bytes: number) => void
): Readonly<{ stop(): void }> {
  const over = new AbortController()
  const either = joinSignals(signal, over.signal)
  const look = withClient(database, { signal: either.signal }, async ({ query }) => {
    while (!either.signal.aborted) {
      onBytes(Number((await query('SELECT pg_database_size(current_database())')).rows[0]?.[0]))
      await clock.sleep(1_000, either.signal)
    }
  })
  // Only words; what is wrong with the server comes out at the restore itself.
  look.catch(() => {}).finally(either.done)
  return { stop: () => over.abort() }
}
