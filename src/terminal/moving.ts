import { clip, widthOf } from '../core/text.js'

/** What is written to, of a terminal or a file. */
export interface Output {
  write(text: string): unknown
}

/** Lines at the end of what a terminal shows that are drawn again and again, while what stands above them stays. */
export interface MovingLines {
  /** Replaces the moving lines; each is cut to the width that the terminal has now. */
  draw(lines: readonly MovingLine[]): void
  /** Writes lines that stay, above the moving ones. */
  write(lines: readonly string[]): void
  /** Takes the moving lines away; the cursor stands at the beginning of an empty line. */
  clear(): void
}

/** The text decides about the width; `paint` adds what takes no column. */
export type MovingLine = Readonly<{ text: string; paint: (text: string) => string }>

const CLEAR_BELOW = '\u001b[J'
const up = (rows: number): string => (rows > 0 ? `\u001b[${rows}A` : '')

/**
 * The cursor is never hidden, so that no way to end leaves it so. It rests behind the last moving line; `columns` is
 * asked again each time, since a narrower window has folded what was drawn before.
 */
export function openMovingLines(output: Output, columns: () => number): MovingLines {
  let shown: readonly MovingLine[] = []
  let widths: readonly number[] = []

  const back = (): string => {
    if (widths.length === 0) return ''
    const now = Math.max(1, columns())
    const rows = widths.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / now)), 0)
    return `\r${up(rows - 1)}${CLEAR_BELOW}`
  }
  // One column stays free, because a full line would fold in some terminals and not in others.
  const drawn = (lines: readonly MovingLine[]): string => {
    const room = Math.max(1, columns() - 1)
    const texts = lines.map(({ text }) => clip(text, room))
    widths = texts.map(widthOf)
    shown = lines
    return lines.map(({ paint }, index) => paint(texts[index] ?? '')).join('\n')
  }
  return {
    draw: lines => void output.write(back() + drawn(lines)),
    write: lines => void output.write(`${back()}${lines.map(line => `${line}\n`).join('')}${drawn(shown)}`),
    clear: () => {
      if (widths.length > 0) output.write(back())
      shown = []
      widths = []
    }
  }
}
