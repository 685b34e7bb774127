import { expect, test } from '@jest/globals'
import { loadChecklist } from '../../src/config/load.js'
import { KINDS } from './kinds.js'

const load = (text: string, environment?: string) =>
  loadChecklist({ file: 'f', text, kinds: KINDS, ...(environment === undefined ? {} : { environment }) })

/** A checklist whose smoke test is good, so that only what is added can be wrong. */
const GOOD = 'stages:\n  smoke-test:\n    - http: GET /health\n'
const stage = (name: string, ...lines: string[]) =>
  `stages:\n  ${name}:\n${lines.map(line => `    ${line}\n`).join('')}`

const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  ['an empty file', '', ['1:1 expected a mapping']],
  ['a list', '- a', ['1:1 expected a mapping']],
  ['no stages', 'name: x', ['1:1 stages: ']],
  ['stages without a stage', 'stages: {}', ['1:9 stages: ']],
  ['an empty stage', 'stages:\n  deploy: []', ['2:11 stages.deploy: ']],
  ['a stage that is text', 'stages:\n  deploy: ./deploy.sh', ['2:11 stages.deploy: ']],
  ['an unknown stage', `${GOOD}  smoke_test:\n    - http: GET /\n`, ['4:3 stages.smoke_test: ']],
  ['rollback as a stage', `${GOOD}  rollback:\n    - run: x\n`, ['4:3 stages.rollback: ']],
  ['an unknown key at the top', `targtes: []\n${GOOD}`, ['1:1 targtes: ']],
  ['targets', `targets: {}\n${GOOD}`, ['1:1 targets: ']],
  ['a name that is a number', `name: 7\n${GOOD}`, ['1:7 name: ']],
  ['a key twice', `name: a\nname: b\n${GOOD}`, ['2:1 expected each key once']],
  ['a tab', 'stages:\n\tdeploy: x', ['2:1 expected YAML']],
  ['two documents', `${GOOD}---\n${GOOD}`, ['4:1 expected one YAML document']],
  ['an unknown tag', `name: !secret x\n${GOOD}`, ['1:7 expected YAML']],
  ['an alias of nothing', 'stages: *all', ['1:9 expected an alias']],
  ['an alias inside itself', 'stages: &all\n  deploy: *all', ['2:11 expected an alias']],
  ['__proto__', `${GOOD}__proto__: {}`, ['4:1 expected the name of a key']],
  ['a number without an end', `${GOOD}name: .inf`, ['4:7 expected a number with an end']],
  // items
  ['an item that is text', stage('deploy', '- ./deploy.sh'), ['3:7 stages.deploy[0]: expected an item']],
  ['an item that is nothing', stage('deploy', '-'), ['3:6 stages.deploy[0]: expected an item']],
  ['an item that is a list', stage('deploy', '- [a]'), ['3:7 stages.deploy[0]: expected an item']],
  ['only common keys', stage('deploy', '- name: x'), ['3:7 stages.deploy[0]: expected a kind']],
  [
    'a kind that is not built',
    stage('smoke-test', '- load: GET /'),
    ['3:7 stages.smoke-test[0].load: expected a kind']
  ],
  ['a kind with a typo', stage('smoke-test', '- htpp: GET /'), ['3:7 stages.smoke-test[0].htpp: expected a kind']],
  [
    'a manual item behind an action without a limit',
    `${stage('deploy', '- run: x')}  smoke-test:\n    - manual: Does it look right?\n`,
    ['5:15 stages.smoke-test[0].manual: expected a timeout at a manual item behind an action (deploy/x), found none']
  ],
  [
    'the kind not first',
    stage('smoke-test', '- status: [200]', '  http: GET /'),
    ['3:7 stages.smoke-test[0].status: expected the kind first']
  ],
  [
    'two kinds',
    stage('smoke-test', '- http: GET /', '  disk: /var'),
    ['4:7 stages.smoke-test[0].disk: expected one kind']
  ],
  [
    "another kind's key",
    stage('smoke-test', '- http: GET /', '  keep: 3'),
    ['4:7 stages.smoke-test[0].keep: expected one of']
  ],
  [
    'a wrong type',
    stage('smoke-test', '- http: GET /', '  status: [ok]'),
    ['4:16 stages.smoke-test[0].status[0]: expected a number']
  ],
  ['a missing key', stage('preflight', '- disk: /var'), ['3:7 stages.preflight[0].free: expected text, found nothing']],
  ['on', stage('deploy', '- run: x', '  on: web1'), ['4:7 stages.deploy[0].on: expected an item without `on`']],
  [
    'retry at an action',
    stage('deploy', '- run: x', '  retry: none'),
    ['4:14 stages.deploy[0].retry: expected retry at a check']
  ],
  [
    'undo at a check',
    stage('preflight', '- run: x', '  undo: y'),
    ['4:13 stages.preflight[0].undo: expected undo at an action']
  ],
  [
    'probe at a check',
    stage('preflight', '- disk: /', '  free: "1"', '  probe: y'),
    ['5:14 stages.preflight[0].probe: expected probe at an action']
  ],
  [
    'effect at a kind that knows',
    stage('preflight', '- disk: /', '  free: "1"', '  effect: action'),
    ['5:15 stages.preflight[0].effect: expected no effect']
  ],
  [
    'an action in a stage of checks',
    stage('preflight', '- run: x', '  effect: action'),
    ['3:12 stages.preflight[0].run: expected only checks']
  ],
  [
    'an undo that deploys again, elsewhere',
    stage('migrate', '- run: x', '  undo: redeploy'),
    ['4:13 stages.migrate[0].undo: expected a command']
  ],
  [
    'an unknown effect',
    stage('deploy', '- run: x', '  effect: acton'),
    ['4:15 stages.deploy[0].effect: expected one of action, check, found "acton" (did you mean action?)']
  ],
  [
    'a timeout without a unit',
    stage('deploy', '- run: x', '  timeout: 30'),
    ['4:16 stages.deploy[0].timeout: expected a duration']
  ],
  [
    'a timeout of nothing',
    stage('deploy', '- run: x', '  timeout: 0s'),
    ['4:16 stages.deploy[0].timeout: expected a duration']
  ],
  [
    'a retry without an end',
    stage('smoke-test', '- http: GET /', '  retry: { every: 1s }'),
    ['4:14 stages.smoke-test[0].retry.for: expected a duration']
  ],
  [
    'a retry of another word',
    stage('smoke-test', '- http: GET /', '  retry: forever'),
    ['4:14 stages.smoke-test[0].retry: expected none, or durations']
  ],
  [
    'an item that asserts nothing',
    `${stage('preflight', '- sql: select 1', '  in: main')}databases: { main: { url: x } }\n`,
    ['3:12 stages.preflight[0].sql: expected an assertion']
  ],
  [
    'an empty list',
    stage('smoke-test', '- http: GET /', '  status: []'),
    ['4:15 stages.smoke-test[0].status: expected at least one entry']
  ],
  [
    'the same id twice',
    stage('smoke-test', '- http: GET /a', '- http: GET /a'),
    ['4:7 stages.smoke-test[1]: expected an id of its own']
  ],
  [
    'an id that is none',
    stage('smoke-test', '- http: GET /a', '  id: Not so'),
    ['4:11 stages.smoke-test[0].id: expected an id']
  ],
  [
    'an unknown role',
    `${stage('preflight', '- manual: told', '  by: ownr')}people: { owner: "@a" }\n`,
    ['4:11 stages.preflight[0].by: expected a role']
  ],
  // databases
  [
    'no database',
    stage('preflight', '- sql: select 1', '  value: "1"'),
    ['3:7 stages.preflight[0]: expected a database for sql']
  ],
  [
    'several databases',
    `${stage('preflight', '- sql: select 1', '  value: "1"')}databases: { a: { url: x }, b: { url: y } }`,
    ['3:7 stages.preflight[0]: expected `in`']
  ],
  [
    'an unknown database',
    `${stage('preflight', '- tables: [t]', '  in: mian')}databases: { main: { url: x } }`,
    ['4:11 stages.preflight[0].in: expected a database']
  ],
  [
    'an unknown database of a backup',
    `${stage('backup', '- backup: mian')}databases: { main: { url: x } }`,
    ['3:15 stages.backup[0].backup: expected a database']
  ],
  [
    'in where none is used',
    `${stage('smoke-test', '- http: GET /', '  in: main')}databases: { main: { url: x } }`,
    ['4:11 stages.smoke-test[0].in: expected no `in`']
  ],
  [
    'in where it is named',
    `${stage('backup', '- backup: main', '  in: main')}databases: { main: { url: x } }`,
    ['4:11 stages.backup[0].in: expected no `in`']
  ],
  ['a database without an address', `${GOOD}databases: { main: {} }`, ['4:20 databases.main.url: ']],
  [
    'a password in an address',
    `${GOOD}databases: { main: { url: "postgres://app:hunter2@db/app" } }`,
    ['4:27 databases.main.url: expected the address']
  ],
  // stages that cannot fail
  [
    'a smoke test of optional items',
    stage('smoke-test', '- http: GET /', '  optional: true'),
    ['2:3 stages.smoke-test: expected an item that can fail']
  ],
  [
    'a preflight of skipped items',
    stage('preflight', '- http: GET /', '  skip: later'),
    ['2:3 stages.preflight: expected an item that can fail']
  ],
  [
    'a deploy of optional items',
    stage('deploy', '- run: x', '  optional: true'),
    ['2:3 stages.deploy: expected an item that can fail']
  ],
  [
    'a monitor of optional items',
    'stages:\n  monitor:\n    items: [{ http: GET /, optional: true }]',
    ['3:5 stages.monitor.items: expected an item that can fail']
  ],
  [
    'a smoke test that only waits',
    stage('smoke-test', '- wait: 3s'),
    ['2:3 stages.smoke-test: expected an item that can fail']
  ],
  ['a deploy that only waits', stage('deploy', '- wait: 3s'), ['2:3 stages.deploy: expected an item that can fail']],
  // nested checks
  [
    'a nested check that acts',
    stage('deploy', '- deploy: direct', '  run: x', '  health: { backup: main }'),
    ['5:17 stages.deploy[0].health.backup: expected a check']
  ],
  [
    'a nested check of no kind',
    stage('deploy', '- deploy: direct', '  run: x', '  health: { retry: none }'),
    ['5:15 stages.deploy[0].health: expected a kind']
  ],
  [
    'a nested check with a name',
    stage('deploy', '- deploy: direct', '  run: x', '  health: { http: GET /, name: x }'),
    ['5:30 stages.deploy[0].health.name: expected one of']
  ],
  [
    'a nested check with a wrong retry',
    stage('deploy', '- deploy: direct', '  run: x', '  health: { http: GET /, retry: 5 }'),
    ['5:37 stages.deploy[0].health.retry: ']
  ],
  [
    'a nested check that asserts nothing',
    `${stage('deploy', '- deploy: direct', '  run: x', '  health: { sql: x }')}databases: { main: { url: x } }`,
    ['5:22 stages.deploy[0].health.sql: expected an assertion']
  ],
  [
    'a nested check that is text',
    stage('deploy', '- deploy: direct', '  run: x', '  health: GET /'),
    ['5:15 stages.deploy[0].health: expected a mapping']
  ],
  // monitor
  [
    'checkpoints out of order',
    'stages:\n  monitor:\n    checkpoints: [1h, 5m]\n    items: [{ http: GET / }]',
    ['3:23 stages.monitor.checkpoints[1]: expected checkpoints in ascending order']
  ],
  [
    'a checkpoint twice',
    'stages:\n  monitor:\n    checkpoints: [60m, 1h]\n    items: [{ http: GET / }]',
    ['3:24 stages.monitor.checkpoints[1]: expected checkpoints in ascending order']
  ],
  [
    'a checkpoint that is no time',
    'stages:\n  monitor:\n    checkpoints: [0m, soon]\n    items: [{ http: GET / }]',
    ['3:23 stages.monitor.checkpoints[1]: expected a duration']
  ],
  ['a monitor without items', 'stages:\n  monitor:\n    checkpoints: [0m]', ['3:5 stages.monitor.items: ']],
  ['a monitor that is a list', 'stages:\n  monitor:\n    - http: GET /', ['3:5 stages.monitor: expected a mapping']],
  [
    'an unknown on-failure',
    'stages:\n  monitor:\n    on-failure: pager\n    items: [{ http: GET / }]',
    ['3:17 stages.monitor.on-failure: expected one of page, rollback, found "pager" (did you mean page?)']
  ],
  // environments
  [
    'after an unknown environment',
    `${GOOD}environments: { staging: {}, production: { after: stagng } }`,
    ['4:51 environments.production.after: expected one of']
  ],
  [
    'after itself',
    `${GOOD}environments:\n  a: { after: b }\n  b: { after: a }\n  c: { after: b }`,
    ['5:15 environments.a.after: expected an order', '6:15 environments.b.after: expected an order']
  ],
  [
    'a gate without reviewers',
    `${GOOD}environments: { p: { gate: { reviewers: 2 } } }`,
    ['4:41 environments.p.gate.reviewers: expected one of required, sign-off, found the number 2']
  ],
  [
    'an unknown key of the gate',
    `${GOOD}environments: { p: { gate: { reviewer: required } } }`,
    ['4:30 environments.p.gate.reviewer: expected a known key, found reviewer (did you mean reviewers?)']
  ],
  [
    'days that are none',
    `${GOOD}environments: { p: { window: { days: mo-thu, zone: UTC } } }`,
    ['4:38 environments.p.window.days: expected days']
  ],
  [
    'no days',
    `${GOOD}environments: { p: { window: { days: [], zone: UTC } } }`,
    ['4:38 environments.p.window.days: expected days']
  ],
  [
    'hours that are none',
    `${GOOD}environments: { p: { window: { hours: "9-17", zone: UTC } } }`,
    ['4:39 environments.p.window.hours: expected hours']
  ],
  [
    'an unknown zone',
    `${GOOD}environments: { p: { window: { days: mon, zone: Europe/Bonn } } }`,
    ['4:49 environments.p.window.zone: expected a time zone']
  ],
  [
    'a window that is always open',
    `${GOOD}environments: { p: { window: { zone: UTC } } }`,
    ['4:30 environments.p.window: expected days or hours']
  ],
  [
    'a day that does not exist',
    `${GOOD}environments: { p: { freeze: { until: 2026-02-30, because: x } } }`,
    ['4:39 environments.p.freeze.until: expected a day']
  ],
  [
    'a freeze without a reason',
    `${GOOD}environments: { p: { freeze: { until: 2026-02-03 } } }`,
    ['4:30 environments.p.freeze.because: expected a reason']
  ],
  ['people who are none', `${GOOD}people: { owner: alice }`, ['4:18 people.owner: expected a person']],
  ['data that comes back by itself', `${GOOD}rollback: { data: auto }`, ['4:19 rollback.data: expected never']],
  [
    'a lesser proof that does not exist',
    `${GOOD}databases: { main: { url: x, at-least: restored } }`,
    ['4:40 databases.main.at-least: expected one of identical, snapshot']
  ]
]

test.each(CASES)('%s is refused where it stands', (_, text, expected) => {
  const loaded = load(text)
  const problems = 'problems' in loaded ? loaded.problems : []
  expect(problems.map((problem, index) => problem.slice(0, `f:${expected[index]}`.length))).toEqual(
    expected.map(start => `f:${start}`)
  )
  for (const problem of problems) expect(problem).toMatch(/expected .+ found/)
})

test("a kind's own keys are parsed once, however many questions are asked about them", () => {
  let parsed = 0
  const kinds = KINDS.map(kind => ({
    ...kind,
    shape: {
      safeParse: (raw: unknown) => {
        parsed++
        return kind.shape.safeParse(raw)
      }
    }
  }))
  expect(loadChecklist({ file: 'f', text: GOOD, kinds })).toHaveProperty('checklist')
  expect(parsed).toBe(1)
})
