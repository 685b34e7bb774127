import { ChecklistError } from '../../core/errors.js'
import { sha256 } from '../../core/plan.js'
import type { Clock } from '../../core/ports.js'
import type { Receipt } from '../../core/records.js'
import { compareFingerprints, compareSequences, type Fingerprint, rowsOf } from '../compare.js'
import { beginFile, digestFile, finishFile, removeBackup } from '../store.js'
import type { Address } from './address.js'
import { throwIfCancelled, withClient } from './client.js'
import { dump, dumpSchema, restoreDump, type Tools } from './dump.js'
import { readSequences, type TakeFingerprint, withSnapshot } from './fingerprint.js'
import { compareSchemas } from './schema-text.js'
import { type Scratch, type ScratchPlan, withScratch } from './scratch.js'
import type { Source } from './source.js'

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
  const inTime = { ...request, signal: AbortSignal.any([request.signal, giveUp.signal]) }
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
    const total = seconds(startedAt, request.clock.now())
    return { receipt: receiptOf(request, await taking, { ...proof, takenAt: startedAt, total }) }
  } catch (error) {
    giveUp.abort(error)
    const taken = await taking.catch(() => undefined)
    if (taken !== undefined) await removeBackup(taken.location)
    throw giveUp.signal.reason
  }
}

type Taken = Readonly<{
  location: string
  sha256: string
  bytes: number
  schema: string
  fingerprint: Fingerprint
  sequences: Readonly<{ before: Fingerprint['sequences']; after: Fingerprint['sequences'] }>
  seconds: number
}>

/** Dump, fingerprint and schema of one moment, side by side; the file is durable when this resolves. */
async function take(request: ProofRequest): Promise<Taken> {
  const { database, source, store, tools, clock, compression, onProgress } = request
  const startedAt = clock.now()
  const partial = await beginFile(store.folder, store.name)
  try {
    const seen = await withSnapshot(database, { signal: request.signal }, async (snapshot, holder) => {
      // Sequences belong to no snapshot: pg_dump reads them at a moment between these two.
      const before = await readSequences(holder)
      const parts = together(request.signal)
      const fingerprint = parts.add(signal =>
        request.takeFingerprint({
          database,
          snapshot,
          signal,
          onRows: (done, total) => onProgress('fingerprint of the source', done, total, 'rows')
        })
      )
      const schema = parts.add(signal => orFail(dumpSchema(tools, { database, snapshot, signal })))
      const onBytes = (bytes: number) => onProgress('dump', bytes, undefined, 'bytes')
      const dumped = parts.add(signal =>
        failing(dump(tools, { database, snapshot, file: partial, signal, compression, onBytes }), 'backup_failed')
      )
      await parts.all()
      await dumped
      const sequences = { before, after: await readSequences(holder) }
      return { fingerprint: await fingerprint, schema: await schema, sequences }
    })
    const location = await finishFile(partial)
    const digest = await digestFile(location, request.signal)
    request.say(`dumped ${source.database}: ${digest.bytes} bytes`)
    return { location, ...digest, ...seen, seconds: seconds(startedAt, clock.now()) }
  } catch (error) {
    await removeBackup(partial)
    await removeBackup(partial.replace(/\.partial$/, ''))
    throw error
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
  return { restore: seconds(startedAt, restoredAt), compare: seconds(restoredAt, clock.now()), scratch }
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

/** Work side by side, of which the first failure ends the rest before it is told. */
function together(signal: AbortSignal): Readonly<{
  add<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>
  all(): Promise<void>
}> {
  const abort = new AbortController()
  const both = AbortSignal.any([signal, abort.signal])
  const parts: Promise<unknown>[] = []
  return {
    add: work => {
      const part = work(both)
      part.catch(error => abort.abort(error))
      parts.push(part)
      return part
    },
    all: async () => {
      await Promise.allSettled(parts)
      throwIfCancelled(signal)
      // What came first is the cause; the others were only ended because of it.
      if (abort.signal.aborted) throw abort.signal.reason
    }
  }
}

async function orFail(work: Promise<Readonly<{ schema: string } | { failed: string }>>): Promise<string> {
  const result = await work
  if ('schema' in result) return result.schema
  throw broken(result.failed, 'backup_failed')
}

async function failing(work: Promise<string | undefined>, reason: 'backup_failed'): Promise<void> {
  const failed = await work
  if (failed !== undefined) throw broken(failed, reason)
}

const broken = (message: string, reason: 'backup_failed'): ChecklistError =>
  new ChecklistError('FAILED', reason, {
    message,
    hint: 'Production was only read and is as it was. Mend what the message says, then run it again.'
  })

/** Tells how far a restore is, by the size that the database has reached. */
function watchSize(
  database: Address,
  { signal, clock }: Pick<ProofRequest, 'signal' | 'clock'>,
  onBytes: (bytes: number) => void
): Readonly<{ stop(): void }> {
  const over = new AbortController()
  const either = AbortSignal.any([signal, over.signal])
  const look = withClient(database, { signal: either }, async ({ query }) => {
    while (!either.aborted) {
      onBytes(Number((await query('SELECT pg_database_size(current_database())')).rows[0]?.[0]))
      await clock.sleep(1_000, either)
    }
  })
  look.catch(() => {}) // only words; what is wrong with the server comes out at the restore itself
  return { stop: () => over.abort() }
}

const seconds = (from: Date, to: Date): number => Math.max(0, to.getTime() - from.getTime()) / 1000
