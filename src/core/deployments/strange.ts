import type { KnownHead } from '../verify.js'

/** Heads whose execution the ledger does not have: `lost` ones it should, `older` ones were before its first. */
export type Strange = Readonly<{ lost: readonly KnownHead[]; older: readonly KnownHead[] }>

/**
 * An id begins with the moment at which its execution began, and a ledger may have begun later than the deployments of
 * its environment, or those were recorded in another one. Where the ledger has nothing at all, everything is lost.
 */
export function strangeTo(ids: ReadonlySet<string>, heads: readonly KnownHead[]): Strange {
  const unknown = new Map(heads.filter(({ id }) => !ids.has(id)).map(head => [head.id, head]))
  const [first] = [...ids].filter(id => ID.test(id)).sort()
  const isOlder = ({ id }: KnownHead): boolean => first !== undefined && id.slice(0, MOMENT) < first.slice(0, MOMENT)
  const all = [...unknown.values()]
  return { lost: all.filter(head => !isOlder(head)), older: all.filter(isOlder) }
}

const ID = /^\d{8}T\d{6}-/
const MOMENT = '20260105T100000'.length
