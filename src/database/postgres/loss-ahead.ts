import type { MigrationRecord, Receipt } from '../../core/records.js'
import { type Catalog, type CatalogDiff, digestOfCatalog, readCatalogs } from './catalog-diff.js'
import type { Connection } from './client.js'
import { hashWithout } from './fingerprint.js'
import { isBook } from './loss.js'
import type { Loss, RelationLoss } from './loss-rows.js'

type Relations = Receipt['relations']
type Count = Relations[string] | undefined

export type SureLossRequest = Readonly<{
  production: Pick<Connection, 'query'>
  /** Fingerprints of production as that session sees it, and of the backup. */
  now: Relations
  backup: Relations
  /** What the migrations since did to the catalogue; undefined where nobody knows. */
  since: readonly CatalogDiff[] | undefined
}>

/**
 * What a restore would lose for certain, told without the backup's rows beside production's: rows that are more or fewer
 * than they were, and one change where there are as many with another content. Never more than `countLoss` counts, and
 * less where a migration changed or dropped columns.
 */
export async function sureLoss({ production, now, backup, since }: SureLossRequest): Promise<Loss> {
  const names = [...new Set([...Object.keys(now), ...Object.keys(backup)])].filter(name => !isBook(name)).sort()
  const loss: Record<string, RelationLoss> = {}
  for (const name of names) {
    const [ours, theirs] = [now[name], backup[name]]
    const more = (ours?.rows ?? 0) - (theirs?.rows ?? 0)
    if (more !== 0) loss[name] = { added: Math.max(more, 0), removed: Math.max(-more, 0), changed: 0 }
    else if (await isOther(name, { ours, theirs }, { production, since }))
      loss[name] = { added: 0, removed: 0, changed: 1 }
  }
  return loss
}

async function isOther(
  name: string,
  { ours, theirs }: Readonly<{ ours: Count; theirs: Count }>,
  { production, since }: Pick<SureLossRequest, 'production' | 'since'>
): Promise<boolean> {
  if (ours === undefined || theirs === undefined || ours.fingerprint === theirs.fingerprint) return false
  const added = addedTo(name, since)
  if (added === undefined) return false
  return added.length === 0 || (await hashWithout(production, name, added)).fingerprint !== theirs.fingerprint
}

/** Names of columns that came since; undefined where other columns are not the ones that they were, or nobody knows. */
function addedTo(name: string, since: SureLossRequest['since']): readonly string[] | undefined {
  const columnsIn = (part: Readonly<Record<string, unknown>>): readonly string[] =>
    Object.keys(part).flatMap(key => (key.startsWith(`column ${name}.`) ? [key.slice(`column ${name}.`.length)] : []))
  if (since === undefined || since.some(({ removed, changed }) => columnsIn({ ...removed, ...changed }).length > 0))
    return undefined
  return since.flatMap(({ added }) => columnsIn(added)).map(unquoted)
}

const unquoted = (name: string): string => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name)

/** What these migrations did to the catalogue, if it is still as the last of them left it. */
export function changesSince(
  migrations: readonly MigrationRecord[],
  current: Catalog
): readonly CatalogDiff[] | undefined {
  const records = migrations.map(({ catalog }) => readCatalogs(catalog))
  const known = records.filter(record => record !== undefined)
  if (known.length < records.length || known.at(-1)?.after !== digestOfCatalog(current)) return undefined
  return known.map(({ diff }) => diff)
}
