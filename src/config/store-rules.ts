import { isObject, type Json } from '../core/json.js'
import { type Declarations, memberOf } from './declarations.js'
import type { Problems } from './problems.js'
import type { Placed } from './stages.js'
import { namesBehind } from './url-rules.js'

/**
 * Where a backup lies stands in its receipt, and a restore reads it there. A secret in it would be hidden in the journal,
 * and the backup could not be found again.
 */
export function checkStores(raw: Json, declared: Declarations, placed: readonly Placed[], problems: Problems): void {
  const ofDatabases = Object.entries(memberOf(raw, 'databases')).map(([name, database]) => ({
    path: ['databases', name, 'store'],
    store: isObject(database) ? database['store'] : undefined
  }))
  const ofItems = placed.map(({ raw: item, path }) => ({
    path: [...path, 'backup', 'store'],
    store: memberOf(item, 'backup')['store']
  }))
  for (const { path, store } of [...ofDatabases, ...ofItems]) {
    if (typeof store !== 'string') continue
    for (const secret of secretsIn(store, declared))
      problems.add(
        path,
        `expected a directory that a record may name, found ${secret} in it, which is a secret: make it a var`
      )
  }
}

const secretsIn = (store: string, { vars, secrets, environments }: Declarations): readonly string[] => {
  const every = [vars, ...Object.values(environments).map(own => ({ ...vars, ...own }))]
  const names = new Set(every.flatMap(known => namesBehind(store, known)))
  return secrets.filter(secret => names.has(secret))
}
