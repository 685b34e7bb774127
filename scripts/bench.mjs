// npm run bench [-- http items start backup] [--rounds N] [--scale N]: ratios against what people would take instead, as
// a table with goals. Measured, never tested: a goal that is missed is said, and fails nothing. docs/bench.md has more.
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { installIfNeeded } from './install-if-needed.mjs'

const OPTIONS = { rounds: { type: 'string' }, scale: { type: 'string', default: '8' } }
const PARTS = ['http', 'items', 'start', 'backup']

const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true })
const unknown = positionals.filter(part => !PARTS.includes(part))
if (unknown.length > 0) fail(`There is no part ${unknown.join(', ')}; there are ${PARTS.join(', ')}.`)
for (const [name, value] of Object.entries(values)) {
  if (!/^[1-9]\d*$/.test(value)) fail(`--${name} is a number from 1, found ${value}.`)
}
installIfNeeded()
const { cli, load } = await import('./bench/measure.mjs')
const { table } = await import('./bench/table.mjs')
if (!existsSync(cli)) fail('dist/ is not built: run `npm run bundle` first.')

const options = { scale: Number(values.scale), ...(values.rounds && { rounds: Number(values.rounds) }) }
const loads = [load()]
const rows = []
for (const part of positionals.length > 0 ? positionals : PARTS) {
  process.stderr.write(`${part} `)
  const { [part]: measure } = await import(`./bench/${part}.mjs`)
  rows.push(...(await measure(options)))
  loads.push(load())
}
console.log(`\n${table(rows)}\n`)
console.log(`Medians of interleaved runs of whole processes. Node ${process.versions.node}, ${cpus()[0]?.model}.`)
console.log(`Before and after each part: ${loads.join('; ')}. Under load, trust the ratios only.`)

function fail(message) {
  console.error(message)
  process.exit(2)
}
