import type { Clock } from '../../core/ports.js'
import type { Connection } from '../postgres/client.js'
import { livingSessions } from './database.js'
import type { Doubt, MigrationNote, Progress } from './notes.js'
import { progressOf } from './notes.js'

/** What became of a deed that is in doubt. `unknown` says why nobody can tell. */
export type Settled = Readonly<{ kind: 'done' | 'undone' }> | Readonly<{ kind: 'unknown'; why: string }>

const LOOK_AGAIN_MS = 200
const LOOKS = 100

/**
 * Ends what still lives of a dead process's sessions and waits until they are gone, so that what is found afterwards
 * stays so. False if they do not go.
 */
export async function endSessions(connection: Connection, session: string, clock: Clock): Promise<boolean> {
  for (let look = 0; look < LOOKS; look += 1) {
    const pids = await livingSessions(connection, session)
    if (pids.length === 0) return true
    await connection.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [`{${pids.join(',')}}`])
    await clock.sleep(LOOK_AGAIN_MS)
  }
  return false
}

/** Asks the server what became of the transaction that a dead process left, without guessing. */
export async function settleDoubt(connection: Connection, doubt: Doubt): Promise<Settled> {
  if (doubt.kind === 'statement') {
    return unknown(`statement ${doubt.index + 1} of ${doubt.file}, which has no transaction, was running`)
  }
  const { rows } = await connection.query('SELECT txid_status($1::bigint), pg_postmaster_start_time()::text', [
    doubt.xid
  ])
  const [status, serverStartedAt] = rows[0] ?? []
  if (status === 'aborted') return { kind: 'undone' }
  if (status === 'in progress') return unknown(`the transaction of ${doubt.file} is still open`)
  if (status !== 'committed') return unknown(`the server has forgotten the transaction of ${doubt.file}`)
  // A server that crashed may give the same number again, to a transaction that is none of ours.
  if (serverStartedAt === doubt.serverStartedAt) return { kind: 'done' }
  return unknown(`the server was restarted while ${doubt.file} was being committed`)
}

/** The notes with their doubt resolved, or why it cannot be. */
export async function settleNotes(
  connection: Connection,
  notes: readonly MigrationNote[]
): Promise<Readonly<{ progress: Progress; unknown: string | undefined }>> {
  const progress = progressOf(notes)
  if (progress.doubt === undefined) return { progress, unknown: undefined }
  const settled = await settleDoubt(connection, progress.doubt)
  if (settled.kind === 'unknown') return { progress, unknown: settled.why }
  const { file, sha256 } = progress.doubt
  const applied = settled.kind === 'done' ? { ...progress.applied, [file]: sha256 } : progress.applied
  return { progress: { ...progress, applied, doubt: undefined }, unknown: undefined }
}

const unknown = (why: string): Settled => ({ kind: 'unknown', why })
