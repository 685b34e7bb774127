import { type ChildProcess, spawn } from 'node:child_process'
import { afterEach, expect, test } from '@jest/globals'
import { endGroup, groupLives } from '../../src/shell/group.js'
import { processLine } from '../../src/shell/processes.js'
import { fakeClock } from '../fakes/clock.js'

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

async function begin(text: string): Promise<string> {
  const child = spawn('sh', ['-c', text], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] })
  children.push(child)
  return new Promise(resolve => child.stdout.once('data', data => resolve(String(data).trim())))
}

test('a group of which only one that nobody collects is left does not live', async () => {
  // The shell becomes a program that never asks for its child, which leads a group of its own.
  const group = Number(await begin('setsid sh -c "exit 0" & echo $!; exec sleep 20'))
  for (let i = 0; i < 100 && processLine(group)?.state !== 'Z'; i++)
    await new Promise(resolve => setTimeout(resolve, 20))
  expect(processLine(group)).toMatchObject({ group, state: 'Z' })
  expect(process.kill(-group, 0)).toBe(true)
  expect(groupLives(group)).toBe(false)
})

test('a group that is gone needs no end', async () => {
  const clock = fakeClock()
  expect(groupLives(2 ** 22 + 1)).toBe(false)
  expect(await endGroup(2 ** 22 + 1, clock, 60_000)).toBe(false)
  expect(clock.slept).toEqual([])
})

test('the grace is waited for, but no longer', async () => {
  const clock = fakeClock({ mode: 'turning' })
  const group = Number(await begin(`trap '' TERM; echo $$; while :; do sleep 0.1; done`))
  expect(await endGroup(group, clock, 3000)).toBe(true)
  expect(clock.elapsed()).toBeGreaterThanOrEqual(3000)
  expect(clock.elapsed()).toBeLessThanOrEqual(4000)
})
