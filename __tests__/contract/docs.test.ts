import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse, stringify } from 'yaml'
import { parseArguments } from '../../src/app/arguments.js'
import { loadChecklist } from '../../src/config/load.js'
import { KINDS } from './reference-kinds.js'

const read = (file: string): string => readFileSync(file, 'utf8')
const inFolder = (folder: string, ending: RegExp): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => ending.test(file))
    .map(file => join(folder, file))
const PAGES = [...readdirSync('.').filter(file => file.endsWith('.md')), ...inFolder('docs', /\.md$/)]
const GUIDES = ['README.md', ...inFolder('docs', /\.md$/)]

test.each(PAGES)('every link of %s leads somewhere', page => {
  const text = withoutCode(read(page))
  const links = [...text.matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g)]
  const broken = links.filter(([, file = '', anchor]) => {
    const target = file === '' ? page : join(dirname(page), file)
    return !existsSync(target) || (anchor !== undefined && !anchorsOf(read(target)).includes(anchor))
  })
  expect(broken.map(([link]) => link)).toEqual([])
})

test('every command that a page shows is one, with options that it has', () => {
  const shown = GUIDES.flatMap(page => [...read(page).matchAll(/(?:^|[ `(])deploy-checklist ([a-z][^`\n|]*)/gm)])
  const commands = shown.map(([, words = '']) => words.replace(/[.,;:…]+$/, '').trim()).filter(isCommand)
  expect(commands.length).toBeGreaterThan(5)
  const wrong = commands.filter(words => {
    try {
      parseArguments(wordsOf(words))
      return false
    } catch {
      return true
    }
  })
  expect(wrong).toEqual([])
})

test('every line for gh runs a workflow of the examples, with inputs that it has', () => {
  const lines = GUIDES.flatMap(page => [
    ...read(page).matchAll(/gh workflow run (\S+)((?: -f [\w-]+=(?:"[^"]*"|\S+))+)/g)
  ])
  expect(lines.length).toBeGreaterThan(0)
  for (const [, file = '', given = ''] of lines) {
    const { inputs } = parse(read(`examples/workflows/${file}`)).on.workflow_dispatch
    expect(Object.keys(inputs)).toEqual(
      expect.arrayContaining([...given.matchAll(/-f ([\w-]+)=/g)].map(([, name]) => name))
    )
  }
})

test('the checklists that the README shows are one, without an error', () => {
  const blocks = [...read('README.md').matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => parse(text))
  const parts = blocks.filter(block => !('jobs' in block))
  expect(parts.length).toBeGreaterThan(2)
  const stages = Object.assign({}, ...parts.map(part => part.stages))
  const whole = stringify({ ...Object.assign({}, ...parts), stages })
  expect(loadChecklist({ file: 'README.md', text: whole, kinds: KINDS })).not.toHaveProperty('problems')
})

test('every permission that GitHub is asked with stands in the table', () => {
  const needs = inFolder('src/github', /\.ts$/).flatMap(file => [
    ...read(file).matchAll(/'([a-z-]+: (?:read|write))'/g)
  ])
  const [, table = ''] = /## Permissions\n([\s\S]*?)\n## /.exec(read('README.md')) ?? []
  const [, ofAdmin = ''] = /\n(\| an admin's token.*)/.exec(table) ?? []
  expect(ofAdmin).not.toBe('')
  // Whoever may write may read. Reading metadata is part of every token; the others are no permissions of a job.
  const missing = needs
    .map(([, permission = '']) => permission)
    .filter(permission => {
      const [name = ''] = permission.split(':')
      return !['metadata', 'members', 'administration'].includes(name) && !table.includes(`${name}: `)
    })
  expect(missing).toEqual([])
})

const withoutCode = (text: string): string => text.replace(/^ *```[\s\S]*?^ *```/gm, '').replace(/`[^`\n]*`/g, 'code')

/** As GitHub makes them of headings. */
const anchorsOf = (text: string): readonly string[] =>
  [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .trim()
      .replaceAll(' ', '-')
  )

const COMMANDS = [
  'plan',
  'run',
  'rollback',
  'monitor',
  'adopt',
  'history',
  'show',
  'verify',
  'gate',
  'sign',
  'delete',
  'notify'
]
const isCommand = (words: string): boolean => COMMANDS.includes(words.split(' ')[0] ?? '')

const wordsOf = (line: string): readonly string[] =>
  (line.match(/(?:"[^"]*"|[^\s"])+/g) ?? []).map(word => word.replaceAll('"', ''))
