import { execFileSync } from 'node:child_process'
import { expect, test } from '@jest/globals'
import { createRedactor, type Range } from '../../../src/core/redact/redact.js'
import { formsOf } from '../../../src/core/redact/secret-forms.js'

const SECRET = `p@ss/w"o'r d+<ü>&\\$x`
const PEM = [
  '-----BEGIN PRIVATE KEY-----',
  'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDA',
  'c3VwZXJzZWNyZXQ+Lz9ub3QgcmVhbGx5IGEga2V5IGF0IGFsbA==',
  '-----END PRIVATE KEY-----'
].join('\n')

const base64 = (text: string, from = 'utf8' as BufferEncoding) => Buffer.from(text, from).toString('base64')

test.each<[string, string]>([
  ['plain', SECRET],
  ['URL-encoded', encodeURIComponent(SECRET)],
  ['URL-encoded in lower case', encodeURIComponent(SECRET).replace(/%../g, code => code.toLowerCase())],
  ['URL-encoded as a whole address is', encodeURI(SECRET)],
  ['URL-encoded twice', encodeURIComponent(encodeURIComponent(SECRET))],
  ['as a form sends it', new URLSearchParams({ x: SECRET }).toString().slice(2)],
  ['as the password of an address', Object.assign(new URL('http://h'), { username: 'u', password: SECRET }).password],
  ['in JSON', JSON.stringify(SECRET).slice(1, -1)],
  ['in JSON inside JSON', JSON.stringify(JSON.stringify(SECRET)).slice(3, -3)],
  ['in JSON of ASCII only', JSON.stringify(SECRET).slice(1, -1).replace('ü', '\\u00fc')],
  [
    'in JSON as Go writes it',
    JSON.stringify(SECRET)
      .slice(1, -1)
      .replace('<', '\\u003c')
      .replace('>', '\\u003e')
      .replace('&', '\\u0026')
      .replace("'", '\\u0027')
      .replace('+', '\\u002b')
  ],
  ['in base64', base64(SECRET)],
  ['in base64 for addresses', Buffer.from(SECRET).toString('base64url')],
  ['in base64 for addresses, padded', base64(SECRET).replaceAll('+', '-').replaceAll('/', '_')],
  ['in base64, URL-encoded', encodeURIComponent(base64(SECRET))],
  ['in hex', Buffer.from(SECRET).toString('hex')],
  ['in upper hex', Buffer.from(SECRET).toString('hex').toUpperCase()],
  ['in XML', SECRET.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
  [
    'in an XML attribute',
    SECRET.replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&apos;')
  ],
  ['quoted for a shell', SECRET.replaceAll("'", `'\\''`)],
  ['quoted by bash', bash(`printf %q "$1"`)],
  ['expanded by bash', bash(`printf %s "\${1@Q}"`).slice(1, -1)],
  ['traced by bash', bash('set -x; : "$1"', 2).trim().slice("+ : '".length, -1)],
  ['quoted by Python', python('print(repr(sys.argv[1])[1:-1])')],
  ['in JSON by Python', python('import json; print(json.dumps(sys.argv[1])[1:-1])')],
  ['URL-encoded by Python', python('import urllib.parse as u; print(u.quote(sys.argv[1]))')],
  ['URL-encoded by Python for forms', python('import urllib.parse as u; print(u.quote_plus(sys.argv[1]))')],
  ['in HTML by Python', python('import html; print(html.escape(sys.argv[1]))')]
])('a secret is hidden %s', (_, form) => {
  expect(createRedactor([SECRET]).redact(`before ${form} after`)).toBe('before *** after')
})

test.each([0, 1, 2, 3, 4, 5])(
  'base64 of a text that holds it behind %d other bytes gives away only its edges',
  before => {
    const secret = 'correct-horse-battery-staple'
    const shown = createRedactor([secret]).redact(base64(`${'u'.repeat(before)}${secret}:rest`))
    expect(shown).toContain('***')
    expect(Buffer.from(shown.replace(/\*+.*/, ''), 'base64').toString()).not.toMatch(/co/)
    expect(shown.replace('***', '').length).toBeLessThan(before * 1.5 + 12)
  }
)

test('base64 and hex that are broken into lines are hidden', () => {
  const secret = Array.from({ length: 40 }, (_, i) => `part${i * 7919}`).join('~')
  const lines = (text: string, width: number) => text.replace(new RegExp(`.{${width}}`, 'g'), '$&\n')
  const { redact } = createRedactor([secret])
  for (const text of [
    lines(base64(secret), 76),
    lines(base64(secret), 64),
    lines(Buffer.from(secret).toString('hex'), 60)
  ]) {
    expect(redact(text)).toMatch(/^(\*\*\*\n?)+.{0,3}$/)
  }
})

test.each<[string, string, readonly string[]]>([
  ['an address', 'postgres://app:p%40ss%2Fw0rd@db:5432/app', ['p%40ss%2Fw0rd', 'p@ss/w0rd', 'p%40ss%2fw0rd']],
  ['an address with a raw @', 'redis://:s3cr@t-raw@cache:6379', ['s3cr@t-raw']],
  ['several hosts', 'postgres://u:hunter22@a:1,b:2/db?target_session_attrs=any', ['hunter22']],
  ['a token for a user', 'https://ghp_0123456789abcdef@github.com/o/r', ['ghp_0123456789abcdef']],
  ['a parameter', 'postgres://db/app?user=u&password=in-the-query', ['in-the-query']],
  ['a connection string', "host=db user=u password='with blank' dbname=x", ['with blank']],
  ['a connection string of .NET', 'Server=db;User=u;Password=dot.net.1;', ['dot.net.1']],
  ['settings', 'A_TOKEN=first-value\nexport OTHER="second value"\n', ['first-value', 'second value']],
  [
    'a key of a service account',
    JSON.stringify({ type: 'x', private_key: PEM, private_key_id: 'abc123456' }),
    ['abc123456', ...PEM.split('\n')]
  ]
])('what is secret inside %s is hidden by itself', (_, secret, parts) => {
  const { redact } = createRedactor([secret])
  for (const part of parts) expect(redact(`< ${part} >`)).toBe('< *** >')
})

test('an address hides its password, not its host', () => {
  expect(createRedactor(['postgres://app:hunter22@db.internal:5432/app']).redact('no route to db.internal:5432')).toBe(
    'no route to db.internal:5432'
  )
})

test('each line of a value is hidden, and all of it, whatever its line ends', () => {
  const { redact } = createRedactor([`${PEM}\n`])
  expect(redact(PEM)).toBe('***')
  expect(redact(PEM.replaceAll('\n', '\r\n'))).toBe('***')
  expect(redact(PEM.replaceAll('\n', ' ')).replaceAll('***', '').trim()).toBe('')
  expect(redact(JSON.stringify({ PEM })).includes('MIIE')).toBe(false)
})

test.each<[string, readonly string[], string, string]>([
  ['nothing is known', [], 'text', 'text'],
  ['an empty value', ['', ' ', '\n\n'], 'a b\n\nc', 'a b\n\nc'],
  ['a value too short to be one', ['abc', '1', 'on'], 'abc 1 on', 'abc 1 on'],
  ['four characters', ['s3cr'], 'a s3cr b', 'a *** b'],
  ['a value of asterisks', ['*****'], '*****', '*****'],
  ['one that begins another', ['secret', 'secret-longer'], 'secret-longer secret', '*** ***'],
  ['two that overlap', ['abcdef', 'defghi'], 'abcdefghi', '***'],
  ['two side by side', ['first', 'second'], 'firstsecond', '***'],
  ['the same many times', ['aaaa'], 'aaaaaaaaaaaaab', '***b'],
  ['blanks around the value', ['  padded-value\n'], 'is padded-value.', 'is ***.'],
  ['signs of a pattern', ['a.*+?^$(b)[c]|{d}\\'], 'x a.*+?^$(b)[c]|{d}\\ y', 'x *** y'],
  ['characters outside the plane', ['pass🔑wörd'], 'x pass🔑wörd y', 'x *** y'],
  ['half a character', ['half\ud83d'], 'x half\ufffd y', 'x *** y'],
  ['at both ends', ['ends'], 'ends--ends', '***--***']
])('%s', (_, secrets, text, expected) => {
  expect(createRedactor(secrets).redact(text)).toBe(expected)
})

test('what was redacted is not changed again', () => {
  const { redact } = createRedactor([SECRET, PEM, '***x***'])
  const once = redact(`${SECRET} ${PEM} ${base64(SECRET)}`)
  expect(redact(once)).toBe(once)
})

test('a secret is hidden from when it is added', () => {
  const redactor = createRedactor()
  expect(redactor.redact('later-known')).toBe('later-known')
  redactor.add('later-known')
  redactor.add('later-known')
  expect(redactor.redact('later-known')).toBe('***')
})

test('it finds what a plain search finds, among many secrets of few letters', () => {
  const random = generator(7)
  const word = (length: number) => Array.from({ length }, () => 'ab-'[random(3)]).join('')
  for (let round = 0; round < 30; round++) {
    const secrets = Array.from({ length: 12 }, () => `${word(4 + random(5))}x`)
    const text = word(400).replace(/-/g, () => (random(2) === 0 ? 'x' : '-'))
    const forms = [...new Set(secrets.flatMap(secret => [...formsOf(secret)]))]
    expect(createRedactor(secrets).find(text)).toEqual(searchedPlainly(text, forms))
  }
})

test('200 secrets are looked for in 10 MB in a moment', () => {
  const random = generator(11)
  const secrets = Array.from({ length: 200 }, () =>
    Buffer.from(Array.from({ length: 30 }, () => random(256))).toString('base64')
  )
  const line = '2026-01-05T10:00:00Z INFO  app: GET /api/v1/users/4711 200 12 ms "Mozilla/5.0 (X11; Linux x86_64)"\n'
  const text = `${line.repeat(50_000)}${secrets[17]}\n${line.repeat(50_000)}`
  const redactor = createRedactor(secrets)
  redactor.redact(line.repeat(1000))
  const from = performance.now()
  const shown = redactor.redact(text)
  // About 50 ms on a quiet machine; a search per secret takes seconds.
  expect(performance.now() - from).toBeLessThan(2000)
  expect(shown.length).toBe(text.length - 40 + 3)
})

function searchedPlainly(text: string, forms: readonly string[]): readonly Range[] {
  const hidden = new Array<boolean>(text.length + 1).fill(false)
  for (const form of forms) {
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) hidden.fill(true, at, at + form.length)
  }
  const ranges: Range[] = []
  for (let i = 0; i < text.length; i++) {
    if (!hidden[i] || hidden[i - 1]) continue
    ranges.push({ start: i, end: hidden.indexOf(false, i) })
  }
  return ranges
}

/** Numbers below `limit`, the same each time. */
function generator(seed: number): (limit: number) => number {
  let state = seed
  return limit => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % limit
  }
}

function bash(text: string, descriptor = 1): string {
  const redirect = descriptor === 2 ? '2>&1' : ''
  return execFileSync('bash', ['--norc', '-c', `{ ${text}; } ${redirect}`, 'bash', SECRET], {
    env: { LC_ALL: 'C.UTF-8' },
    encoding: 'utf8'
  })
}

function python(text: string): string {
  const env = { PATH: process.env.PATH ?? '', PYTHONUTF8: '1' }
  return execFileSync('python3', ['-c', `import sys; ${text}`, SECRET], { env, encoding: 'utf8' }).replace(/\n$/, '')
}

test.each([
  ['an address with a bare percent sign', 'postgres://u:a%b%zz-secret@h/d', 'a%b%zz-secret'],
  ['words of a connection', 'host=h password=%zz-secret dbname=d', '%zz-secret'],
  ['something that only begins like JSON', '{"password": "half-a-secret', '{"password": "half-a-secret']
])('a secret that is %s hides what is secret in it', (_, secret, part) => {
  const redactor = createRedactor()
  redactor.add(secret)
  expect(redactor.redact(`it said ${part}.`)).not.toContain(part)
})
