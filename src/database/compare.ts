/** Every relation's rows and content at one moment, with what cannot be compared by content. */
export type Fingerprint = Readonly<{
  /** By quoted name; `large objects` is one of them when there are any. */
  relations: Readonly<Record<string, Readonly<{ rows: number; fingerprint: string }>>>
  /** Next value and step of each sequence, as decimal text. Sequences belong to no snapshot. */
  sequences: Readonly<Record<string, Readonly<{ next: string; step: string }>>>
  /** Materialized views: whether they hold anything. A restore fills them anew, so their content is not compared. */
  populated: Readonly<Record<string, boolean>>
}>

/** What differs, one text per relation, as `app.users: 100 rows in the source, 99 in the copy`; empty when nothing does. */
export function compareFingerprints(source: Fingerprint, copy: Fingerprint): readonly string[] {
  return [
    ...compareEach(source.relations, copy.relations, (theirs, ours) => {
      if (theirs.rows !== ours.rows) return `${theirs.rows} rows in the source, ${ours.rows} in the copy`
      return theirs.fingerprint === ours.fingerprint ? undefined : `same number of rows (${ours.rows}), other content`
    }),
    ...compareEach(source.populated, copy.populated, (theirs, ours) => {
      return theirs === ours ? undefined : `filled in the ${theirs ? 'source' : 'copy'} only`
    })
  ]
}

/**
 * Sequences go on while a dump runs: the copy's value must lie between the source's before and after it. So a value that
 * the source itself had ahead of its rows is ahead in the copy too.
 */
export const compareSequences = (
  before: Fingerprint['sequences'],
  after: Fingerprint['sequences'],
  copy: Fingerprint['sequences']
): readonly string[] =>
  compareEach(before, copy, (first, ours, name) => {
    const last = after[name] ?? first
    const bounds = [BigInt(first.next), BigInt(last.next)].sort((a, b) => (a < b ? -1 : 1))
    const [low = 0n, high = 0n] = bounds
    const wrapped = BigInt(first.step) > 0n !== BigInt(last.next) >= BigInt(first.next) && first.next !== last.next
    const next = BigInt(ours.next)
    if (wrapped || (next >= low && next <= high)) return undefined
    return `next value ${ours.next} in the copy, between ${low} and ${high} in the source`
  })

function compareEach<T>(
  source: Readonly<Record<string, T>>,
  copy: Readonly<Record<string, T>>,
  differ: (source: T, copy: T, name: string) => string | undefined
): readonly string[] {
  const names = [...new Set([...Object.keys(source), ...Object.keys(copy)])].sort()
  return names.flatMap(name => {
    const [theirs, ours] = [source[name], copy[name]]
    if (theirs === undefined) return [`${name}: only in the copy`]
    if (ours === undefined) return [`${name}: missing in the copy`]
    const difference = differ(theirs, ours, name)
    return difference === undefined ? [] : [`${name}: ${difference}`]
  })
}

/** Rows of all relations together. */
export const rowsOf = ({ relations }: Pick<Fingerprint, 'relations'>): number =>
  Object.values(relations).reduce((sum, { rows }) => sum + rows, 0)
