import { z } from 'zod'
import { canonical, isObject, type Json } from '../core/json.js'
import { type JsonPath, parseJsonPath, valuesAt } from './json-path.js'
import { meets } from './judge.js'
import { condition, count, oneOf, someOf } from './shapes.js'

const TYPES = ['text', 'number', 'integer', 'boolean', 'list', 'object', 'null'] as const
const EXPECTED =
  'exists, absent, a condition such as ">= 1" or /regex/, a value, or {count, type, is, contains, equals}'

const rules = someOf(
  {
    count: count().optional().describe('How many: elements of a list, members of an object, or values of a [*].'),
    type: z
      .enum(TYPES, `expected one of ${TYPES.join(', ')}`)
      .optional()
      .describe('text, number, integer, boolean, list, object or null.'),
    is: condition().optional().describe('A condition, or the value.'),
    contains: z.json().optional().describe('An element that the list must have, or a part of the text.'),
    equals: z.json().optional().describe('The value as a whole, a list or an object too.')
  },
  'count, type, is, contains or equals'
)

/** What a value in a JSON body must be. */
export const jsonExpectation = () => oneOf([condition(), z.null(), z.array(z.json()), rules], EXPECTED)
export type JsonExpectation = z.infer<ReturnType<typeof jsonExpectation>>

export const isJsonPath = (text: string): boolean => parseJsonPath(text) !== undefined

/** `show` makes what was found fit to be read by anybody. */
export type Show = (found: string) => string

/** What is wrong at one path of a document, as `expected …, found …`; undefined when it holds. */
export function problemAt(path: string, wanted: JsonExpectation, root: Json, show: Show): string | undefined {
  const parsed = parseJsonPath(path)
  if (parsed === undefined) return `expected a path such as $.items[0].id, found ${path}`
  const found = valuesAt(parsed, root)
  if (wanted === 'absent')
    return found.length === 0 ? undefined : `expected nothing at ${path}, found ${say(found, show)}`
  if (found.length === 0 && !countsNothing(wanted)) return `expected ${spell(wanted)} at ${path}, found nothing`
  return holds(wanted, found, parsed) ? undefined : `expected ${spell(wanted)} at ${path}, found ${say(found, show)}`
}

// `{count: 0}` and `{count: "< 3"}` hold where a [*] leads to nothing.
const countsNothing = (wanted: JsonExpectation): boolean => isRules(wanted) && wanted.count !== undefined

const isRules = (wanted: JsonExpectation): wanted is z.infer<typeof rules> =>
  typeof wanted === 'object' && wanted !== null && !Array.isArray(wanted)

function holds(wanted: JsonExpectation, found: readonly Json[], path: JsonPath): boolean {
  if (wanted === 'exists') return true
  if (Array.isArray(wanted)) return same(wanted, path.many ? found : (found[0] ?? null))
  if (!isRules(wanted)) return found.every(value => matches(wanted, value))
  const { count, type, is, contains, equals } = wanted
  const whole = path.many ? found : (found[0] ?? null)
  return [
    count === undefined || meets(count, sizeOf(found, path)),
    type === undefined || found.every(value => isOfType(type, value)),
    is === undefined || (found.length > 0 && found.every(value => matches(is, value))),
    contains === undefined || includes(whole, contains),
    equals === undefined || same(equals, whole)
  ].every(Boolean)
}

/** A text is a condition, and equal to a number or a boolean that is written so; anything else has to be of its type. */
function matches(wanted: string | number | boolean | null, value: Json): boolean {
  if (typeof wanted !== 'string') return wanted === value
  return isScalar(value) && meets(wanted, value)
}

function sizeOf(found: readonly Json[], { many }: JsonPath): number {
  const [first] = found
  if (many) return found.length
  if (Array.isArray(first)) return first.length
  return isObject(first) ? Object.keys(first).length : Number.NaN
}

function isOfType(type: (typeof TYPES)[number], value: Json): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string'
    case 'list':
      return Array.isArray(value)
    case 'object':
      return isObject(value)
    case 'null':
      return value === null
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}

const includes = (whole: Json, part: Json): boolean =>
  typeof whole === 'string'
    ? typeof part === 'string' && whole.includes(part)
    : Array.isArray(whole) && whole.some(element => same(element, part))

const same = (one: Json, other: Json): boolean => canonical(one) === canonical(other)
const isScalar = (value: Json): value is string | number | boolean | null => typeof value !== 'object' || value === null
const spell = (wanted: JsonExpectation): string => (typeof wanted === 'string' ? wanted : JSON.stringify(wanted))
const say = (found: readonly Json[], show: Show): string =>
  show(found.length === 1 ? JSON.stringify(found[0]) : JSON.stringify(found))
