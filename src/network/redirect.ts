import type { Answer, Wire } from './exchange.js'

const REDIRECTS = [301, 302, 303, 307, 308]

/** What to send next, or what is wrong with where it leads; undefined when the answer is no redirect. */
export function afterRedirect(
  wire: Wire,
  { status, headers }: Answer
): Readonly<{ wire: Wire } | { problem: string }> | undefined {
  const location = headers['location']?.[0]
  if (!REDIRECTS.includes(status) || location === undefined) return undefined
  if (!URL.canParse(location, wire.url.href)) return { problem: 'is redirected to what is not an address' }
  const url = new URL(location, wire.url)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { problem: `is redirected to ${url.protocol}` }
  const next = { ...toGet(wire, status), url }
  return { wire: url.origin === wire.url.origin ? next : { ...next, ...withoutCredentials(next) } }
}

// Browsers turn a POST into a GET here, and 303 says so for everything but HEAD.
function toGet(wire: Wire, status: number): Wire {
  const turns = status === 303 ? wire.method !== 'HEAD' : status < 303 && wire.method === 'POST'
  return turns ? { ...wire, method: 'GET', body: undefined, headers: without(wire.headers, /^content-/i) } : wire
}

// Another host must not learn what was meant for this one.
const withoutCredentials = ({ headers }: Wire): Pick<Wire, 'headers' | 'ca'> => ({
  headers: without(headers, /^(?:authorization|cookie|proxy-authorization|host|x-.*(?:key|token|auth).*)$/i),
  ca: undefined
})

const without = (headers: Wire['headers'], names: RegExp): Wire['headers'] =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.test(name)))
