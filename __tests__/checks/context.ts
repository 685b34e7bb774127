import { keysAt } from '../../src/config/keys.js'
import { complaintsOf } from '../../src/config/wording.js'
import type { ItemContext, Kind, PlannedItem } from '../../src/core/item.js'
import type { JsonObject } from '../../src/core/json.js'

type Changes = Readonly<{
  item?: Partial<PlannedItem>
  names?: Readonly<Record<string, string>>
  folder?: string
  databases?: ItemContext['execution']['databases']
  signOffs?: ItemContext['execution']['signOffs']
  signal?: AbortSignal
  timeoutMs?: number
  say?: (line: string) => void
}>

/** A context as the engine makes it, for one item alone. */
export function contextOf(changes: Changes = {}): ItemContext {
  const { item, names = {}, folder = '/', databases = {}, signOffs = [] } = changes
  return {
    stage: 'preflight',
    item: {
      id: 'preflight/it',
      name: 'it',
      kind: '',
      at: { line: 1, col: 1 },
      effect: 'check',
      optional: false,
      spec: {},
      ...item
    },
    execution: {
      id: 'e1',
      environment: 'production',
      folder,
      commit: 'c',
      previousCommit: '',
      receipts: [],
      migrations: [],
      applied: {},
      databases,
      signOffs,
      acceptedLoss: []
    },
    names,
    signal: changes.signal ?? new AbortController().signal,
    timeoutMs: changes.timeoutMs ?? 5_000,
    say: changes.say ?? (() => {}),
    progress: () => {},
    note: async () => {},
    began: async () => {},
    notes: [],
    check: async () => ({ outcome: 'pass', detail: '' })
  }
}

/** Parses a spec as the engine does after interpolation; throws what the shape says. */
export function parsed<Spec>(kind: Kind<Spec>, spec: JsonObject): Spec {
  const result = kind.shape.safeParse(spec)
  if (result.success) return result.data
  throw new Error(result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
}

/** Parses and runs. */
export const runOf = async <Spec>(kind: Kind<Spec>, spec: JsonObject, changes: Changes = {}) =>
  kind.run(parsed(kind, spec), contextOf(changes))

/** What the loader tells about a spec, without the place; empty when the shape accepts it. */
export function complaints<Spec>(kind: Kind<Spec>, spec: JsonObject): readonly string[] {
  const result = kind.shape.safeParse(spec)
  if (result.success) return []
  return result.error.issues
    .flatMap(issue => complaintsOf(issue, spec, path => keysAt(kind.shape, path)))
    .map(({ path, problem }) => `${path.join('.')}: ${problem}`)
}
