import { readSpec } from '../core/engine/read-spec.js'
import type { AnyKind, PlannedItem } from '../core/item.js'
import { isObject, type Json, type JsonObject } from '../core/json.js'
import { didYouMean } from '../core/nearest.js'
import type { ForwardStage } from '../core/stages.js'
import { COMMON_KEYS, type Common, commonShape, NESTED_KEYS, nestedShape } from './common-shape.js'
import { nameOf, slugOf } from './item-id.js'
import { effectOf, judge } from './item-rules.js'
import { type Locate, type Path, type Problems, short } from './problems.js'
import { parse } from './shape.js'

/** What an item is read against. */
export type Reading = Readonly<{
  kinds: readonly AnyKind[]
  databases: readonly string[]
  people: readonly string[]
  problems: Problems
  locate: Locate
}>

export type Site = Readonly<{ stage: ForwardStage; path: Path }>

const EXAMPLE = 'an item, a mapping such as "run: make test"'

/** One entry of a stage; undefined when it has problems, which are then reported. */
export function readItem(raw: Json, site: Site, reading: Reading): PlannedItem | undefined {
  const { problems, locate } = reading
  if (raw !== null && isObject(raw) && Object.hasOwn(raw, 'on')) {
    problems.add(
      [...site.path, 'on'],
      'expected an item without `on`, found one: targets are not built yet, every item runs here',
      'key'
    )
  }
  const parts = readParts(raw, site.path, COMMON_KEYS, reading)
  if (parts === undefined) return undefined
  const { kind, own, common: written } = parts
  const { on: _, ...withoutOn } = written
  const common = parse(commonShape, withoutOn, site.path, problems)
  const spec = parseOwn(kind, own, site.path, COMMON_KEYS, reading)
  for (const key of kind.nested ?? []) {
    const check = own[key]
    if (check !== undefined && isObject(check)) readNested(check, { ...site, path: [...site.path, key] }, reading)
  }
  if (common === undefined || spec === undefined) return undefined
  const { complaints, database } = judge({ kind, own, spec: spec.parsed, common, stage: site.stage, ...reading })
  for (const { path, problem } of complaints) problems.add([...site.path, ...path], problem)
  if (complaints.length > 0) return undefined
  const name = common.name ?? nameOf(kind.subject(spec.parsed))
  const id = common.id ?? (slugOf(name) || kind.name)
  return {
    id: `${site.stage}/${id}`,
    name: name === '' ? kind.name : name,
    kind: kind.name,
    at: locate(site.path),
    effect: effectOf(kind, common.effect, site.stage),
    ...planned(common),
    ...(database === undefined ? {} : { in: database }),
    spec: own
  }
}

/** A check inside an item: a kind, its keys, and how to poll. Its spec stays in the item's own. */
function readNested(raw: JsonObject, site: Site, reading: Reading): void {
  const parts = readParts(raw, site.path, NESTED_KEYS, reading)
  if (parts === undefined) return
  const { kind, own, common } = parts
  parse(nestedShape, common, site.path, reading.problems)
  if (kind.effect === 'action') {
    reading.problems.add(
      [...site.path, kind.name],
      `expected a check, found ${kind.name}, which changes something`,
      'key'
    )
    return
  }
  const spec = parseOwn(kind, own, site.path, NESTED_KEYS, reading)
  if (spec === undefined) return
  const { complaints } = judge({ kind, own, spec: spec.parsed, common: {}, stage: 'smoke-test', ...reading })
  for (const { path, problem } of complaints) reading.problems.add([...site.path, ...path], problem)
}

type Parts = Readonly<{ kind: AnyKind; common: JsonObject; own: JsonObject }>

/** Common keys and the kind's own ones; the kind is the first key that is not common. */
function readParts(raw: Json, path: Path, commonKeys: readonly string[], reading: Reading): Parts | undefined {
  const { kinds, problems } = reading
  if (!isObject(raw)) {
    problems.add(
      path,
      `expected ${EXAMPLE}, found ${raw === null ? 'nothing' : Array.isArray(raw) ? 'a list' : 'something else'}`
    )
    return undefined
  }
  const entries = Object.entries(raw)
  const own = entries.filter(([key]) => !commonKeys.includes(key))
  const names = kinds.map(({ name }) => name)
  const [first] = own[0] ?? []
  if (first === undefined) {
    problems.add(
      path,
      `expected a kind such as ${names.slice(0, 3).join(', ')}, found only keys that every item may have`
    )
    return undefined
  }
  const kind = kinds.find(({ name }) => name === first)
  if (kind === undefined) {
    const later = own.map(([key]) => key).find(key => names.includes(key))
    const known = didYouMean(first, [...names, ...commonKeys])
    const words =
      later === undefined || known !== ''
        ? `${kindWords(names, known)}, found ${short(first)}${known}`
        : `the kind first, found ${short(first)} before ${later}`
    problems.add([...path, first], `expected ${words}`, 'key')
    return undefined
  }
  const common = entries.filter(([key]) => commonKeys.includes(key))
  return { kind, common: Object.fromEntries(common), own: Object.fromEntries(own) }
}

const kindWords = (names: readonly string[], meant: string): string =>
  meant === '' ? `a kind, one of ${names.join(', ')}` : 'a kind'

function parseOwn(kind: AnyKind, own: JsonObject, path: Path, common: readonly string[], { kinds, problems }: Reading) {
  const words = (key: string): string | undefined =>
    kinds.some(({ name }) => name === key)
      ? `expected one kind in an item, found ${kind.name} and ${key}: make them two items`
      : undefined
  const also = common.filter(key => key !== 'on')
  const parsed = parse(kind.shape, own, path, problems, { words, also, parsed: readSpec(kind, own) })
  return parsed === undefined ? undefined : { parsed }
}

const planned = ({ optional = false, timeout, retry, skip, undo, probe }: Common) => ({
  optional,
  ...(timeout === undefined ? {} : { timeoutMs: timeout }),
  ...(retry === undefined
    ? {}
    : { retry: retry === 'none' ? retry : { forMs: retry.for, everyMs: retry.every ?? 1_000 } }),
  ...(skip === undefined ? {} : { skip }),
  ...(undo === undefined ? {} : { undo }),
  ...(probe === undefined ? {} : { probe })
})
