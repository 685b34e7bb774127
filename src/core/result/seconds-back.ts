import type { Receipt } from '../records.js'

/** What is known of the time that these backups take to come back, and what that comes from, in words. */
export type SecondsBack = Readonly<{ seconds: number | null; measured: string }>

const NOT_MEASURED: SecondsBack = { seconds: null, measured: '' }

/**
 * A restore makes the copy anew and compares it with its receipt, as the proof did; what the code's way back and the
 * count behind closed doors take is not in it. A snapshot was never put back when it was proven.
 */
export function secondsBack(receipts: readonly Receipt[]): SecondsBack {
  const each = receipts.map(({ proof, seconds }) =>
    proof === 'snapshot' || seconds.restore === undefined ? undefined : seconds.restore + seconds.compare
  )
  const known = each.filter(seconds => seconds !== undefined)
  if (known.length === 0 || known.length < each.length) return NOT_MEASURED
  const ms = known.reduce((sum, one) => sum + Math.round(one * 1000), 0)
  return { seconds: ms / 1000, measured: 'restored and compared when it was proven' }
}
