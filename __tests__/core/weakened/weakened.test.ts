import { describe, expect, test } from '@jest/globals'
import type { Checklist, EnvironmentRules } from '../../../src/core/checklist.js'
import type { PlannedItem } from '../../../src/core/item.js'
import type { NotifyRule } from '../../../src/core/notify/notifier.js'
import { sayWeakenings, weakenings } from '../../../src/core/weakened/weakened.js'

const item = (id: string, more: Partial<PlannedItem> = {}): PlannedItem => ({
  id,
  name: id,
  kind: 'run',
  at: { line: 1, col: 1 },
  effect: 'check',
  optional: false,
  spec: { run: id },
  ...more
})
const NONE = { preflight: [], backup: [], migrate: [], deploy: [], 'smoke-test': [], monitor: [] }
const list = (more: Partial<Checklist> = {}): Checklist => ({
  file: 'deploy-checklist.yml',
  vars: {},
  secrets: [],
  people: {},
  environments: {},
  databases: {},
  rollback: { code: 'auto', schema: 'lossless', data: 'never' },
  stages: NONE,
  ...more
})
const items = (...preflight: PlannedItem[]) => list({ stages: { ...NONE, preflight } })
const ruled = (rules: Omit<EnvironmentRules, 'vars'>) => list({ environments: { production: { vars: {}, ...rules } } })
const said = (before: Checklist, now: Checklist) =>
  weakenings(before, now, 'production').map(({ what, subject, text }) =>
    what === 'rule' ? `${subject} ${text}` : `${subject} ${what}`
  )

describe('items', () => {
  const a = item('preflight/a')
  test.each<[string, PlannedItem[], PlannedItem[], string[]]>([
    ['the same', [a], [a], []],
    ['another one beside', [a], [item('preflight/b'), a], []],
    ['removed', [a, item('preflight/b')], [item('preflight/b')], ['preflight/a removed']],
    ['under another name', [a], [{ ...a, id: 'preflight/z', name: 'z' }], []],
    ['under another name, and optional', [a], [{ ...a, id: 'preflight/z', optional: true }], ['preflight/a optional']],
    ['made optional', [a], [{ ...a, optional: true }], ['preflight/a optional']],
    ['no longer optional', [{ ...a, optional: true }], [a], []],
    ['skipped', [a], [{ ...a, skip: 'later' }], ['preflight/a skipped']],
    ['no longer skipped', [{ ...a, skip: 'later' }], [a], []],
    ['removed when it was skipped', [{ ...a, skip: 'later' }], [], []],
    ['another command', [a], [{ ...a, spec: { run: 'true' } }], ['preflight/a altered']],
    ['another database', [{ ...a, in: 'main' }], [{ ...a, in: 'copy' }], ['preflight/a altered']],
    ['another effect', [a], [{ ...a, effect: 'action' }], ['preflight/a altered']],
    ['without its undo', [{ ...a, undo: './u' }], [a], ['preflight/a without-undo']],
    ['with an undo', [a], [{ ...a, undo: './u' }], []],
    ['another undo', [{ ...a, undo: './u' }], [{ ...a, undo: './v' }], ['preflight/a altered']],
    ['on another line', [a], [{ ...a, at: { line: 9, col: 9 } }], []]
  ])('%s', (_, before, now, expected) => {
    expect(said(items(...before), items(...now))).toEqual(expected)
  })

  test('one that went to another stage is gone from its own', () => {
    const now = list({ stages: { ...NONE, deploy: [item('deploy/a', { spec: { run: 'preflight/a' } })] } })
    expect(said(items(a), now)).toEqual(['preflight/a removed'])
  })
})

const at = 'environments.production'
const hours = { days: [1, 2], fromMinute: 540, toMinute: 960, zone: 'UTC' }
const gate = {
  reviewers: 'required',
  preventSelfReview: true,
  preventAdminBypass: true,
  waitMs: 60_000,
  branches: ['release/*']
} as const

describe('rules of the environment', () => {
  test.each<[string, Omit<EnvironmentRules, 'vars'>, Omit<EnvironmentRules, 'vars'>, string[]]>([
    ['no gate, then one', {}, { gate }, []],
    ['the gate removed', { gate }, {}, [`${at}.gate is gone`]],
    ['the same gate', { gate }, { gate }, []],
    [
      'a sign-off instead',
      { gate },
      { gate: { ...gate, reviewers: 'sign-off' } },
      [`${at}.gate.reviewers is sign-off, it was required`]
    ],
    ['reviewers instead', { gate: { ...gate, reviewers: 'sign-off' } }, { gate }, []],
    [
      'an empty gate',
      { gate },
      { gate: {} },
      [
        'reviewers is none, it was required',
        'prevent-self-review is gone',
        'prevent-admin-bypass is gone',
        'wait is gone',
        'branches is gone'
      ].map(text => `${at}.gate.${text}`)
    ],
    [
      'self-review allowed',
      { gate },
      { gate: { ...gate, preventSelfReview: false } },
      [`${at}.gate.prevent-self-review is gone`]
    ],
    ['a shorter wait', { gate }, { gate: { ...gate, waitMs: 30_000 } }, [`${at}.gate.wait is only 30 s`]],
    ['a longer wait', { gate }, { gate: { ...gate, waitMs: 90_000 } }, []],
    ['fewer branches', { gate }, { gate: { ...gate, branches: ['release/v*'] } }, []],
    [
      'more branches',
      { gate },
      { gate: { ...gate, branches: ['release/*', 'dev', 'hotfix/*'] } },
      [`${at}.gate.branches lets in dev, hotfix/* too`]
    ],
    ['the window removed', { window: hours }, {}, [`${at}.window is removed`]],
    ['the same window', { window: hours }, { window: { ...hours } }, []],
    ['a narrower window', { window: hours }, { window: { ...hours, days: [2], toMinute: 900 } }, []],
    ['a longer day', { window: hours }, { window: { ...hours, toMinute: 961 } }, [`${at}.window is wider`]],
    ['one day more', { window: hours }, { window: { ...hours, days: [1, 2, 5] } }, [`${at}.window is wider`]],
    [
      'a window over midnight, into its next day',
      { window: { ...hours, days: [7], fromMinute: 1320, toMinute: 120 } },
      { window: { ...hours, days: [1], fromMinute: 0, toMinute: 120 } },
      []
    ],
    [
      'another zone',
      { window: hours },
      { window: { ...hours, zone: 'Asia/Tokyo' } },
      [`${at}.window is of Asia/Tokyo, it was of UTC`]
    ],
    ['the freeze removed', { freeze: { until: '2026-12-27', because: 'x' } }, {}, [`${at}.freeze is gone`]],
    [
      'a shorter freeze',
      { freeze: { until: '2026-12-27', because: 'x' } },
      { freeze: { until: '2026-12-20', because: 'x' } },
      [`${at}.freeze ends 2026-12-20, it ended 2026-12-27`]
    ],
    [
      'a longer freeze',
      { freeze: { until: '2026-12-27', because: 'x' } },
      { freeze: { until: '2027-01-01', because: 'x' } },
      []
    ],
    ['the order removed', { after: 'staging' }, {}, [`${at}.after is gone`]],
    ['another order', { after: 'staging' }, { after: 'dev' }, [`${at}.after is dev, it was staging`]],
    ['CI no longer asked', { ci: 'green' }, {}, [`${at}.ci is gone`]],
    ['CI asked for less', { ci: 'green' }, { ci: ['lint'] }, [`${at}.ci is lint, it was green`]],
    ['CI without a check', { ci: ['lint', 'test'] }, { ci: ['lint'] }, [`${at}.ci does not ask for test any more`]],
    ['CI where there is any', { ci: ['lint'] }, { ci: 'if-any' }, [`${at}.ci does not ask for lint any more`]],
    ['CI with all', { ci: ['lint'] }, { ci: 'green' }, []],
    ['not the newest', { gate }, { gate, newest: false }, [`${at}.newest is not asked any more`]],
    ['older evidence', {}, { maxAgeMs: 7_200_000 }, [`${at}.max-age is longer`]]
  ])('%s', (_, before, now, expected) => {
    expect(said(ruled(before), ruled(now))).toEqual(expected)
  })

  test('of another environment are none of its matter', () => {
    const other = list({ environments: { staging: { vars: {}, gate } } })
    expect(weakenings(other, list(), 'production')).toEqual([])
    expect(weakenings(other, list(), 'staging')).toHaveLength(1)
  })
})

const monitor = {
  checkpoints: [
    { name: '0m', afterMs: 0 },
    { name: '1h', afterMs: 3_600_000 }
  ],
  settleMs: 0,
  onFailure: 'rollback',
  page: './page'
} as const
const main = { url: '${DB}', engine: 'postgres', atLeast: 'identical' } as const
const back = { code: 'auto', schema: 'lossless', data: 'never' } as const

describe('everything else that a checklist asks', () => {
  test.each<[string, Partial<Checklist>, Partial<Checklist>, string[]]>([
    [
      'a lesser proof',
      { databases: { main } },
      { databases: { main: { ...main, atLeast: 'snapshot' } } },
      ['databases.main.at-least accepts a snapshot, no more a backup that was restored and compared']
    ],
    ['a better proof', { databases: { main: { ...main, atLeast: 'snapshot' } } }, { databases: { main } }, []],
    ['a database less', { databases: { main } }, {}, ['databases.main is gone']],
    [
      'another database',
      { databases: { main } },
      { databases: { main: { ...main, url: '${X}' } } },
      ['databases.main.url is another database']
    ],
    [
      'copies on a runner',
      { databases: { main } },
      { databases: { main: { ...main, scratch: 'runner' } } },
      ['databases.main.scratch allows a copy on a hosted runner']
    ],
    ['schema loosened', {}, { rollback: { ...back, schema: 'auto' } }, ['rollback.schema is auto, it was lossless']],
    ['schema tightened', {}, { rollback: { ...back, schema: 'never' } }, []],
    [
      'no way back by itself',
      {},
      { rollback: { ...back, code: 'ask' } },
      ['rollback.code does not go back by itself any more']
    ],
    ['nobody asked', { rollback: { ...back, code: 'ask' } }, {}, ['rollback.code asks nobody any more']],
    ['no limit', { rollback: { ...back, withinMs: 60_000 } }, {}, ['rollback.within is gone']],
    [
      'a longer limit',
      { rollback: { ...back, withinMs: 60_000 } },
      { rollback: { ...back, withinMs: 61_000 } },
      ['rollback.within is longer']
    ],
    [
      'a checkpoint less',
      { monitor },
      { monitor: { ...monitor, checkpoints: [{ name: '0m', afterMs: 0 }] } },
      ['stages.monitor.checkpoints does not look at 1h any more']
    ],
    [
      'a page instead',
      { monitor },
      { monitor: { ...monitor, onFailure: 'page' } },
      ['stages.monitor.on-failure does not go back by itself any more']
    ],
    [
      'somebody else',
      { people: { owner: '@alice' } },
      { people: { owner: '@mallory' } },
      ['people.owner is @mallory, it was @alice']
    ],
    ['nobody', { people: { owner: '@alice' } }, {}, ['people.owner is nobody any more']],
    ['one more', {}, { people: { owner: '@alice' } }, []]
  ])('%s', (_, before, now, expected) => {
    expect(said(list(before), list(now))).toEqual(expected)
  })
})

test.each<[string, Checklist, Checklist, string]>([
  ['nothing', items(), items(), ''],
  [
    'items',
    items(item('preflight/a'), item('preflight/b'), item('preflight/c')),
    items(item('preflight/c', { optional: true })),
    'this change weakens the checklist: 2 items removed, one made optional'
  ],
  ['a rule', ruled({ window: hours }), ruled({}), `this change weakens the checklist: ${at}.window is removed`],
  ['one alone', items(item('preflight/a')), items(), 'this change weakens the checklist: one item removed'],
  [
    'what is only another one',
    items(item('preflight/a')),
    items(item('preflight/a', { spec: { run: 'x' } })),
    'this change alters the checklist: one item altered'
  ]
])('a reviewer reads one line about %s', (_, before, now, expected) => {
  expect(sayWeakenings(weakenings(before, now, 'production'))).toBe(expected)
})

describe('who is told', () => {
  const slack: NotifyRule = { to: { kind: 'slack', url: '${HOOK}' }, on: ['failure', 'escalation'], afterMs: 60_000 }
  const told = (...notify: NotifyRule[]) => list({ notify })
  test.each<[string, NotifyRule[], NotifyRule[], string[]]>([
    ['the same', [slack], [slack], []],
    ['more', [slack], [{ ...slack, on: ['failure', 'escalation', 'start'] }], []],
    ['nobody any more', [slack], [], ['notify does not tell slack any more']],
    ['less', [slack], [{ ...slack, on: ['escalation'] }], ['notify does not tell slack of failure any more']],
    ['later', [slack], [{ ...slack, afterMs: 90_000 }], ['notify tells slack later that nobody reacts']],
    ['elsewhere only', [slack], [{ ...slack, environments: ['staging'] }], ['notify does not tell slack any more']],
    ['of another environment', [{ ...slack, environments: ['staging'] }], [], []],
    [
      'in two parts',
      [slack],
      [
        { ...slack, on: ['failure'] },
        { ...slack, on: ['escalation'] }
      ],
      []
    ]
  ])('%s', (_, before, now, expected) => {
    expect(said(told(...before), told(...now))).toEqual(expected)
  })

  test('a mail that goes to fewer people, or to another issue, tells less; another sender does not', () => {
    const mail = (...to: string[]): NotifyRule => ({
      ...slack,
      to: { kind: 'email', to, from: 'a@b.example', server: '${SMTP}' }
    })
    const issue = (number: number): NotifyRule => ({ ...slack, to: { kind: 'issue-comment', issue: number } })
    expect(said(told(mail('x@b.example')), told(mail('x@b.example', 'y@b.example')))).toEqual([])
    expect(said(told(mail('x@b.example', 'y@b.example')), told(mail('x@b.example')))).toHaveLength(1)
    expect(said(told(issue(1)), told(issue(2)))).toEqual(['notify does not tell issue 1 any more'])
  })
})
