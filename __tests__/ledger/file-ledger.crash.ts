import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { transformFileSync } from '@swc/core'
import { checkChain } from '../../src/core/chain.js'
import type { Ledger } from '../../src/core/ports.js'
import { openFileLedger } from '../../src/ledger/file.js'
import { systemClock } from '../../src/shell/clock.js'
import { openLiveness } from '../../src/shell/liveness.js'
import { change, executionRecord, KEY, newExecution, noteBody } from '../fakes/executions.js'

let above = ''
let modules = ''
let folder = ''
let ledger: Ledger

/** Processes of their own need the sources as plain modules. */
beforeAll(() => {
  above = mkdtempSync(join(tmpdir(), 'ledger-'))
  modules = join(above, 'modules')
  writeModule('package.json', '{"type":"module"}')
  for (const part of ['core', 'ledger', 'shell']) {
    const files = readdirSync(`src/${part}`, { recursive: true, encoding: 'utf8' })
    for (const file of files.filter(name => name.endsWith('.ts'))) {
      const { code } = transformFileSync(`src/${part}/${file}`, {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'es6' }
      })
      writeModule(`${part}/${file.replace(/ts$/, 'js')}`, code)
    }
  }
})
afterAll(() => rmSync(above, { recursive: true }))

function writeModule(path: string, code: string): void {
  mkdirSync(dirname(join(modules, path)), { recursive: true })
  writeFileSync(join(modules, path), code)
}

const open = () => openFileLedger({ folder, clock: systemClock(), liveness: openLiveness() })
beforeEach(async () => {
  folder = mkdtempSync(join(above, 'folder-'))
  ledger = open()
})

const start = (program: string, ...args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [`__tests__/fixtures/ledger/${program}`, modules, folder, ...args], {
    stdio: ['ignore', 'pipe', 'inherit']
  })

/** All lines that a process wrote until it ended. */
function linesOf(child: ChildProcess): Promise<readonly string[]> {
  let text = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  return new Promise(resolve => child.on('close', () => resolve(text.split('\n').slice(0, -1))))
}

const ready = (child: ChildProcess): Promise<void> =>
  new Promise(resolve => child.stdout?.once('data', () => resolve()))
const nap = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

test('writers that are killed at any moment lose nothing that was acknowledged, and stop nobody', async () => {
  await ledger.create(newExecution())
  const acknowledged: string[] = []
  for (let round = 0; round < 25; round++) {
    const children = ['a', 'b', 'c'].map(name => start('writer.mjs', name))
    const lines = children.map(linesOf)
    await Promise.all(children.map(ready))
    await nap(Math.random() * 250)
    for (const child of children) child.kill('SIGKILL')
    acknowledged.push(...(await Promise.all(lines)).flat().filter(line => line !== 'ready'))

    const { record, events } = (await ledger.read('e1')) ?? { record: executionRecord(), events: [] }
    expect(checkChain(events)).toEqual([])
    const hashes = new Set(events.map(({ hash }) => hash))
    expect(acknowledged.filter(hash => !hashes.has(hash))).toEqual([])
    expect(await open().append(change(events, record, noteBody('after')))).toEqual({ kind: 'appended' })
    expect((await ledger.survey(KEY)).holder?.id).toBe('e1')
  }
  expect(acknowledged.length).toBeGreaterThan(100)
})

test('of thirty processes that want the environment of a dead holder one gets it', async () => {
  for (let round = 0; round < 3; round++) {
    folder = mkdtempSync(join(above, 'folder-'))
    const dead = newExecution()
    await open().create(dead)
    const freed = { ...dead.record, holdsEnvironment: false }
    const startAt = Date.now() + 2_500
    const children = Array.from({ length: 30 }, (_, index) => {
      const entry = newExecution(executionRecord({ number: 2, id: `n${index}` }), dead.events[0]?.hash)
      const takingOverFrom = change(dead.events, freed, { type: 'took-over', from: 'e1', by: `n${index}` })
      return start('contender.mjs', JSON.stringify({ entry, takingOverFrom, startAt }))
    })
    const answers = (await Promise.all(children.map(linesOf))).flat()
    expect(answers).toHaveLength(30)
    expect(answers.filter(kind => kind === 'created')).toHaveLength(1)
    expect((await open().read('e1'))?.events).toHaveLength(2)
  }
})
