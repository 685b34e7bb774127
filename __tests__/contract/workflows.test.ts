import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { FORWARD_STAGES } from '../../src/core/stages.js'
import { INPUTS } from '../../src/core/surface.js'

const MANIFESTS = ['action.yml', 'stage/action.yml']
const WORKFLOWS = readdirSync('.github/workflows').map(file => `.github/workflows/${file}`)
/** What other repositories call: a job of theirs gives the permissions, and one that asks for more fails their run. */
const STAGED = ['deploy', 'rollback', 'monitor'].map(name => `.github/workflows/${name}.yml`)
const SIGN_OFF = '.github/workflows/sign-off.yml'
const CALLED = [...STAGED, SIGN_OFF]
const OWN = WORKFLOWS.filter(file => !CALLED.includes(file))
/** What callers copy. */
const EXAMPLES = readdirSync('examples/workflows').map(file => `examples/workflows/${file}`)
const ALL = [...MANIFESTS, ...WORKFLOWS, ...EXAMPLES]
const PAGES = ['README.md', ...readdirSync('docs').flatMap(file => (file.endsWith('.md') ? [`docs/${file}`] : []))]

test("GitHub's own language service finds nothing in our workflows, manifests and examples", () => {
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

test('an action that stands in several files and pages is pinned at one commit in all of them', () => {
  const uses = [...ALL, ...PAGES].flatMap(file => [...read(file).matchAll(/\buses: ([\w./-]+)@([0-9a-f]{40} # \S+)/g)])
  const pins = new Map<string, Set<string>>()
  for (const [, action = '', at = ''] of uses) pins.set(action, (pins.get(action) ?? new Set()).add(at))
  expect([...pins].filter(([, several]) => several.size > 1)).toEqual([])
})

test.each([...OWN, ...EXAMPLES])('%s grants nothing at its top, and each job says what it needs', file => {
  const workflow = parse(read(file))
  const jobs: readonly [string, Job][] = Object.entries(workflow.jobs)
  expect(workflow.permissions).toEqual({})
  const loose = jobs.filter(([, job]) => job.permissions === undefined || !hasLimit(job))
  expect(loose.map(([name]) => name)).toEqual([])
})

test.each(CALLED)('%s names no permission, so that its caller decides, and says in its head which it needs', file => {
  const { permissions, jobs, on } = parse(read(file))
  expect([Object.keys(on), permissions]).toEqual([['workflow_call'], undefined])
  expect(Object.values<Job>(jobs).filter(job => job.permissions !== undefined || !hasLimit(job))).toEqual([])
  expect(read(file)).toMatch(/^# {3}permissions: \{ contents: write, actions: (read|write)[ ,]/m)
})

test.each(CALLED)('%s never cuts off a job that acts, and lets each wait for its turn', file => {
  const jobs: readonly Job[] = Object.values(parse(read(file)).jobs)
  const groups = jobs.flatMap(({ concurrency }) => (concurrency === undefined ? [] : [concurrency]))
  expect(groups.length).toBeGreaterThan(0)
  for (const group of groups)
    expect(group).toEqual({
      group: expect.stringMatching(/\$\{\{ (inputs\.environment|github\.event\.issue\.number) \}\}/),
      'cancel-in-progress': false,
      queue: 'max'
    })
})

test.each(STAGED)('%s asks for no secret that must be there, and hands every one on by its name', file => {
  const { on, jobs } = parse(read(file))
  const { secrets }: { secrets: Readonly<Record<string, { required: boolean }>> } = on.workflow_call
  expect(Object.values(secrets).filter(({ required }) => required)).toEqual([])
  const named = Object.keys(secrets).filter(name => name !== 'env' && name !== 'SIGN_OFF_TOKEN')
  for (const job of Object.values<Job>(jobs)) {
    expect(job.env).toEqual(Object.fromEntries(named.map(name => [name, `\${{ secrets.${name} }}`])))
    const ours = (job.steps ?? []).filter(({ uses }) => uses?.startsWith('$/'))
    expect(ours.filter(step => step.with?.['env'] !== '${{ secrets.env }}')).toEqual([])
    expect(ours.filter(step => step['timeout-minutes'] === undefined)).toEqual([])
  }
})

test('the token that may see teams is in no environment: the stages get it, in which people may be asked', () => {
  const { on, jobs } = parse(read('.github/workflows/deploy.yml'))
  expect(on.workflow_call.secrets.SIGN_OFF_TOKEN.required).toBe(false)
  const steps = Object.values<Job>(jobs).flatMap(job => job.steps ?? [])
  const stages = steps.filter(step => step.with?.['members-token'] !== undefined).map(step => step.with?.['stage'])
  expect(stages).toEqual(['preflight', ...FORWARD_STAGES])
  expect(read('.github/workflows/deploy.yml').match(/secrets\.SIGN_OFF_TOKEN/g)).toHaveLength(stages.length)
})

test('sign-offs are recorded with nothing checked out, and the token that may see teams reaches no other step', () => {
  const { on, jobs } = parse(read(SIGN_OFF))
  const secrets: Readonly<Record<string, { required: boolean }>> = on.workflow_call.secrets
  expect(Object.values(secrets).filter(({ required }) => required)).toEqual([])
  const [step, ...others]: readonly Step[] = jobs.record.steps
  expect([step?.uses, step?.with?.['stage'], others]).toEqual(['$/stage', 'sign-off', []])
  expect(step?.with?.['members-token']).toBe('${{ secrets.SIGN_OFF_TOKEN }}')
  expect(jobs.record.env).toEqual({ LEDGER_URL: '${{ secrets.LEDGER_URL }}' })
})

test('what is deployed runs stage by stage in one job behind the gate, and the last step always settles', () => {
  const { prepare, deploy, unapproved } = parse(read('.github/workflows/deploy.yml')).jobs
  const stages = (job: Job) =>
    (job.steps ?? []).flatMap(step => (step.uses === '$/stage' ? [step.with?.['stage']] : []))
  expect(stages(prepare)).toEqual(['preflight', 'backup'])
  expect([stages(unapproved), unapproved.needs]).toEqual([['settle'], ['prepare', 'deploy']])
  expect(unapproved.if).toMatch(/^always\(\) && .*needs\.deploy\.outputs\.status == ''$/)
  expect(stages(deploy)).toEqual([...FORWARD_STAGES, 'settle'])
  expect(deploy.steps.find(({ with: given }: Step) => given?.['stage'] === 'settle').if).toBe('always()')
  expect([prepare.environment, unapproved.environment, deploy.environment.name]).toEqual([
    '${{ inputs.prepare-environment }}',
    '${{ inputs.prepare-environment }}',
    '${{ inputs.environment }}'
  ])
})

test.each(STAGED)('each job of %s ends by keeping the page that one of its stages had no room for', file => {
  for (const { steps = [] } of Object.values<Job>(parse(read(file)).jobs)) {
    const pages = steps.flatMap(({ uses, id }) => (uses === '$/stage' ? [`steps.${id}.outputs.summary-file`] : []))
    const newest = pages.reverse().join(' || ')
    const asks = pages.length > 1 ? `(${newest})` : newest
    const last = { if: `always() && ${asks} != ''`, 'continue-on-error': true, with: { path: `\${{ ${newest} }}` } }
    expect(steps.at(-1)).toMatchObject({ name: 'keep the whole summary', ...last })
    expect(steps.at(-1)?.uses).toMatch(/^actions\/upload-artifact@/)
  }
})

test('no two jobs of our called workflows keep their page under the same name, should one run call them all', () => {
  const steps = STAGED.flatMap(file => stepsOf(parse(read(file)).jobs))
  const names = steps.flatMap(step => (step.uses?.startsWith('actions/upload-artifact@') ? [step.with?.['name']] : []))
  const fixed = names.map(name => /^([a-z-]+)-summary-\$\{\{.*-\$\{\{ github\.run_attempt \}\}$/.exec(`${name}`)?.[1])
  expect(fixed).toEqual(['prepare', 'deploy', 'unapproved', 'preview', 'rollback', 'watch', 'monitor-rollback'])
})

test('where GitHub is to be told nothing, a stage that begins an execution is told so, and asks it nothing', () => {
  const steps = stepsOf(parse(read('.github/workflows/deploy.yml')).jobs)
  const begins = steps.filter(step => step.with?.['stage'] === 'preflight')
  const given = begins.map(step => step.with?.['record-deployment'])
  expect(given).toEqual(['${{ inputs.record-deployment }}', '${{ inputs.record-deployment }}'])
})

test.each(CALLED)('every input that %s hands on is one of the action', file => {
  const steps = stepsOf(parse(read(file)).jobs).filter(({ uses }) => uses === '$/stage')
  const strange = steps.flatMap(step => Object.keys(step.with ?? {})).filter(name => !Object.hasOwn(INPUTS, name))
  expect([steps.length > 0, strange]).toEqual([true, []])
})

test.each(EXAMPLES)('%s has less than 30 lines, and calls ours by its major version', file => {
  expect(read(file).trimEnd().split('\n').length).toBeLessThan(30)
  const ours = [...read(file).matchAll(/uses: (org\/\S+)/g)].map(([, reference]) => reference)
  expect(ours.length).toBeGreaterThan(0)
  expect(ours.filter(reference => !reference?.endsWith('@v1'))).toEqual([])
  expect(read(file)).not.toContain('secrets: inherit')
})

test.each(EXAMPLES)('%s keeps the ledger on the branch, and its comments change that to a Postgres', file => {
  const asIs: Job = Object.values<Job>(parse(read(file)).jobs)[0] ?? {}
  const inPostgres: Job =
    Object.values<Job>(parse(read(file).replaceAll(/# (ledger:|LEDGER_URL:|(?:with|secrets): \{)/g, '$1')).jobs)[0] ??
    {}
  const withOf = (job: Job) => ({ ...job.with, ...job.steps?.at(-1)?.with })
  expect(withOf(asIs)).not.toHaveProperty('ledger')
  const isPlan = file.endsWith('plan.yml')
  expect(asIs.permissions).toMatchObject({ contents: isPlan ? 'read' : 'write', actions: expect.anything() })
  expect(withOf(inPostgres)).toEqual({ ...withOf(asIs), ledger: isPlan ? 'run' : 'env:LEDGER_URL' })
  const { LEDGER_URL: url } = {
    LEDGER_URL: undefined,
    ...inPostgres.secrets,
    ...(inPostgres.env as object | undefined)
  }
  expect(url).toBe(isPlan ? undefined : '${{ secrets.LEDGER_URL }}')
})

test.each(EXAMPLES)('what %s hands to a called workflow, that workflow asks for', file => {
  for (const job of Object.values<Job>(parse(read(file)).jobs)) {
    const [, called] = /^org\/deploy-checklist\/(\S+)@v1$/.exec(job.uses ?? '') ?? []
    if (called === undefined) continue
    const { inputs, secrets } = parse(read(called)).on.workflow_call
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(job.with ?? {})))
    expect(Object.keys(secrets)).toEqual(expect.arrayContaining(Object.keys(job.secrets ?? {})))
  }
})

test.each([...WORKFLOWS, ...EXAMPLES])('%s leaves no credentials in its checkouts', file => {
  const { jobs } = parse(read(file))
  const checkouts = stepsOf(jobs).filter(({ uses }) => uses?.startsWith('actions/checkout@'))
  expect(checkouts.filter(step => step.with?.['persist-credentials'] !== false)).toEqual([])
})

test.each(ALL)('%s puts no expression into the text of a script', file => {
  const parsed = parse(read(file))
  const steps: readonly Step[] = [...stepsOf(parsed.jobs ?? {}), ...(parsed.runs?.steps ?? [])]
  expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([])
})

test('the first workflow that the README shows is the example, to the letter', () => {
  const example = read('examples/workflows/deploy.yml').replace(/^(#.*\n)+/, '')
  const shown = [...read('README.md').matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text)
  expect(shown.find(text => text.includes('uses: org/'))).toBe(example)
})

test.each(PAGES)('the workflows and actions that %s shows have no finding either, and pin what is foreign', page => {
  const folder = mkdtempSync(join(tmpdir(), 'shown-'))
  try {
    const shown = [...read(page).matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text)
    const whole = shown.filter(text => /^(jobs|runs):/m.test(text))
    const files = whole.map((text, at) => (/^runs:/m.test(text) ? `${at}/action.yml` : `${at}/shown.yml`))
    for (const [at, text] of whole.entries()) {
      mkdirSync(join(folder, `${at}`))
      writeFileSync(join(folder, files[at] ?? ''), text)
    }
    expect(files.length === 0 ? [] : validate(folder, ...files)).toEqual([])
    const uses = whole.flatMap(text => [...text.matchAll(/\buses:\s*(.+)$/gm)].map(([, reference = '']) => reference))
    expect(uses.filter(reference => !isPinned(reference))).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

type Step = Readonly<{
  id?: string
  uses?: string
  run?: string
  with?: Readonly<Record<string, unknown>>
  'timeout-minutes'?: unknown
}>
type Job = Readonly<{
  uses?: string
  permissions?: unknown
  'timeout-minutes'?: unknown
  concurrency?: unknown
  env?: unknown
  with?: Readonly<Record<string, unknown>>
  secrets?: Readonly<Record<string, unknown>>
  steps?: readonly Step[]
}>

// A job that calls another workflow takes no limit; the called jobs have theirs.
const hasLimit = (job: Job): boolean => job['timeout-minutes'] !== undefined || job.uses !== undefined

const read = (file: string): string => readFileSync(file, 'utf8')
const stepsOf = (jobs: Readonly<Record<string, { steps?: readonly Step[] }>>): readonly Step[] =>
  Object.values(jobs).flatMap(({ steps = [] }) => steps)
const isPinned = (reference: string): boolean =>
  /^(\$\/|org\/deploy-checklist)/.test(reference) ||
  /^\.\/\.github\/actions\/deploy-setup( #.*)?$/.test(reference) ||
  /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(reference)

function caller(step: string): string {
  return `on: push\npermissions: {}\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - { ${step} }\n`
}

/** `file:line:col severity message`, each. A program of its own, because it needs a loader that jest does not take. */
function validate(folder: string, ...files: readonly string[]): readonly string[] {
  const here = '__tests__/contract'
  const script = ['--import', `./${here}/json-imports.mjs`, `${here}/validate.mjs`, folder, ...files]
  return JSON.parse(execFileSync('node', script, { encoding: 'utf8' }))
}
