import type { Json } from '../core/json.js'
import { cookieNamed, cookiesOf } from './cookies.js'
import { parseJsonPath, valuesAt } from './json-path.js'

/** Where a captured value comes from: `$.token`, `header:location`, `cookie:sid`. */
export const SOURCE = '$.path, header:NAME or cookie:NAME'
export const isSource = (text: string): boolean =>
  text.startsWith('$') ? parseJsonPath(text) !== undefined : /^(?:header|cookie):[^\s:]+$/.test(text)

export const isFromBody = (source: string): boolean => source.startsWith('$')

export type Captured = Readonly<{ captures: Readonly<Record<string, string>>; missing: readonly string[] }>
type Sources = Readonly<{ headers: Readonly<Record<string, readonly string[]>>; json: Json | undefined }>

/** The value for each name, or the names that nothing was found for. Lists and objects are kept as JSON. */
export function captureAll(wanted: Readonly<Record<string, string>>, sources: Sources): Captured {
  const found = Object.entries(wanted).map(([name, source]) => [name, source, valueFrom(source, sources)] as const)
  const captures = found.flatMap(([name, , value]) => (value === undefined ? [] : [[name, value] as const]))
  const missing = found.flatMap(([name, source, value]) => (value === undefined ? [`${name} at ${source}`] : []))
  return { captures: Object.fromEntries(captures), missing }
}

function valueFrom(source: string, { headers, json }: Sources): string | undefined {
  const [from, name = ''] = source.split(':')
  if (from === 'header') return headers[name.toLowerCase()]?.at(-1)
  if (from === 'cookie') return cookieNamed(name, cookiesOf(headers))?.value
  const path = parseJsonPath(source)
  if (path === undefined || json === undefined) return undefined
  const values = valuesAt(path, json)
  const [value] = values
  if (value === undefined || value === null) return undefined
  if (path.many) return JSON.stringify(values)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
