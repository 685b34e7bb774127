import { z } from 'zod'
import { meets } from './judge.js'
import { condition, oneOf, someOf, word } from './shapes.js'

const rules = someOf(
  {
    HttpOnly: z.boolean().optional().describe('Scripts in the page cannot read it.'),
    Secure: z.boolean().optional().describe('It travels over TLS only.'),
    SameSite: z
      .enum(['Strict', 'Lax', 'None'], 'expected Strict, Lax or None')
      .optional()
      .describe('Strict, Lax or None.'),
    Path: condition().optional().describe('Path that it is for.'),
    Domain: condition().optional().describe('Domain that it is for.'),
    'Max-Age': condition().optional().describe('Seconds that it lives, such as "<= 3600".'),
    value: condition().optional().describe('Its value; never printed.')
  },
  'an attribute such as HttpOnly'
)

/** What a cookie that the answer sets must be. */
export const cookieExpectation = () =>
  oneOf([word('exists', 'absent'), rules], 'exists, absent, or attributes such as {HttpOnly: true}')
export type CookieExpectation = z.infer<ReturnType<typeof cookieExpectation>>

export type Cookie = Readonly<{ name: string; value: string; attributes: ReadonlyMap<string, string> }>

/** The cookies that an answer sets, the later one of a name last. Attributes by their names in lower case. */
export const cookiesOf = (headers: Readonly<Record<string, readonly string[]>>): readonly Cookie[] =>
  (headers['set-cookie'] ?? []).map(line => {
    const [first, ...rest] = line.split(';').map(pair)
    const [name, value] = first ?? ['', '']
    return { name, value, attributes: new Map(rest.map(([attribute, text]) => [attribute.toLowerCase(), text])) }
  })

export const cookieNamed = (name: string, cookies: readonly Cookie[]): Cookie | undefined =>
  cookies.findLast(cookie => cookie.name === name)

function pair(part: string): readonly [string, string] {
  const at = part.indexOf('=')
  return at < 0 ? [part.trim(), ''] : [part.slice(0, at).trim(), part.slice(at + 1).trim()]
}

/** What is wrong with one cookie; its value is never told. */
export function cookieProblems(name: string, wanted: CookieExpectation, cookies: readonly Cookie[]): readonly string[] {
  const cookie = cookieNamed(name, cookies)
  if (wanted === 'absent') return cookie === undefined ? [] : [`expected no cookie ${name}, found one`]
  if (cookie === undefined) {
    const others = cookies.map(one => one.name).join(', ')
    return [`expected a cookie ${name}, found ${others || 'none'}`]
  }
  if (typeof wanted === 'string') return []
  return Object.entries(wanted).flatMap(([key, one]) => (one === undefined ? [] : attributeProblem(cookie, key, one)))
}

function attributeProblem(cookie: Cookie, key: string, wanted: string | number | boolean): readonly string[] {
  if (key === 'value')
    return meets(wanted, cookie.value) ? [] : [`expected cookie ${cookie.name} to be ${wanted}, found another value`]
  const found = cookie.attributes.get(key.toLowerCase())
  if (typeof wanted === 'boolean') {
    if (wanted === (found !== undefined)) return []
    return [
      `expected cookie ${cookie.name} ${wanted ? 'with' : 'without'} ${key}, found it ${wanted ? 'without' : 'with'}`
    ]
  }
  const holds = found !== undefined && (key === 'SameSite' ? same(String(wanted), found) : meets(wanted, found))
  return holds ? [] : [`expected cookie ${cookie.name} with ${key} ${wanted}, found ${found ?? 'none'}`]
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()
