import { expect, test } from '@jest/globals'
import type { RollbackPreview } from '../../src/core/result/rollback-preview.js'
import { planPage } from '../../src/report/plan-page.js'
import { previewPage } from '../../src/report/preview-page.js'
import { rendered, tables } from './rendered.js'
import { plan, receipt, record } from './sample.js'
import { COMMITS, EVIDENCE, GATED } from './situations.js'

const FACTS = {
  plan: { ...plan, ...GATED },
  ...{ objections: [], applied: {}, evidence: EVIDENCE, commits: COMMITS, now: '2026-03-02T10:05:00.000Z' }
}
const QUESTIONS = ['Changes', 'Backup', 'Way back', 'Tried before', 'Red', 'Decides']
const REFUSED = { reason: 'frozen', message: 'production is frozen', hint: 'Wait for it.' } as const

test.each([
  ['that could start', [], '📋 Plan: bbbbbbb for production'],
  ['that would be refused', [REFUSED], '⛔ Plan: bbbbbbb for production would be refused today']
])('a plan %s answers the same questions in the same order', (_, objections, title) => {
  const page = planPage({ ...FACTS, objections }, { serverUrl: 'https://github.com' })
  const lines = rendered(page)
  expect(lines[0]).toContain(title)
  const at = QUESTIONS.map(question => lines.findIndex(line => line.startsWith(`${question}  `)))
  expect(at).toEqual(at.toSorted((a, b) => a - b))
  expect(at).not.toContain(-1)
  expect(lines.findIndex(line => line.startsWith('### '))).toBeLessThanOrEqual(25)
  expect(tables(page).filter(cells => new Set(cells).size > 1)).toEqual([])
  expect(page).toContain('a plan, nothing was touched')
})

test('what stands in the way of a plan is red, and what to do stands below', () => {
  const gate = { reason: 'gate_too_weak', message: 'no reviewers', hint: 'As an admin: gh api --method PUT x' } as const
  const page = planPage({ ...FACTS, objections: [REFUSED, gate] })
  expect(page).toContain('| **Red** | ❌ production is frozen<br>❌ no reviewers |')
  expect(page).toContain('- ❌ production is frozen (frozen)\n  - Wait for it.')
  expect(page).toContain('  ```bash\n  gh api --method PUT x\n  ```')
})

const way = {
  kind: 'code',
  toCommit: 'a'.repeat(40),
  seconds: 41,
  measured: 'the last rollback here',
  loss: 0
} as const
const PREVIEW: RollbackPreview = {
  undone: record,
  target: { execution: 'x1', commit: 'a'.repeat(40), proof: ['smoke-test/health'] },
  steps: [
    { item: 'deploy/deploy', stage: 'deploy', undo: './release previous | tail' },
    { item: 'migrate/sql', stage: 'migrate', undo: undefined, but: 'the checklist says `schema: never`' }
  ],
  ...{
    restores: [],
    obstacles: [],
    acceptedLoss: [],
    wayBack: { ...way, because: 'no migration to undo', restores: [] }
  }
}
const asked = { to: '', repository: 'octo/guestbook' }
const preview = (more: Partial<RollbackPreview> = {}, also: Partial<typeof asked> = {}) =>
  previewPage({ ...PREVIEW, ...more }, { ...asked, ...also })

test('a preview says to where, in which order, how long and at what loss, and has the line that does it', () => {
  const page = preview()
  const top = rendered(page).slice(0, 25).join('\n')
  for (const said of [
    'Rollback of production: bbbbbbb → aaaaaaa; nothing was touched yet',
    'Undoes  execution 2, SUCCESS: x2',
    'Target  aaaaaaa of x1, proven by its own smoke test (smoke-test/health)',
    'Way back  code only to aaaaaaa: 41 s (the last rollback here); loses nothing',
    'Loses  nothing',
    'Stays  ⚠️ 1 of 2 steps, see below',
    '1. deploy/deploy: ./release previous | tail',
    '2. ⚠️ migrate/sql: stays, the checklist says `schema: never`',
    'gh workflow run rollback.yml -f environment=production -f reason=WHY -f execution=x2 --repo octo/guestbook'
  ])
    expect(top).toContain(said)
  expect(tables(page).filter(cells => new Set(cells).size > 1)).toEqual([])
})

test.each<[string, string, RegExp]>([
  ['nothing to go to', preview({ target: undefined }), /⚠️ none: nothing that succeeded came before it/],
  [
    'a loss that nobody counted',
    preview({ wayBack: { ...PREVIEW.wayBack, loss: null } }),
    /Loses\*\* \| ❔ not counted yet/
  ],
  ['a restore', preview({ restores: [receipt] }), /rows written since the backup of main: counted first, and refused/],
  [
    'how long it took when it was proven',
    preview({ restores: [receipt] }),
    /identical; restored and compared when it was proven: 1\.4 s/
  ],
  ['what nobody measured', preview({ restores: [{ ...receipt, proof: 'snapshot' }] }), /\(snapshot; not measured\)/],
  [
    'what stands in its way',
    preview({
      restores: [receipt],
      obstacles: [{ reason: 'no_way_back', message: 'it has publication p', hint: 'Drop it.' }]
    }),
    /### In its way\n\n- ❌ it has publication p — Drop it\./
  ],
  [
    'a restore whose loss is accepted',
    preview({ restores: [receipt], acceptedLoss: ['main'] }),
    /⚠️ rows written since the backup, which is accepted/
  ],
  [
    'a line for what was asked',
    preview({ restores: [receipt], acceptedLoss: ['main'] }, { to: 'x1' }),
    /-f to=x1 -f restore=main -f accept-loss=main --repo/
  ],
  [
    'a smoke test that is empty',
    preview({ target: { execution: 'x1', commit: 'a'.repeat(40), proof: [] } }),
    /⚠️ it stored no smoke test/
  ]
])('a preview shows %s', (_, page, expected) => {
  expect(page).toMatch(expected)
})

test('what others wrote makes nothing in these pages either', () => {
  const text = '<b>@team #1 [x](http://y)|\n```\n::error::'
  const hostile = preview({
    undone: { ...record, id: text, key: { repository: text, checklist: text, environment: text } },
    steps: [{ item: text, stage: 'deploy', undo: text, but: text }]
  })
  const planned = planPage({
    ...FACTS,
    objections: [{ reason: 'frozen', message: text, hint: text }],
    plan: { ...FACTS.plan, key: { repository: text, checklist: text, environment: text } }
  })
  for (const page of [hostile, planned]) {
    const bare = page.replace(/^ *```[\s\S]*?^ *```/gm, '').replace(/<code>[^<\n]*<\/code>|<br>/g, '')
    expect(bare).not.toMatch(/<[a-z/]|@[a-z]|(?<!&)#\d|^::/im)
    expect(bare.replaceAll('](https://github.com/octo/guestbook/actions/runs/99)', '')).not.toContain('](')
    expect(tables(page).filter(cells => new Set(cells).size > 1)).toEqual([])
  }
})
