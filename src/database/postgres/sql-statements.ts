/** One statement of an SQL text; `offset` is where it begins, in UTF-16 units. Comments around it are not part of it. */
export type Statement = Readonly<{ text: string; offset: number }>

const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y
const DOLLAR = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y

/**
 * Splits an SQL text at its top-level semicolons, as the server would: strings, quoted names, dollar quotes, nested
 * comments, parentheses and `BEGIN ATOMIC` bodies hide theirs. What the server would refuse is left for it to refuse.
 */
export function statementsIn(sql: string): readonly Statement[] {
  const found: Statement[] = []
  let start = -1
  let end = 0
  let parentheses = 0
  let blocks = 0
  let before = ''
  const close = () => {
    if (start >= 0) found.push({ text: sql.slice(start, end), offset: start })
    start = -1
    parentheses = 0
    blocks = 0
    before = ''
  }
  for (let at = 0; at < sql.length; ) {
    const token = tokenAt(sql, at)
    at = token.end
    if (token.kind === 'blank') continue
    if (token.text === ';' && parentheses === 0 && blocks === 0) {
      close()
      continue
    }
    if (start < 0) start = token.start
    end = token.end
    if (token.text === '(') parentheses += 1
    if (token.text === ')') parentheses = Math.max(0, parentheses - 1)
    blocks = blocksAfter(blocks, before, token.text)
    before = token.text
  }
  close()
  return found
}

/** First words of a statement in lower case, one space between them, comments left out: `create index concurrently`. */
export function wordsOf({ text }: Statement, count: number): string {
  const words: string[] = []
  for (let at = 0; at < text.length && words.length < count; ) {
    const token = tokenAt(text, at)
    at = token.end
    if (token.kind === 'blank') continue
    words.push(token.text.toLowerCase())
  }
  return words.join(' ')
}

/** Line and column, both from 1, of an offset in UTF-16 units. */
export function placeOf(text: string, offset: number): Readonly<{ line: number; col: number }> {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, col: (before.at(-1)?.length ?? 0) + 1 }
}

/** The offset in UTF-16 units of the server's position, which counts characters from 1. */
export const offsetOf = (text: string, position: number): number =>
  [...text].slice(0, Math.max(0, position - 1)).join('').length

type Token = Readonly<{ kind: 'blank' | 'word' | 'other'; text: string; start: number; end: number }>

function tokenAt(sql: string, start: number): Token {
  const make = (kind: Token['kind'], end: number): Token => ({ kind, text: sql.slice(start, end), start, end })
  const char = sql[start] ?? ''
  const next = sql[start + 1] ?? ''
  if (char.trim() === '') return make('blank', start + 1)
  if (char === '-' && next === '-') return make('blank', endOr(sql, sql.indexOf('\n', start)))
  if (char === '/' && next === '*') return make('blank', commentEnd(sql, start))
  if (char === "'") return make('other', quotedEnd(sql, start, false))
  if (char === '"') return make('other', quotedEnd(sql, start, false))
  if ((char === 'e' || char === 'E') && next === "'") return make('other', quotedEnd(sql, start + 1, true))
  const dollar = matchAt(DOLLAR, sql, start)
  if (dollar !== '') return make('other', dollarEnd(sql, start, dollar))
  const word = matchAt(WORD, sql, start)
  return word === '' ? make('other', start + 1) : make('word', start + word.length)
}

const endOr = (sql: string, found: number): number => (found < 0 ? sql.length : found)

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

function commentEnd(sql: string, start: number): number {
  let depth = 1
  for (let at = start + 2; at < sql.length; at += 1) {
    const pair = sql.slice(at, at + 2)
    if (pair !== '/*' && pair !== '*/') continue
    depth += pair === '/*' ? 1 : -1
    at += 1
    if (depth === 0) return at + 1
  }
  return sql.length
}

// A doubled quote reads as two strings side by side, which ends at the same place.
function quotedEnd(sql: string, open: number, backslashes: boolean): number {
  for (let at = open + 1; at < sql.length; at += 1) {
    if (backslashes && sql[at] === '\\') at += 1
    else if (sql[at] === sql[open]) {
      if (sql[at + 1] !== sql[open]) return at + 1
      at += 1
    }
  }
  return sql.length
}

function dollarEnd(sql: string, start: number, tag: string): number {
  const close = sql.indexOf(tag, start + tag.length)
  return close < 0 ? sql.length : close + tag.length
}

// The body of an SQL-standard function; a CASE inside it has an END of its own.
function blocksAfter(blocks: number, before: string, text: string): number {
  const word = text.toLowerCase()
  if (word === 'atomic' && before.toLowerCase() === 'begin') return blocks + 1
  if (blocks > 0 && word === 'case') return blocks + 1
  return blocks > 0 && word === 'end' ? blocks - 1 : blocks
}
