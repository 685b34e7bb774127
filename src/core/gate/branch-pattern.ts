/**
 * Patterns of branches as GitHub reads them: Ruby's File.fnmatch, whose wildcards do not cross `/`.
 * https://docs.ruby-lang.org/en/master/File.html#method-c-fnmatch
 */
type Token =
  | Readonly<{ is: 'char'; char: string }>
  | Readonly<{ is: 'any' | 'star' | 'folders' | 'folder' | 'nothing' }>
  | Readonly<{ is: 'set'; negated: boolean; ranges: readonly (readonly [string, string])[] }>

/** True if the branch's name is one of those that the pattern stands for. */
export function matchesBranch(pattern: string, name: string): boolean {
  const tokens = tokensOf(pattern)
  const end = [...name].reduce((at, char) => step(tokens, at, char), reached(tokens, [0]))
  return end.includes(tokens.length)
}

/**
 * True if every branch that `pattern` stands for is one of those that one of `promised` stands for. Where that cannot be
 * told (a pattern that is none, or one of absurd size) the answer is no.
 */
export function isCovered(pattern: string, promised: readonly string[]): boolean {
  if (tokensOf(pattern).some(({ is }) => is === 'nothing')) return false
  return promised.includes(pattern) || isSubset(pattern, promised)
}

const MOST_STATES = 5_000

/** Walks all at once through every name there could be, until one is found that only `pattern` stands for. */
function isSubset(pattern: string, promised: readonly string[]): boolean {
  const machines = [pattern, ...promised].map(tokensOf)
  const letters = lettersOf(machines.flat())
  // A name has no empty folder: after `/`, as in the beginning, something else comes.
  const start = { places: machines.map(tokens => reached(tokens, [0])), fresh: true }
  const seen = new Set([JSON.stringify(start)])
  const open = [start]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { places, fresh } = at
    const [own, ...others] = machines.map((tokens, index) => places[index]?.includes(tokens.length))
    if (own === true && !fresh && !others.includes(true)) return false
    for (const letter of letters) {
      if (fresh && letter === '/') continue
      const next = machines.map((tokens, index) => step(tokens, places[index] ?? [], letter))
      const state = { places: next, fresh: letter === '/' }
      const key = JSON.stringify(state)
      if (next[0]?.length === 0 || seen.has(key)) continue
      if (seen.size > MOST_STATES) return false
      seen.add(key)
      open.push(state)
    }
  }
  return true
}

/** Places in the pattern after one more letter, ascending. */
const step = (tokens: readonly Token[], places: readonly number[], letter: string): readonly number[] =>
  reached(
    tokens,
    places.flatMap(place => after(tokens[place], place, letter))
  )

function after(token: Token | undefined, place: number, letter: string): readonly number[] {
  switch (token?.is) {
    case 'char':
      return token.char === letter ? [place + 1] : []
    case 'any':
    case 'folders':
      return letter === '/' ? [] : [place + 1]
    case 'star':
      return letter === '/' ? [] : [place]
    case 'folder':
      return [letter === '/' ? place - 1 : place]
    case 'set':
      return letter !== '/' && isIn(letter, token.ranges) !== token.negated ? [place + 1] : []
    default:
      return []
  }
}

const isIn = (letter: string, ranges: readonly (readonly [string, string])[]): boolean =>
  ranges.some(([from, to]) => from <= letter && letter <= to)

/** With the places that need no letter: behind a star, and behind the folders of a `**`. */
function reached(tokens: readonly Token[], places: readonly number[]): readonly number[] {
  const all = new Set<number>()
  const add = (place: number): void => {
    if (all.has(place)) return
    all.add(place)
    if (tokens[place]?.is === 'star') add(place + 1)
    if (tokens[place]?.is === 'folders') add(place + 2)
  }
  for (const place of places) add(place)
  return [...all].sort((one, other) => one - other)
}

function tokensOf(pattern: string): readonly Token[] {
  const tokens: Token[] = []
  let rest = pattern
  while (rest !== '') {
    const [text, found] = tokenAt(rest, rest === pattern || pattern.at(-rest.length - 1) === '/')
    tokens.push(...found)
    rest = rest.slice(text.length)
  }
  return tokens
}

/** The first token of a text, with the characters that it takes up. */
function tokenAt(text: string, beginsFolder: boolean): readonly [string, readonly Token[]] {
  const folders = beginsFolder ? /^(?:\*\*\/)+/.exec(text)?.[0] : undefined
  if (folders !== undefined) return [folders, [{ is: 'folders' }, { is: 'folder' }]]
  const stars = /^\*+/.exec(text)?.[0]
  if (stars !== undefined) return [stars, [{ is: 'star' }]]
  if (text.startsWith('?')) return ['?', [{ is: 'any' }]]
  const [set, not = '', members = ''] = /^\[([!^]?)((?:\\.|[^\]\\])+)\]/su.exec(text) ?? []
  if (set !== undefined) return [set, [{ is: 'set', negated: not !== '', ranges: rangesOf(members) }]]
  if (text.startsWith('[')) return [text, [{ is: 'nothing' }]]
  const [taken = '', escaped, plain = ''] = /^(?:\\(.)|(.))/su.exec(text) ?? []
  return [taken, [{ is: 'char', char: escaped ?? plain }]]
}

function rangesOf(members: string): readonly (readonly [string, string])[] {
  const parts = members.matchAll(/(?:\\(.)|(.))(?:-(?:\\(.)|(.)))?/gsu)
  return [...parts].map(([, quoted, plain = '', quotedEnd, plainEnd]) => {
    const from = quoted ?? plain
    return [from, quotedEnd ?? plainEnd ?? from]
  })
}

// One letter for all that no pattern speaks of; a name never holds it.
const ANY_OTHER = '\u0001'
const ASCII = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))

/** Letters between which the patterns can tell. */
function lettersOf(tokens: readonly Token[]): readonly string[] {
  const spoken = tokens.flatMap(token => {
    if (token.is === 'char') return [token.char]
    return token.is === 'set' ? [...ASCII, ...token.ranges.flat().flatMap(neighbours)] : []
  })
  return [...new Set([...spoken, '/', ANY_OTHER])]
}

function neighbours(letter: string): readonly string[] {
  const code = letter.codePointAt(0) ?? 0
  return [code - 1, code, code + 1].filter(each => each > 0 && each <= 0x10ffff).map(each => String.fromCodePoint(each))
}
