import { isWebAddress } from '../core/deployments/url.js'
import { isBuiltIn, namesIn } from '../core/interpolate.js'
import type { Json } from '../core/json.js'
import { type Declarations, memberOf } from './declarations.js'
import type { Problems } from './problems.js'

type Texts = Readonly<Record<string, string>>

/**
 * Everybody may read an environment's `url`, so that it is made of vars and built-ins alone, and is the address of a page
 * once it is filled in. Names that nothing declares were said already.
 */
export function checkUrls(raw: Json, declared: Declarations, byItems: readonly string[], problems: Problems): void {
  const closed = [...declared.secrets, ...byItems]
  for (const [name, rules] of Object.entries(memberOf(raw, 'environments'))) {
    const url = textOf(rules)
    if (url === undefined) continue
    const path = ['environments', name, 'url']
    const vars = { ...declared.vars, ...declared.environments[name] }
    const { text, sources } = filled(url, vars, [])
    const found = sources.filter(source => closed.includes(source))
    for (const source of new Set(found))
      problems.add(path, `expected an address that everybody may read, found ${source} in it, which is no var`)
    if (found.length === 0 && !isWebAddress(text))
      problems.add(path, 'expected the address of a page without user and password, such as https://shop.example.com')
  }
}

/** The names that a text comes to once its vars are filled in; built-ins are none of them. */
export const namesBehind = (text: string, vars: Texts): readonly string[] => filled(text, vars, []).sources

/** The text with its vars filled in, a plain letter for what has its value later, and the names that it rests on. */
function filled(text: string, vars: Texts, open: readonly string[]): Readonly<{ text: string; sources: string[] }> {
  const sources: string[] = []
  const whole = namesIn(text).reduce((rest, { name }) => {
    const value = Object.hasOwn(vars, name) && !open.includes(name) ? vars[name] : undefined
    const inner =
      value === undefined ? { text: 'x', sources: isBuiltIn(name) ? [] : [name] } : filled(value, vars, [...open, name])
    sources.push(...inner.sources)
    return rest.replace(`\${${name}}`, () => inner.text)
  }, text)
  return { text: whole, sources }
}

function textOf(rules: Json): string | undefined {
  const url = typeof rules === 'object' && rules !== null && 'url' in rules ? rules.url : undefined
  return typeof url === 'string' && url !== '' ? url : undefined
}
