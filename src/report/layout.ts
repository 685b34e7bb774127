import { oneLine, type Paint, unpainted, wrapped } from '../core/text.js'

/** How a text is laid out on a terminal. */
export type Layout = Readonly<{ width: number; paint: Paint }>
export const PLAIN: Layout = { width: 120, paint: unpainted }

/** The text in lines that leave room for `indent` columns. */
export const lines = (text: string, indent: number, { width }: Layout): readonly string[] =>
  wrapped(oneLine(text), Math.max(20, width - indent))

export const indented = (text: string, indent: number, layout: Layout): readonly string[] =>
  lines(text, indent, layout).map(line => ' '.repeat(indent) + line)

/** A label and beside it a text whose further lines begin where its first one does. */
export const hanging = (label: string, [first = '', ...rest]: readonly string[], indent: number): readonly string[] => [
  label + first,
  ...rest.map(line => ' '.repeat(indent) + line)
]
