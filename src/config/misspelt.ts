import { stepsBetween } from '../core/nearest.js'

/**
 * The candidate that `name` is a slip of: of the same first word, and in the rest one letter off, or two where it is long
 * (a wrong case counts as none). Undefined for a name that somebody may have meant: DEPLOY_HOST, but also DEPLOY_TIME,
 * two letters from DEPLOY_ITEM, and a plural.
 */
export function misspelt(name: string, candidates: readonly string[]): string | undefined {
  const [word, rest] = parted(name)
  const near = candidates.flatMap(candidate => {
    const [other, meant] = parted(candidate)
    if (word !== other || candidate === name || rest === `${meant}s` || Math.abs(rest.length - meant.length) > 2)
      return []
    const steps = stepsBetween(rest, meant)
    return steps <= (meant.length < 10 ? 1 : 2) ? [{ candidate, steps }] : []
  })
  return near.toSorted((one, other) => one.steps - other.steps)[0]?.candidate
}

/** `DEPLOY_` as it is, and what follows it in lower case. */
function parted(name: string): readonly [string, string] {
  const end = name.indexOf('_') + 1
  return [name.slice(0, end), name.slice(end).toLowerCase()]
}
