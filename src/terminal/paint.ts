import { type Paint, type Style, unpainted } from '../core/text.js'

// util.styleText came with Node 20.12, and older ones have to run this too.
const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39]
}
const ESC = '\u001b['

export const painted: Paint = (style, text) => {
  const [on, off] = CODES[style]
  return text === '' ? '' : `${ESC}${on}m${text}${ESC}${off}m`
}

export const paintFor = (colour: boolean): Paint => (colour ? painted : unpainted)

type Surroundings = Readonly<{ isTTY: boolean; env: Readonly<Record<string, string | undefined>> }>

/** Whether to colour: NO_COLOR (any value) wins, then FORCE_COLOR (`0` and `false` are off), then a terminal that is not dumb. */
export function wantsColour({ isTTY, env }: Surroundings): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false
  const forced = env['FORCE_COLOR']
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  return isTTY && !isDumb(env)
}

/** Whether lines may move: never in CI, on a dumb terminal or into a file. */
export const movesLines = ({ isTTY, env }: Surroundings): boolean => isTTY && !isDumb(env) && (env['CI'] ?? '') === ''

const isDumb = (env: Surroundings['env']): boolean => env['TERM'] === 'dumb'
