import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { afterEach, expect, test } from '@jest/globals'
import { createRedactor } from '../../src/core/redact/redact.js'
import { systemClock } from '../../src/shell/clock.js'
import { openLeftovers, parseMarks } from '../../src/shell/leftovers.js'
import { fixture, lives } from './running.js'

const children: ChildProcess[] = []
afterEach(() => {
  for (const { pid } of children.splice(0)) {
    try {
      process.kill(-(pid ?? 0), 'SIGKILL')
    } catch {} // ended by the test
  }
})

const leftovers = openLeftovers({ redactor: createRedactor(['hidden-argument']), clock: systemClock() })

async function begin(text: string, env: Record<string, string>, detached = true): Promise<number> {
  const child = spawn('sh', ['-c', text], {
    detached,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH, ...env }
  })
  children.push(child)
  await new Promise(resolve => child.stdout.once('data', resolve))
  return child.pid ?? 0
}

/** Waits until all of them are what they are going to be: a shell forks first, then becomes the program. */
async function findOnce(execution: string, commands: readonly string[]) {
  for (let i = 0; ; i++) {
    const found = await leftovers.find(execution)
    const seen = found.map(({ command }) => command).sort()
    if (i === 100 || JSON.stringify(seen) === JSON.stringify(commands)) return { found, seen }
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

test('what an execution left running is found with its item, and nothing else', async () => {
  const execution = randomUUID()
  const env = { DEPLOY_EXECUTION: execution, DEPLOY_ITEM: 'deploy/app' }
  const pid = await begin('echo ready; exec sleep 30', env)
  await begin('echo ready; exec sleep 30', { ...env, DEPLOY_EXECUTION: `${execution}0` })
  await begin('echo ready; exec sleep 30', { OTHER: `DEPLOY_EXECUTION=${execution}` })
  expect((await findOnce(execution, ['sleep 30'])).found).toEqual([
    { pid, command: 'sleep 30', item: 'deploy/app', leads: true, startedAt: expect.stringMatching(/./) }
  ])
  expect(await leftovers.find(randomUUID())).toEqual([])
})

test('secrets in a command line are not shown', async () => {
  const execution = randomUUID()
  await begin(': hidden-argument; echo ready; sleep 30', { DEPLOY_EXECUTION: execution })
  const commands = ['sh -c : ***; echo ready; sleep 30', 'sleep 30']
  const { found, seen } = await findOnce(execution, commands)
  expect(seen).toEqual(commands)
  expect(found[0]?.item).toBe('')
})

test('whole groups are ended, also those that ignore TERM', async () => {
  const execution = randomUUID()
  await begin(`exec "${fixture('stubborn.sh')}"`, { DEPLOY_EXECUTION: execution })
  await begin('echo ready; sleep 30 & wait', { DEPLOY_EXECUTION: execution })
  const found = await leftovers.find(execution)
  expect(found.length).toBeGreaterThanOrEqual(4)
  const from = performance.now()
  await leftovers.end(found.map(({ pid }) => pid))
  expect(performance.now() - from).toBeLessThan(4000)
  expect(await leftovers.find(execution)).toEqual([])
})

test('one of our own group is ended alone', async () => {
  const execution = randomUUID()
  const pid = await begin('echo ready; exec sleep 30', { DEPLOY_EXECUTION: execution }, false)
  await leftovers.end([pid])
  expect(lives(pid)).toBe(false)
})

test('neither we nor those without a mark are ended', async () => {
  const pid = await begin('echo ready; exec sleep 30', {})
  await leftovers.end([pid, process.pid, process.ppid, 2 ** 30])
  expect(lives(pid)).toBe(true)
})

test('who asks is not found, nor those that it comes from, although they carry the mark', async () => {
  const execution = randomUUID()
  const pid = await begin('echo ready; sleep 31 & sleep 30; :', { DEPLOY_EXECUTION: execution })
  const { found: all } = await findOnce(execution, ['sh -c echo ready; sleep 31 & sleep 30; :', 'sleep 30', 'sleep 31'])
  const asking = all.find(({ command }) => command === 'sleep 30')?.pid ?? 0
  const from = openLeftovers({ redactor: createRedactor(), clock: systemClock(), pid: asking })
  expect((await from.find(execution)).map(({ command }) => command)).toEqual(['sleep 31'])
  await from.end(all.map(found => found.pid))
  expect([pid, asking].map(lives)).toEqual([true, true])
  expect(await from.find(execution)).toEqual([])
})

test('marks are read from what ps shows elsewhere', () => {
  const marks = parseMarks('/bin/sh -c x PATH=/bin DEPLOY_EXECUTION=abc DEPLOY_ITEM=deploy/app XDEPLOY_ITEM=no')
  expect([...marks]).toEqual([
    ['DEPLOY_EXECUTION', 'abc'],
    ['DEPLOY_ITEM', 'deploy/app']
  ])
})
