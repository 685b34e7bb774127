import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { fixture, lives, run } from './running.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shell-test-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each<[string, string, number]>([
  ['success', 'exit 0', 0],
  ['its own code', 'exit 3', 3],
  ['a signal', 'kill -TERM $$', 143],
  ['the first command that fails', 'false; exit 0', 1],
  ['a program that is missing inside a text', 'no-such-program-here', 127]
])('the exit code tells of %s', async (_, text, code) => {
  expect(await run(text)).toMatchObject({ kind: 'exited', code, byItself: true })
})

test('in bash a failure inside a pipe is one', async () => {
  expect((await run({ text: 'false | true', shell: 'bash' })).code).toBe(1)
  expect((await run({ text: '[[ a == a ]] && echo "$0"', shell: 'bash' })).stdout).toBe('bash\n')
})

test('lines come as they are written, each with its stream', async () => {
  const seen: string[] = []
  const exit = await run('echo one; echo two >&2; sleep 0.1; printf "three\\r\\nfour\\rfive"', {
    onLine: (line, stream) => seen.push(`${stream} ${line}`)
  })
  expect([...seen].sort()).toEqual(['stderr two', 'stdout five', 'stdout four', 'stdout one', 'stdout three'])
  expect(exit).toMatchObject({ stdout: 'one\nthree\nfour\nfive', stderr: 'two\n' })
})

test('a line is seen before the program ends', async () => {
  const controller = new AbortController()
  const exit = await run('echo first; exec sleep 20', { signal: controller.signal, onLine: () => controller.abort() })
  expect(exit).toMatchObject({ kind: 'aborted', stdout: 'first\n' })
})

test('nothing is inherited from our environment, and the folder is the one asked for', async () => {
  const exit = await run({ argv: ['/usr/bin/env'] }, { env: { ONLY: 'this' }, folder })
  expect(exit.stdout).toBe('ONLY=this\n')
  expect((await run('pwd -P', { folder })).stdout).toBe(`${folder}\n`)
})

test('arguments are handed over as they are', async () => {
  const args = ['$HOME', '`id`', 'two words', '', "'", '*', 'ü\n']
  const exit = await run({ argv: [process.execPath, '-p', 'JSON.stringify(process.argv.slice(1))', '--', ...args] })
  expect(JSON.parse(exit.stdout)).toEqual(args)
})

test('input reaches the program, and one that does not read it is no trouble', async () => {
  const input = 'line\n'.repeat(100_000)
  expect((await run('wc -c', { input })).stdout.trim()).toBe(String(input.length))
  expect((await run('exit 0', { input })).code).toBe(0)
  expect((await run('cat')).stdout).toBe('')
})

test('10,000 lines come whole and in order', async () => {
  const exit = await run('seq 1 10000')
  expect(exit.lines).toEqual(Array.from({ length: 10_000 }, (_, i) => String(i + 1)))
})

test('of much output the end is kept, cut between characters', async () => {
  const exit = await run('for i in 1 2 3 4 5 6 7 8 9; do echo "äöü$i"; done', { keepBytes: 12 })
  expect(exit.stdout).toBe('ü8\näöü9\n')
  const long = await run(
    { argv: [process.execPath, '-e', 'process.stdout.write("x".repeat(5e6) + "end")'] },
    { keepBytes: 1000 }
  )
  expect(long.stdout).toBe(`${'x'.repeat(997)}end`)
})

test('stdout goes into a private file, also into one that was there', async () => {
  const [fresh, old] = [join(folder, 'fresh'), join(folder, 'old')]
  writeFileSync(old, 'old and longer content', { mode: 0o644 })
  for (const stdoutFile of [fresh, old]) {
    expect(await run('echo content; echo said >&2', { stdoutFile })).toMatchObject({ stdout: '', stderr: 'said\n' })
    expect(readFileSync(stdoutFile, 'utf8')).toBe('content\n')
    expect(statSync(stdoutFile).mode & 0o777).toBe(0o600)
  }
})

test('a link is not followed to the file that it names', async () => {
  const link = join(folder, 'link')
  symlinkSync(join(folder, 'elsewhere'), link)
  await expect(run('echo x', { stdoutFile: link })).rejects.toMatchObject({ status: 'REFUSED', reason: 'runner_unfit' })
})

test('a text of any length runs, and its file is gone afterwards', async () => {
  const text = `${`: ${'x'.repeat(1000)}\n`.repeat(300)}echo "$0"; ls -l "$0"; false; echo never`
  for (const shell of ['sh', 'bash'] as const) {
    const exit = await run({ text, shell })
    const [file = '', listed] = exit.lines
    expect(exit.code).toBe(1)
    expect(exit.lines).toHaveLength(2)
    expect(listed).toMatch(/^-rw------- /)
    expect(() => statSync(file)).toThrow(/ENOENT/)
  }
})

test.each<[string, Parameters<typeof run>, RegExp]>([
  ['a program that is missing', [{ argv: ['no-such-program-here'] }], /no-such-program-here was not found/],
  ['a file that is no program', [{ argv: ['/etc/passwd'] }], /may not be executed/],
  ['a folder that is missing', ['true', { folder: '/no/such/folder' }], /folder to run in does not exist: \/no\/such/],
  ['a folder that is a file', ['true', { folder: '/etc/passwd' }], /is not a folder/],
  ['a NUL byte', ['true', { env: { NAME: 'secret\0value' } }], /the value of NAME holds a NUL byte/],
  [
    'too large an environment',
    ['true', { env: Object.fromEntries(Array.from({ length: 99 }, (_, i) => [`N${i}`, 'x'.repeat(1e5)])) }],
    /cannot be given so much/
  ]
])('%s is refused with a hint', async (_, [what, options], message) => {
  const error = await run(what, options).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ name: 'ChecklistError', status: 'REFUSED', message: expect.stringMatching(message) })
  expect(error).toMatchObject({ hint: expect.stringMatching(/\w/) })
  expect(String(error)).not.toContain('secret')
})

test('200 programs run side by side under one signal, without a warning', async () => {
  const warnings: string[] = []
  const warn = (warning: Error) => warnings.push(warning.message)
  process.on('warning', warn)
  const { signal } = new AbortController()
  const exits = await Promise.all(
    Array.from({ length: 200 }, (_, i) => run(`echo ${i}; echo ${i} >&2; exit ${i % 7}`, { signal, timeoutMs: 60_000 }))
  )
  await new Promise(resolve => setImmediate(resolve))
  process.off('warning', warn)
  expect(exits.map(({ stdout, stderr, code }) => [stdout, stderr, code])).toEqual(
    exits.map((_, i) => [`${i}\n`, `${i}\n`, i % 7])
  )
  expect(warnings).toEqual([])
})

test('what a deployment leaves running lives on, and nobody waits for it', async () => {
  const exit = await run({ argv: [process.execPath, fixture('daemon.mjs')] })
  const pid = Number(/daemon (\d+)/.exec(exit.stdout)?.[1])
  try {
    expect(exit).toMatchObject({ kind: 'exited', code: 0, letGo: true })
    expect(exit.durationMs).toBeLessThan(3000)
    expect(lives(pid)).toBe(true)
  } finally {
    process.kill(pid, 'SIGKILL')
  }
})

test('what comes just after the end of the program is still read', async () => {
  const exit = await run('(sleep 0.1; echo late) & echo early')
  expect(exit.stdout).toBe('early\nlate\n')
  expect(exit.letGo).toBeUndefined()
})
