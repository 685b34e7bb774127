/** Names with their values, or what is wrong with which line; `values` are all that was found, to be masked either way. */
export type SecretLines = Readonly<{
  names: Readonly<Record<string, string>>
  /** Every value, and where a line is wrong the line: nothing of it is ever to be seen. */
  values: readonly string[]
  /** `line 3: …`, without a word of the line but a name. */
  problems: readonly string[]
}>

type Entry = Readonly<{ name: string; value: string; lines: number }>
type Fault = Readonly<{ problem: string; lines: number }>

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

// What steers the runner, our own process or the loader of every program is no secret of a deployment.
const OURS =
  /^(GITHUB|RUNNER|ACTIONS|INPUT|DEPLOY_CHECKLIST|LD|DYLD)_|^(PATH|HOME|CI|SHELL|IFS|ENV|BASH_ENV|NODE_OPTIONS)$/i

// In a text that is broken, what stands before a sign may be part of a key: only what is written as names are is shown.
const shown = (name: string): string => (/^[A-Z_][A-Z0-9_]*$/.test(name) ? name : 'it')

/**
 * Lines of NAME=value. Empty lines and those that begin with `#` are passed over; spaces at the ends of a bare value are
 * not part of it. `NAME="…"` is read as JSON reads it, so that \n is a new line, and `NAME='…'` as it stands; `NAME<<END`
 * takes the lines up to END. Windows' line ends are line ends. A name that comes twice is an error.
 */
export function parseSecretLines(text: string): SecretLines {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const names = new Map<string, string>()
  const values: string[] = []
  const problems: string[] = []
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? ''
    if (/^\s*(#|$)/.test(line)) {
      at += 1
      continue
    }
    const found = entryAt(lines, at)
    const problem = 'problem' in found ? found.problem : whyNot(found, names)
    if ('value' in found) values.push(found.value)
    if (problem === undefined && 'value' in found) names.set(found.name, found.value)
    else {
      problems.push(`line ${at + 1}: ${problem}`)
      values.push(...lines.slice(at, at + found.lines))
    }
    at += found.lines
  }
  return {
    names: Object.fromEntries(names),
    values: [...new Set(values)].filter(value => value.trim() !== ''),
    problems
  }
}

function whyNot({ name, value }: Entry, names: ReadonlyMap<string, string>): string | undefined {
  if (OURS.test(name))
    return `${shown(name)} is not to be set here: that name steers the runner or the programs that it starts`
  if (names.has(name)) return `${shown(name)} comes twice`
  return value.includes('\0') ? `the value of ${shown(name)} holds a zero byte` : undefined
}

function entryAt(lines: readonly string[], at: number): Entry | Fault {
  const line = lines[at] ?? ''
  // Whichever comes first: a bare value may hold `<<`, and the end word of a heredoc no `=`.
  const [, name = '', sign = '', rest = ''] = /^\s*([^=<]*?)\s*(=|<<)(.*)$/.exec(line) ?? []
  // What does not look like a name may be a part of a value.
  if (!NAME.test(name)) return { problem: 'expected NAME=value or NAME<<END', lines: 1 }
  if (sign === '<<') return heredoc(lines, at, name, rest.trim())
  const value = valueIn(rest.trim())
  if (value !== undefined) return { name, value, lines: 1 }
  const quoted = `the value of ${shown(name)} begins with a quote and is not one whole quoted text`
  return { problem: `${quoted}; more lines are written as NAME<<END, or with \\n in double quotes`, lines: 1 }
}

function heredoc(lines: readonly string[], at: number, name: string, end: string): Entry | Fault {
  if (end === '') return { problem: `${shown(name)}<< names no word that ends it`, lines: 1 }
  const body = lines.slice(at + 1)
  const length = body.findIndex(line => line.trim() === end)
  // The rest may all be its value, so that none of it is looked at.
  if (length === -1)
    return { problem: `${shown(name)}<< is not ended by its word on a line of its own`, lines: body.length + 1 }
  return { name, value: body.slice(0, length).join('\n'), lines: length + 2 }
}

function valueIn(text: string): string | undefined {
  const [first = ''] = text
  if (first === "'") return /^'[^']*'$/.test(text) ? text.slice(1, -1) : undefined
  if (first !== '"') return text
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
