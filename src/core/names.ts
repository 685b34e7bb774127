import { isTakenBack } from './engine/deeds-to-undo.js'
import { readSpec } from './engine/read-spec.js'
import { interpolate, isBuiltIn, namesIn } from './interpolate.js'
import type { AnyKind, PlannedItem } from './item.js'
import { isObject, type Json } from './json.js'
import type { Plan } from './plan.js'
import { STAGES, type StageName } from './stages.js'

/** The parts of a plan that names stand in. */
export type NamedPlan = Pick<Plan, 'vars' | 'secrets' | 'databases' | 'stages' | 'monitor'>

/** A text of an item and where below the item it stands. Shell text is never interpolated. */
export type ItemText = Readonly<{ path: readonly (string | number)[]; text: string; shell: boolean }>

/** A name that must have a value, and the items that need it. */
export type Demand = Readonly<{ name: string; by: readonly string[] }>

type Written = Pick<PlannedItem, 'kind' | 'spec' | 'undo' | 'probe'>
type Use = Readonly<{ name: string; by: string }>
type Values = Readonly<Record<string, string>>

/** Names that a text for a shell mentions as `$NAME` or `${NAME…}`; which of them are declared, it cannot say. */
export const shellNames = (text: string): readonly string[] =>
  [...text.matchAll(/\$(?:\{[#!]?)?([A-Za-z_][A-Za-z0-9_]*)/g)].map(([, name = '']) => name)

/** Every text of an item that may hold a name, those of its nested checks too. */
export function textsOf({ kind, spec, undo, probe }: Written, kinds: readonly AnyKind[]): readonly ItemText[] {
  const { shellText = [], nested = [] } = kinds.find(({ name }) => name === kind) ?? {}
  const own = Object.entries(spec).flatMap(([key, value]) => {
    if (nested.includes(key) && isObject(value)) return nestedTexts(key, value, kinds)
    return stringsOf(value, [key]).map(found => ({ ...found, shell: shellText.includes(key) }))
  })
  const unsaid = asked({ kind, spec }, kinds, 'mentions').map(name => ({
    path: [kind],
    text: `\${${name}}`,
    shell: false
  }))
  const common = Object.entries({ undo: undo === 'redeploy' ? undefined : undo, probe })
  return [
    ...own,
    ...unsaid,
    ...common.flatMap(([key, text]) => (text === undefined ? [] : [{ path: [key], text, shell: true }]))
  ]
}

function nestedTexts(key: string, value: Readonly<Record<string, Json>>, kinds: readonly AnyKind[]) {
  const kind = kinds.find(({ name }) => Object.hasOwn(value, name))?.name ?? ''
  const { retry: _, timeout: __, ...spec } = value
  return textsOf({ kind, spec }, kinds).map(({ path, ...rest }) => ({ ...rest, path: [key, ...path] }))
}

/** Every string of a value that may hold a name, which has a `$` before it, and the path to it. */
export function stringsOf(value: Json, path: readonly (string | number)[]): readonly Omit<ItemText, 'shell'>[] {
  if (!mayName(value)) return []
  if (typeof value === 'string') return [{ path, text: value }]
  if (Array.isArray(value)) return value.flatMap((part, index) => stringsOf(part, [...path, index]))
  return isObject(value) ? Object.entries(value).flatMap(([key, part]) => stringsOf(part, [...path, key])) : []
}

// Most values name nothing, and a path for each of their strings is what looking at them would cost.
function mayName(value: Json): boolean {
  if (typeof value === 'string') return value.includes('$')
  return typeof value === 'object' && value !== null && Object.values(value).some(mayName)
}

/** The names that `env` items declare, and whoever else a kind lets declare some; whether they have a value or not. */
export const declaredByItems = ({ stages }: NamedPlan, kinds: readonly AnyKind[]): readonly string[] =>
  unique(Object.values(stages).flatMap(items => items.flatMap(item => asked(item, kinds, 'declares'))))

/**
 * Which names must come from the environment so that these stages can run: what their strings, their shell text and
 * their databases mention, through vars down to what has to be set. A stage whose failure rolls back demands what the
 * undos need as well, since a rollback that lacks a secret is none. Captures and built-ins are not among them.
 */
export function demandedNames(
  plan: NamedPlan,
  stages: readonly StageName[],
  kinds: readonly AnyKind[]
): readonly Demand[] {
  const declared = [...Object.keys(plan.vars), ...plan.secrets, ...declaredByItems(plan, kinds)]
  const all = unique(stages.flatMap(stage => (rollsBack(stage, plan) ? [stage, 'rollback' as const] : [stage])))
  const uses = all.flatMap(stage => usesOf(plan, stage, kinds, declared))
  const demanded = uses.flatMap(({ name, by }) => sourcesOf(name, plan.vars).map(source => ({ name: source, by })))
  const names = unique(demanded.map(({ name }) => name)).filter(name => !isBuiltIn(name))
  return names.map(name => ({ name, by: unique(demanded.filter(use => use.name === name).map(({ by }) => by)) }))
}

const rollsBack = (stage: StageName, { monitor }: NamedPlan): boolean =>
  STAGES[stage].onFailure === 'roll-back' || (stage === 'monitor' && monitor?.onFailure === 'rollback')

function usesOf(
  plan: NamedPlan,
  stage: StageName,
  kinds: readonly AnyKind[],
  declared: readonly string[]
): readonly Use[] {
  const before = plan.stages.backup.filter(isTakenBack)
  const undos = (items: readonly PlannedItem[]) => items.flatMap(item => undoUses(item, plan, kinds, declared))
  if (stage === 'rollback') return undos([...plan.stages.deploy, ...plan.stages.migrate, ...before])
  const items = plan.stages[stage].filter(({ skip }) => skip === undefined)
  const captured = items.flatMap(item => asked(item, kinds, 'captures'))
  const uses = items.flatMap(item => itemUses(item, plan, textsOf(item, kinds), declared))
  const page = stage === 'monitor' ? namesOf([{ path: [], text: plan.monitor?.page ?? '', shell: true }], declared) : []
  return [
    ...uses.filter(({ name }) => !captured.includes(name)),
    ...page.map(name => ({ name, by: 'monitor.page' })),
    // A failed migration takes back what backup did, such as a maintenance page.
    ...(stage === 'migrate' ? undos(before) : [])
  ]
}

/** The undo's own text where it is one; an item that undoes itself, or is deployed again, needs all that it is made of. */
function undoUses(item: PlannedItem, plan: NamedPlan, kinds: readonly AnyKind[], declared: readonly string[]) {
  const ownWay = kinds.find(({ name }) => name === item.kind)?.undo !== undefined
  if (item.skip !== undefined || (item.undo === undefined && !ownWay)) return []
  const texts = textsOf(item, kinds)
  if (ownWay || item.undo === 'redeploy') return itemUses(item, plan, texts, declared)
  return itemUses(
    item,
    plan,
    texts.filter(({ path }) => path[0] === 'undo'),
    declared
  )
}

function itemUses(
  item: PlannedItem,
  plan: NamedPlan,
  texts: readonly ItemText[],
  declared: readonly string[]
): readonly Use[] {
  const { url = '', store = '', scratch = '' } = (item.in === undefined ? undefined : plan.databases[item.in]) ?? {}
  const addresses = [url, store, scratch].flatMap(namesIn).map(({ name }) => name)
  return unique([...namesOf(texts, declared), ...addresses]).map(name => ({ name, by: item.id }))
}

const namesOf = (texts: readonly ItemText[], declared: readonly string[]): readonly string[] =>
  texts.flatMap(({ text, shell }) =>
    shell ? shellNames(text).filter(name => declared.includes(name)) : namesIn(text).map(({ name }) => name)
  )

/** Where a name's value comes from in the end: itself, or what its var is made of, each var looked at once. */
function sourcesOf(name: string, vars: Values, seen = new Set<string>()): readonly string[] {
  const value = Object.hasOwn(vars, name) ? vars[name] : undefined
  if (value === undefined) return [name]
  if (seen.has(name)) return []
  seen.add(name)
  return namesIn(value).flatMap(inner => sourcesOf(inner.name, vars, seen))
}

/**
 * The value of every declared name that has one: vars interpolated, secrets and what `env` items declare from the
 * environment, built-ins as given. An empty variable counts as missing: that is what GitHub makes of a secret that is not
 * there. Only a name that is demanded can be missing.
 */
export function resolveNames({ plan, kinds, stages, env, builtIns }: NameSources): ResolvedNames {
  const outside = unique([...plan.secrets, ...declaredByItems(plan, kinds)])
  const known: Record<string, string> = { ...builtIns }
  for (const name of outside) if (env[name]) known[name] = env[name]
  const values = { ...known, ...valuesOf(plan.vars, known) }
  const missing = demandedNames(plan, stages, kinds).filter(({ name }) => !Object.hasOwn(values, name))
  return { values, missing }
}

export type NameSources = Readonly<{
  plan: NamedPlan
  kinds: readonly AnyKind[]
  stages: readonly StageName[]
  env: Readonly<Record<string, string | undefined>>
  builtIns: Readonly<Record<string, string>>
}>
export type ResolvedNames = Readonly<{ values: Readonly<Record<string, string>>; missing: readonly Demand[] }>

/** Vars with the names in them replaced, whatever their order; left out is what lacks a value or is made of itself. */
function valuesOf(vars: Values, known: Values): Values {
  const values: Record<string, string> = {}
  const open = new Set<string>()
  const settle = (name: string): void => {
    const text = vars[name]
    if (text === undefined || open.has(name)) return
    open.add(name)
    for (const inner of namesIn(text)) settle(inner.name)
    const filled = interpolate(text, { ...known, ...values })
    if ('text' in filled) values[name] = filled.text
  }
  for (const name of Object.keys(vars)) settle(name)
  return values
}

/** What the kind says of an item's spec; nothing where this version cannot read it. */
export function asked(
  { kind, spec }: Pick<PlannedItem, 'kind' | 'spec'>,
  kinds: readonly AnyKind[],
  question: 'declares' | 'captures' | 'mentions' | 'sets'
): readonly string[] {
  const known = kinds.find(({ name }) => name === kind)
  const parsed = known && readSpec(known, spec)
  return parsed?.success ? (known?.[question]?.(parsed.data) ?? []) : []
}

const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)]
