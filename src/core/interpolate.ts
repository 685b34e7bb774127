import { isObject, type Json, type JsonObject } from './json.js'

const NAME = /\$\{([^}]*)\}/g
const VALID = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Names that every execution knows without a declaration. */
export const BUILT_IN_NAMES = [
  'DEPLOY_ENVIRONMENT',
  'DEPLOY_EXECUTION',
  'DEPLOY_COMMIT',
  'DEPLOY_PREVIOUS_COMMIT',
  'DEPLOY_RELEASE'
] as const

export const isBuiltIn = (name: string): boolean => BUILT_IN_NAMES.some(builtIn => builtIn === name)

/** What some commands see beside them: an item's own, the page command, a migration's undo. */
export const HANDED_NAMES = ['DEPLOY_ITEM', 'DEPLOY_FAILURE', 'SCHEMA_BEFORE', 'SCHEMA_AFTER'] as const

/** Every `${NAME}` of a text, in order, as written between the braces; `valid` is false for `${}` or `${a-b}`. */
export const namesIn = (text: string): readonly Readonly<{ name: string; valid: boolean }>[] =>
  [...text.matchAll(NAME)].map(([, name = '']) => ({ name, valid: VALID.test(name) }))

/** The text with each `${NAME}` replaced once (values are not looked at again), or the names that have no value. */
export function interpolate(
  text: string,
  values: Readonly<Record<string, string>>
): Readonly<{ text: string } | { missing: readonly string[] }> {
  const missing = namesIn(text)
    .map(({ name }) => name)
    .filter(name => !Object.hasOwn(values, name))
  if (missing.length > 0) return { missing: [...new Set(missing)] }
  return { text: text.replace(NAME, (_, name: string) => values[name] ?? '') }
}

/**
 * The same for every string of a value, keys of `except` at the top level left as they are (shell text). What holds no
 * name comes back as it is, so that whoever has read it already need not read it again.
 */
export function interpolateAll(
  value: Json,
  values: Readonly<Record<string, string>>,
  except: readonly string[] = []
): Readonly<{ value: Json } | { missing: readonly string[] }> {
  const missing = new Set<string>()
  const fill = (part: Json): Json => {
    if (typeof part === 'string') {
      if (!part.includes('${')) return part
      const filled = interpolate(part, values)
      if ('text' in filled) return filled.text
      for (const name of filled.missing) missing.add(name)
      return part
    }
    if (Array.isArray(part)) {
      const filled = part.map(fill)
      return filled.some((inner, index) => inner !== part[index]) ? filled : part
    }
    return isObject(part) ? members(part, fill) : part
  }
  const result = isObject(value)
    ? members(value, (part, key) => (except.includes(key) ? part : fill(part)))
    : fill(value)
  return missing.size > 0 ? { missing: [...missing] } : { value: result }
}

function members(whole: JsonObject, fill: (part: Json, key: string) => Json): JsonObject {
  const filled = Object.entries(whole).map(([key, part]) => [key, fill(part, key)] as const)
  return filled.some(([key, part]) => part !== whole[key]) ? Object.fromEntries(filled) : whole
}
