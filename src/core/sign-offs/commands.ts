import { stepsBetween } from '../nearest.js'
import { oneLine } from '../text.js'

/** What somebody says in a comment, one a line: `/done ID words`, `/na ID reason`, `/sign ROLE words`. */
export type Command = Readonly<{ do: 'done' | 'na' | 'sign'; target: string; words: string }>
/** A line that was meant as a command and is none; `problem` says what was expected. */
export type Misread = Readonly<{ problem: string }>

/** Characters of a person's words that are kept. */
export const LONGEST_WORDS = 500
/** Commands of one comment that are read. */
export const MOST_COMMANDS = 20

const NAMES = ['done', 'na', 'sign'] as const

/**
 * The commands of a comment, in their order. What is shown as code, quoted or hidden is not said by whoever writes it, and
 * a line that begins with another word is none of ours.
 */
export function commandsIn(text: string): readonly (Command | Misread)[] {
  const found = spoken(text).flatMap(line => read(line) ?? [])
  if (found.length <= MOST_COMMANDS) return found
  const problem = `expected at most ${MOST_COMMANDS} commands in one comment, found ${found.length}: say the others in another one`
  return [...found.slice(0, MOST_COMMANDS), { problem }]
}

/** Lines that are the writer's own and can be seen. */
function spoken(text: string): readonly string[] {
  const lines: string[] = []
  let fence = ''
  // A comment that is never closed hides all that follows it.
  for (const line of text.replaceAll(/<!--[\s\S]*?(?:-->|$)/g, '').split(/\r\n|\n|\r/)) {
    const [, marks = ''] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? []
    if (fence !== '') {
      if (marks.startsWith(fence) && line.trim() === marks) fence = ''
    } else if (marks !== '') fence = marks
    else if (!/^(?: {4}|\t| {0,3}>)/.test(line)) lines.push(line.trim())
  }
  return lines
}

function read(line: string): Command | Misread | undefined {
  const [, name = '', target = '', words = ''] = /^\/([a-z]+)(?:\s+(\S+))?(?:\s+(.*))?$/i.exec(line) ?? []
  if (name === '') return undefined
  const known = NAMES.find(each => each === name.toLowerCase())
  if (known === undefined) return misspelt(name)
  const meant = bare(target)
  if (meant === '')
    return { problem: `expected /${known} ${known === 'sign' ? 'ROLE' : 'ID'}, found no word behind it` }
  const said = clipped(words)
  if (known === 'na' && said === '')
    return { problem: `expected /na ${meant} with the reason why it does not apply, found none` }
  return { do: known, target: meant, words: said }
}

/** Other tools listen to lines with a slash too, such as `/assign`: only a slip of the finger was meant for us. */
function misspelt(name: string): Misread | undefined {
  const meant = NAMES.find(known => name.length > 2 && stepsBetween(name.toLowerCase(), known) === 1)
  return meant && { problem: `expected /done, /na or /sign, found /${name} (did you mean /${meant}?)` }
}

// Ids are shown in a fixed-width font, and copied with it.
const bare = (target: string): string => oneLine(target.replaceAll(/^[`*]+|[`*]+$/g, '')).slice(0, 200)

const clipped = (words: string): string => {
  const line = oneLine(words)
  return line.length > LONGEST_WORDS ? `${line.slice(0, LONGEST_WORDS)}…` : line
}
