import { ChecklistError } from '../../core/errors.js'
import type { JsonObject } from '../../core/json.js'
import type { Address } from './address.js'
import { reopen, withNeighbour } from './closed.js'
import { sqlStateOf } from './faults.js'
import { quoteName } from './quote.js'
import { readProperties } from './swap-properties.js'

/**
 * What a restore tells the journal. making: a database of this name is made and filled. closing: production is shut from
 * here on. swapping: both are renamed in one transaction, production (by its oid) to `old`. open: it is open again.
 */
export type SwapNote =
  | Readonly<{ restore: 'making'; copy: string }>
  | Readonly<{ restore: 'closing'; database: string }>
  | Readonly<{ restore: 'swapping'; database: string; copy: string; old: string }>
  | Readonly<{ restore: 'open'; database: string }>

export const readSwapNotes = (notes: readonly JsonObject[]): readonly SwapNote[] =>
  notes.flatMap((note): readonly SwapNote[] => {
    const text = (key: string) => (typeof note[key] === 'string' ? note[key] : '')
    const [database, copy, old] = [text('database'), text('copy'), text('old')]
    switch (note['restore']) {
      case 'making':
        return [{ restore: 'making', copy }]
      case 'closing':
      case 'open':
        return [{ restore: note['restore'], database }]
      case 'swapping':
        return [{ restore: 'swapping', database, copy, old }]
      default:
        return []
    }
  })

/** Opens what a killed restore left shut. Idempotent; called before anything else is done or said about a restore. */
export async function repairConnections(database: Address, notes: readonly JsonObject[]): Promise<boolean> {
  const last = readSwapNotes(notes).findLast(({ restore }) => restore !== 'making')
  if (last === undefined || last.restore === 'open') return false
  await reopen(database)
  return true
}

/** The name that production has now, if an earlier process has swapped already: `old` holds the database of that oid. */
export async function swappedAway(
  database: Address,
  oid: number,
  notes: readonly JsonObject[],
  signal: AbortSignal
): Promise<string | undefined> {
  const note = readSwapNotes(notes).findLast(({ restore }) => restore === 'swapping')
  if (note?.restore !== 'swapping') return undefined
  const old = await withNeighbour(database, signal, neighbour => readProperties(neighbour, note.old))
  return Number(old?.oid) === oid ? note.old : undefined
}

const TRIES = 5

/** Gives the copy production's name, and production `old`, in one transaction: at any moment the name is somebody's. */
export function swapNames(
  database: Address,
  { copy, old, signal }: Readonly<{ copy: string; old: string; signal: AbortSignal }>
): Promise<void> {
  return withNeighbour(database, signal, async ({ query }) => {
    for (let tries = 1; ; tries += 1) {
      try {
        await query('BEGIN')
        await query(`ALTER DATABASE ${quoteName(database.database)} RENAME TO ${quoteName(old)}`)
        await query(`ALTER DATABASE ${quoteName(copy)} RENAME TO ${quoteName(database.database)}`)
        await query('COMMIT')
        return
      } catch (error) {
        if (error instanceof ChecklistError) throw error
        await query('ROLLBACK')
        // A session of ours, or autovacuum, that is just going; the server itself waits five seconds for it.
        if (sqlStateOf(error) !== '55006' || tries === TRIES) throw error
      }
    }
  })
}

/** `app` + `_before_20260105t100000000z`, the first part cut so that all of it fits the server's 63 bytes. */
export function nameBeside(database: string, word: string, stamp: string): string {
  const suffix = `_${word}_${stamp.toLowerCase()}`
  let name = database
  while (Buffer.byteLength(name) > 63 - suffix.length) name = [...name].slice(0, -1).join('')
  return `${name}${suffix}`
}
