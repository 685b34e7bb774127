/**
 * A text shorter than this is not looked for: hiding every `1` or `on` would leave nothing to read, and so short a value
 * keeps nothing secret. It holds for values, for each line of them and for each encoded form.
 */
export const SHORTEST_HIDDEN = 4

/**
 * All texts under which a secret may show itself: as it is, each of its lines, a password inside it, and each of those
 * escaped or encoded. Line ends are `\n` and `\r\n`.
 */
export function formsOf(secret: string): ReadonlySet<string> {
  const forms = new Set<string>()
  for (const part of partsOf(secret)) {
    for (const form of [part, ...escaped(part), ...encoded(part)]) if (isHideable(form)) forms.add(form)
  }
  return forms
}

// Only asterisks: that is what a hidden value looks like.
const isHideable = (text: string): boolean => text.length >= SHORTEST_HIDDEN && !/^[*\s]*$/.test(text)

/** What is secret by itself: the value, its lines, what stands after `NAME=` in a line, passwords of addresses. */
function partsOf(secret: string): ReadonlySet<string> {
  const whole = wellFormed(secret)
  const unix = whole.trim().replaceAll('\r\n', '\n')
  const lines = unix.split('\n').map(line => line.trim())
  const settings = lines.flatMap(line => valueOfSetting(line))
  const parts = [unix, unix.replaceAll('\n', '\r\n'), ...lines, ...settings]
  const inner = [...lines, ...settings].flatMap(passwordsIn)
  return new Set([...parts, ...inner, ...secretsInJson(unix)].filter(part => isHideable(part)))
}

// A lone half of a surrogate pair cannot be encoded; programs print it as U+FFFD too.
const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8')

function valueOfSetting(line: string): readonly string[] {
  const [, value] = /^(?:export\s+)?[A-Za-z_]\w*=(.+)$/.exec(line) ?? []
  return value === undefined ? [] : [value, value.replace(/^(['"])(.*)\1$/, '$2')]
}

const TELLING = /^(?!.*ur[il]$).*(?:pass|pwd|secret|token|key(?:_?id)?$|cred|^sig$|signature)/i

/** Passwords of an address or a connection string, as written and decoded; a user without password is a token. */
function passwordsIn(text: string): readonly string[] {
  const [, authority] = /^[a-z][\w+.-]*:\/\/([^/?#]*)@/i.exec(text) ?? /^[a-z][\w+.-]*:\/\/(.*)@/i.exec(text) ?? []
  const found: string[] = []
  if (authority !== undefined) found.push(/^[^:]*:(.*)$/s.exec(authority)?.[1] || authority.replace(/:$/, ''))
  for (const [, name = '', value = ''] of text.matchAll(/[?&;]([\w.-]+)=([^&;#\s]+)/g)) {
    if (TELLING.test(name)) found.push(value)
  }
  for (const [, value, quoted] of text.matchAll(/(?:^|[\s;])(?:password|pwd)\s*=\s*(?:'([^']*)'|([^\s;']+))/gi)) {
    found.push(value ?? quoted ?? '')
  }
  return found.flatMap(value => [value, percentDecoded(value), percentDecoded(value.replaceAll('+', ' '))])
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // not encoded: a bare percent sign
  }
}

/** Members of a JSON secret, such as a service account's key, whose names say that they are secret. */
function secretsInJson(text: string): readonly string[] {
  if (!/^[[{]/.test(text)) return []
  const found: string[] = []
  try {
    JSON.parse(text, (name, value: unknown) => {
      if (typeof value === 'string' && TELLING.test(name)) found.push(value, ...value.trim().split(/\r?\n/))
      return value
    })
  } catch {
    return []
  }
  return found
}

const bySymbol =
  (symbols: RegExp, replace: (symbol: string) => string) =>
  (text: string): string =>
    text.replace(symbols, replace)

const percent = (symbol: string): string => `%${symbol.charCodeAt(0).toString(16).toUpperCase()}`
const strictUri = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, percent)
const json = (text: string): string => JSON.stringify(text).slice(1, -1)
const unicode = (symbol: string): string => `\\u${symbol.charCodeAt(0).toString(16).padStart(4, '0')}`
const backslash = (symbol: string): string => `\\${symbol}`
const entities =
  (names: Readonly<Record<string, string>>) =>
  (text: string): string =>
    text.replace(/[&<>"']/g, symbol => names[symbol] ?? symbol)
const MARKUP = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

const URI_ESCAPES = [
  encodeURIComponent,
  encodeURI,
  strictUri,
  (text: string) => encodeURIComponent(text).replace(/%2[46BC]/g, decodeURIComponent), // WHATWG, user and password
  (text: string) => strictUri(text).replaceAll('%20', '+'), // as forms send it
  (text: string) => strictUri(text).replaceAll('%2F', '/'), // Python's quote
  (text: string) => strictUri(text).replaceAll('%2A', '*').replaceAll('%20', '+') // URLSearchParams
] as const

const JSON_ESCAPES = [
  json,
  (text: string) => json(text).replace(/[^\0-\x7f]/g, unicode), // ASCII only, as Python writes it
  (text: string) => json(text).replace(/[<>&'+\u2028\u2029]/g, unicode), // as Go and .NET write it
  (text: string) => json(text).replaceAll('/', '\\/') // as PHP writes it
] as const

const OTHER_ESCAPES = [
  entities(MARKUP),
  entities({ ...MARKUP, '"': '&quot;' }),
  entities({ ...MARKUP, '"': '&quot;', "'": '&apos;' }),
  entities({ ...MARKUP, '"': '&quot;', "'": '&#39;' }),
  entities({ ...MARKUP, '"': '&#34;', "'": '&#39;' }),
  entities({ ...MARKUP, '"': '&quot;', "'": '&#x27;' }),
  bySymbol(/'/g, () => "'\\''"),
  bySymbol(/'/g, () => `'"'"'`),
  bySymbol(/["$`\\]/g, backslash),
  bySymbol(/["$`\\!]/g, backslash),
  bySymbol(/[^\w@%+=:,./\-\u0080-\uffff]/g, backslash), // printf %q
  bySymbol(/[^\w%+=:./\-\u0080-\uffff]/g, backslash), // printf %q of older shells
  (text: string) => json(text).replaceAll('\\"', '"').replaceAll("'", "\\'"), // $'…', Python's repr
  bySymbol(/'/g, () => "''") // SQL, YAML, PowerShell
] as const

function escaped(part: string): readonly string[] {
  const uris = URI_ESCAPES.map(write => write(part))
  const once = JSON_ESCAPES.flatMap(write => [write(part), upperUnicode(write(part))])
  return [
    ...uris,
    ...uris.map(text => text.replace(/%[0-9A-F]{2}/g, code => code.toLowerCase())),
    ...uris.map(encodeURIComponent),
    ...once,
    ...once.map(json),
    ...OTHER_ESCAPES.map(write => write(part))
  ]
}

const upperUnicode = (text: string): string =>
  text.replace(/\\u([0-9a-f]{4})/g, (_, code: string) => `\\u${code.toUpperCase()}`)

/** Widths at which openssl, `base64` and `xxd -p` break what they print. */
const BASE64_WIDTHS = [64, 76]
const HEX_WIDTH = 60

function encoded(part: string): readonly string[] {
  const bytes = Buffer.from(part, 'utf8')
  const hex = bytes.toString('hex')
  const base64 = bytes.toString('base64')
  const whole = [base64, ...BASE64_WIDTHS.flatMap(width => brokenAt(width, base64)), ...shifted(bytes)]
  const standard = [...whole, ...whole.map(text => text.replace(/=+$/, ''))]
  return [
    ...standard,
    ...standard.map(text => text.replaceAll('+', '-').replaceAll('/', '_')),
    ...standard.map(encodeURIComponent),
    ...[hex, ...brokenAt(HEX_WIDTH, hex)].flatMap(text => [text, text.toUpperCase()])
  ]
}

/**
 * Base64 of the bytes when one or two others stand before them, as in `user:password`: only the characters that depend
 * on nothing but the bytes, which is what all such texts have in common.
 */
const shifted = (bytes: Buffer): readonly string[] =>
  [0, 1, 2].map(shift => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    return text.slice(Math.ceil((8 * shift) / 6), Math.floor((8 * (shift + bytes.length)) / 6))
  })

const brokenAt = (width: number, text: string): readonly string[] =>
  text.length <= width ? [] : (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? [])
