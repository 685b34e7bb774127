import type { AnyKind } from '../item.js'
import type { JsonObject } from '../json.js'

type Parsed = ReturnType<AnyKind['shape']['safeParse']>

// Many questions are asked about one item, and parsing is what each of them costs. A spec never changes, so that what it
// was parsed to holds for as long as it is there.
const known = new WeakMap<JsonObject, Readonly<{ kind: AnyKind; parsed: Parsed }>>()

/** What a kind's shape makes of a spec. Parsed once. */
export function readSpec(kind: AnyKind, spec: JsonObject): Parsed {
  const before = known.get(spec)
  if (before?.kind === kind) return before.parsed
  const parsed = kind.shape.safeParse(spec)
  known.set(spec, { kind, parsed })
  return parsed
}
