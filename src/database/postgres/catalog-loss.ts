import type { CatalogDiff } from './catalog-diff.js'

/** What has to be counted before an undo can be called lossless. Names are quoted as SQL wants them. */
export type Question =
  | Readonly<{ of: 'rows'; key: string; table: string }>
  | Readonly<{ of: 'values'; key: string; table: string; column: string }>

/** Answers by the question's key: rows of an added table, values of an added column that are neither NULL nor default. */
export type Counts = Readonly<Record<string, number>>

export type Loss = Readonly<{ lossless: boolean; losses: readonly string[] }>

/** What must be counted now: rows of tables that were added, values of columns that were added to older tables. */
export const questionsOf = ({ added }: CatalogDiff): readonly Question[] =>
  Object.entries(added).flatMap(([key, { def, of }]): readonly Question[] => {
    const table = nameOf(key, 'table')
    if (table !== undefined) return holdsRows(def) ? [{ of: 'rows', key, table }] : []
    const [owner = ''] = of
    const holder = nameOf(owner, 'table')
    if (holder === undefined || added[owner] !== undefined || !key.startsWith(`column ${holder}.`)) return []
    return [{ of: 'values', key, table: holder, column: key.slice(`column ${holder}.`.length) }]
  })

/**
 * Whether undoing a migration with this difference loses nothing. Only added tables without rows and added columns that
 * are all NULL or their default do; what belongs to them goes with them. All else is named, with what would be lost.
 */
export function losslessUndo(diff: CatalogDiff, counts: Counts): Loss {
  const { added, removed, changed } = diff
  const counted = new Set(questionsOf(diff).map(({ key }) => key))
  const losses = [
    ...Object.keys(added).flatMap(key => {
      if (counted.has(key)) return countedLoss(key, counts[key])
      return goesAlong(key, diff) ? [] : [`${key} would be dropped`]
    }),
    ...Object.keys(removed).map(
      key => `${key} was dropped by the migration: what it held does not come back by an undo`
    ),
    ...Object.keys(changed).map(key => `${key} was changed by the migration: what that did to its values stays unknown`)
  ]
  const unseen = Object.keys({ ...added, ...removed, ...changed }).length === 0
  // The version moved and the catalogue did not: then it changed rows, and no undo is known to give those back.
  const all = unseen ? ['the catalogue is the same as before: what the migration did to rows cannot be told'] : losses
  return { lossless: all.length === 0, losses: [...all].sort() }
}

function countedLoss(key: string, count: number | undefined): readonly string[] {
  if (count === 0) return []
  const what = key.startsWith('column ') ? 'values that are neither NULL nor the default' : 'rows'
  return count === undefined ? [`${key}: its ${what} could not be counted`] : [`${key} holds ${count} ${what}`]
}

// An index on an added column, a policy of an added table, the sequence of an added column.
const goesAlong = (key: string, { added }: CatalogDiff): boolean =>
  (added[key]?.of ?? []).some(owner => owner !== key && added[owner] !== undefined) ||
  (nameOf(key, 'table') !== undefined && !holdsRows(added[key]?.def ?? ''))

/** Partitioned tables hold their rows in their partitions, which are counted themselves. */
const holdsRows = (def: string): boolean => !def.startsWith('partitioned ')

const nameOf = (key: string, kind: string): string | undefined =>
  key.startsWith(`${kind} `) ? key.slice(kind.length + 1) : undefined
