import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { entry } from '../../scripts/entry.mjs'
import { nodes } from '../fakes/nodes.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'begin-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test.each([
  ['there is no node', undefined, 'There is no node on PATH.'],
  ['node is too old', 'echo 18.20.8', 'is version 18.20.8.'],
  ['node is far too old', 'echo 0.10.48', 'is version 0.10.48.'],
  ['node does not start', 'echo "GLIBC_2.28 not found"; exit 1', 'does not run.'],
  ['node is something else', 'echo hello', 'does not say its version.']
])('the composite refuses when %s, and says what to add', (_, script, found) => {
  const { status, stdout, outputs } = begin(script)
  expect(status).toBe(2)
  expect(stdout).toMatch(
    /^::error title=deploy-checklist cannot start::[^\n]+ add a step with actions\/setup-node [^\n]+\n$/
  )
  expect(stdout).toContain(found)
  expect(outputs).toBe('status=REFUSED\nreason=runner_unfit\n')
})

test.each([
  ['20', 'echo 20.0.0'],
  ['a later one', 'echo 26.1.0']
])('with Node %s it makes a file of its own that the steps share', (_, script) => {
  const [one, other] = [begin(script), begin(script)].map(({ status, outputs }) => {
    expect(status).toBe(0)
    return /^state=(.+)$/m.exec(outputs)?.[1] ?? ''
  })
  expect(one).not.toBe(other)
  for (const state of [one, other]) expect([existsSync(state ?? ''), state?.startsWith(folder)]).toEqual([true, true])
})

test.each(nodes())('an entry of dist/ loads the bundle with Node $version', ({ path }) => {
  expect(start(path, [])).toMatchObject({ status: 0, stdout: 'started\n', stderr: '' })
})

test.each(['18.20.8', '10.24.1'])('an entry of dist/ refuses Node %s and says which one is needed', version => {
  const pretend = join(folder, 'pretend.cjs')
  writeFileSync(pretend, `Object.defineProperty(process.versions, 'node', { value: '${version}' })`)
  const { status, stdout, stderr } = start(process.execPath, ['--require', pretend])
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toContain('deploy-checklist needs Node 20 or newer')
})

test('an entry of dist/ is readable by an old Node', () => {
  // Only what Node 10 knew: no top-level await, no static import, no ?. and ??, no arrow or template is needed either.
  expect(entry('main')).not.toMatch(/=>|`|\?\.|\?\?|\bconst\b|\bawait\b|^import\s+\{/m)
})

/** Runs the first step of the composite with a PATH that holds only that node (a shell text), or none. */
function begin(script: string | undefined) {
  const bin = join(folder, 'bin')
  mkdirSync(bin, { recursive: true })
  if (script !== undefined) {
    writeFileSync(join(bin, 'node'), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, 'node'), 0o755)
  }
  for (const program of ['mktemp', 'sh'])
    if (!existsSync(join(bin, program))) symlinkSync(`/bin/${program}`, join(bin, program))
  const output = join(folder, 'output')
  writeFileSync(output, '')
  const env = { PATH: bin, GITHUB_OUTPUT: output, RUNNER_TEMP: folder }
  const { status, stdout } = spawnSync('/bin/bash', [resolve('scripts/begin.sh')], { env, encoding: 'utf8' })
  return { status, stdout, outputs: readFileSync(output, 'utf8') }
}

function start(node: string, options: readonly string[]) {
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(join(folder, 'bundle.js'), 'export const main = async () => console.log("started")')
  writeFileSync(join(folder, 'index.js'), entry('main'))
  return spawnSync(node, [...options, join(folder, 'index.js')], { encoding: 'utf8', env: {} })
}
