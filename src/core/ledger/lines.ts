import { type Event, GENESIS } from '../events.js'
import type { ExecutionRecord } from '../execution.js'
import { isObject, type Json, parseJson } from '../json.js'
import { broken } from './damage.js'

/**
 * One execution in one file: each line is one write, with its events and the fields of the record that it changed. A
 * line is there when its line end is; a last line without one was never acknowledged. This is where such a file ends.
 */
export type Tail = Readonly<{ record: ExecutionRecord; head: string; seq: number; bytes: number }>

/** The line of a write. `before` is absent for the first one. */
export function writeLine(
  { record, events }: Readonly<{ record: ExecutionRecord; events: readonly Event[] }>,
  before?: ExecutionRecord
): string {
  const [was, is]: [Fields, Fields] = [{ ...before }, { ...record }]
  const set = Object.keys(is).filter(name => !same(was[name], is[name]))
  const unset = Object.keys(was).filter(name => is[name] === undefined)
  const line = { set: Object.fromEntries(set.map(name => [name, is[name]])), unset, events }
  return `${JSON.stringify(line)}\n`
}

type Fields = Readonly<Record<string, unknown>>
const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

/**
 * What the lines of a text hold, up to the end of the last whole one; undefined when not even a first line is whole.
 * `from` is what was read before, `text` being what follows it.
 */
export function readLines(
  path: string,
  text: string,
  from?: Tail
): Readonly<{ tail: Tail; events: readonly Event[] }> | undefined {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (from === undefined && whole === '') return undefined
  let fields: Fields = { ...from?.record }
  const events: Event[] = []
  whole
    .split('\n')
    .slice(0, -1)
    .forEach((text, index) => {
      const line = parseLine(text)
      if (line === undefined) throw broken(from === undefined ? `${path}:${index + 1}` : path, NO_LINE)
      fields = Object.fromEntries(
        Object.entries({ ...fields, ...line.set }).filter(([name]) => !line.unset.includes(name))
      )
      events.push(...line.events)
    })
  const { hash: head = from?.head ?? GENESIS, seq = from?.seq ?? 0 } = events.at(-1) ?? {}
  const bytes = (from?.bytes ?? 0) + Buffer.byteLength(whole)
  return { tail: { record: fields as ExecutionRecord, head, seq, bytes }, events }
}

type Line = Readonly<{ set: Fields; unset: readonly string[]; events: readonly Event[] }>

const NO_LINE = 'this line is not what a write of this ledger looks like'

function parseLine(line: string): Line | undefined {
  const parsed = parseJson(line)
  if (isObject(parsed) && isObject(parsed.set) && Array.isArray(parsed.unset) && Array.isArray(parsed.events)) {
    if (parsed.events.every(isEvent)) return parsed as unknown as Line
  }
  return undefined
}

const isEvent = (event: Json): boolean =>
  isObject(event) &&
  Number.isInteger(event.seq) &&
  Number.isInteger(event.token) &&
  [event.at, event.prev, event.hash].every(field => typeof field === 'string') &&
  isObject(event.body) &&
  typeof event.body.type === 'string'
