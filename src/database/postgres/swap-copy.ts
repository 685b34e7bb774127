import { ChecklistError, messageOf } from '../../core/errors.js'
import { sha256 } from '../../core/plan.js'
import type { Receipt } from '../../core/records.js'
import { compareFingerprints } from '../compare.js'
import { digestFile } from '../store.js'
import { type Address, inDatabase } from './address.js'
import { withClient } from './client.js'
import { createPrivate, withNeighbour } from './closed.js'
import { dumpSchema, restoreDump, type Tools } from './dump.js'
import type { TakeFingerprint } from './fingerprint.js'
import { quoteName } from './quote.js'
import { localesFor } from './scratch.js'
import type { Source } from './source.js'
import { type Properties, readProperties } from './swap-properties.js'

export type CopyRequest = Readonly<{
  receipt: Receipt
  database: Address
  source: Source
  properties: Properties
  /** Name of the database to be made; for a snapshot, the one that is there. */
  copy: string
  /** Programs and their version; undefined for a snapshot, which needs none. */
  client: Readonly<{ tools: Tools; version: string }> | undefined
  takeFingerprint: TakeFingerprint
  signal: AbortSignal
  say(line: string): void
}>

/**
 * Makes the database that is to take production's place: the proven dump, restored beside it and compared with its
 * receipt once more; or the snapshot as it stands, if nobody wrote to it.
 */
export async function makeCopy(request: CopyRequest): Promise<void> {
  const { receipt, client, database, copy, signal } = request
  if (client !== undefined) {
    await demandProvenBytes(receipt, signal)
    await createEmpty(request)
    request.say(`restoring ${receipt.location} into ${copy}`)
    const failed = await restoreDump(client.tools, {
      database: inDatabase(database, copy),
      file: receipt.location,
      signal
    })
    if (failed !== undefined)
      throw broken(
        `the dump cannot be restored on this server: ${failed}`,
        'Mend what the message says, then roll back again.'
      )
    await withClient(inDatabase(database, copy), { signal }, ({ query }) => query('ANALYZE'))
  }
  await demandIdentical(request)
}

/** The dump is there, and every byte of it is the one that was proven. */
export async function demandProvenBytes({ location, sha256: proven }: Receipt, signal: AbortSignal): Promise<void> {
  const found = await digestFile(location, signal).catch(error => {
    throw broken(
      `the proven dump ${location} cannot be read: ${messageOf(error)}`,
      'Bring the file back to where its receipt says that it lies.'
    )
  })
  if (found.sha256 === proven) return
  throw broken(
    `the dump ${location} is not the one that was proven: expected SHA-256 ${proven}, found ${found.sha256}`,
    'Bring the proven bytes back from another store.'
  )
}

async function createEmpty({ database, copy, source, properties, signal }: CopyRequest): Promise<void> {
  const locale = localesFor(source)[0]?.sql ?? ''
  await withNeighbour(database, signal, async neighbour => {
    const usual = await readProperties(neighbour, 'template0')
    // Named, even the one that it would get anyway asks for a right to it.
    const place = usual?.tablespace === properties.tablespace ? '' : `TABLESPACE ${quoteName(properties.tablespace)}`
    const made = `OWNER ${quoteName(properties.owner)} TEMPLATE template0 ENCODING '${source.encoding}' ${locale} ${place}`
    await createPrivate(neighbour, copy, made)
  })
}

/** The copy is what the receipt proves. */
export async function demandIdentical({
  receipt,
  database,
  copy,
  client,
  takeFingerprint,
  signal
}: Omit<CopyRequest, 'source' | 'properties' | 'say'>): Promise<void> {
  const found = await takeFingerprint({ database: inDatabase(database, copy), signal })
  const differences = [...compareFingerprints({ ...found, relations: receipt.relations }, found)]
  if (client !== undefined && client.version === receipt.versions.client) {
    const dumped = await dumpSchema(client.tools, { database: inDatabase(database, copy), signal })
    if ('failed' in dumped) throw broken(dumped.failed, 'Mend what the message says, then roll back again.')
    if (sha256(dumped.schema) !== receipt.schemaSha256) differences.push('the schema is another one')
  }
  if (differences.length === 0) return
  const shown = differences.slice(0, 10).join('; ')
  throw broken(`${copy} is not what the receipt proves: ${shown}`, 'Do not use it; take another backup.')
}

const broken = (message: string, hint: string): ChecklistError =>
  new ChecklistError('FAILED', 'rollback_failed', { message: `${message}; production is as it was`, hint })
