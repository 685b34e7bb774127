/** A name that a shell would fill in, and how many mentions of it, live or not, stand before that one. */
export type Mention = Readonly<{ name: string; nth: number }>

const NAMES = /\$(?:\{[#!]?)?([A-Za-z_]\w*)/g
const LITERAL = /\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*"|(?<![^\s;&|()])#[^\n]*/g
const HEREDOC = /<<-?[ \t]*(['"\\]?)(\w+)/

/** The names that a text for a shell fills in, each once: not those in single quotes, behind `\` or in a comment. */
export function mentionsIn(text: string): readonly Mention[] {
  const first = new Map<string, number>()
  for (const { 1: name = '', index } of live(text).matchAll(NAMES)) if (!first.has(name)) first.set(name, index)
  return [...first].map(([name, index]) => ({ name, nth: [...text.slice(0, index).matchAll(mentionOf(name))].length }))
}

/** Finds a mention in a text that has them in the same order, such as the source of the text; -1 where it has not. */
export const firstIn =
  (name: string, nth: number) =>
  (source: string): number =>
    [...source.matchAll(mentionOf(name))][nth]?.index ?? -1

/** Whether the text itself gives the name a value: `NAME=`, `export`, `read`, `for` and the like. */
export const isSetIn = (name: string, text: string): boolean =>
  new RegExp(
    `(?<![$\\w{#!])${name}(?:\\+?=|\\[)|\\$\\{${name}:?=|\\b(?:${SETTERS})\\b[^\\n;&|]*(?<![$\\w{#!])${name}\\b`
  ).test(text)

const SETTERS = 'read|export|for|select|local|declare|typeset|readonly|getopts|mapfile|readarray|printf -v'

const mentionOf = (name: string): RegExp => new RegExp(`\\$(?:\\{[#!]?)?${name}(?!\\w)`, 'g')

/**
 * The text with blanks where a shell fills nothing in. Quotes inside `$(…)` inside quotes are not told apart: that takes
 * a shell, and what is read wrongly there is a name too many or too few to look at.
 */
const live = (text: string): string =>
  withoutHeredocs(text).replace(LITERAL, token =>
    token.startsWith('"') ? token.replace(/\\[\s\S]/g, blank) : blank(token)
  )

const blank = (text: string): string => ' '.repeat(text.length)

/** Lines of a here-document are as in double quotes, or, where its end is quoted, taken as they are. */
function withoutHeredocs(text: string): string {
  let open: Readonly<{ end: string; quoted: boolean }> | undefined
  const lines = text.split('\n').map(line => {
    if (open === undefined) {
      const [, quote = '', end = ''] = HEREDOC.exec(line) ?? []
      if (end !== '') open = { end, quoted: quote !== '' }
      return line
    }
    if (line.trim() === open.end) open = undefined
    else if (open.quoted) return blank(line)
    return line.replace(/['"#]/g, ' ')
  })
  return lines.join('\n')
}
