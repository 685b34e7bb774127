import type { Result } from './result.js'
import type { ResultItem } from './result-stages.js'

/** A result as an output carries it. `cut`: something of it had no room. */
export type CarriedResult = Result & Readonly<{ cut?: true }>

const MOST_PROBLEMS = 100
const SHORT = 200

/** What is left out, one thing after the other, until the rest has room: what matters least comes first. */
const CUTS: readonly ((result: Result) => Result)[] = [
  withoutCatalogs,
  result => withItems(result, item => (item.outcome === 'pass' ? { ...item, detail: '', hint: '' } : item)),
  result => withItems({ ...result, problems: result.problems.slice(0, MOST_PROBLEMS) }, shortened),
  result => ({
    ...result,
    stages: result.stages.map(stage => ({ ...stage, items: [] })),
    ahead: { ...result.ahead, migrations: [] }
  }),
  result => ({ ...result, message: short(result.message), problems: [], signOffs: [], checkpoints: [] })
]

/** The result in at most so many characters of JSON. GitHub drops a job's outputs above 1 MB, at two bytes for each. */
export function resultWithin(result: Result, characters: number): CarriedResult {
  let left = result
  if (sizeOf(left) <= characters) return left
  for (const cut of CUTS) {
    left = cut(left)
    if (sizeOf(left) < characters) break
  }
  return { ...left, cut: true }
}

const sizeOf = (result: Result): number => JSON.stringify(result).length

// Whole catalogues of databases: the journal keeps them, for the undo.
function withoutCatalogs(result: Result): Result {
  return {
    ...result,
    migrations: result.migrations.map(migration => ({ ...migration, catalog: {} })),
    receipts: result.receipts.map(receipt => ({ ...receipt, relations: {} }))
  }
}

const withItems = (result: Result, change: (item: ResultItem) => ResultItem): Result => ({
  ...result,
  stages: result.stages.map(stage => ({ ...stage, items: stage.items.map(change) }))
})

const shortened = (item: ResultItem): ResultItem => ({ ...item, detail: short(item.detail), hint: short(item.hint) })
const short = (text: string): string => (text.length > SHORT ? `${text.slice(0, SHORT)}…` : text)
