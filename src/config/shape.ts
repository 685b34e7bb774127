import type { Shape } from '../core/item.js'
import { keysAt } from './keys.js'
import type { Path, Problems } from './problems.js'
import { complaintsOf } from './wording.js'

/**
 * What else there is to know: about keys at the top, words for some unknown ones and keys that are legal beside; and what
 * came of the parsing, where somebody has done it already.
 */
type Beside<T> = Readonly<{
  words?(key: string): string | undefined
  also?: readonly string[]
  parsed?: ReturnType<Shape<T>['safeParse']>
}>

/** Undefined means that something was reported; callers go on, so that one run shows every problem. */
export function parse<T>(
  shape: Shape<T>,
  raw: unknown,
  path: Path,
  problems: Problems,
  { words, also = [], parsed = shape.safeParse(raw) }: Beside<T> = {}
): T | undefined {
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
