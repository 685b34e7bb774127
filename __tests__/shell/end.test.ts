import { expect, test } from '@jest/globals'
import { fixture, lives, run } from './running.js'

const pidsIn = (text: string): readonly number[] =>
  [...text.matchAll(/(?:parent|child) (\d+)/g)].map(([, pid]) => Number(pid))
const node = (name: string, ...args: string[]) => ({ argv: [process.execPath, fixture(name), ...args] as const })

/** Aborts when the program says `word`, or so many milliseconds later. */
function abortAt(word: string, laterMs = 0) {
  const controller = new AbortController()
  const abort = () => controller.abort()
  const onLine = (line: string) => {
    if (!line.includes(word)) return
    if (laterMs === 0) abort()
    else setTimeout(abort, laterMs)
  }
  return { signal: controller.signal, onLine }
}

test('a time limit ends the whole group, also one that ignores TERM', async () => {
  const exit = await run({ argv: [fixture('stubborn.sh')] }, { timeoutMs: 400, graceMs: 200 })
  expect(exit).toMatchObject({ kind: 'timed-out', byItself: false, code: 137 })
  expect(exit.durationMs).toBeLessThan(3000)
  const pids = pidsIn(exit.stdout)
  expect(pids).toHaveLength(2)
  expect(pids.filter(lives)).toEqual([])
})

test('one that obeys TERM is not waited for', async () => {
  const exit = await run('sleep 20 & sleep 20', { timeoutMs: 100, graceMs: 5000 })
  expect(exit).toMatchObject({ kind: 'timed-out', code: 143, byItself: false })
  expect(exit.durationMs).toBeLessThan(2000)
})

test('one that comes to its own end within the grace has ended by itself', async () => {
  const exit = await run(node('graceful.mjs', '50'), { timeoutMs: 1500 })
  expect(exit).toMatchObject({ kind: 'timed-out', code: 7, byItself: true, stdout: 'ready\nsaw SIGTERM\n' })
})

test('a stopped program is ended too', async () => {
  const exit = await run('kill -STOP $$', { timeoutMs: 200, graceMs: 2000 })
  expect(exit).toMatchObject({ kind: 'timed-out', code: 143 })
})

test('a daemon that holds the pipes does not hold a program that was ended', async () => {
  const exit = await run(`"${process.execPath}" "${fixture('daemon.mjs')}"; sleep 20`, {
    timeoutMs: 1000,
    graceMs: 200
  })
  process.kill(Number(/daemon (\d+)/.exec(exit.stdout)?.[1]), 'SIGKILL')
  expect(exit).toMatchObject({ kind: 'timed-out', letGo: true })
  expect(exit.durationMs).toBeLessThan(3000)
})

test('a check is ended at once', async () => {
  const exit = await run('echo ready; sleep 20', abortAt('ready'))
  expect(exit).toMatchObject({ kind: 'aborted', code: 143, byItself: false })
  expect(exit.durationMs).toBeLessThan(2000)
})

test('a check that ignores TERM is killed after a short grace', async () => {
  const exit = await run({ argv: [fixture('stubborn.sh')] }, abortAt('parent'))
  expect(exit).toMatchObject({ kind: 'aborted', byItself: false })
  expect(exit.durationMs).toBeLessThan(4500)
  expect(pidsIn(exit.stdout).filter(lives)).toEqual([])
})

test('an action gets SIGINT and the time that it needs', async () => {
  const exit = await run(node('graceful.mjs', '700'), { ...abortAt('ready'), onAbort: 'interrupt' })
  expect(exit).toMatchObject({ kind: 'aborted', code: 7, byItself: true, stdout: 'ready\nsaw SIGINT\n' })
  expect(exit.durationMs).toBeGreaterThan(600)
})

test('an action that SIGINT ends has not ended by itself', async () => {
  // Not at once: dash puts a SIGINT off that comes while it forks, until the command that it starts has ended.
  const exit = await run('echo ready; sleep 20; echo after', { ...abortAt('ready', 150), onAbort: 'interrupt' })
  expect(exit).toMatchObject({ kind: 'aborted', code: 130, byItself: false, stdout: 'ready\n' })
})

test('an action that ignores SIGINT is killed when its time is over, with all that it started', async () => {
  const command = { ...abortAt('parent'), onAbort: 'interrupt', graceMs: 300 } as const
  const exit = await run({ argv: [fixture('stubborn.sh')] }, command)
  expect(exit).toMatchObject({ kind: 'aborted', code: 137, byItself: false })
  expect(pidsIn(exit.stdout).filter(lives)).toEqual([])
})

test('without another word an action has 5 seconds, so that a cancelled run is done within 7', async () => {
  const from = performance.now()
  await run({ argv: [fixture('stubborn.sh')] }, { ...abortAt('parent'), onAbort: 'interrupt' })
  expect(performance.now() - from).toBeGreaterThan(4900)
  expect(performance.now() - from).toBeLessThan(6500)
})

test('what an interrupted action left behind on purpose lives on, what it did not choose does not', async () => {
  const text = (end: string) => `trap '${end}' INT; sleep 20 >/dev/null 2>&1 & echo "child $!"; echo ready; wait; wait`
  const chosen = await run(text('exit 9'), { ...abortAt('ready'), onAbort: 'interrupt' })
  const [left = 0] = pidsIn(chosen.stdout)
  expect(chosen).toMatchObject({ code: 9, byItself: true })
  expect(lives(left)).toBe(true)
  process.kill(left, 'SIGKILL')
  const fell = await run(text('trap - INT; kill -INT $$'), { ...abortAt('ready'), onAbort: 'interrupt' })
  expect(fell).toMatchObject({ code: 130, byItself: false })
  expect(pidsIn(fell.stdout).filter(lives)).toEqual([])
})

test('nothing is started once the signal has aborted', async () => {
  const exit = await run('echo never', { signal: AbortSignal.abort() })
  expect(exit).toMatchObject({ kind: 'aborted', byItself: true, stdout: '' })
})
