import { oneLine } from '../core/text.js'

/** Characters of one text that a summary shows; the journal has the rest. */
const LONGEST = 600

// Entities and not backslashes: they mean the same inside and outside a table's cell, and in HTML.
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '|': '&#124;',
  '`': '&#96;',
  '*': '&#42;',
  _: '&#95;',
  '~': '&#126;',
  '[': '&#91;',
  ']': '&#93;',
  '\\': '&#92;',
  $: '&#36;',
  '!': '&#33;',
  '@': '&#64;'
}
/** What GitHub looks for in a page that is rendered already, where an entity is the character again. */
const APART = '&#8203;'

/**
 * A text that others wrote, harmless wherever it stands in a page: one line, no Markdown, no HTML, no link, nobody called,
 * no issue referred to, no emoji that could look like one of ours, and nothing that a log would take for a command.
 */
export const prose = (text: string, longest = LONGEST): string =>
  escaped(text, longest)
    .replaceAll('&#64;', `@${APART}`)
    .replace(/(?<!&)#(?=\d)|\bGH-(?=\d)/gi, found => `${found}${APART}`)
    .replace(/:(?=[a-z][\w+-]*:|\+1:|-1:|100:|1234:)/gi, `:${APART}`)

/**
 * A short name in a fixed-width font; HTML, because a code span cannot hold a backtick or a pipe in a table. Nothing is
 * looked for in it, so that what is copied out of it is the name and no more.
 */
export const code = (text: string, longest?: number): string => `<code>${escaped(text, longest)}</code>`

function escaped(text: string, longest = LONGEST): string {
  const line = oneLine(text)
  const shown = line.length > longest ? `${line.slice(0, longest)}…` : line
  return (
    shown
      // Within a word an underscore means nothing, and names such as DATABASE_URL stay readable in the file.
      .replace(/[&<>|`*~[\]\\$!@]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, character => ENTITIES[character] ?? character)
      .replaceAll('::', ':&#58;')
      .replaceAll('##', '#&#35;')
      .replaceAll('://', ':&#47;/')
      .replace(/\bwww\./gi, found => `${found.slice(0, -1)}&#46;`)
      .replace(/^(#|\+|-|=|\d+(?=[.)] ))/, first => [...first].map(one => `&#${one.charCodeAt(0)};`).join(''))
  )
}

/** The beginning of a text in at most so many bytes, never with a part of a character; and that it is one. */
export function head(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  const cut = Buffer.from(text)
    .subarray(0, bytes)
    .toString()
    .replace(/\ufffd+$/, '')
  return `${cut}\n… cut here\n`
}

/** Lines to be copied as they are. A fence that is longer than any in it, so that nothing of it is read as Markdown. */
export function fenced(text: string, language = 'text'): readonly string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([found]) => found.length))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}${language}`, ...text.split('\n'), fence]
}

/** A line of a table; the cells are Markdown already. */
export const row = (cells: readonly string[]): string => `| ${cells.map(cell => cell || ' ').join(' | ')} |`

export const tableHead = (titles: readonly string[]): readonly string[] => [row(titles), row(titles.map(() => '---'))]

/** A line that stands before any plain one in whatever part of a page, and in its short form rather than not at all. */
export type Urgent = Readonly<{ text: string; short: string }>

/** What is worth more than what passed, and is short anyway. */
export const kept = (line: string): Urgent => ({ text: line, short: line })

/** A part of a page. `lines` may be left out; `head` and `foot` stand or fall together. `name` says where lines are missing. */
export type Block = Readonly<{
  name?: string
  head: readonly string[]
  lines: readonly (string | Urgent)[]
  foot?: readonly string[]
}>

/** What a page has no room for: lines by the block that they are of, and how many urgent ones are short. */
export type Left = Readonly<{ lines: number; short: number; of: readonly Readonly<{ name: string; lines: number }>[] }>

const sizeOf = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0)

type Part = { readonly block: Block; readonly shown: Map<number, string>; framed: boolean }

/**
 * The page in at most `limit` bytes, never with a part of a line: first the urgent lines of all blocks in their short
 * form, then those as they are, then the others from the first block on. `notice` says what is left out; `tail` always
 * stands at the end.
 */
export function fitted(
  blocks: readonly Block[],
  { limit, tail, notice }: Readonly<{ limit: number; tail: readonly string[]; notice: (left: Left) => string }>
): string {
  const parts = blocks.map((block): Part => ({ block, shown: new Map(), framed: false }))
  const most = Number.MAX_SAFE_INTEGER
  const longest = { lines: most, short: most, of: blocks.map(({ name = '' }) => ({ name, lines: most })) }
  fill(parts, limit - sizeOf(tail) - sizeOf([notice(longest), '']))
  const left = leftOf(parts)
  const page = parts.flatMap(({ block: { head, lines, foot = [] }, shown, framed }) =>
    framed ? [...head, ...lines.flatMap((_, index) => shown.get(index) ?? []), ...foot] : []
  )
  return [...page, ...(left.lines + left.short > 0 ? [notice(left), ''] : []), ...tail].join('\n')
}

function fill(parts: readonly Part[], bytes: number): void {
  let room = bytes
  const place = (part: Part, lines: readonly string[], index?: number): boolean => {
    const { head, foot = [] } = part.block
    const before = index === undefined ? undefined : part.shown.get(index)
    const size = sizeOf(lines) - (before === undefined ? 0 : sizeOf([before]))
    const needed = part.framed ? size : size + sizeOf(head) + sizeOf(foot)
    if (needed > room) return false
    room -= needed
    part.framed = true
    for (const line of lines) if (index !== undefined) part.shown.set(index, line)
    return true
  }
  const urgent = parts.flatMap(part =>
    part.block.lines.flatMap((line, index) => (typeof line === 'string' ? [] : [{ part, line, index }]))
  )
  const kept = urgent.filter(({ part, line, index }) => place(part, [line.short], index))
  for (const { part, line, index } of kept) place(part, [line.text], index)
  for (const part of parts) {
    const plain = [...part.block.lines.entries()]
    if (plain.length === 0) place(part, [])
    // From the first that has no room on: what is there of a block is its beginning.
    plain.every(([index, line]) => typeof line !== 'string' || place(part, [line], index))
  }
}

function leftOf(parts: readonly Part[]): Left {
  const of = parts.map(({ block: { name = '', lines }, shown }) => ({ name, lines: lines.length - shown.size }))
  const short = parts.flatMap(({ block, shown }) =>
    block.lines.filter((line, index) => typeof line !== 'string' && ![undefined, line.text].includes(shown.get(index)))
  )
  return {
    lines: of.reduce((sum, { lines }) => sum + lines, 0),
    short: short.length,
    of: of.filter(({ name, lines }) => name !== '' && lines > 0)
  }
}
