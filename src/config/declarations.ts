import { isObject, type Json } from '../core/json.js'

/** What a checklist declares, read as far as it is well formed, so that one mistake does not lead to ten. */
export type Declarations = Readonly<{
  vars: Texts
  secrets: readonly string[]
  people: readonly string[]
  databases: readonly string[]
  /** Each environment's own vars. */
  environments: Readonly<Record<string, Texts>>
}>
type Texts = Readonly<Record<string, string>>

export function declarationsOf(raw: Json): Declarations {
  const environments = Object.entries(memberOf(raw, 'environments'))
  return {
    vars: textsIn(memberOf(raw, 'vars')),
    secrets: listIn(raw, 'secrets').filter(name => typeof name === 'string'),
    people: Object.keys(memberOf(raw, 'people')),
    databases: Object.keys(memberOf(raw, 'databases')),
    environments: Object.fromEntries(environments.map(([name, rules]) => [name, textsIn(memberOf(rules, 'vars'))]))
  }
}

/** The mapping under a key; empty where there is none. */
export function memberOf(raw: Json, key: string): Readonly<Record<string, Json>> {
  const value = isObject(raw) ? raw[key] : undefined
  return value !== undefined && isObject(value) ? value : {}
}

/** The list under a key; empty where there is none. */
export function listIn(raw: Json, key: string): readonly Json[] {
  const value = isObject(raw) ? raw[key] : undefined
  return Array.isArray(value) ? value : []
}

const textsIn = (raw: Readonly<Record<string, Json>>): Texts =>
  Object.fromEntries(Object.entries(raw).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
