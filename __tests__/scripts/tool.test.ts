import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

// What stands for npm makes the one tool, and says what it was called with.
const NPM = `
const { mkdirSync, writeFileSync } = require('node:fs')
mkdirSync('node_modules/.bin', { recursive: true })
writeFileSync('node_modules/.package-lock.json', '{ "packages": {} }')
writeFileSync('node_modules/.bin/greet', '#!/bin/sh\\necho "hello $*"\\nexit 3\\n', { mode: 0o755 })
console.log('npm', ...process.argv.slice(2))
`

test('in a fresh clone a development tool is installed first, and its exit code is ours', () => {
  const clone = mkdtempSync(join(tmpdir(), 'clone-'))
  cpSync('scripts/install-if-needed.mjs', join(clone, 'scripts/install-if-needed.mjs'))
  cpSync('scripts/tool.mjs', join(clone, 'scripts/tool.mjs'))
  writeFileSync(join(clone, 'package-lock.json'), '{ "packages": { "": {} } }')
  writeFileSync(join(clone, 'package.json'), '{}')
  writeFileSync(join(clone, 'npm.js'), NPM)
  const greet = () => {
    const env = { PATH: process.env['PATH'] ?? '', npm_execpath: join(clone, 'npm.js') }
    const run = () =>
      execFileSync(process.execPath, [join(clone, 'scripts/tool.mjs'), 'greet', 'you'], { env, stdio: 'pipe' })
    try {
      return run()
    } catch (error) {
      const { status, stdout, stderr } = Object(error)
      return { status, stdout: String(stdout), installed: String(stderr).includes('Installing') }
    }
  }
  expect(greet()).toEqual({ status: 3, stdout: 'hello you\n', installed: true })
  expect(greet()).toEqual({ status: 3, stdout: 'hello you\n', installed: false })
  rmSync(clone, { recursive: true })
})

test('no command of npm run needs an installation by hand', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(Object.values(scripts).filter(command => !/^node scripts\//.test(String(command)))).toEqual([])
})
