import { parseDuration, parseSize } from './units.js'
import { compareVersions, isVersion, startsWithVersion } from './versions.js'

/** What can be held against a condition; objects and lists are judged elsewhere. */
export type Scalar = string | number | boolean | null

/** `count` has no unit; the others are kept in their base: milliseconds, bytes, percent. */
export type Unit = 'count' | 'duration' | 'size' | 'percent' | 'version'
export type Amount = Readonly<{ value: number; unit: Unit; text: string }>
export type Order = '>' | '>=' | '<' | '<='

export type Condition = Readonly<
  | { kind: 'order'; operator: Order; amount: Amount }
  | { kind: 'equal'; negated: boolean; text: string }
  | { kind: 'pattern'; pattern: RegExp }
> &
  Readonly<{
    /** As it was written, for messages. */
    written: string
  }>

/** `problem` says what was expected, never what was found: it may come from the environment. */
export type Parsed = Readonly<{ condition: Condition } | { problem: string }>

/** Runs a pattern over a text; handed in where a bad pattern must not be able to hang the process. */
export type Match = (pattern: RegExp, text: string) => boolean

const OPERATOR = /^(>=|<=|==|!=|=>|=<|>|<|=)\s*(.*)$/s
const PATTERN = /^\/(.+)\/([ims]*)$/s
const UNITS: Readonly<Record<Unit, string>> = {
  count: 'a number such as 120000',
  duration: 'a duration such as 200ms or 30s',
  size: 'a size such as 2GB or 512MiB',
  percent: 'a share such as 10%',
  version: 'a version such as 1.2.3'
}
const ALL_UNITS: readonly Unit[] = ['count', 'duration', 'size', 'percent', 'version']

/**
 * `> 2GB`, `>= 120000`, `< 200ms`, `> 10%`, `>= 1.2.3`, `== ok`, `!= ok`, `/regex/i`; anything else is the text that is
 * expected. `== /text/` expects a text that looks like a pattern. `units` are those that an amount may have here.
 */
export function parseCondition(written: string, units: readonly Unit[] = ALL_UNITS): Parsed {
  const text = written.trim()
  const [, operator, operand = ''] = OPERATOR.exec(text) ?? []
  if (operator !== undefined) return withOperator(operator, operand.trim(), written, units)
  const [, source, flags] = PATTERN.exec(text) ?? []
  return source === undefined
    ? { condition: { kind: 'equal', negated: false, text: written, written } }
    : parsePattern(source, flags ?? '', written)
}

/** The same where only a comparison makes sense: `time: < 200ms`. A bare amount is refused, it would mean exactly that. */
export function parseComparison(written: string, units: readonly Unit[]): Parsed {
  const parsed = parseCondition(written, units)
  if ('problem' in parsed || parsed.condition.kind === 'order') return parsed
  return { problem: `expected one of < <= > >= and ${listed(units)}` }
}

function withOperator(operator: string, operand: string, written: string, units: readonly Unit[]): Parsed {
  if (operator === '==' || operator === '!=') {
    return { condition: { kind: 'equal', negated: operator === '!=', text: operand, written } }
  }
  if (!isOrder(operator)) return { problem: `expected one of < <= > >= == != where ${operator} stands` }
  const amount = parseAmount(operand)
  return amount !== undefined && units.includes(amount.unit)
    ? { condition: { kind: 'order', operator, amount, written } }
    : { problem: `expected ${listed(units)} after ${operator}` }
}

function parsePattern(source: string, flags: string, written: string): Parsed {
  try {
    return { condition: { kind: 'pattern', pattern: new RegExp(source, `${flags}u`), written } }
  } catch {
    // Patterns from the wild often escape what the strict grammar wants bare, as in `\-`.
  }
  try {
    return { condition: { kind: 'pattern', pattern: new RegExp(source, flags), written } }
  } catch (cause) {
    return { problem: `expected a regular expression (${String(cause).replace(/^.*: /s, '').toLowerCase()})` }
  }
}

/** `12`, `-1.5`, `2GB`, `200ms`, `10%`, `1.2.3`; undefined for anything else, `1e6` too. */
export function parseAmount(written: string): Amount | undefined {
  const text = written.trim()
  if (/^[+-]?\d+(?:\.\d+)?$/.test(text)) return { value: Number(text), unit: 'count', text }
  if (/^\d+(?:\.\d+)?\s*%$/.test(text)) return { value: Number.parseFloat(text), unit: 'percent', text }
  const ms = parseDuration(text)
  if (ms !== undefined) return { value: ms, unit: 'duration', text }
  const bytes = parseSize(text)
  if (bytes !== undefined) return { value: bytes, unit: 'size', text }
  return isVersion(text) ? { value: Number.NaN, unit: 'version', text } : undefined
}

/**
 * Whether what was found meets the condition. A number is taken to be in the condition's unit (ms, bytes, percent); a
 * text may carry one. What cannot be compared does not hold: null, a word against a number, seconds against bytes.
 */
export function holds(condition: Condition, found: Scalar, match: Match = plainMatch): boolean {
  switch (condition.kind) {
    case 'pattern':
      return found !== null && match(condition.pattern, String(found))
    case 'equal':
      return (found !== null && equals(condition.text, found)) !== condition.negated
    case 'order': {
      const sign = order(found, condition.amount)
      return sign !== undefined && OPERATORS[condition.operator](sign)
    }
  }
}

/**
 * The same for the version of something: parts are compared as numbers (15.18 is above 15.9), and equal to 15 is every
 * 15.x. What stands behind the digits, as a distribution writes it, does not count.
 */
export function holdsVersion(condition: Condition, found: string, match: Match = plainMatch): boolean {
  switch (condition.kind) {
    case 'pattern':
      return match(condition.pattern, found)
    case 'equal':
      return startsWithVersion(found, condition.text) !== condition.negated
    case 'order': {
      const sign = compareVersions(found, condition.amount.text)
      return sign !== undefined && OPERATORS[condition.operator](sign)
    }
  }
}

const OPERATORS: Readonly<Record<Order, (sign: number) => boolean>> = {
  '>': sign => sign > 0,
  '>=': sign => sign >= 0,
  '<': sign => sign < 0,
  '<=': sign => sign <= 0
}

const isOrder = (operator: string): operator is Order => Object.hasOwn(OPERATORS, operator)

// 5 equals 5.0, but a text that only looks like a number, as 007 does, equals itself alone.
const equals = (text: string, found: string | number | boolean): boolean =>
  String(found) === text || (typeof found === 'number' && text.trim() !== '' && Number(text) === found)

/** Negative, zero or positive as `found` is below, at or above the amount; undefined when they have no order. */
function order(found: Scalar, amount: Amount): number | undefined {
  if (found === null || typeof found === 'boolean') return undefined
  if (typeof found === 'number') return amount.unit === 'version' ? undefined : sign(found - amount.value)
  const other = parseAmount(found)
  if (amount.unit === 'version' || other?.unit === 'version') return orderVersions(found, other, amount)
  if (other === undefined || (other.unit !== 'count' && other.unit !== amount.unit)) return undefined
  if (isInteger(other) && isInteger(amount)) return orderIntegers(BigInt(other.text), BigInt(amount.text))
  return sign(other.value - amount.value)
}

function orderVersions(found: string, other: Amount | undefined, amount: Amount): number | undefined {
  const comparable = (unit: Unit | undefined) => unit === 'version' || unit === 'count'
  return comparable(other?.unit) && comparable(amount.unit) ? compareVersions(found, amount.text) : undefined
}

// A bigint of a database does not fit a double.
const isInteger = ({ unit, text }: Amount): boolean => unit === 'count' && /^-?\d+$/.test(text)
const orderIntegers = (one: bigint, other: bigint): number => (one < other ? -1 : one > other ? 1 : 0)
const sign = (difference: number): number | undefined => (Number.isNaN(difference) ? undefined : Math.sign(difference))
const plainMatch: Match = (pattern, text) => pattern.test(text)

const listed = (units: readonly Unit[]): string => units.map(unit => UNITS[unit]).join(' or ')
