import { clip, oneLine, type Paint, padded, type Style, widthOf } from '../core/text.js'

/** A cell of a table on a terminal: its text and how it is painted. */
export type Cell = Readonly<{ text: string; style?: Style /** Never shortened: something to copy. */; whole?: boolean }>

const GAP = '  '
/** A column is never made narrower than this, however small the terminal is. */
const NARROWEST = 6

/**
 * Rows under their titles, in columns as wide as their widest cell. Where the terminal is narrower, the widest columns
 * give way and their texts end in an ellipsis; a column with nothing in it is left out.
 */
export function columns(
  titles: readonly string[],
  rows: readonly (readonly Cell[])[],
  { width, paint }: Readonly<{ width: number; paint: Paint }>
): readonly string[] {
  const used = titles.map((_, index) => rows.some(cells => (cells[index]?.text ?? '') !== ''))
  const cells = rows.map(cells =>
    cells.filter((_, index) => used[index]).map(cell => ({ ...cell, text: oneLine(cell.text) }))
  )
  const heads = titles.filter((_, index) => used[index])
  const widths = fit(
    heads.map((title, index) => Math.max(widthOf(title), ...cells.map(line => widthOf(line[index]?.text ?? '')))),
    heads.map((_, index) => cells.some(line => line[index]?.whole === true)),
    width - GAP.length * Math.max(0, heads.length - 1)
  )
  const line = (parts: readonly Cell[]): string =>
    parts
      .map(({ text, style }, index) => {
        const filled = padded(clip(text, widths[index] ?? 0), index === parts.length - 1 ? 0 : (widths[index] ?? 0))
        return style === undefined ? filled : paint(style, filled)
      })
      .join(GAP)
      .trimEnd()
  return [line(heads.map(text => ({ text, style: 'dim' }))), ...cells.map(line)]
}

function fit(wanted: readonly number[], whole: readonly boolean[], room: number): readonly number[] {
  const widths = [...wanted]
  for (let sum = total(widths); sum > room; sum = total(widths)) {
    const width = Math.max(...widths.filter((_, index) => whole[index] !== true))
    if (width <= NARROWEST) break
    widths[widths.findIndex((one, index) => one === width && whole[index] !== true)] = width - 1
  }
  return widths
}

const total = (widths: readonly number[]): number => widths.reduce((sum, width) => sum + width, 0)
