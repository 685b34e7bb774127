import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Variables } from './site.js'

/** What must never be seen anywhere: with everything that quoting, patterns and encodings stumble over. */
export const SECRETS: Variables = {
  TOKEN: `p@ss"w'rd\\&=#$5 {x}[y]%2B+~end`,
  PHRASE: 'schlüßel→zur 🔑 kammer',
  KEY: '-----BEGIN KEY-----\nMIIB"x\\y+/=\n\nzeile zwei: $HOME `id`\n-----END KEY-----'
}
/** A child says this one itself, with `::add-mask::`. */
export const MASKED = 'told-by-the-child-4711'

/** Every form in which the values would be a leak, by a name that may be shown. */
export function formsOf(values: Variables): ReadonlyMap<string, string> {
  const forms = new Map<string, string>()
  for (const [name, value] of Object.entries(values)) {
    forms.set(name, value)
    for (const [at, line] of value.split('\n').entries()) if (line.length > 7) forms.set(`${name} line ${at + 1}`, line)
    forms.set(`${name} as JSON`, JSON.stringify(value).slice(1, -1))
    forms.set(`${name} as JSON in JSON`, JSON.stringify(JSON.stringify(value).slice(1, -1)).slice(1, -1))
    forms.set(`${name} in a URL`, encodeURIComponent(value))
    forms.set(`${name} in base64`, Buffer.from(value).toString('base64').replace(/=+$/, '').slice(0, -1))
    forms.set(`${name} in base64url`, Buffer.from(value).toString('base64url').slice(0, -1))
    forms.set(
      `${name} behind a user in base64`,
      Buffer.from(`ada:${value}`).toString('base64').slice(8).replace(/=+$/, '').slice(0, -1)
    )
  }
  return forms
}

/** Names of what stands in the text; masks that the runner is told of are for it alone. */
export function leaksIn(text: string, values: Variables): readonly string[] {
  const seen = text.replace(/^::add-mask::.*$/gm, '')
  return [...formsOf(values)].filter(([, form]) => seen.includes(form)).map(([name]) => name)
}

/** All files below a folder, as one text each. */
export const filesBelow = (folder: string): readonly Readonly<{ path: string; text: string }>[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .map(path => ({ path, text: readFileSync(path, 'utf8') }))
