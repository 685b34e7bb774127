import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { NODE_FLAGS } from '../../scripts/entry.mjs'
import { withMeanings, withSurface, withTables } from '../../scripts/surface.mjs'
import { VERSION } from '../../src/app/version.js'
import { REASONS } from '../../src/core/reasons.js'
import { FORWARD_STAGES } from '../../src/core/stages.js'
import { INPUTS, OUTPUTS } from '../../src/core/surface.js'

type Step = Readonly<{
  id?: string
  name?: string
  if?: string
  run: string
  shell: string
  env?: Record<string, string>
}>
const read = (file: string): string => readFileSync(file, 'utf8')
const composite = parse(read('action.yml'))
const stage = parse(read('stage/action.yml'))
const steps: readonly Step[] = composite.runs.steps
const ofDist = steps.filter(({ run }) => run.includes('dist/'))

test.each([
  ['action.yml', composite],
  ['stage/action.yml', stage]
])('%s has the inputs and outputs of the code, and no others', (_, manifest) => {
  expect(Object.keys(manifest.inputs)).toEqual(Object.keys(INPUTS))
  expect(Object.keys(manifest.outputs)).toEqual(Object.keys(OUTPUTS))
  const described = Object.entries(INPUTS).map(([name, { description }]) => [name, description])
  expect(
    Object.entries<{ description: string }>(manifest.inputs).map(([name, input]) => [name, input.description])
  ).toEqual(described)
})

test('manifests, README and the page of reasons are as `npm run surface` writes them', () => {
  const surface = { INPUTS, OUTPUTS }
  expect(read('action.yml')).toBe(withSurface(read('action.yml'), surface, { composite: true }))
  expect(read('stage/action.yml')).toBe(withSurface(read('stage/action.yml'), surface, { composite: false }))
  expect(read('README.md')).toBe(withTables(read('README.md'), surface))
  expect(read('docs/troubleshooting.md')).toBe(withMeanings(read('docs/troubleshooting.md'), { REASONS }))
})

test.each(Object.keys(REASONS))('what ends with %s is explained: why it comes to that, and what to do', code => {
  const [, section = ''] = read('docs/troubleshooting.md').split(`### \`${code}\`\n`)
  expect(section.split(/^##/m)[0]).toMatch(/^\*.+\*\n\n- \*\*Why:\*\* [\s\S]{20,}\n- \*\*Do:\*\* [\s\S]{5,}\n/)
})

test('a reason that is gone is not explained any more, and a new one gets its heading', () => {
  const page = read('docs/troubleshooting.md')
  expect(() => withMeanings(`${page}\n### \`gone\`\n`, { REASONS })).toThrow('no reason: gone')
  expect(withMeanings(page, { REASONS: { ...REASONS, fresh: 'it is new' } })).toMatch(/\n### `fresh`\n\*it is new\*\n$/)
})

test('both actions run the same dist/, and the stage action settles whatever ended it', () => {
  expect(stage.runs).toEqual({
    using: 'node24',
    main: '../dist/index.js',
    post: '../dist/post.js',
    'post-if': 'always()'
  })
  expect(new Set(ofDist.map(({ run }) => run))).toEqual(
    new Set(['index', 'post'].map(entry => `exec node ${NODE_FLAGS} "$GITHUB_ACTION_PATH/dist/${entry}.js"`))
  )
})

test('each stage is a step of its own, in their order, and only when none was asked for alone', () => {
  const whole = ofDist.filter(({ env }) => env?.['DEPLOY_CHECKLIST_STAGE'] !== undefined)
  expect(whole.map(({ env }) => env?.['DEPLOY_CHECKLIST_STAGE'])).toEqual([...FORWARD_STAGES])
  expect(whole.filter(step => !step.if?.startsWith("inputs.stage == ''"))).toEqual([])
})

test('a failed step stops every later one but the last, which settles', () => {
  // Without a status function GitHub adds success(), so only these two words could let a step through.
  const runAnyway = steps.filter(step => /always|failure|cancelled/.test(step.if ?? ''))
  expect(runAnyway.map(({ id }) => id)).toEqual(['settle'])
  expect(steps.at(-1)?.id).toBe('settle')
})

test('every step replaces its shell, so that a cancel reaches what runs', () => {
  expect(steps.filter(({ run, shell }) => shell !== 'bash' || !/^exec \S+( --\S+)? "[^"]+"$/.test(run))).toEqual([])
})

test('every step of dist/ gets the inputs as JSON and the file that the steps share', () => {
  const expected = {
    DEPLOY_CHECKLIST_INPUTS: '${{ toJSON(inputs) }}',
    DEPLOY_CHECKLIST_STATE: '${{ steps.begin.outputs.state }}'
  }
  expect(ofDist.filter(({ env }) => !Object.entries(expected).every(([name, value]) => env?.[name] === value))).toEqual(
    []
  )
})

test('the version that plans and results name is that of package.json', () => {
  expect(VERSION).toBe(JSON.parse(read('package.json')).version)
})

// Icon and colour are held to GitHub's lists by its language service (workflows.test.ts).
test('the Marketplace gets a name that is one, a badge, and a description that it shows whole', () => {
  const { name, description, author, branding } = composite
  expect(name).toBe(JSON.parse(read('package.json')).name)
  expect([description.length <= 125, description.includes('\n'), author]).toEqual([true, false, 'deploy-checklist'])
  expect(Object.keys(branding)).toEqual(['icon', 'color'])
})
