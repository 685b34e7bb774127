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

  const once = { ...a, retry: 'none' } as const
  const for5s = { ...a, retry: { forMs: 5_000, everyMs: 1_000 } }
  const longer = ['preflight/a longer']
  test.each<[string, PlannedItem, PlannedItem, string[]]>([
    ['a longer limit', { ...a, timeoutMs: 5_000 }, { ...a, timeoutMs: 6_000 }, longer],
    ['a shorter one', { ...a, timeoutMs: 5_000 }, { ...a, timeoutMs: 4_000 }, []],
    ['none any more', { ...a, timeoutMs: 5_000 }, a, longer],
    ['one below the default', a, { ...a, timeoutMs: 5_000 }, []],
    ['one above the default', { ...a, kind: 'http' }, { ...a, kind: 'http', timeoutMs: 61_000 }, longer],
    ['tried again, which it was not', once, for5s, longer],
    ['tried again where nothing was said', a, for5s, longer],
    ['tried for longer', for5s, { ...a, retry: { forMs: 6_000, everyMs: 1_000 } }, longer],
    [
      'tried for longer, with a longer limit',
      for5s,
      { ...a, timeoutMs: 9e9, retry: { forMs: 6e4, everyMs: 1 } },
      longer
    ],
    ['tried less often', for5s, { ...a, retry: { forMs: 5_000, everyMs: 2_000 } }, []],
    ['tried once', for5s, once, []],
    ['tried once, said in words', a, once, []],
    ['an action with a longer limit', { ...a, effect: 'action' }, { ...a, effect: 'action', timeoutMs: 9e9 }, []]
  ])('%s', (_, before, now, expected) => {
    expect(said(items(before), items(now))).toEqual(expected)
  })

  test.each<[string, Partial<PlannedItem>, Partial<PlannedItem>, string[]]>([
    ['polls by default', { kind: 'http', retry: 'none' }, { kind: 'http' }, ['smoke-test/a longer']],
    ['polls as long as by default', { kind: 'http' }, { kind: 'http', retry: { forMs: 30_000, everyMs: 1 } }, []],
    [
      'polls for longer',
      { kind: 'http' },
      { kind: 'http', retry: { forMs: 31_000, everyMs: 1 } },
      ['smoke-test/a longer']
    ],
    ['starts a program, which is not tried again', { retry: 'none' }, {}, []]
  ])('in the smoke test a check that %s', (_, before, now, expected) => {
    const smoke = (more: Partial<PlannedItem>) =>
      list({ stages: { ...NONE, 'smoke-test': [item('smoke-test/a', more)] } })
    expect(said(smoke(before), smoke(now))).toEqual(expected)
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

describe('vars that something asked mentions', () => {
  const asks = (more: Partial<PlannedItem>) => items(item('preflight/a', more))
  const program = asks({ spec: { run: './smoke "$HOST"' } })
  const env = (vars: Record<string, string>) => ({ environments: { production: { vars } } })
  test.each<[string, Checklist, Partial<Checklist>, Partial<Checklist>, string[]]>([
    ['the same', program, { vars: { HOST: 'a' } }, { vars: { HOST: 'a' } }, []],
    ['another one', program, { vars: { HOST: 'a' } }, { vars: { HOST: 'b' } }, ['vars.HOST is something else']],
    ['one less', program, { vars: { HOST: 'a' } }, {}, ['vars.HOST is gone']],
    ['one that was a secret', program, { secrets: ['HOST'] }, { vars: { HOST: 'b' } }, ['vars.HOST is something else']],
    ['of this environment', program, env({ HOST: 'a' }), env({ HOST: 'b' }), [`${at}.vars.HOST is something else`]],
    [
      'hidden by this environment',
      program,
      { vars: { HOST: 'a' } },
      env({ HOST: 'b' }),
      [`${at}.vars.HOST is something else`]
    ],
    ['hidden, and the same', program, { vars: { HOST: 'a' } }, { vars: { HOST: 'b' }, ...env({ HOST: 'a' }) }, []],
    ['only of another', program, {}, { environments: { staging: { vars: { HOST: 'b' } } } }, []],
    ['mentioned nowhere', program, { vars: { TEAM: 'a' } }, { vars: { TEAM: 'b' } }, []],
    [
      'in our own text',
      asks({ spec: { http: ['x', '${HOST}/a'] } }),
      { vars: { HOST: 'a' } },
      { vars: { HOST: 'b' } },
      ['vars.HOST is something else']
    ],
    [
      'in an undo',
      asks({ undo: './u $HOST' }),
      { vars: { HOST: 'a' } },
      { vars: { HOST: 'b' } },
      ['vars.HOST is something else']
    ],
    [
      'in what is skipped',
      asks({ spec: { run: '$HOST' }, skip: 'x' }),
      { vars: { HOST: 'a' } },
      { vars: { HOST: 'b' } },
      []
    ],
    [
      'inside of another one',
      asks({ spec: { http: '${WHERE}' } }),
      { vars: { WHERE: 'https://${HOST}/', HOST: 'a' } },
      { vars: { WHERE: 'https://${HOST}/', HOST: 'b' } },
      ['vars.HOST is something else']
    ],
    [
      'of a relative address',
      asks({ kind: 'http', spec: { http: 'GET /health' } }),
      { vars: { BASE_URL: 'a' } },
      { vars: { BASE_URL: 'b' } },
      ['vars.BASE_URL is something else']
    ]
  ])('%s', (_, same, before, now, expected) => {
    expect(said({ ...same, ...before }, { ...same, ...now })).toEqual(expected)
  })

  test('no value is ever told', () => {
    const found = weakenings({ ...program, vars: { HOST: 'a-value' } }, { ...program, vars: { HOST: 'b-value' } }, 'x')
    expect(sayWeakenings(found)).toBe('this change weakens the checklist: vars.HOST is something else')
  })

  test('those that databases and messages mention count too', () => {
    const db = { databases: { main: { ...main, url: 'postgres://${HOST}/db' } } }
    const hook: NotifyRule = { to: { kind: 'slack', url: 'https://${HOOK}' }, on: ['failure'], afterMs: 0 }
    const asked = list({ ...db, notify: [hook], vars: { HOST: 'a', HOOK: 'a' } })
    const now = { ...asked, vars: { HOST: 'b', HOOK: 'b' } }
    expect(said(asked, now)).toEqual(['vars.HOST is something else', 'vars.HOOK is something else'])
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
  [
    'what has more time',
    items(item('preflight/a'), item('preflight/b')),
    items(item('preflight/a', { timeoutMs: 9e9 })),
    'this change weakens the checklist: one item removed, one given more time'
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
