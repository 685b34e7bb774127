import { BUILT_IN_NAMES, namesIn } from '../core/interpolate.js'
import { didYouMean } from '../core/nearest.js'
import type { Declarations } from './declarations.js'
import type { Path, Problems } from './problems.js'

/** A var may be made of other names, but not so that it grows beyond what a command's environment can hold. */
const MAX_VALUE = 100_000

type Texts = Readonly<Record<string, string>>

/** Names that are declared twice or already taken, and vars that are made of themselves or grow without measure. */
export function checkVars({ vars, secrets, environments }: Declarations, problems: Problems): void {
  const taken = new Set<string>(BUILT_IN_NAMES)
  const sections: readonly (readonly [Path, Texts])[] = [
    [['vars'], vars],
    ...Object.entries(environments).map(([name, own]) => [['environments', name, 'vars'], own] as const)
  ]
  for (const [path, own] of sections) {
    for (const name of Object.keys(own)) {
      if (taken.has(name))
        problems.add([...path, name], `expected a new name, found ${name}, which always has a value`, 'key')
      if (secrets.includes(name))
        problems.add([...path, name], `expected a name that is no secret, found ${name} of secrets`, 'key')
    }
    const all = { ...vars, ...own }
    for (const [name, problem] of growths(all))
      problems.add(Object.hasOwn(own, name) ? [...path, name] : ['vars', name], problem)
  }
  secrets.forEach((name, index) => {
    if (taken.has(name))
      problems.add(['secrets', index], `expected a name of yours, found ${name}, which always has a value`)
    if (secrets.indexOf(name) !== index)
      problems.add(['secrets', index], `expected each secret once, found ${name} again`)
  })
}

/** The vars that have no end, with the way around, and those whose value would be too long. */
function growths(vars: Texts): readonly (readonly [string, string])[] {
  const sizes = new Map<string, number>()
  const found: [string, string][] = []
  const sizeOf = (name: string, open: readonly string[]): number => {
    const text = Object.hasOwn(vars, name) ? vars[name] : undefined
    const known = sizes.get(name)
    if (text === undefined || known !== undefined) return known ?? 0
    if (open.includes(name)) {
      const way = [...open.slice(open.indexOf(name)), name].join(' -> ')
      found.push([name, `expected a value with an end, found a circle: ${way}`])
      return 0
    }
    const inner = namesIn(text).map(part => sizeOf(part.name, [...open, name]))
    const size = inner.reduce((sum, part) => sum + part, text.length)
    sizes.set(name, Math.min(size, MAX_VALUE + 1))
    if (size > MAX_VALUE && !inner.some(part => part > MAX_VALUE)) {
      found.push([name, `expected at most ${MAX_VALUE} characters once filled in, found more`])
    }
    return Math.min(size, MAX_VALUE + 1)
  }
  for (const name of Object.keys(vars)) sizeOf(name, [])
  return found
}

/** `after` must lead to an environment, and in the end to one that comes first. */
export function checkPromotion(after: Texts, environments: readonly string[], problems: Problems): void {
  for (const [name, before] of Object.entries(after)) {
    const path = ['environments', name, 'after']
    if (!environments.includes(before)) {
      const meant = didYouMean(before, environments)
      problems.add(path, `expected one of ${environments.join(', ')}, found ${before}${meant}`)
      continue
    }
    const way = [name]
    for (let next: string | undefined = before; next !== undefined && !way.includes(next); next = after[next])
      way.push(next)
    if (after[way.at(-1) ?? ''] === name)
      problems.add(path, `expected an order, found a circle: ${[...way, name].join(' after ')}`)
  }
}

/** The environment that was asked for must be one of the checklist, where it names any. */
export function checkEnvironment(
  wanted: string | undefined,
  environments: readonly string[],
  problems: Problems
): void {
  if (wanted === undefined || environments.length === 0 || environments.includes(wanted)) return
  const meant = didYouMean(wanted, environments)
  problems.add(
    ['environments'],
    `expected one of ${environments.join(', ')}, found ${wanted}, which was asked for${meant}`,
    'key'
  )
}
