import { isObject, type Json, type JsonObject } from '../../core/json.js'
import { sha256 } from '../../core/plan.js'

/**
 * What a database is made of, without its rows. Keys are a kind and a name as SQL quotes it: `table app.users`,
 * `column app.users.email`, `index app.users_email_idx`. `def` is a text that is equal only if the thing is; `of` are
 * the keys of what it goes away with: its table, its columns.
 */
export type Catalog = Readonly<Record<string, Entry>>
export type Entry = Readonly<{ def: string; of: readonly string[] }>

export type CatalogDiff = Readonly<{
  added: Catalog
  removed: Catalog
  changed: Readonly<Record<string, Readonly<{ before: string; after: string }>>>
}>

export function diffCatalogs(before: Catalog, after: Catalog): CatalogDiff {
  const missingIn = (other: Catalog) => (key: string) => other[key] === undefined
  const common = Object.keys(before).filter(key => after[key] !== undefined && after[key].def !== before[key]?.def)
  return {
    added: pick(after, Object.keys(after).filter(missingIn(before))),
    removed: pick(before, Object.keys(before).filter(missingIn(after))),
    changed: Object.fromEntries(
      common.map(key => [key, { before: before[key]?.def ?? '', after: after[key]?.def ?? '' }])
    )
  }
}

export const isEmptyDiff = ({ added, removed, changed }: CatalogDiff): boolean =>
  [added, removed, changed].every(part => Object.keys(part).length === 0)

/** What each line of a comparison says, in the order of the keys. */
export function describeDiff({ added, removed, changed }: CatalogDiff): readonly string[] {
  const lines = [
    ...Object.keys(added).map(key => [key, `${key} was added`] as const),
    ...Object.keys(removed).map(key => [key, `${key} is gone`] as const),
    ...Object.keys(changed).map(key => [key, `${key} was changed`] as const)
  ]
  return lines.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line)
}

/** The catalogue that stood before, from the one that stands after and the difference. */
export function takeBack(after: Catalog, { added, removed, changed }: CatalogDiff): Catalog {
  const kept = Object.entries(after)
    .filter(([key]) => added[key] === undefined)
    .map(([key, entry]) => [key, { ...entry, def: changed[key]?.before ?? entry.def }] as const)
  return { ...Object.fromEntries(kept), ...removed }
}

/** Equal for equal catalogues, whatever order the server gave them in. */
export const digestOfCatalog = (catalog: Catalog): string =>
  sha256(
    JSON.stringify(
      Object.keys(catalog)
        .sort()
        .map(key => [key, catalog[key]?.def])
    )
  )

/** What the journal keeps of the catalogue around a migration. */
export type CatalogRecord = Readonly<{ before: string; after: string; diff: CatalogDiff }>

export const recordCatalogs = (before: Catalog, after: Catalog): JsonObject => {
  const { added, removed, changed } = diffCatalogs(before, after)
  return { before: digestOfCatalog(before), after: digestOfCatalog(after), diff: { added, removed, changed } }
}

/** Reads what `recordCatalogs` wrote; undefined for anything else, such as the record of another engine. */
export function readCatalogs(record: Json | undefined): CatalogRecord | undefined {
  if (!isObject(record) || typeof record.before !== 'string' || typeof record.after !== 'string') return undefined
  const { before, after, diff } = record
  if (!isObject(diff)) return undefined
  const changed = Object.entries(isObject(diff.changed) ? diff.changed : {}).map(([key, change]) => {
    const [was, is] = isObject(change) ? [change.before, change.after] : []
    return [key, { before: String(was), after: String(is) }] as const
  })
  return {
    before,
    after,
    diff: { added: readCatalog(diff.added), removed: readCatalog(diff.removed), changed: Object.fromEntries(changed) }
  }
}

export function readCatalog(value: Json | undefined): Catalog {
  const entries = Object.entries(isObject(value) ? value : {}).map(([key, entry]) => {
    const of = isObject(entry) && Array.isArray(entry.of) ? entry.of.map(String) : []
    return [key, { def: isObject(entry) ? String(entry.def) : '', of }] as const
  })
  return Object.fromEntries(entries)
}

const pick = (catalog: Catalog, keys: readonly string[]): Catalog =>
  Object.fromEntries(keys.flatMap(key => (catalog[key] === undefined ? [] : [[key, catalog[key]]])))
