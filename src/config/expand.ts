import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, type YAMLMap } from 'yaml'
import type { Json } from '../core/json.js'
import { type Place, short } from './problems.js'

/** `harmless`: what is wrong does not keep the rest from being understood. */
export type Fault = Readonly<{ offset: number; text: string; harmless?: true }>
type Expanded = Readonly<{ value: Json; place: Place }>

/** More than any checklist has, and little enough to be looked at several times. */
const MAX_NODES = 50_000

/**
 * Nodes to plain data with the place of each. Aliases are followed here and not by the package, so that a name that is
 * unknown, or a bomb, is a problem with a position.
 */
export function expand(contents: ParsedNode | null): Expanded & Readonly<{ faults: readonly Fault[] }> {
  const faults: Fault[] = []
  const anchors = new Map<string, ParsedNode>()
  const open = new Set<ParsedNode>()
  let nodes = 0
  let outermost: number | undefined

  const visit = (node: ParsedNode | null, offset: number): Expanded => {
    nodes += 1
    if (nodes === MAX_NODES + 1) {
      faults.push({
        offset: outermost ?? offset,
        text: `expected at most ${MAX_NODES} values, found more: do aliases repeat each other?`
      })
    }
    if (nodes > MAX_NODES || node === null) return { value: null, place: { offset } }
    if (isAlias(node)) return follow(node.source, node.range[0])
    if (node.anchor !== undefined) anchors.set(node.anchor, node)
    open.add(node)
    const expanded = isMap(node) ? mapping(node) : isSeq(node) ? list(node.items, node.range[0]) : scalar(node)
    open.delete(node)
    return expanded
  }

  const follow = (name: string, offset: number): Expanded => {
    const target = anchors.get(name)
    if (target === undefined) {
      faults.push({
        offset,
        text: `expected an alias of an anchor above it, found *${short(name)}, which is nowhere above`
      })
    } else if (open.has(target)) {
      faults.push({ offset, text: `expected an alias of something finished, found *${name} inside its own anchor` })
    } else {
      const outer = outermost
      outermost ??= offset
      const { value } = visit(target, offset)
      outermost = outer
      return { value, place: { offset } }
    }
    return { value: null, place: { offset } }
  }

  const list = (items: readonly ParsedNode[], offset: number): Expanded => {
    const expanded = items.map(item => visit(item, item?.range[0] ?? offset))
    const inner = new Map(expanded.map(({ place }, index) => [index, place]))
    return { value: expanded.map(({ value }) => value), place: { offset, inner } }
  }

  const mapping = ({ items, range: [offset] }: YAMLMap.Parsed): Expanded => {
    const members: [string, Json][] = []
    const inner = new Map<string, Place>()
    for (const pair of items) {
      const key = readKey(pair)
      const keyOffset = pair.key?.range[0] ?? offset
      const { value, place } = visit(pair.value, pair.value?.range[0] ?? keyOffset)
      if (key === '__proto__') faults.push({ offset: keyOffset, text: 'expected the name of a key, found __proto__' })
      if (inner.has(key)) {
        faults.push({ offset: keyOffset, text: `expected each key once, found ${short(key)} again`, harmless: true })
      }
      members.push([key, value])
      inner.set(key, { ...place, keyOffset })
    }
    return { value: Object.fromEntries(members), place: { offset, inner } }
  }

  const scalar = (node: ParsedNode): Expanded => {
    const offset = node.range[0]
    const value: unknown = isScalar(node) ? node.value : null
    if (typeof value === 'number' && !Number.isFinite(value)) {
      faults.push({ offset, text: `expected a number with an end, found ${value}` })
    }
    return { value: isPlain(value) ? value : null, place: { offset, end: node.range[1] } }
  }

  return { ...visit(contents, contents?.range[0] ?? 0), faults }
}

const readKey = ({ key }: Pair<ParsedNode, ParsedNode | null>): string => (isScalar(key) ? String(key.value) : '')

const isPlain = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
