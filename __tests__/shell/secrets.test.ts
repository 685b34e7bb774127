import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { fixture, run } from './running.js'

const SECRET = 'glücklich-🔑-42'
const bytes = Buffer.from(`a ${SECRET} b\n`)
const write = (...parts: Buffer[]) => ({
  argv: [process.execPath, fixture('write.mjs'), ...parts.map(part => part.toString('hex'))] as const
})

test('a secret split over two writes at any byte is never seen', async () => {
  const cuts = Array.from({ length: bytes.length - 1 }, (_, i) => i + 1)
  const exits = await Promise.all(
    cuts.map(cut => run(write(bytes.subarray(0, cut), bytes.subarray(cut)) as never, { secrets: [SECRET] }))
  )
  for (const exit of exits) expect(exit).toMatchObject({ stdout: 'a *** b\n', lines: ['a *** b'] })
})

test('a secret written byte by byte is never seen, on stderr neither', async () => {
  const text = `printf 'glü'; sleep 0.05; printf 'cklich-'; sleep 0.05; echo '🔑-42' x`
  const exit = await run(`${text}; { ${text}; } >&2`, { secrets: [SECRET] })
  expect(exit).toMatchObject({ stdout: '*** x\n', stderr: '*** x\n' })
})

// What is shorter than four characters may stay at the end of a line: so little is nowhere looked for.
test.each<[string, string, string[]]>([
  [
    'base64',
    `printf 'HOST=db.internal.example.com\nUSER=application\nPASSWORD=%s\n' "$PW" | base64`,
    ['SE9TVD1kYi5pbnRlcm5hbC5leGFtcGxlLmNvbQpVU0VSPWFwcGxpY2F0aW9uClBBU1NXT1JEPVpx', '***Cg==']
  ],
  ['narrow base64', `printf 'one-two:%s' "$PW" | base64 -w 20`, ['b25lLXR3bzp***', '***', '***A==']],
  ['hex', `printf 'x%s' "$PW" | od -An -v -tx1 -w16 | tr -d ' '`, ['78***', '***']],
  ['fold', `printf 'password is %s' "$PW" | fold -w 30`, ['password is ***', '***']]
])('a secret that %s breaks into lines is never seen', async (_, text, lines) => {
  const env = { PATH: process.env.PATH ?? '', PW: 'Zq8hQrse-Staple+Battery/47118' }
  expect((await run(text, { secrets: [env.PW], env })).lines).toEqual(lines)
})

test('a line that may be the beginning of a secret is not kept waiting', async () => {
  const at: number[] = []
  const onLine = () => at.push(performance.now())
  await run('echo "it is glück"; sleep 1.5; echo later', { secrets: [SECRET], onLine })
  expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThan(700)
})

test('at the front of a kept end no half of a secret stands', async () => {
  for (let keepBytes = 4; keepBytes < 40; keepBytes += 3) {
    const { stdout } = await run('echo "one hidden-value-here two"', { secrets: ['hidden-value-here'], keepBytes })
    expect('one *** two\n'.endsWith(stdout)).toBe(true)
  }
})

test('whoever takes a value out of the output gets it raw, the lines stay redacted', async () => {
  const exit = await run('printf "token=%s\\r\\n" "$TOKEN"', { env: { TOKEN: SECRET }, secrets: [SECRET], keep: 'raw' })
  expect(exit).toMatchObject({ stdout: `token=${SECRET}\r\n`, lines: ['token=***'] })
})

test('what a program masks is hidden from then on, in the other stream too and in what is kept', async () => {
  const text = 'echo early-value; echo ::add-mask::early-value; sleep 0.1; echo early-value >&2; echo "$0"'
  const exit = await run(text)
  expect(exit).toMatchObject({ stdout: '***\nsh\n', stderr: '***\n', masks: ['early-value'] })
  expect(exit.lines).toEqual(['early-value', '***', 'sh'])
})

test('in Actions no line of a program is a command', async () => {
  const text = 'echo "::error::x"; printf "progress\\r ::set-env name=A::b\\n"; echo "a ##[group]b"; echo "fine: a::b"'
  const lines = [': :error::x', 'progress', ' : :set-env name=A::b', 'a # #[group]b', 'fine: a::b']
  expect((await run(text, { inActions: true })).lines).toEqual(lines)
  expect((await run(text)).lines[0]).toBe('::error::x')
})

test('neither environment nor input stands in a command line', async () => {
  const value = 'a-value-that-no-command-line-holds'
  const ended = run('echo ready; sleep 0.3', { env: { PATH: process.env.PATH ?? '', VALUE: value }, input: value })
  const seen: string[] = []
  for (let round = 0; round < 5; round++) {
    await new Promise(resolve => setTimeout(resolve, 40))
    seen.push(...commandLines())
  }
  await ended
  expect(seen.some(line => line.includes('sleep\u00000.3'))).toBe(true)
  expect(seen.filter(line => line.includes(value))).toEqual([])
})

function commandLines(): readonly string[] {
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  return pids.map(pid => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    } catch {
      return '' // ended meanwhile
    }
  })
}
