import { type ChildProcess, spawn } from 'node:child_process'
import { afterEach, expect, test } from '@jest/globals'
import type { ProcessIdentity } from '../../src/core/records.js'
import { decideState, type Look, openLiveness, parseBootTime } from '../../src/shell/liveness.js'
import { parsePs, parseStat, processLine } from '../../src/shell/processes.js'

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

const self: ProcessIdentity = { host: 'here', bootId: 'boot-1', pid: 10, startedAt: '100' }
const other: ProcessIdentity = { host: 'here', bootId: 'boot-1', pid: 20, startedAt: '200' }
const run = (runId: string, runAttempt: number) => ({ runId, runAttempt })
const living: Look = pid => ({ pid, parent: 1, group: pid, state: 'S', startedAt: '200' })
const inState =
  (state: string): Look =>
  pid => ({ pid, parent: 1, group: pid, state, startedAt: '200' })

test.each<[string, ProcessIdentity, ProcessIdentity, Look, string]>([
  ['itself', self, self, living, 'alive'],
  ['one that lives', self, other, living, 'alive'],
  ['one that is stopped', self, other, inState('T'), 'alive'],
  ['a zombie', self, other, inState('Z'), 'dead'],
  ['one that is gone', self, other, () => 'none', 'dead'],
  ['one whose number another one has', self, { ...other, startedAt: '150' }, living, 'dead'],
  ['one that cannot be looked at', self, other, () => 'hidden', 'unknown'],
  ['one without a start time', self, { ...other, startedAt: '' }, living, 'unknown'],
  ['one before the host was started anew', self, { ...other, bootId: 'boot-0' }, living, 'dead'],
  ['one of another host', self, { ...other, host: 'there', bootId: 'boot-0' }, () => 'none', 'unknown'],
  ['one where nobody knows the boot', self, { ...other, bootId: '' }, () => 'none', 'unknown'],
  ['one, where we do not know our boot', { ...self, bootId: '' }, other, () => 'none', 'unknown'],
  ['an earlier attempt of our run', { ...self, ...run('7', 2) }, { ...other, ...run('7', 1) }, living, 'dead'],
  ['our own attempt', { ...self, ...run('7', 2) }, { ...other, ...run('7', 2) }, () => 'none', 'unknown'],
  ['a later attempt of our run', { ...self, ...run('7', 1) }, { ...other, ...run('7', 2) }, () => 'none', 'unknown'],
  ['another run', { ...self, ...run('7', 2) }, { ...other, ...run('6', 1) }, () => 'none', 'unknown'],
  ['a run, seen from outside', self, { ...other, ...run('7', 1) }, () => 'none', 'unknown'],
  ['a local one, seen from a run', { ...self, ...run('7', 1) }, other, () => 'none', 'dead']
])('%s', (_, us, them, look, expected) => {
  expect(decideState(us, them, look)).toBe(expected)
})

test('we live, and are told apart from others by host, boot and start', async () => {
  const liveness = openLiveness({ runId: '7', runAttempt: 1 })
  const found = await liveness.self()
  expect(found).toMatchObject({ pid: process.pid, runId: '7', runAttempt: 1 })
  expect(found.bootId).not.toBe('')
  expect(found.startedAt).not.toBe('')
  expect(await liveness.state(found)).toBe('alive')
  expect('runId' in (await openLiveness().self())).toBe(false)
})

test('a real process lives, also stopped, and is dead when it has ended', async () => {
  const liveness = openLiveness()
  const child = spawn('sleep', ['20'])
  children.push(child)
  await new Promise(resolve => child.once('spawn', resolve))
  const pid = child.pid ?? 0
  const identity = { ...(await liveness.self()), pid, startedAt: processLine(pid)?.startedAt ?? '' }
  expect(await liveness.state(identity)).toBe('alive')
  child.kill('SIGSTOP')
  expect(await liveness.state(identity)).toBe('alive')
  const gone = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
  expect(await liveness.state(identity)).toBe('dead')
})

test('a process that ended and was not collected is dead', async () => {
  // sh becomes a program that never asks for its child, before that one ends.
  const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 20'], { stdio: ['ignore', 'pipe', 'ignore'] })
  children.push(parent)
  const pid = Number(await new Promise<string>(resolve => parent.stdout.once('data', data => resolve(String(data)))))
  for (let i = 0; i < 100 && !processLine(pid)?.state.startsWith('Z'); i++) await new Promise(r => setTimeout(r, 20))
  const liveness = openLiveness()
  const startedAt = processLine(pid)?.startedAt ?? ''
  expect(processLine(pid)?.state).toBe('Z')
  expect(await liveness.state({ ...(await liveness.self()), pid, startedAt })).toBe('dead')
})

test('a name with blanks and brackets does not shift the fields', () => {
  const rest = 'S 1 42 42 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 987654 4096 10'
  const line = { pid: 42, parent: 1, group: 42, state: 'S', startedAt: '987654' }
  expect(parseStat(`42 (a) Z 9 (b) ${rest}`)).toEqual(line)
  expect(parseStat('')).toBeUndefined()
})

test('what ps says elsewhere is understood', () => {
  const text = '    1     0     1 Ss   Mon Jan  5 10:00:00 2026    \n  501   1   501 S+   Mon Jan  5 10:00:01 2026\n'
  expect(parsePs(text)).toEqual([
    { pid: 1, parent: 0, group: 1, state: 'Ss', startedAt: 'Mon Jan  5 10:00:00 2026' },
    { pid: 501, parent: 1, group: 501, state: 'S+', startedAt: 'Mon Jan  5 10:00:01 2026' }
  ])
  expect(parseBootTime('{ sec = 1767607200, usec = 12 } Mon Jan  5 10:00:00 2026')).toBe('1767607200')
})
