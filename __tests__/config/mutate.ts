type Random = (below: number) => number

/** Mulberry32: the same numbers for the same seed, everywhere. */
function randomOf(seed: number): Random {
  let state = seed
  return below => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const CHARACTERS = [
  ...'\t\n :-?[]{},#&*!|>\'"%@`${}~<=\\0a',
  '\r\n',
  '\u0000',
  '\ufeff',
  '\u2028',
  '\ud800',
  'é',
  '---\n',
  '<<: '
]
const WORDS = [
  'run',
  'http',
  'stages',
  '__proto__',
  'constructor',
  'on',
  'undo',
  'null',
  '.nan',
  '1e999',
  '*checks',
  '&checks',
  '${X}',
  '${{ a }}',
  '[]',
  '{}',
  '!!js/function x'
]

const MUTATIONS: readonly ((text: string, random: Random) => string)[] = [
  (text, random) => insert(text, random(text.length), pick(CHARACTERS, random)),
  (text, random) => remove(text, random(text.length), 1 + random(20)),
  (text, random) => text.slice(0, random(text.length)),
  (text, random) => replaceWord(text, pick(WORDS, random), random),
  (text, random) => changeLines(text, random, lines => lines.toSpliced(random(lines.length), 1 + random(3))),
  (text, random) => changeLines(text, random, lines => lines.toSpliced(random(lines.length), 0, pick(lines, random))),
  (text, random) => changeLines(text, random, (lines, at) => lines.with(at, `${' '.repeat(random(12))}${lines[at]}`)),
  (text, random) => changeLines(text, random, (lines, at) => lines.with(at, (lines[at] ?? '').replace(/^ {1,2}/, ''))),
  (text, random) => changeLines(text, random, (lines, at) => lines.with(at, `${lines[at]}${pick(lines, random)}`)),
  (text, random) => insert(text, random(text.length), pick(CHARACTERS, random).repeat(1 + random(2_000)))
]

const pick = <T>(values: readonly T[], random: Random): T => {
  const value = values[random(values.length)]
  if (value === undefined) throw new Error('nothing to pick from')
  return value
}
const insert = (text: string, at: number, more: string) => text.slice(0, at) + more + text.slice(at)
const remove = (text: string, at: number, length: number) => text.slice(0, at) + text.slice(at + length)

function replaceWord(text: string, word: string, random: Random): string {
  const found = [...text.matchAll(/[\w-]+/g)]
  const { index = 0, 0: old = '' } = found[random(Math.max(1, found.length))] ?? {}
  return text.slice(0, index) + word + text.slice(index + old.length)
}

function changeLines(text: string, random: Random, change: (lines: string[], at: number) => string[]): string {
  const lines = text.split('\n')
  return change(lines, random(lines.length)).join('\n')
}

/** The text after one to four changes; the same ones for the same seed, everywhere. */
export function mutate(good: string, seed: number): string {
  const random = randomOf(seed)
  let text = good
  for (let round = 1 + random(4); round > 0; round--) if (text !== '') text = pick(MUTATIONS, random)(text, random)
  return text
}
