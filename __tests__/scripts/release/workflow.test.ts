import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'

type Job = Readonly<{ permissions: unknown; steps: readonly Readonly<{ run?: string }>[] }>
const { on, jobs, concurrency } = parse(readFileSync('.github/workflows/release.yml', 'utf8'))

const scripts = (name: string): readonly string[] => (jobs[name] as Job).steps.flatMap(({ run }) => run ?? [])

test.each([
  ['v1.2.3', true],
  ['v0.10.0-rc.1', true],
  ['v1', false],
  ['v1.2', false],
  ['release-1.2.3', false]
])('a pushed tag %s starts it: %s', (tag, starts) => {
  // As GitHub reads such a pattern: a dot is a dot, + repeats what stands before it, * is anything.
  const patterns = on.push.tags.map((glob: string) => glob.replaceAll('.', '\\.').replaceAll('*', '.*'))
  expect(patterns.some((pattern: string) => new RegExp(`^${pattern}$`).test(tag))).toBe(starts)
  expect(Object.keys(on.push)).toEqual(['tags'])
})

test('they come one after the other, and each waits for its turn', () => {
  expect(concurrency).toEqual({ group: 'release', 'cancel-in-progress': false, queue: 'max' })
  expect([jobs.attest.needs, jobs.publish.needs]).toEqual(['check', 'attest'])
})

test('only the job that publishes may write, behind an environment of its own', () => {
  expect(Object.entries<Job>(jobs).map(([name, { permissions }]) => [name, permissions])).toEqual([
    ['check', { contents: 'read' }],
    ['attest', { contents: 'read', 'id-token': 'write', attestations: 'write' }],
    ['publish', { contents: 'write' }]
  ])
  expect(jobs.publish.environment).toBe('release')
})

test('what is decided is decided by the script; no dependency runs beside a right to write or to sign', () => {
  expect(scripts('check')).toEqual(['node scripts/release.mjs --dry-run "$VERSION"', '.ci/run'])
  expect(scripts('attest')).toEqual(['mkdir release && npm pack --ignore-scripts --pack-destination release'])
  expect(scripts('publish')).toEqual(['node scripts/release.mjs --built "$VERSION" release/*.tgz'])
})

test('the publishing script needs nothing but what a checkout has', () => {
  const files = ['', '/decide', '/facts', '/git', '/hub', '/version', '/changelog'].map(
    name => `scripts/release${name}.mjs`
  )
  const imports = files.flatMap(file => [...readFileSync(file, 'utf8').matchAll(/^import .* from '([^']+)'$/gm)])
  expect(imports.map(([, from = '']) => from).filter(from => !/^(node:|\.)/.test(from))).toEqual([])
})
