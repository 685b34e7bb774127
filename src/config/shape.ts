import type { Shape } from '../core/item.js'
import { keysAt } from './keys.js'
import type { Path, Problems } from './problems.js'
import { complaintsOf } from './wording.js'

/** What else there is to know about keys at the top: words for some unknown ones, and keys that are legal beside. */
type Beside = Readonly<{ words?(key: string): string | undefined; also?: readonly string[] }>

/** Undefined means that something was reported; callers go on, so that one run shows every problem. */
export function parse<T>(
  shape: Shape<T>,
  raw: unknown,
  path: Path,
  problems: Problems,
  { words, also = [] }: Beside = {}
): T | undefined {
  const parsed = shape.safeParse(raw)
  if (parsed.success) return parsed.data
  const keys = (inner: Path) => (inner.length === 0 ? [...keysAt(shape), ...also] : keysAt(shape, inner))
  for (const issue of parsed.error.issues) {
    for (const { path: inner, problem, part } of complaintsOf(issue, raw, keys)) {
      const better = part === 'key' && inner.length === 1 ? words?.(String(inner[0])) : undefined
      problems.add([...path, ...inner], better ?? problem, part)
    }
  }
  return undefined
}
