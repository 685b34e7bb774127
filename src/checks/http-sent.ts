import { excerpt } from './excerpt.js'
import type { HttpSpec } from './http-shape.js'
import type { Show } from './json-expectation.js'

// Headers that say what, not who; hiding their values would only make a message hard to read.
const PLAIN = /^(?:accept(?:-.*)?|content-type|user-agent|host|origin|referer|cache-control|x-requested-with)$/i
const SHORTEST = 4

/**
 * An excerpt of an answer without what was sent: many a server repeats a token or a password when it complains about it.
 * Declared secrets are hidden anyway, by whoever prints; this is for those that nobody declared, such as captures.
 */
export function withoutSent({ headers = {}, body }: HttpSpec): Show {
  const sent = [
    ...Object.entries(headers).flatMap(([name, value]) => (PLAIN.test(name) ? [] : parts(String(value)))),
    ...(typeof body === 'string' ? [body, ...values(body)] : leaves(body))
  ].filter(text => text.length >= SHORTEST)
  const longestFirst = [...new Set(sent)].sort((one, other) => other.length - one.length)
  return found => excerpt(longestFirst.reduce((text, hidden) => text.replaceAll(hidden, '***'), found.slice(0, 10_000)))
}

// `Bearer abc` is as well told by its second word, and a cookie by what stands behind the sign.
const parts = (value: string): readonly string[] => [value, ...value.split(/[\s;=,]+/)]
// name=value&name=value
const values = (form: string): readonly string[] => form.split('&').map(pair => pair.slice(pair.indexOf('=') + 1))

function leaves(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : []
}
