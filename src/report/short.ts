import { prose } from './markdown.js'

/** One answer of the first screen takes at most about two lines of it; the evidence below has the whole. */
const LONGEST = 200

/** As `prose`, as short as the first screen needs it. */
export const short = (text: string, longest = LONGEST): string => prose(text, longest)

/** `a, b and 3 more`; the names are Markdown already. */
export function some(names: readonly string[], most: number): string {
  const more = names.length - most
  return more > 0 ? `${names.slice(0, most).join(', ')} and ${more} more` : names.join(', ')
}

export const count = (many: number, one: string, several = `${one}s`): string =>
  `${many.toLocaleString('en')} ${many === 1 ? one : several}`
