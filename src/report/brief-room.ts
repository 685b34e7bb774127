/** `whole`: nothing of it stands elsewhere, so that nothing of it is left out. */
export type Fact = Readonly<{ name: string; lines: readonly string[]; whole?: boolean }>

/** Columns that GitHub shows beside a table's first column, roughly, and the lines of the first screen for all answers. */
const [COLUMNS, MOST] = [105, 20]

/** Every answer in the room of one screen: the longest ones lose their last lines first, and say so; the evidence has them. */
export function inOneScreen(facts: readonly Fact[]): readonly Fact[] {
  let left = facts
  while (heightOf(left) > MOST) {
    const longest = left
      .filter(({ lines, whole }) => lines.length > 1 && whole !== true)
      .toSorted((a, b) => height(b) - height(a))[0]
    if (longest === undefined) break
    left = left.map(fact => (fact === longest ? shorter(fact) : fact))
  }
  return left
}

const CUT = ' (more below)'

function shorter({ name, lines }: Fact): Fact {
  const kept = lines.slice(0, -1)
  const last = kept.at(-1) ?? ''
  return { name, lines: last.endsWith(CUT) ? kept : [...kept.slice(0, -1), `${last}${CUT}`] }
}

const heightOf = (facts: readonly Fact[]): number => facts.reduce((sum, fact) => sum + height(fact), 0)
const height = ({ lines }: Fact): number =>
  lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(seen(line).length / COLUMNS)), 0)

// A link shows its text, a tag nothing, an entity one sign.
const seen = (line: string): string => line.replace(/\]\([^)]*\)|<\/?[a-z]+>|&#8203;/g, '').replace(/&#?\w+;/g, 'x')
