import { describe, expect, test } from '@jest/globals'
import { createRedactor } from '../../../src/core/redact/redact.js'
import { createLineRedactor, type LineRedactorOptions } from '../../../src/core/redact/redact-lines.js'

const SECRET = 'correct-hörse-🔋-staple'
const PEM = '-----BEGIN KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC\n-----END KEY-----'
const SHORT_LINES = 'a1\nb2\nc3\nd4'

type Seen = Readonly<{ lines: string[]; text: string; masks: string[] }>

function shown(parts: readonly string[], secrets: readonly string[], options: Partial<LineRedactorOptions> = {}): Seen {
  const [lines, masks]: [string[], string[]] = [[], []]
  let text = ''
  const onLine = (line: string, ending: string) => {
    lines.push(line)
    text += line + ending
  }
  const onMask = (value: string) => masks.push(value)
  const redactor = createLineRedactor({ redactor: createRedactor(secrets), onLine, onMask, ...options })
  for (const part of parts) redactor.write(part)
  redactor.end()
  return { lines, text, masks }
}

const everyCut = (text: string) =>
  Array.from({ length: text.length + 1 }, (_, at) => [text.slice(0, at), text.slice(at)])

test.each<[string, string, string, string]>([
  ['one secret', SECRET, `a ${SECRET} b\nnext\n`, 'a *** b\nnext\n'],
  ['a secret of several lines', PEM, `begin\n${PEM}\nend`, 'begin\n***\n***\n***\n***\nend'],
  ['a secret of several lines with CR', PEM, `${PEM.replaceAll('\n', '\r\n')}\r\n`, '***\n***\n***\n***\n'],
  ['a secret of lines too short to be hidden alone', SHORT_LINES, `x ${SHORT_LINES} y\nz\n`, 'x *** y\nz\n'],
  ['the same, indented by CR', SHORT_LINES, `${SHORT_LINES.replaceAll('\n', '\r\n')}\r\nz\r\n`, '***\nz\n'],
  ['base64 of it', SECRET, `${btoa(unescape(encodeURIComponent(SECRET)))}\n`, '***\n']
])('%s is never seen, wherever a write ends', (_, secret, text, expected) => {
  for (const parts of everyCut(text)) expect(shown(parts, [secret]).text).toBe(expected)
  expect(shown([...text], [secret]).text).toBe(expected)
})

test('line ends are LF, CRLF and CR, wherever a write ends', () => {
  const text = 'one\r\ntwo\rthree\n\r\n\rfour\n\nfive'
  for (const parts of [...everyCut(text), [...text]]) {
    expect(shown(parts, []).lines).toEqual(['one', 'two', 'three', '', '', 'four', '', 'five'])
  }
})

test('a line is shown when its end is there, not later', () => {
  const lines: string[] = []
  const redactor = createLineRedactor({ redactor: createRedactor([PEM, SECRET]), onLine: line => lines.push(line) })
  redactor.write('one\ntwo')
  expect(lines).toEqual(['one'])
  redactor.write('\r')
  expect(lines).toEqual(['one', 'two'])
  redactor.write('-----BEGIN KEY-----\n')
  expect(lines).toEqual(['one', 'two', '***'])
})

test('only what may be the beginning of a secret waits for the next line', () => {
  const lines: string[] = []
  const redactor = createLineRedactor({ redactor: createRedactor([SHORT_LINES]), onLine: line => lines.push(line) })
  redactor.write('x a1\n')
  expect(lines).toEqual([])
  redactor.write('other\n')
  expect(lines).toEqual(['x a1', 'other'])
})

test('brackets of a JSON secret hold nothing back', () => {
  const lines: string[] = []
  const secret = JSON.stringify({ private_key: 'abcdefgh' }, null, 2)
  const redactor = createLineRedactor({ redactor: createRedactor([secret]), onLine: line => lines.push(line) })
  redactor.write('{\n')
  expect(lines).toEqual(['{'])
})

test('in parts of an overlong line a secret is hidden at every place', () => {
  for (let at = 0; at < 160; at++) {
    const text = `${'.'.repeat(at)}${SECRET}${','.repeat(200 - at)}`
    const { text: seen, lines } = shown([...text], [SECRET], { longestLine: 64 })
    expect(seen.replace(/\*+/, '***')).toBe(`${'.'.repeat(at)}***${','.repeat(200 - at)}`)
    expect(lines.length).toBeGreaterThan(1)
  }
})

test('a secret over and over in one line without end is hidden without growing', () => {
  const text = 'abcabcab'.repeat(40_000)
  const { text: seen, lines } = shown(text.match(/.{1,1000}/g) ?? [], ['abcabc', 'bcabca', 'cababc', 'bcabab'], {
    longestLine: 4096
  })
  expect(seen).toMatch(/^[*abc]*$/)
  expect(seen.replaceAll('*', '').length).toBeLessThan(200)
  expect(lines.length).toBeGreaterThan(50)
})

test('a line of 50 MiB without end needs memory for a part of it only', () => {
  let longest = 0
  let total = 0
  const onLine = (line: string) => {
    longest = Math.max(longest, line.length)
    total += line.length
  }
  const redactor = createLineRedactor({ redactor: createRedactor([SECRET]), onLine })
  const chunk = 'x'.repeat(65_536)
  for (let i = 0; i < 800; i++) redactor.write(chunk)
  redactor.end()
  expect(total).toBe(800 * 65_536)
  expect(longest).toBeLessThan(200_000)
})

test.each(['', 'x'])('parts end between characters, also before %j', after => {
  const { lines } = shown([`${'🔋'.repeat(200)}${after}`], [SECRET], { longestLine: 64 })
  expect(lines.length).toBeGreaterThan(1)
  for (const line of lines) expect(line).not.toMatch(/[\ud800-\udbff]$|^[\udc00-\udfff]/)
})

test('a mask counts from its line on, is passed on, and its line is not shown', () => {
  const { lines, masks } = shown(['hush-hush\n::add-', 'mask::hush-hush\nis hush-hush\n'], [])
  expect(lines).toEqual(['hush-hush', 'is ***'])
  expect(masks).toEqual(['hush-hush'])
})

test('a mask of several lines hides each', () => {
  expect(shown(['::add-mask::first line%0Asecond line\n> second line\nfirst line\n'], []).lines).toEqual([
    '> ***',
    '***'
  ])
})

test('a shell that traces its commands does not show what it masks', () => {
  const { lines } = shown(["+ echo '::add-mask::two words'\n::add-mask::two words\ntwo words\n"], [])
  expect(lines).toEqual(["+ echo '::add-mask::***", '***'])
})

test('an empty mask masks nothing', () => {
  expect(shown(['::add-mask::\nline\n'], [])).toMatchObject({ lines: ['line'], masks: [] })
})

test('of a mask that is longer than a line may be nothing is shown', () => {
  const value = Array.from({ length: 40 }, (_, i) => `part-${i}-`).join('')
  const { lines } = shown([...`::add-mask::${value}\nafter\n`], [], { longestLine: 64 })
  expect(lines).toEqual(['after'])
})

const WRAPPED = 'Zq8-hörse_staple+battery/4711'
const wrap = (text: string, width: number) => text.replace(new RegExp(`.{${width}}(?=.)`, 'g'), '$&\n')
const WRITERS: readonly [string, (text: string) => string][] = [
  ['base64', text => Buffer.from(text).toString('base64')],
  ['hex', text => Buffer.from(text).toString('hex')],
  ['plain text', text => text]
]

/** What of the secret's own characters can be read, wherever it stands in its lines. */
function readable(seen: string, text: string, write: (text: string) => string): string {
  const [first, last] = [write(text.slice(0, text.indexOf(WRAPPED))), write(text)]
  const own = last.slice(first.replace(/=+$/, '').length)
  const joined = seen.replaceAll('\n', '')
  for (let length = own.length; length > 4; length--) {
    for (let at = 0; at + length <= own.length; at++)
      if (joined.includes(own.slice(at, at + length))) return own.slice(at, at + length)
  }
  return ''
}

describe.each(WRITERS)('%s that is broken into lines', (_, write) => {
  test.each([4, 5, 7, 20, 30, 60, 64, 76])('of %d is hidden, whatever stands before it', width => {
    for (let before = 0; before < 80; before += 4) {
      const text = `${'0123456789'.repeat(8).slice(80 - before)}${WRAPPED}`
      const lines = wrap(write(text), width)
      const { text: seen } = shown([`${lines}\n`], [WRAPPED])
      expect([before, seen, readable(seen, text, write)]).toEqual([before, seen, ''])
      expect(seen.split('\n').length).toBe(lines.split('\n').length + 1)
    }
  })
  test('is hidden in one text as well', () => {
    const text = `user:${WRAPPED}`
    expect(readable(createRedactor([WRAPPED]).redact(wrap(write(text), 11)), text, write)).toBe('')
  })
  test('is hidden wherever a write ends', () => {
    const text = `user:${WRAPPED}`
    for (const parts of everyCut(`${wrap(write(text), 19)}\r\nnext\r\n`)) {
      const { lines } = shown(parts, [WRAPPED])
      expect(readable(lines.join('\n'), text, write)).toBe('')
      expect(lines.at(-1)).toBe('next')
    }
  })
})

describe('a line that ends as a secret begins', () => {
  const open = (secret = 'correct-horse-battery') => {
    const lines: string[] = []
    const redactor = createLineRedactor({ redactor: createRedactor([secret]), onLine: line => lines.push(line) })
    return { lines, redactor }
  }
  test('waits for the next one, and is shown with it', () => {
    const { lines, redactor } = open()
    redactor.write('it is correct\n')
    expect([lines, redactor.waits()]).toEqual([[], true])
    redactor.write('or not\n')
    expect([lines, redactor.waits()]).toEqual([['it is correct', 'or not'], false])
  })
  test('lets go those before it', () => {
    const { lines, redactor } = open()
    redactor.write('correct\ncorrect\ncorrect\n')
    expect(lines).toEqual(['correct', 'correct'])
  })
  test('is let out when nothing comes, and the rest is hidden when it does', () => {
    const { lines, redactor } = open()
    redactor.write('it is correct\n')
    redactor.letOut()
    expect([lines, redactor.waits()]).toEqual([['it is correct'], false])
    redactor.write('-horse-battery it was\n')
    expect(lines).toEqual(['it is correct', '*** it was'])
  })
  test('is let out without what is half of the secret', () => {
    const { lines, redactor } = open()
    redactor.write('it is correct-hor\n')
    redactor.letOut()
    redactor.write('se-battery\n')
    expect(lines).toEqual(['it is ***', '***'])
  })
  test('of a secret of several short lines waits as long as it takes', () => {
    const { lines, redactor } = open(SHORT_LINES)
    redactor.write('a1\n')
    redactor.letOut()
    expect(lines).toEqual([])
    redactor.end()
    expect(lines).toEqual(['a1'])
  })
  test('is shown before a line without end', () => {
    const { text } = shown(['it is correct\n', 'x'.repeat(200), '\n'], ['correct-horse-battery'], { longestLine: 64 })
    expect(text).toBe(`it is correct\n${'x'.repeat(200)}\n`)
  })
})

test('a secret that one line ends with and the next repeats is hidden in both', () => {
  const { lines } = shown(['the-secret\nthe-secret\nthe-\n', 'secret and more\n'], ['the-secret'])
  expect(lines).toEqual(['***', '***', '***', '*** and more'])
})
