// usage: node scripts/test.mjs SUITE [jest arguments]   Runs the files of __tests__ that end in .SUITE.ts and writes
// reports/SUITE.json. A missing program, no test at all and a skipped test are errors, never a silent pass.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from './find-program.mjs'
import { installIfNeeded, root } from './install-if-needed.mjs'
import { SUITES } from './suites.mjs'

const [suite = 'test', ...args] = process.argv.slice(2)
const needs = SUITES[suite]
if (needs === undefined) fail(`There is no suite ${suite}; there are ${Object.keys(SUITES).join(', ')}.`)
const missing = Object.keys(needs).filter(program => findProgram(program) === undefined)
if (missing.length > 0) fail(`The suite ${suite} needs ${missing.map(name => `${name} (${needs[name]})`).join(', ')}.`)
installIfNeeded()

const report = join(root, 'reports', `${suite}.json`)
mkdirSync(join(root, 'reports'), { recursive: true })
rmSync(report, { force: true })
const { status } = spawnSync(
  'node',
  [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    '--json',
    `--outputFile=${report}`,
    ...args
  ],
  { cwd: root, stdio: ['inherit', 'ignore', 'inherit'], env: { ...process.env, SUITE: suite } }
)
if (status !== 0) process.exit(status ?? 1)
const { numTotalTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'))
if (numTotalTests === 0) fail(`The suite ${suite} has no tests.`)
// With a filter on names the others count as pending, and that is meant.
const filtered = args.some(arg => /^(-t|--testNamePattern)/.test(arg))
if (numPendingTests > 0 && !filtered) fail(`${numPendingTests} tests of ${suite} were skipped; a skip is no pass.`)

function fail(message) {
  console.error(message)
  process.exit(1)
}
