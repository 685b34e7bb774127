import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { diskKind } from '../../src/checks/disk.js'
import { fileKind } from '../../src/checks/file.js'
import { placeOf } from '../../src/checks/place.js'
import { portKind } from '../../src/checks/port.js'
import { waitKind } from '../../src/checks/wait.js'
import type { Clock, Tcp } from '../../src/core/ports.js'
import { complaints, runOf } from './context.js'

const NOW = new Date('2026-11-20T12:00:00Z')
const hour = 3_600_000
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'checks-'))
  writeFileSync(join(folder, 'config.json'), 'hello\nworld\n')
  chmodSync(join(folder, 'config.json'), 0o600)
  utimesSync(join(folder, 'config.json'), NOW, new Date(NOW.getTime() - 2 * hour))
  writeFileSync(join(folder, 'old'), 'x'.repeat(2_000))
  utimesSync(join(folder, 'old'), NOW, new Date(NOW.getTime() - 48 * hour))
  mkdirSync(join(folder, 'dir'))
  symlinkSync('config.json', join(folder, 'link'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const slept: number[] = []
const clock = {
  now: () => NOW,
  sleep: async ms => void slept.push(ms)
} satisfies Clock
const file = fileKind({ clock })
const sum = createHash('sha256').update('hello\nworld\n').digest('hex')

test.each([
  [{ file: 'config.json', exists: true }, 'pass'],
  [{ file: 'dir', exists: true }, 'pass'],
  [{ file: 'gone', exists: true }, 'fail'],
  [{ file: 'config.json/below', exists: true }, 'fail'],
  [{ file: 'gone', exists: false }, 'pass'],
  [{ file: 'gone', absent: true }, 'pass'],
  [{ file: 'config.json', absent: true }, 'fail'],
  [{ file: 'link', contains: 'hello' }, 'pass'],
  [{ file: 'config.json', contains: ['hello', '/^world$/m'] }, 'pass'],
  [{ file: 'config.json', contains: { not: 'hello' } }, 'fail'],
  [{ file: 'config.json', contains: 'moon' }, 'fail'],
  [{ file: 'dir', contains: 'x' }, 'fail'],
  [{ file: '/dev/zero', contains: 'x' }, 'fail'],
  [{ file: 'config.json', mode: '600' }, 'pass'],
  [{ file: 'config.json', mode: '0600' }, 'pass'],
  [{ file: 'config.json', mode: 600 }, 'pass'],
  [{ file: 'config.json', mode: '640' }, 'fail'],
  [{ file: 'config.json', size: '< 1KB' }, 'pass'],
  [{ file: 'old', size: '< 1KB' }, 'fail'],
  [{ file: 'old', size: '>= 2000' }, 'pass'],
  [{ file: 'config.json', sha256: sum }, 'pass'],
  [{ file: 'config.json', sha256: sum.toUpperCase() }, 'pass'],
  [{ file: 'old', sha256: sum }, 'fail'],
  [{ file: 'config.json', 'newer-than': '3h' }, 'pass'],
  [{ file: 'config.json', 'newer-than': '1h' }, 'fail'],
  [{ file: 'config.json', 'newer-than': 'old' }, 'pass'],
  [{ file: 'old', 'newer-than': 'config.json' }, 'fail'],
  [{ file: 'old', 'newer-than': 'gone' }, 'fail']
])('%j is a %s', async (spec, outcome) => {
  expect(await runOf(file, spec, { folder })).toMatchObject({ outcome })
})

test('what a file holds is not told', async () => {
  const { detail } = await runOf(file, { file: 'config.json', contains: 'moon' }, { folder })
  expect(detail).toBe('expected config.json to contain moon, found something else')
})

test('a path out of the folder is refused, at load and after interpolation', async () => {
  expect(complaints(file, { file: '../x', exists: true })).toEqual([
    'file: expected a path without .. or an absolute one, found "../x"'
  ])
  expect(complaints(file, { file: '${DIR}/x', exists: true })).toEqual([])
  expect(complaints(file, { file: '/etc/../x', exists: true })).toEqual([])
})

test.each([
  ['config.json', '/srv/app/config.json'],
  ['.', '/srv/app'],
  ['a/../b', '/srv/app/b'],
  ['..x', '/srv/app/..x'],
  ['/etc/hosts', '/etc/hosts']
])('%s lies at %s', (path, place) => {
  expect(placeOf('/srv/app', path)).toBe(place)
})

test.each(['..', '../app-2', 'a/../../b'])('%s lies outside', path => {
  expect(() => placeOf('/srv/app', path)).toThrow('inside the folder')
})

test.each([
  [{ file: 'x' }, 'found nothing that is asserted'],
  [{ file: 'x', absent: true, size: '> 1KB' }, 'nothing else of a file that must not be there'],
  [{ file: 'x', mode: '999' }, 'mode: expected a mode as chmod has it'],
  [{ file: 'x', size: '1KB' }, 'size: expected one of <'],
  [{ file: 'x', sha256: 'abc' }, 'sha256: expected a SHA-256'],
  [{ file: 'x', absent: false }, 'absent: expected true']
])('%j is refused', (spec, words) => {
  const found = complaints(file, spec)
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(words)
})

test.each([
  [{ disk: '.', free: '> 1B' }, 'pass'],
  [{ disk: '/', free: '>= 0%' }, 'pass'],
  [{ disk: '/', free: '> 100%' }, 'fail'],
  [{ disk: '.', free: '> 900000TB' }, 'fail'],
  [{ disk: 'gone', free: '> 1B' }, 'fail']
])('%j is a %s', async (spec, outcome) => {
  expect(await runOf(diskKind(), spec, { folder })).toMatchObject({ outcome })
})

test.each([[{ disk: '/' }], [{ disk: '/', free: '2GB' }], [{ disk: '/', free: '> 5s' }], [{ disk: '', free: '> 1B' }]])(
  '%j is refused',
  spec => {
    expect(complaints(diskKind(), spec)).toHaveLength(1)
  }
)

type Asked = Parameters<Tcp['connect']>[0]
type Answer = Awaited<ReturnType<Tcp['connect']>>
function fakeTcp(answer: Answer) {
  const asked: Asked[] = []
  const tcp = {
    connect: async target => {
      asked.push(target)
      return answer
    }
  } satisfies Tcp
  return { asked, kind: portKind({ tcp }) }
}

test.each([
  ['db.example:5432', 'db.example', 5432],
  [5432, 'localhost', 5432],
  ['5432', 'localhost', 5432],
  ['[::1]:80', '::1', 80]
])('%s is %s, %i', async (port, host, number) => {
  const { asked, kind } = fakeTcp({ open: true })
  expect(await runOf(kind, { port }, { timeoutMs: 60_000 })).toMatchObject({ outcome: 'pass' })
  expect(asked).toMatchObject([{ host, port: number, timeoutMs: 5_000 }])
})

test.each<[object, Answer, string]>([
  [{}, { open: false, why: 'nothing listens there', answer: 'refused' }, 'fail'],
  [{ closed: true }, { open: false, why: 'nothing listens there', answer: 'refused' }, 'pass'],
  [{ closed: true }, { open: false, why: 'no answer', answer: 'silent' }, 'pass'],
  [{ closed: true }, { open: true }, 'fail'],
  [{ closed: true }, { open: false, why: 'the host has no address', answer: 'none' }, 'fail'],
  [{ closed: false }, { open: true }, 'pass']
])('%j with %j is a %s', async (spec, answer, outcome) => {
  expect(await runOf(fakeTcp(answer).kind, { port: 'h:1', ...spec })).toMatchObject({ outcome })
})

test.each([
  [{ port: 'host' }],
  [{ port: 'host:' }],
  [{ port: 'a b:1' }],
  [{ port: 0 }],
  [{ port: 70_000 }],
  [{ port: '::1:80' }]
])('%j is refused', spec => {
  expect(complaints(fakeTcp({ open: true }).kind, spec)).toHaveLength(1)
})

test('a port that is filled in and does not exist is not asked for', async () => {
  const { asked, kind } = fakeTcp({ open: true })
  expect(await runOf(kind, { port: 'h:99999' })).toMatchObject({ outcome: 'fail' })
  expect(asked).toEqual([])
})

const wait = waitKind({ clock })
test('a wait lets time pass and says so', async () => {
  slept.length = 0
  const said: string[] = []
  const finding = await runOf(wait, { wait: '1.5s' }, { say: line => said.push(line) })
  expect(finding).toEqual({ outcome: 'pass', detail: '1.5 s have passed' })
  expect([slept, said]).toEqual([[1_500], ['waiting 1.5 s']])
})

test('a wait that is cancelled has not passed', async () => {
  await expect(runOf(wait, { wait: '1s' }, { signal: AbortSignal.abort() })).rejects.toThrow()
})

test('a wait that its time limit would cut off says so instead of waiting', async () => {
  expect(await runOf(wait, { wait: '5s' }, { timeoutMs: 5_000 })).toMatchObject({ outcome: 'error' })
})

test.each([[{ wait: 30 }], [{ wait: 'long' }], [{ wait: '' }]])('%j is refused', spec => {
  expect(complaints(wait, spec)).toHaveLength(1)
})
