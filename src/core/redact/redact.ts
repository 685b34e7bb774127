import type { Redactor } from '../ports.js'
import { formsOf, SHORTEST_HIDDEN } from './secret-forms.js'

export const HIDDEN = '***'

/** From `start` up to, not including, `end`, in UTF-16 code units. */
export type Range = Readonly<{ start: number; end: number }>

/** What stands in a text, and how it ends. */
export type Sighting = Readonly<{
  /** Where a secret stands: ascending, neither overlapping nor touching. */
  found: readonly Range[]
  /** From here on the text is the beginning of a secret, the longest such; the text's length where it is none. */
  open: number
  /** The same, where half of the secret or more stands there. */
  mostly: number
}>

/** A redactor that also tells where it found something, for those who see a text in parts. */
export interface SearchingRedactor extends Redactor {
  look(text: string): Sighting
  /** What `look` has found. */
  find(text: string): readonly Range[]
  /** Length of the longest text that is looked for: so much of the past decides about what comes next. */
  longest(): number
  /**
   * True if `text`, whole lines, ends with the beginning of a secret of several lines that its lines alone would not
   * hide, because some are too short. What comes next has to be seen before `text` may be shown.
   */
  mayGoOn(text: string): boolean
}

export function createRedactor(secrets: Iterable<string> = []): SearchingRedactor {
  const index = createIndex()
  const known = new Set<string>()
  const beginnings = new Set<string>()

  function add(secret: string): void {
    if (known.has(secret)) return
    known.add(secret)
    for (const form of formsOf(secret)) {
      index.add(form)
      if (hasShortLine(form)) for (const beginning of beginningsOf(form)) beginnings.add(beginning)
    }
  }

  const find = (text: string) => index.look(text).found
  const found = (text: string) =>
    /[\r\n]/.test(text) ? merged([...find(text), ...withinLines(find(unwrapped(text)), text)]) : find(text)

  for (const secret of secrets) add(secret)
  return {
    add,
    redact: text => hide(text, found(text)),
    look: index.look,
    find,
    longest: index.longest,
    mayGoOn: text => beginnings.size > 0 && [...beginnings].some(beginning => text.endsWith(beginning))
  }
}

/** The text with each range replaced. */
export function hide(text: string, ranges: readonly Range[]): string {
  if (ranges.length === 0) return text
  let shown = ''
  let from = 0
  for (const { start, end } of ranges) {
    shown += text.slice(from, start) + HIDDEN
    from = end
  }
  return shown + text.slice(from)
}

/** Ascending, and one range for all that overlap or touch: so no end of one secret stays beside another. */
export function merged(ranges: readonly Range[]): readonly Range[] {
  const result: { start: number; end: number }[] = []
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1)
    if (last === undefined || start > last.end) result.push({ start, end })
    else last.end = Math.max(last.end, end)
  }
  return result
}

/** The text as it was before it was wrapped: without its line ends. */
export const unwrapped = (text: string): string => text.replace(/[\r\n]+/g, '')

/**
 * Where ranges of the unwrapped text, `from` characters of which stand before this text, lie in the text itself: one for
 * each line, so that line ends stay.
 */
export function withinLines(ranges: readonly Range[], text: string, from = 0): readonly Range[] {
  if (ranges.length === 0) return ranges
  const result: Range[] = []
  let at = from
  let next = 0
  for (const { index, 0: line } of text.matchAll(/[^\r\n]+/g)) {
    const end = at + line.length
    while (next < ranges.length && (ranges[next]?.end ?? 0) <= at) next++
    for (let i = next; i < ranges.length && (ranges[i]?.start ?? end) < end; i++) {
      const { start, end: last } = ranges[i] as Range
      result.push({ start: index + Math.max(0, start - at), end: index + Math.min(line.length, last - at) })
    }
    at = end
  }
  return result
}

// Brackets and commas of a JSON secret are no secret; without this, each line that ends in `{` would have to wait.
const hasShortLine = (form: string): boolean =>
  form.includes('\n') &&
  form.split('\n').some(line => line.trim().length < SHORTEST_HIDDEN && /[\p{L}\p{N}]/u.test(line))

const beginningsOf = (form: string): readonly string[] =>
  [...form.replaceAll('\r\n', '\n').matchAll(/\n/g)].map(({ index }) =>
    form.replaceAll('\r\n', '\n').slice(0, index + 1)
  )

type Anchor = Readonly<{ form: string; at: number }>

const WIDTH = SHORTEST_HIDDEN
const SLOTS = 1 << 18
const ANCHOR = 1
const BEGINNING = 2

/**
 * One pass over the text for any number of forms: each is filed under four of its characters, those that the fewest
 * others are filed under, and only where these four stand is it compared. Its first four tell where it may have begun, at
 * the end of a text. A rolling hash (24 bits, six for each character) finds them; `taken` keeps most positions away from
 * the maps.
 */
function createIndex() {
  const anchors = new Map<number, Anchor[]>()
  const beginnings = new Map<number, string[]>()
  const taken = new Uint8Array(SLOTS)
  let longest = 0

  function add(form: string): void {
    const { hash, at } = rarest(form)
    const filed = anchors.get(hash) ?? []
    if (filed.some(anchor => anchor.form === form)) return
    anchors.set(hash, [...filed, { form, at }])
    mark(hash, ANCHOR)
    longest = Math.max(longest, form.length)
    // One of several lines waits for the next by `mayGoOn`.
    if (form.includes('\n')) return
    const begins = hashOf(form, 0)
    beginnings.set(begins, [...(beginnings.get(begins) ?? []), form])
    mark(begins, BEGINNING)
  }

  function mark(hash: number, as: number): void {
    taken[slot(hash)] = (taken[slot(hash)] ?? 0) | as
  }

  // From the end: beginnings (`https://`, `ghp_`) are what secrets have in common.
  function rarest(form: string): Readonly<{ hash: number; at: number }> {
    let best = { hash: 0, at: 0, filed: Number.POSITIVE_INFINITY }
    for (let at = form.length - WIDTH; at >= 0 && best.filed > 0; at -= Math.max(1, form.length >> 5)) {
      const hash = hashOf(form, at)
      const filed = anchors.get(hash)?.length ?? 0
      if (filed < best.filed) best = { hash, at, filed }
    }
    return best
  }

  function look(text: string): Sighting {
    if (longest === 0) return { found: [], open: text.length, mostly: text.length }
    const found: Range[] = []
    let open = text.length
    let mostly = open
    let hash = 0
    for (let i = 0; i < text.length; i++) {
      hash = roll(hash, text.charCodeAt(i))
      const marks = taken[slot(hash)] ?? 0
      if (marks === 0) continue
      const first = i - WIDTH + 1
      for (const { form, at } of anchors.get(hash) ?? []) {
        const start = first - at
        if (start >= 0 && text.startsWith(form, start)) found.push({ start, end: start + form.length })
      }
      const rest = text.length - first
      if ((marks & BEGINNING) === 0 || rest >= longest || mostly < first) continue
      for (const form of beginnings.get(hash) ?? []) {
        if (rest >= form.length || !text.endsWith(form.slice(0, rest))) continue
        open = Math.min(open, first)
        if (rest * 2 >= form.length) mostly = Math.min(mostly, first)
      }
    }
    return { found: found.length > 1 ? merged(found) : found, open, mostly }
  }

  return { add, look, longest: () => longest }
}

const roll = (hash: number, code: number): number => ((hash << 6) ^ code) & 0xff_ffff
const slot = (hash: number): number => (hash ^ (hash >>> 7)) & (SLOTS - 1)

function hashOf(text: string, at: number): number {
  let hash = 0
  for (let i = at; i < at + WIDTH; i++) hash = roll(hash, text.charCodeAt(i))
  return hash
}
