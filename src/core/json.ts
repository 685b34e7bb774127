/** A value that survives a round trip through JSON. All that the journal keeps is of this type. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export type JsonObject = { readonly [key: string]: Json }

/**
 * One text for one value: keys sorted by code unit, no white space, as in RFC 8785 for the values that we store
 * (strings, finite numbers, booleans, null). Digests and hashes are taken over this text.
 */
export function canonical(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const members = value as JsonObject
  let text = ''
  for (const key of Object.keys(members).sort()) {
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonical(members[key] ?? null)}`
  }
  return `{${text}}`
}

/**
 * A value as JSON would give it back: members that are undefined vanish, numbers that are none become null. What has
 * nothing of that is not copied. `onText` may change each text, and is told the key that it stands under (empty for the
 * entries of a list).
 */
export function plain<T>(value: T, onText: (text: string, key: string) => string = asItIs, key = ''): T {
  if (typeof value === 'string') return onText(value, key) as T
  if (typeof value === 'number') return (Number.isFinite(value) ? value : null) as T
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const entries = value.map(entry => plain(entry ?? null, onText))
    return entries.some((entry, index) => entry !== value[index]) ? (entries as T) : value
  }
  const members: [string, unknown][] = []
  let changed = false
  for (const [name, member] of Object.entries(value)) {
    const made = plain(member, onText, name)
    changed ||= made === undefined || made !== member
    if (made !== undefined) members.push([name, made])
  }
  return changed ? (Object.fromEntries(members) as T) : value
}

/** The one text of a value that may have undefined members, as a store would give it back. */
export const canonicalOf = (value: unknown): string => canonical(plain(value) as Json)

const asItIs = (text: string): string => text

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Undefined where the text is no JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
