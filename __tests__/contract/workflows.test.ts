import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'

const MANIFESTS = ['action.yml', 'stage/action.yml']
const WORKFLOWS = readdirSync('.github/workflows').map(file => `.github/workflows/${file}`)
const ALL = [...MANIFESTS, ...WORKFLOWS]

test("GitHub's own language service finds nothing in our workflows and manifests", () => {
  expect(validate('.', ...ALL)).toEqual([])
})

test('a caller who misspells an input of ours is told so by that service', () => {
  const folder = mkdtempSync(join(tmpdir(), 'workflow-'))
  try {
    writeFileSync(join(folder, 'caller.yml'), caller('uses: org/deploy-checklist/stage@v1, with: { stag: backup }'))
    expect(validate(folder, 'caller.yml').map(line => line.replace(/^\S+ /, ''))).toEqual([
      "error Invalid action input 'stag'",
      'error Missing required input `stage`'
    ])
    writeFileSync(join(folder, 'caller.yml'), caller('uses: org/deploy-checklist/stage@v1, with: { stage: backup }'))
    expect(validate(folder, 'caller.yml')).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test.each(ALL)('%s pins every foreign action by commit and says its version', file => {
  const uses = read(file).matchAll(/\buses:\s*(.+)$/gm)
  const loose = [...uses].map(([, reference = '']) => reference).filter(reference => !isPinned(reference))
  expect(loose).toEqual([])
})

test.each(WORKFLOWS)('%s grants nothing at its top, and each job says what it needs', file => {
  const workflow = parse(read(file))
  const jobs: readonly [string, { permissions?: unknown; 'timeout-minutes'?: unknown }][] = Object.entries(
    workflow.jobs
  )
  expect(workflow.permissions).toEqual({})
  const loose = jobs.filter(([, job]) => job.permissions === undefined || job['timeout-minutes'] === undefined)
  expect(loose.map(([name]) => name)).toEqual([])
})

test.each(WORKFLOWS)('%s leaves no credentials in its checkouts', file => {
  const { jobs } = parse(read(file))
  const checkouts = stepsOf(jobs).filter(({ uses }) => uses?.startsWith('actions/checkout@'))
  expect(checkouts.filter(step => step.with?.['persist-credentials'] !== false)).toEqual([])
})

test.each(ALL)('%s puts no expression into the text of a script', file => {
  const parsed = parse(read(file))
  const steps: readonly Step[] = [...stepsOf(parsed.jobs ?? {}), ...(parsed.runs?.steps ?? [])]
  expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([])
})

type Step = Readonly<{ uses?: string; run?: string; with?: Readonly<Record<string, unknown>> }>

const read = (file: string): string => readFileSync(file, 'utf8')
const stepsOf = (jobs: Readonly<Record<string, { steps?: readonly Step[] }>>): readonly Step[] =>
  Object.values(jobs).flatMap(({ steps = [] }) => steps)
const isPinned = (reference: string): boolean =>
  /^\$\//.test(reference) || /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(reference)

function caller(step: string): string {
  return `on: push\npermissions: {}\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - { ${step} }\n`
}

/** `file:line:col severity message`, each. A program of its own, because it needs a loader that jest does not take. */
function validate(folder: string, ...files: readonly string[]): readonly string[] {
  const here = '__tests__/contract'
  const script = ['--import', `./${here}/json-imports.mjs`, `${here}/validate.mjs`, folder, ...files]
  return JSON.parse(execFileSync('node', script, { encoding: 'utf8' }))
}
