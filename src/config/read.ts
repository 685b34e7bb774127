import { Composer, type CST, type Document, LineCounter, Parser } from 'yaml'
import type { Position } from '../core/item.js'
import type { Json } from '../core/json.js'
import { expand, type Fault } from './expand.js'
import { type Found, formatProblems, type Locate, locateIn } from './problems.js'

/** The text as plain data, with the place of everything in it, and what is wrong already. */
export type Raw = Readonly<{ value: Json; locate: Locate; found: readonly Found[] }>

const MAX_BYTES = 1024 * 1024
const MAX_DEPTH = 50
const PLAIN = { schema: 'core', merge: false, resolveKnownTags: false, uniqueKeys: false, stringKeys: true } as const
const START: Position = { line: 1, col: 1 }

/** Reads YAML 1.2 without tags, merge keys or anything else that does more than it shows. */
export function readYaml(file: string, text: string): Raw | Readonly<{ problems: readonly string[] }> {
  const bytes = Buffer.byteLength(text)
  if (bytes > MAX_BYTES) {
    return refuse(file, [{ at: START, text: `expected a checklist of at most 1 MiB, found ${bytes} bytes` }])
  }
  const lines = new LineCounter()
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), col: Math.max(1, col) }
  }
  const at = ({ offset, text }: Fault): Found => ({ at: position(offset), text })
  const placed = (faults: readonly Fault[]) => refuse(file, faults.map(at))
  const tokens = [...new Parser(lines.addNewLine).parse(text)]
  const deep = tokens.map(tooDeep).find(offset => offset !== undefined)
  if (deep !== undefined) {
    return placed([{ offset: deep, text: `expected at most ${MAX_DEPTH} levels of nesting, found more` }])
  }
  const documents = [...new Composer(PLAIN).compose(tokens)]
  const faults = syntaxFaults(documents, text)
  const [first, second] = documents
  if (second !== undefined) {
    faults.push({ offset: second.range[0], text: 'expected one YAML document, found another one after `---`' })
  }
  if (faults.length > 0) return placed(faults)
  const { value, place, faults: more } = expand(first?.contents ?? null)
  if (!more.every(({ harmless }) => harmless)) return placed(more)
  return { value, locate: locateIn(place, text, position), found: more.map(at) }
}

/**
 * What the parser says, without its echoes: after the first thing that it cannot read it finds fault with everything.
 * Its quotes of the text are left out, as they may hold what should never have been there. A warning is an unknown tag
 * or directive: something that would be ignored.
 */
function syntaxFaults(documents: readonly Document.Parsed[], text: string): Fault[] {
  const all = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])
  const ordered = all.toSorted((one, other) => one.pos[0] - other.pos[0])
  const lineOf = (error: (typeof ordered)[number] | undefined) => text.lastIndexOf('\n', (error?.pos[0] ?? 0) - 1)
  const isEcho = (index: number) =>
    ordered[index]?.message.includes('in YAML stream') || lineOf(ordered[index]) === lineOf(ordered[index - 1])
  const telling = ordered.filter((_, index) => index === 0 || !isEcho(index))
  return telling.map(({ pos: [offset], message }) => ({ offset, text: sayFault(message, text, offset) }))
}

function sayFault(message: string, text: string, offset: number): string {
  if (text.startsWith('${', offset - 1)) return 'expected text in quotes, found a bare ${NAME} inside { } or [ ]'
  return `expected YAML, found: ${message.replace(/:? ".*$/s, '')}`
}

const refuse = (file: string, found: readonly Found[]) => ({
  problems: formatProblems(file, found)
})

/**
 * Offset of the first thing nested too deeply. Asked of the tokens, which are made without recursion: the composer
 * recurses, and a stack that overflows inside a regular expression ends the whole process.
 */
function tooDeep(document: CST.Token): number | undefined {
  const open: { token: CST.Token | null | undefined; depth: number }[] = [{ token: document, depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next
    if (!token) continue
    if (depth > MAX_DEPTH) return token.offset
    if (token.type === 'document') open.push({ token: token.value, depth })
    if (!('items' in token)) continue
    for (const item of token.items) {
      open.push({ token: item.key, depth: depth + 1 }, { token: item.value, depth: depth + 1 })
    }
  }
  return undefined
}
