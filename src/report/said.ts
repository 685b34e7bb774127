import type { Result } from '../core/result/result.js'
import type { ResultLink } from '../core/result/result-said.js'
import { code, prose } from './markdown.js'
import { linked } from './markdown-links.js'

/** Why it was deployed, in who-said-it's words; a bad mark that they set aside stands first. */
export function whyLines({ why }: Pick<Result, 'why'>): readonly string[] {
  if (why === null) return []
  const { because, by, marked } = why
  return [
    ...(marked === null ? [] : [`⚠️ its commit was marked bad by ${marked.execution}: ${marked.because}`]),
    `${because} (${by})`
  ]
}

/** `undone by X, https://…`. */
export const linkWords = ({ as, execution, url }: ResultLink): string =>
  `${as} ${execution}${url === '' ? '' : `, ${url}`}`

/** The same as cells of a page, with the run behind the execution's name. */
export const linkLines = ({ links }: Pick<Result, 'links'>): readonly string[] =>
  links.map(({ as, execution, url }) => `${prose(as)} ${linked(code(execution), url)}`)
