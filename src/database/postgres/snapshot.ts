import { createHash } from 'node:crypto'
import { sha256 } from '../../core/plan.js'
import type { Clock } from '../../core/ports.js'
import type { Receipt } from '../../core/records.js'
import { compareFingerprints, compareSequences } from '../compare.js'
import { type Address, inDatabase } from './address.js'
import { createPrivate, withClosing, withNeighbour } from './closed.js'
import type { TakeFingerprint } from './fingerprint.js'
import type { Proof } from './prove.js'
import { quoteName } from './quote.js'
import type { Source } from './source.js'

export type SnapshotRequest = Readonly<{
  subject: string
  database: Address
  source: Source
  /** Name of the clone: a database on the same server. */
  name: string
  clock: Clock
  signal: AbortSignal
  takeFingerprint: TakeFingerprint
  onProgress: (what: string, done: number, total: number | undefined, unit: 'bytes' | 'rows') => void
  say: (line: string) => void
}>

/**
 * Clones the database on its own server: no dump that could leave it. Nobody can connect meanwhile, for the fingerprint
 * and the clone have to be of one moment and a clone waits until it is alone.
 */
export async function snapshot(request: SnapshotRequest): Promise<Proof> {
  const { database, name, clock, signal, takeFingerprint } = request
  const takenAt = clock.now()
  const nowMs = () => clock.now().getTime()
  const { result: fingerprint, closedMs } = await withClosing(database, { signal, nowMs }, async close => {
    // Its session is there before the door is shut, and is the only one that may stay.
    const beforehand = (pid: number) => close([pid])
    const taken = await takeFingerprint({ database, signal, beforehand })
    await withNeighbour(database, signal, neighbour =>
      createPrivate(neighbour, name, `TEMPLATE ${quoteName(database.database)}`)
    )
    return taken
  })
  request.say(`nobody could connect to ${database.database} for ${(closedMs / 1000).toFixed(1)} s`)
  const comparedAt = clock.now()
  try {
    const copy = await takeFingerprint({ database: inDatabase(database, name), signal })
    const differences = [
      ...compareFingerprints(fingerprint, copy),
      ...compareSequences(fingerprint.sequences, fingerprint.sequences, copy.sequences)
    ]
    if (differences.length > 0) {
      await dropSnapshot(database, name)
      return { differences }
    }
  } catch (error) {
    await dropSnapshot(database, name)
    throw error
  }
  const times = { dump: closedMs / 1000, compare: (nowMs() - comparedAt.getTime()) / 1000 }
  return {
    receipt: receiptOf(request, takenAt, fingerprint.relations, {
      ...times,
      total: (nowMs() - takenAt.getTime()) / 1000
    })
  }
}

const receiptOf = (
  { subject, source, name }: SnapshotRequest,
  takenAt: Date,
  relations: Receipt['relations'],
  seconds: Receipt['seconds']
): Receipt => ({
  subject,
  proof: 'snapshot',
  takenAt: takenAt.toISOString(),
  location: `server:${name}`,
  sha256: sha256(JSON.stringify(relations)),
  bytes: source.bytes,
  scratch: 'same server',
  versions: { server: source.version, client: 'none' },
  seconds,
  relations,
  schemaSha256: '',
  source: { systemIdentifier: source.systemIdentifier, databaseOid: source.databaseOid, database: source.database },
  details: { outageSeconds: seconds.dump, databaseBytes: source.bytes }
})

/** Removes a clone; also a half one that a killed process left. */
export const dropSnapshot = (database: Address, name: string): Promise<unknown> =>
  withNeighbour(database, AbortSignal.timeout(30_000), ({ query }) =>
    query(`DROP DATABASE IF EXISTS ${quoteName(name)} WITH (FORCE)`)
  )

const MARK = '_snapshot_'

const STAMP = /^\d{8}t\d{9}z_[0-9a-f]{4}$/
const STAMP_LENGTH = '20260101t000000000z_0000'.length

/**
 * Name of a clone: the database's, cut to the server's 63 bytes, and a stamp to the millisecond that sorts, with four
 * hex digits of its own: whoever clears away what a killed backup left must not meet a proven clone by that name.
 */
export const snapshotName = (database: string, stamp: string, nonce: string): string =>
  `${shortened(database)}${MARK}${stamp.toLowerCase()}_${nonce}`

/** Removes the oldest clones of that database, so that `keep` are left; never the newest. */
export async function removeOldSnapshots(
  database: Address,
  { newest, keep, signal }: Readonly<{ newest: string; keep: number; signal: AbortSignal }>
): Promise<readonly string[]> {
  const { rows } = await withNeighbour(database, signal, ({ query }) => query('SELECT datname FROM pg_database'))
  const start = `${shortened(database.database)}${MARK}`
  const clones = rows
    .map(([name]) => name ?? '')
    .filter(name => name !== newest && name.startsWith(start) && STAMP.test(name.slice(start.length)))
  const going = clones
    .sort()
    .reverse()
    .slice(keep - 1)
  for (const name of going) await dropSnapshot(database, name)
  return going
}

// Two long names that begin alike would be one; then either backup would clear away the other's clones.
function shortened(database: string): string {
  const room = 63 - MARK.length - STAMP_LENGTH
  if (Buffer.byteLength(database) <= room) return database
  const digest = createHash('sha256').update(database).digest('hex').slice(0, 6)
  let name = database
  while (Buffer.byteLength(name) > room - digest.length) name = [...name].slice(0, -1).join('')
  return `${name}${digest}`
}
