import { expect, test } from '@jest/globals'
import { loadChecklist } from '../../src/config/load.js'
import { KINDS } from '../contract/reference-kinds.js'

const load = (rules: string) => {
  const text = `stages: { deploy: [{ run: x }] }\nenvironments:\n  production: ${rules}\n`
  return loadChecklist({ file: 'f', text, kinds: KINDS })
}

test.each([
  ['{ ci: green }', { ci: 'green' }],
  ['{ ci: if-any }', { ci: 'if-any' }],
  ['{ ci: [build, "test (20)"] }', { ci: ['build', 'test (20)'] }],
  ['{ newest: false }', { newest: false }],
  ['{ newest: true }', { newest: true }],
  ['{ max-age: 90m }', { maxAgeMs: 5_400_000 }],
  ['{}', {}]
])('%s is understood, and what is left out is not there', (rules, expected) => {
  const loaded = load(rules)
  expect('checklist' in loaded && loaded.checklist.environments['production']).toEqual({ vars: {}, ...expected })
})

test.each([
  ['{ ci: red }', /environments\.production\.ci: expected green, if-any, or a list of names/],
  ['{ ci: [] }', /environments\.production\.ci: expected/],
  ['{ ci: true }', /environments\.production\.ci: expected/],
  ['{ newest: main }', /environments\.production\.newest: /],
  ['{ max-age: 0s }', /environments\.production\.max-age: expected .*, more than nothing/],
  ['{ max-age: old }', /environments\.production\.max-age: expected/]
])('%s is an error at its place', (rules, problem) => {
  const loaded = load(rules)
  expect('problems' in loaded && loaded.problems.join('\n')).toMatch(problem)
})
