import { readFile } from 'node:fs/promises'
import { ChecklistError, messageOf } from '../core/errors.js'
import type { ItemContext } from '../core/item.js'
import type { HttpRequest } from '../core/ports.js'
import type { HttpSpec } from './http-shape.js'
import { placeOf } from './place.js'

/** A server that is silent for so long counts as down; a check that polls asks it again. */
const LIMIT_MS = 10_000

/** True where the address is only a path, which BASE_URL completes. */
export const isRelative = ({ http }: Pick<HttpSpec, 'http'>): boolean => / \//.test(http)

const NO_BASE = {
  message: 'expected an absolute address, or a BASE_URL that a path such as /health stands below; found neither',
  hint: 'Write the whole address, or declare vars: { BASE_URL: "https://example.com" }.'
} as const

/** The request as a spec asks for it, within the item's time. */
export async function requestOf(spec: HttpSpec, context: ItemContext): Promise<HttpRequest> {
  const { item, timeoutMs, signal, execution } = context
  const [method = 'GET'] = spec.http.split(' ', 1)
  const body = bodyOf(spec)
  const ca = spec.ca === undefined ? undefined : await authority(placeOf(execution.folder, spec.ca), spec.ca)
  return {
    method,
    url: addressOf(spec, context),
    headers: { ...body?.headers, ...asTexts(spec.headers ?? {}) },
    ...(body === undefined ? {} : { body: body.text }),
    followRedirects: spec.redirects === 'follow',
    timeoutMs: item.timeoutMs === undefined ? Math.min(timeoutMs, LIMIT_MS) : timeoutMs,
    signal,
    ...(ca === undefined ? {} : { tls: { ca } }),
    ...(spec.time === undefined ? {} : { warm: true })
  }
}

function addressOf(spec: HttpSpec, { names }: ItemContext): string {
  const address = spec.http.slice(spec.http.indexOf(' ') + 1)
  const base = names['BASE_URL']
  if (isRelative(spec) && base === undefined) throw new ChecklistError('FAILED', 'usage', NO_BASE)
  // Joined and not resolved: a base with a path of its own keeps it.
  const url = isRelative(spec) ? `${base?.replace(/\/+$/, '')}${address}` : address
  if (URL.canParse(url) && /^https?:\/\//i.test(url)) return url
  const message = 'expected an address that begins with http:// or https://, found another one'
  throw new ChecklistError('FAILED', 'usage', { message, hint: 'Look at the values of its names.' })
}

type Body = Readonly<{ text: string; headers: Readonly<Record<string, string>> }>

function bodyOf({ body, headers = {} }: HttpSpec): Body | undefined {
  if (body === undefined) return undefined
  const named = Object.keys(headers).some(name => name.toLowerCase() === 'content-type')
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json'
  return {
    text: typeof body === 'string' ? body : JSON.stringify(body),
    headers: named ? {} : { 'content-type': type }
  }
}

const asTexts = (headers: Readonly<Record<string, string | number | boolean>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

async function authority(place: string, written: string): Promise<string> {
  try {
    return await readFile(place, 'utf8')
  } catch (cause) {
    const message = `expected a certificate in ${written}: ${messageOf(cause)}`
    throw new ChecklistError('FAILED', 'usage', { message, hint: 'Correct the path of `ca`.', cause })
  }
}
