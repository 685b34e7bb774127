import { expect, test } from '@jest/globals'
import type { Checklist } from '../../src/core/checklist.js'
import type { PlannedItem } from '../../src/core/item.js'
import { makePlan, type PlanFacts } from '../../src/core/plan.js'
import { KEY } from '../fakes/engine.js'

const CHECKLIST: Checklist = {
  file: 'deploy-checklist.yml',
  vars: { A: 'checklist', B: 'checklist' },
  secrets: ['KEY'],
  people: {},
  environments: {},
  databases: {},
  rollback: { code: 'auto', schema: 'lossless', data: 'never' },
  stages: { preflight: [], backup: [], migrate: [], deploy: [], 'smoke-test': [], monitor: [] }
}
const FACTS: PlanFacts = {
  tool: '1',
  key: KEY,
  rules: { vars: { B: 'environment' } },
  commit: 'c',
  release: 'c',
  previous: null,
  files: { 'a.sql': 'h' }
}
const MIGRATION: PlannedItem = {
  ...{ id: 'migrate/schema', name: 'schema', kind: 'migrate', at: { line: 1, col: 1 }, effect: 'action' },
  ...{ optional: false, spec: { migrate: { sql: 'migrations/' }, 'lock-timeout': '2s' } }
}
const MONITOR = { checkpoints: [], settleMs: 0, onFailure: 'page' } as const

test('a plan joins the checklist with where it runs; the environment’s vars come last', () => {
  const plan = makePlan(CHECKLIST, FACTS)
  expect(plan).toMatchObject({
    vars: { A: 'checklist', B: 'environment' },
    monitor: null,
    commit: 'c',
    digest: expect.stringMatching(/^[0-9a-f]{64}$/)
  })
  expect('timeouts' in plan).toBe(false)
})

test.each([
  ['the tool', { tool: '2' }, {}],
  ['the environment', { key: { ...KEY, environment: 'staging' } }, {}],
  ['the commit', { commit: 'd' }, {}],
  ['the release', { release: 'd' }, {}],
  ['a rule of the environment', { rules: { vars: { B: 'environment' }, maxAgeMs: 1 } }, {}],
  ['the previous good commit', { previous: { execution: 'e', commit: 'b' } }, {}],
  ['a file', { files: { 'a.sql': 'i' } }, {}],
  ['a secret’s name', {}, { secrets: ['OTHER'] }],
  ['a migration', {}, { stages: { ...CHECKLIST.stages, migrate: [MIGRATION] } }],
  ['the time of a way back', {}, { rollback: { ...CHECKLIST.rollback, withinMs: 1 } }],
  ['what may go back by itself', {}, { rollback: { ...CHECKLIST.rollback, code: 'ask' as const } }],
  ['a time limit', {}, { timeouts: { deploy: 1 } }],
  ['the monitor', {}, { monitor: MONITOR }]
])('its digest is another one with another value for %s', (_, facts, checklist) => {
  const digest = (more: Partial<Checklist>, about: Partial<PlanFacts>) =>
    makePlan({ ...CHECKLIST, ...more }, { ...FACTS, ...about }).digest
  expect(digest(checklist, facts)).not.toBe(digest({}, {}))
  expect(digest({ file: 'elsewhere.yml' }, {})).toBe(digest({}, {}))
})
