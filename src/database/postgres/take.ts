import { ChecklistError } from '../../core/errors.js'
import type { Fingerprint } from '../compare.js'
import { secondsBetween } from '../elapsed.js'
import { beginFile, digestFile, finishFile, removeBackup } from '../store.js'
import type { Address } from './address.js'
import { withClient } from './client.js'
import { dump, dumpSchema } from './dump.js'
import { readSequences, withSnapshot } from './fingerprint.js'
import type { ProofRequest } from './prove.js'
import { together } from './side-by-side.js'

export type Taken = Readonly<{
  location: string
  sha256: string
  bytes: number
  schema: string
  fingerprint: Fingerprint
  sequences: Readonly<{ before: Fingerprint['sequences']; after: Fingerprint['sequences'] }>
  seconds: number
}>

/** Dump, fingerprint and schema of one moment, side by side; the file is durable when this resolves. */
export async function take(request: ProofRequest): Promise<Taken> {
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
        failing(dump(tools, { database, snapshot, file: partial, signal, compression, onBytes }), database, signal)
      )
      await parts.all()
      await dumped
      const sequences = { before, after: await readSequences(holder) }
      return { fingerprint: await fingerprint, schema: await schema, sequences }
    })
    // What the source feels ends here; the file is made durable and hashed without it.
    const seconds = secondsBetween(startedAt, clock.now())
    const location = await finishFile(partial)
    const digest = await digestFile(location, request.signal)
    request.say(`dumped ${source.database}: ${digest.bytes} bytes`)
    return { location, ...digest, ...seen, seconds }
  } catch (error) {
    await removeBackup(partial)
    await removeBackup(partial.replace(/\.partial$/, ''))
    throw error
  }
}

export async function orFail(work: Promise<Readonly<{ schema: string } | { failed: string }>>): Promise<string> {
  const result = await work
  if ('schema' in result) return result.schema
  throw broken(result.failed)
}

// A server that went away is said as such, in fewer words than pg_dump has for it.
async function failing(work: Promise<string | undefined>, database: Address, signal: AbortSignal): Promise<void> {
  const failed = await work
  if (failed === undefined) return
  await withClient(database, { signal }, ({ query }) => query('SELECT 1'))
  throw broken(failed)
}

const broken = (message: string): ChecklistError =>
  new ChecklistError('FAILED', 'backup_failed', {
    message,
    hint: 'Production was only read and is as it was. Mend what the message says, then run it again.'
  })
