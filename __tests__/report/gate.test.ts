import { expect, test } from '@jest/globals'
import type { GateRules } from '../../src/core/checklist.js'
import type { EnvironmentFacts } from '../../src/core/gate/facts.js'
import { judgeGate } from '../../src/core/gate/judge.js'
import type { GateFacts } from '../../src/core/ports.js'
import { gateText } from '../../src/report/gate.js'
import { PLAIN } from '../../src/report/layout.js'
import { environment, OPEN } from '../fakes/environment.js'

const ALL: GateRules = {
  reviewers: 'required',
  preventSelfReview: true,
  preventAdminBypass: true,
  waitMs: 600_000,
  branches: ['main', 'release/*']
}
const text = (rules: GateRules, found: GateFacts, applied = false, weakened = '') =>
  gateText(
    { environment: 'production', rules, found, objections: judgeGate(rules, found, ''), applied, weakened },
    PLAIN
  )
const read = (more: Partial<EnvironmentFacts> = {}): GateFacts => ({ kind: 'read', facts: environment(more) })
const rowsOf = (said: string) =>
  Object.fromEntries(
    said
      .split('\n')
      .slice(3, 8)
      .map(line => line.split(/ {2,}/))
      .map(([name, ...cells]) => [name, cells])
  )

test('what is promised stands beside what GitHub enforces', () => {
  const said = text(ALL, read())
  expect(rowsOf(said)).toEqual({
    reviewers: ['required', '@alice'],
    'self-review': ['prevented', 'prevented'],
    'admin bypass': ['prevented', 'prevented'],
    'wait timer': ['10 min', '10 min'],
    branches: ['main, release/*', 'main']
  })
  expect(said).toMatch(/settings {2}https:\/\/github\.com\/org\/shop\/settings\/environments\/1\/edit/)
  expect(said).toMatch(/GitHub enforces what is promised\.$/)
})

test.each<[string, GateRules, GateFacts, Record<string, string[]>]>([
  [
    'nothing is promised',
    {},
    read(OPEN),
    { reviewers: ['–', 'none'], branches: ['–', 'all'], 'wait timer': ['–', 'none'] }
  ],
  ['nothing could be read', ALL, { kind: 'unreadable', why: 'no token', hint: 'x' }, { reviewers: ['required', '?'] }],
  ['it is not there', ALL, read({ ...OPEN, exists: false }), { reviewers: ['required', '?'] }],
  [
    'admins are not told of',
    ALL,
    read({ preventAdminBypass: undefined }),
    { 'admin bypass': ['prevented', 'not told'] }
  ],
  [
    'protected branches',
    {},
    read({ branches: { kind: 'protected', branches: ['main'] } }),
    { branches: ['–', 'protected: main'] }
  ],
  [
    'protected branches, of which there is none',
    {},
    read({ branches: { kind: 'protected', branches: [] } }),
    { branches: ['–', 'all, as none is protected'] }
  ],
  [
    'tags',
    {},
    read({ branches: { kind: 'custom', policies: [{ id: 1, pattern: 'v*', type: 'tag' }] } }),
    { branches: ['–', 'tag v*'] }
  ],
  ['no branch', {}, read({ branches: { kind: 'custom', policies: [] } }), { branches: ['–', 'none'] }]
])('%s', (_, rules, found, expected) => {
  expect(rowsOf(text(rules, found))).toMatchObject(expected)
})

test('each gap is told with its reason and the whole line to copy', () => {
  const said = text({ reviewers: 'required' }, read(OPEN))
  expect(said).toMatch(
    /✗ production has no reviewers.*\(gate_too_weak\)\n {2}→ On https.*gh api --method PUT repos\/org\/shop\/environments\/production .*$/m
  )
  expect(said).not.toMatch(/enforces what is promised/)
})

test.each([
  ['nothing is promised', {}],
  ['only a sign-off is', { reviewers: 'sign-off' } as const]
])('where %s, GitHub is not said to enforce it', (_, rules) => {
  const said = text(rules, { kind: 'unreadable', why: 'no token', hint: 'x' })
  expect(said).toMatch(/promises nothing here that GitHub would have to enforce\.$/)
  expect(said).not.toMatch(/GitHub enforces what is promised/)
})

test('what was set says so', () => {
  expect(text(ALL, read(), true)).toMatch(/It is set, and GitHub says so\.$/)
})

test('a sign-off is shown as the weaker thing that it is', () => {
  expect(text({ reviewers: 'sign-off' }, read(OPEN))).toMatch(/kept in the ledger; GitHub enforces nothing of it/)
})

test('what the change weakens is told too', () => {
  expect(text(ALL, read(), false, 'this change weakens the checklist: one item removed')).toMatch(
    /^! this change weakens/m
  )
})
