import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { findProgram } from '../../scripts/find-program.mjs'

const filesIn = (folder: string): readonly string[] => readdirSync(folder).map(file => join(folder, file))
const WORKFLOWS = filesIn('.github/workflows')
const EXAMPLES = filesIn('examples/workflows')
const MANIFESTS = ['action.yml', 'stage/action.yml']

/**
 * What actionlint 1.7.12 does not know yet and GitHub has: `queue` of a concurrency group (2026-05-07). `$/` (2026-07-30) is
 * rewritten instead, since actionlint would not look at such a step at all.
 */
const NOT_KNOWN_YET = [/^unexpected key "queue" for "concurrency" section\./]

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lint-'))
  mkdirSync(join(folder, '.github', 'workflows'), { recursive: true })
  mkdirSync(join(folder, '.git'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('actionlint finds nothing in any workflow and example', () => {
  expect(actionlint([...WORKFLOWS, ...EXAMPLES])).toEqual([])
})

test('actionlint would find what is wrong', () => {
  const broken = join(folder, 'broken.yml')
  writeFileSync(
    broken,
    'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ inputs.x }}\n'
  )
  expect(
    actionlint([broken])
      .map(({ message }) => message)
      .join()
  ).toContain(`property "x" is not defined`)
})

test('each thing that actionlint does not know is still one, or the exception goes', () => {
  const all = actionlint([...WORKFLOWS, ...EXAMPLES], [])
  expect(NOT_KNOWN_YET.filter(known => !all.some(({ message }) => known.test(message)))).toEqual([])
})

test('zizmor finds nothing in any workflow, manifest and example, whatever it may only suspect', () => {
  expect(zizmor(...WORKFLOWS, ...MANIFESTS, ...EXAMPLES)).toEqual([])
})

test('zizmor would find an action that is not pinned, but ours by its major version', () => {
  const loose = join(folder, '.github', 'workflows', 'loose.yml')
  const caller = readFileSync('examples/workflows/deploy.yml', 'utf8')
  writeFileSync(loose, caller.replace(/actions\/checkout@\S+ # \S+/, 'actions/checkout@v7'))
  expect(zizmor(loose)).toEqual([expect.stringContaining('unpinned-uses')])
})

type Found = Readonly<{ message: string; filepath: string; line: number }>

/** On a copy: actionlint knows no `$/`, so it is called by its name, as callers do. */
function actionlint(files: readonly string[], known = NOT_KNOWN_YET): readonly Found[] {
  const copies = files.map(file => {
    const name = file.startsWith('examples') ? `example-${basename(file)}` : basename(file)
    const text = readFileSync(file, 'utf8').replaceAll('uses: $/stage', 'uses: org/deploy-checklist/stage@v1')
    writeFileSync(join(folder, '.github', 'workflows', name), text)
    return join('.github', 'workflows', name)
  })
  // Without shellcheck and pyflakes, or what is found would depend on whether the machine has them.
  const output = run('actionlint', ['-format', '{{json .}}', '-shellcheck=', '-pyflakes=', ...copies], folder)
  const found: readonly Found[] = JSON.parse(output)
  return found.filter(({ message }) => !known.some(exception => exception.test(message)))
}

/** `rule file: what`, each. Offline, so that no network decides; suspicions count too. */
function zizmor(...files: readonly string[]): readonly string[] {
  const how = ['--offline', '--no-progress', '--quiet', '--persona=pedantic', '--format=json', '--no-exit-codes']
  const found: readonly ZizmorFinding[] = JSON.parse(
    run('zizmor', [...how, '--strict-collection', '--config', '.github/zizmor.yml', ...files], '.')
  )
  return found
    .filter(({ ignored }) => !ignored)
    .map(({ ident, desc, locations }) => `${ident} ${JSON.stringify(locations[0]?.symbolic.key)}: ${desc}`)
}

type ZizmorFinding = Readonly<{
  ident: string
  desc: string
  ignored: boolean
  locations: readonly Readonly<{ symbolic: Readonly<{ key: unknown }> }>[]
}>

function run(program: string, args: readonly string[], cwd: string): string {
  const path = findProgram(program)
  if (path === undefined) throw new Error(`${program} is not here: npm run test:workflows gets it`)
  const { stdout, stderr, error } = spawnSync(path, args, { cwd, encoding: 'utf8' })
  if (error !== undefined || stdout.trim() === '') throw new Error(`${program} said nothing: ${stderr}`)
  return stdout
}
