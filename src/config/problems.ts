import type { Position } from '../core/item.js'

export type Path = readonly PropertyKey[]

/** Offsets into the text: of a value, of its end where it is a scalar, of its key where it has one, and of what lies in it. */
export type Place = Readonly<{
  offset: number
  end?: number
  keyOffset?: number
  inner?: ReadonlyMap<PropertyKey, Place>
}>

/** What is meant of a path: its key, its value, or a place inside: how far into the value as the file has it, or -1. */
export type Part = 'key' | 'value' | ((source: string) => number)

/** Where in the text a path stands: its value, or its key; for what is not there, the nearest parent. */
export type Locate = (path: Path, part?: Part) => Position

export type Found = Readonly<{ at: Position; text: string }>

/** Collects every problem of one file, so that a reader sees them all at once. */
export interface Problems {
  /** `part`: whether the key is wrong, or a place inside the value, or the value as such, which is the default. */
  add(path: Path, problem: string, part?: Part): void
  /** `file:line:col path: problem`, in the order of the file, each once. */
  lines(): readonly string[]
}

export function collectProblems(file: string, locate: Locate, already: readonly Found[] = []): Problems {
  const found: Found[] = [...already]
  return {
    add: (path, problem, part = 'value') => {
      const named = path.length === 0 ? '' : `${formatPath(path)}: `
      found.push({ at: locate(path, part), text: `${named}${problem}` })
    },
    lines: () => formatProblems(file, found)
  }
}

export function locateIn(root: Place, text: string, position: (offset: number) => Position): Locate {
  return (path, part = 'value') => {
    let place = root
    for (const step of path) {
      const inner = place.inner?.get(step)
      if (inner === undefined) return position(place.offset)
      place = inner
    }
    return position(offsetOf(part, place, text))
  }
}

function offsetOf(part: Part, { offset, end, keyOffset = offset }: Place, text: string): number {
  if (part === 'key') return keyOffset
  if (part === 'value' || end === undefined) return offset
  return offset + Math.max(0, part(text.slice(offset, end)))
}

// A file that is no checklist at all has a problem on every line; nobody reads past these.
const MAX_SHOWN = 100

export function formatProblems(file: string, found: readonly Found[]): readonly string[] {
  const sorted = found.toSorted((one, other) => one.at.line - other.at.line || one.at.col - other.at.col)
  const lines = [...new Set(sorted.map(({ at, text }) => `${file}:${at.line}:${at.col} ${printable(text)}`))]
  const last = lines[MAX_SHOWN - 1]
  if (lines.length <= MAX_SHOWN || last === undefined) return lines
  return [...lines.slice(0, MAX_SHOWN - 1), `${last} (and ${lines.length - MAX_SHOWN} more problems after it)`]
}

// A key may hold anything, but a problem stays one line of text, which no terminal or runner takes for a command.
const printable = (text: string): string =>
  (text.length <= 600 ? text : `${text.slice(0, 599)}…`).replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  )

/** `stages.smoke-test[0].json["$.sha"]`; items count from 0, as in every path into YAML or JSON. */
export const formatPath = (path: Path): string =>
  path.map((step, index) => (index === 0 ? short(String(step)) : formatStep(step))).join('')

/** A key or a name, cut where nobody would have written so much on purpose. */
export const short = (name: string): string => (name.length <= 60 ? name : `${name.slice(0, 59)}…`)

function formatStep(step: PropertyKey): string {
  if (typeof step === 'number') return `[${step}]`
  const key = short(String(step))
  return /^[\w-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}
