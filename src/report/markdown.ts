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
  // Nobody is called by a text that a server sent: an entity alone would become the mention again.
  '@': '@&#8203;'
}

/**
 * A text that others wrote, harmless wherever it stands in a page: one line, no Markdown, no HTML, no mention, and
 * nothing that a log would take for a workflow command.
 */
export function prose(text: string, longest = LONGEST): string {
  const line = oneLine(text)
  const shown = line.length > longest ? `${line.slice(0, longest)}…` : line
  return (
    shown
      // Within a word an underscore means nothing, and names such as DATABASE_URL stay readable in the file.
      .replace(/[&<>|`*~[\]\\$!@]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, character => ENTITIES[character] ?? character)
      .replaceAll('::', ':&#58;')
      .replaceAll('##', '#&#35;')
      .replace(/^(#|\+|-|=|\d+(?=[.)] ))/, first => [...first].map(one => `&#${one.charCodeAt(0)};`).join(''))
  )
}

/** A short name in a fixed-width font; HTML, because a code span cannot hold a backtick or a pipe in a table. */
export const code = (text: string): string => `<code>${prose(text)}</code>`

/** A line of a table; the cells are Markdown already. */
export const row = (cells: readonly string[]): string => `| ${cells.map(cell => cell || ' ').join(' | ')} |`

export const tableHead = (titles: readonly string[]): readonly string[] => [row(titles), row(titles.map(() => '---'))]

/** A part of a page. `lines` may be cut from their end; `head` and `foot` stand or fall together. */
export type Block = Readonly<{ head: readonly string[]; lines: readonly string[]; foot?: readonly string[] }>

const sizeOf = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0)

/**
 * The page in at most `limit` bytes: whole lines are left out from the end of the last blocks that do not fit, never a
 * part of a line, and `notice` says how many. `tail` always stands at the end.
 */
export function fitted(
  blocks: readonly Block[],
  { limit, tail, notice }: Readonly<{ limit: number; tail: readonly string[]; notice: (left: number) => string }>
): string {
  const kept: string[] = []
  let room = limit - sizeOf(tail) - sizeOf([notice(Number.MAX_SAFE_INTEGER), ''])
  let left = 0
  for (const { head, lines, foot = [] } of blocks) {
    const frame = sizeOf(head) + sizeOf(foot)
    const count = frame > room ? 0 : fitting(lines, room - frame)
    left += lines.length - count
    if (frame > room || (count === 0 && lines.length > 0)) continue
    const shown = [...head, ...lines.slice(0, count), ...foot]
    kept.push(...shown)
    room -= sizeOf(shown)
  }
  return [...kept, ...(left > 0 ? [notice(left), ''] : []), ...tail].join('\n')
}

function fitting(lines: readonly string[], room: number): number {
  let used = 0
  const index = lines.findIndex(line => {
    used += sizeOf([line])
    return used > room
  })
  return index === -1 ? lines.length : index
}
