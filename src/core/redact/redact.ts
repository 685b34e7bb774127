import type { Redactor } from '../ports.js'
import { formsOf, SHORTEST_HIDDEN } from './secret-forms.js'

export const HIDDEN = '***'

/** From `start` up to, not including, `end`, in UTF-16 code units. */
export type Range = Readonly<{ start: number; end: number }>

/** A redactor that also tells where it found something, for those who see a text in parts. */
export interface SearchingRedactor extends Redactor {
  /** Where a secret stands: ascending, neither overlapping nor touching. */
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

  for (const secret of secrets) add(secret)
  return {
    add,
    redact: text => hide(text, index.find(text)),
    find: index.find,
    longest: index.longest,
    mayGoOn: text => [...beginnings].some(beginning => text.endsWith(beginning))
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

/**
 * One pass over the text for any number of forms: each is filed under four of its characters, those that the fewest
 * others are filed under, and only where these four stand is it compared. A rolling hash (24 bits, six for each
 * character) finds them; `taken` keeps most positions away from the map.
 */
function createIndex() {
  const anchors = new Map<number, Anchor[]>()
  const taken = new Uint8Array(SLOTS)
  let longest = 0

  function add(form: string): void {
    const { hash, at } = rarest(form)
    const filed = anchors.get(hash) ?? []
    if (filed.some(anchor => anchor.form === form)) return
    anchors.set(hash, [...filed, { form, at }])
    taken[slot(hash)] = 1
    longest = Math.max(longest, form.length)
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

  function find(text: string): readonly Range[] {
    if (longest === 0) return []
    const found: Range[] = []
    let hash = 0
    for (let i = 0; i < text.length; i++) {
      hash = roll(hash, text.charCodeAt(i))
      if (taken[slot(hash)] === 0) continue
      for (const { form, at } of anchors.get(hash) ?? []) {
        const start = i - WIDTH + 1 - at
        if (start >= 0 && text.startsWith(form, start)) found.push({ start, end: start + form.length })
      }
    }
    return merged(found)
  }

  return { add, find, longest: () => longest }
}

const roll = (hash: number, code: number): number => ((hash << 6) ^ code) & 0xff_ffff
const slot = (hash: number): number => (hash ^ (hash >>> 7)) & (SLOTS - 1)

function hashOf(text: string, at: number): number {
  let hash = 0
  for (let i = at; i < at + WIDTH; i++) hash = roll(hash, text.charCodeAt(i))
  return hash
}
