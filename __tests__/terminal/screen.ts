import { widthOf } from '../../src/core/text.js'

/**
 * A terminal as far as our output needs one: folds long lines, knows carriage return, line end, cursor up and clear
 * below, and folds again when its width changes, as terminals do. Anything else that it is sent is an error.
 */
export interface Screen {
  write(text: string): void
  columns(): number
  resize(columns: number): void
  /** Rows without their trailing blanks; the last one is where the cursor stands. */
  rows(): readonly string[]
  /** All that was written, as it was written. */
  readonly raw: readonly string[]
}

const ESC = '\u001b'
const UP = new RegExp(`^${ESC}\\[(\\d+)A$`)
const COLOUR = new RegExp(`^${ESC}\\[\\d+m$`)
const PARTS = new RegExp(`${ESC}\\[[0-9;?]*[A-Za-z]|[\\r\\n]|[^${ESC}\\r\\n]+`, 'g')

export function openScreen(columns = 80): Screen {
  // Lines as they were written, each shown in as many rows as it takes; the cursor is in a row of one of them.
  let width = columns
  let lines: string[] = ['']
  let row = 0
  const raw: string[] = []
  const rowsOf = (line: string) => fold(line, width)
  const shown = () => lines.flatMap(rowsOf)

  function feed(part: string): void {
    const up = UP.exec(part)
    if (part === '\n') {
      if (row !== shown().length - 1) throw new Error('a line end in the middle of the screen')
      lines.push('')
      row = shown().length - 1
    } else if (part === '\u001b[J') lines = cut(lines, row)
    else if (up !== null) row -= Number(up[1])
    else if (part.startsWith('\u001b') && !COLOUR.test(part)) throw new Error(`unknown: ${JSON.stringify(part)}`)
    else if (part !== '\r' && !part.startsWith('\u001b')) {
      lines[lines.length - 1] += part
      row = shown().length - 1
    }
  }
  // What stands in this row and below goes; a folded line keeps the rows above.
  function cut(before: readonly string[], from: number): string[] {
    const kept: string[] = []
    let seen = 0
    for (const line of before) {
      const rows = rowsOf(line)
      if (seen + rows.length <= from) kept.push(line)
      else if (seen < from) kept.push(rows.slice(0, from - seen).join(''))
      else break
      seen += rows.length
    }
    if (seen < from) throw new Error('the cursor is below the screen')
    return [...kept, '']
  }
  return {
    raw,
    write: text => {
      raw.push(text)
      for (const part of text.match(PARTS) ?? []) feed(part)
      if (row < 0) throw new Error('the cursor left the screen')
    },
    columns: () => width,
    resize: now => {
      width = now
      row = shown().length - 1
    },
    rows: () => shown().map(line => line.trimEnd())
  }
}

function fold(line: string, width: number): readonly string[] {
  const rows = ['']
  for (const character of line) {
    if (widthOf((rows.at(-1) ?? '') + character) > width) rows.push('')
    rows[rows.length - 1] += character
  }
  return rows
}
