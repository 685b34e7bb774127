import { expect, test } from '@jest/globals'
import { loadChecklist } from '../../src/config/load.js'
import type { Checklist } from '../../src/core/checklist.js'
import { KINDS as REAL_KINDS } from '../contract/reference-kinds.js'
import { KINDS } from './kinds.js'

const load = (text: string, environment?: string) =>
  loadChecklist({ file: 'f', text, kinds: KINDS, ...(environment === undefined ? {} : { environment }) })

function read(text: string): Checklist {
  const loaded = load(text)
  if ('problems' in loaded) throw new Error(loaded.problems.join('\n'))
  return loaded.checklist
}

const SMALLEST = `stages:
  deploy:
    - run: ./deploy.sh "$DEPLOY_COMMIT"
      undo: ./deploy.sh "$DEPLOY_PREVIOUS_COMMIT"
  smoke-test:
    - http: GET https://example.com/health
`

/** The full checklist of the design; lines marked with # are what is not built yet. */
const FULL = `name: thegitleague
vars: { BASE_URL: "https://api.example.com" }
secrets: [DATABASE_URL, FERNET_KEY]
people: { product-owner: "@alice", devops: "@org/devops" }
release: { artifact: dist/app.tar.gz }
environments:
  staging: { vars: { BASE_URL: "https://staging.example.com" } }
  production:
    after: staging
    gate: { reviewers: required, prevent-self-review: true, branches: [main] }
    window: { days: mon-thu, hours: "09:00-16:00", zone: Europe/Berlin }
    freeze: { until: 2026-12-27, because: year end }
databases:
  main: { url: "\${DATABASE_URL}" }
rollback: { code: auto, schema: lossless, data: never, within: 2m }
stages:
  preflight:
    - env: [DATABASE_URL, FERNET_KEY]
    - sql: show server_version_num
      value: ">= 120000"
    - http: GET \${BASE_URL}/health
    - disk: /var/backups
      free: "> 2GB"
    - run: python -m pytest -q
    - manual: Commissioners are told
      by: product-owner
  backup:
    - backup: main
      keep: 3
    - backup: { files: [config.json, .env] }
  migrate:
    - migrate: alembic upgrade head
      version: alembic current
      undo: alembic downgrade "$SCHEMA_BEFORE"
      budget: { lock: 2s, rows: 100000 } #
    - tables: [api_keys, sync_jobs]
  deploy:
    - deploy: rolling #direct
      targets: [web1, web2, web3] #
      run: systemctl restart gitleague-backend
      undo: ./release previous
      health: { http: GET /health, retry: { for: 60s } }
      revision: { http: GET /version, json: { $.sha: "\${DEPLOY_COMMIT}" } }
  smoke-test:
    - http: POST /api/v1/api-keys/
      status: [401]
    - load: GET /api/v1 #
  monitor:
    checkpoints: [0m, 1h, 24h]
    items: [{ http: GET /health }]
    on-failure: page
`
const BUILT = FULL.replaceAll(/deploy: rolling #direct/g, 'deploy: direct').replaceAll(/^.* #$\n/gm, '')

test('the smallest checklist of the design loads as it stands', () => {
  expect(read(SMALLEST)).toEqual({
    file: 'f',
    vars: {},
    secrets: [],
    people: {},
    environments: {},
    databases: {},
    rollback: { code: 'auto', schema: 'lossless', data: 'never' },
    stages: {
      preflight: [],
      backup: [],
      migrate: [],
      deploy: [
        {
          id: 'deploy/deploy-sh-deploy_commit',
          name: './deploy.sh "$DEPLOY_COMMIT"',
          kind: 'run',
          at: { line: 3, col: 7 },
          effect: 'action',
          optional: false,
          undo: './deploy.sh "$DEPLOY_PREVIOUS_COMMIT"',
          spec: { run: './deploy.sh "$DEPLOY_COMMIT"' }
        }
      ],
      'smoke-test': [
        {
          id: 'smoke-test/get-https-example-com-health',
          name: 'GET https://example.com/health',
          kind: 'http',
          at: { line: 6, col: 7 },
          effect: 'check',
          optional: false,
          spec: { http: 'GET https://example.com/health' }
        }
      ],
      monitor: []
    }
  })
})

test('the full checklist of the design loads but for what is not built', () => {
  const { stages, ...rest } = read(BUILT)
  expect(rest).toEqual({
    file: 'f',
    name: 'thegitleague',
    vars: { BASE_URL: 'https://api.example.com' },
    secrets: ['DATABASE_URL', 'FERNET_KEY'],
    people: { 'product-owner': '@alice', devops: '@org/devops' },
    release: { artifact: 'dist/app.tar.gz' },
    environments: {
      staging: { vars: { BASE_URL: 'https://staging.example.com' } },
      production: {
        vars: {},
        after: 'staging',
        gate: { reviewers: 'required', preventSelfReview: true, branches: ['main'] },
        window: { days: [1, 2, 3, 4], fromMinute: 540, toMinute: 960, zone: 'Europe/Berlin' },
        freeze: { until: '2026-12-27', because: 'year end' }
      }
    },
    databases: { main: { url: '${DATABASE_URL}', engine: 'postgres', atLeast: 'identical' } },
    rollback: { code: 'auto', schema: 'lossless', data: 'never', withinMs: 120_000 },
    monitor: {
      checkpoints: [
        { name: '0m', afterMs: 0 },
        { name: '1h', afterMs: 3_600_000 },
        { name: '24h', afterMs: 86_400_000 }
      ],
      settleMs: 0,
      onFailure: 'page'
    }
  })
  const shown = Object.values(stages).flatMap(items => items.map(item => [item.id, item.effect, item.in]))
  expect(shown).toEqual([
    ['preflight/database_url-fernet_key', 'check', undefined],
    ['preflight/show-server_version_num', 'check', 'main'],
    ['preflight/get-base_url-health', 'check', undefined],
    ['preflight/var-backups', 'check', undefined],
    ['preflight/python-m-pytest-q', 'check', undefined],
    ['preflight/commissioners-are-told', 'check', undefined],
    ['backup/main', 'action', 'main'],
    ['backup/files', 'action', undefined],
    ['migrate/alembic-upgrade-head', 'action', 'main'],
    ['migrate/api_keys-sync_jobs', 'check', 'main'],
    ['deploy/systemctl-restart-gitleague-backend', 'action', undefined],
    ['smoke-test/post-api-v1-api-keys', 'check', undefined],
    ['monitor/get-health', 'check', undefined]
  ])
})

test.each([
  ['the kinds of these tests', KINDS],
  ['the real kinds', REAL_KINDS]
])('with %s, what is not built yet is an error where it stands, and nothing else is', (_, kinds) => {
  expect(loadChecklist({ file: 'f', text: SMALLEST, kinds })).toHaveProperty('checklist')
  expect(loadChecklist({ file: 'f', text: BUILT, kinds })).toHaveProperty('checklist')
  const loaded = loadChecklist({ file: 'f', text: FULL, kinds })
  const problems = 'problems' in loaded ? loaded.problems : []
  expect(problems.map(problem => problem.split(': ')[0])).toEqual([
    'f:35:7 stages.migrate[0].budget',
    'f:38:15 stages.deploy[0].deploy',
    'f:39:7 stages.deploy[0].targets',
    'f:47:7 stages.smoke-test[1].load'
  ])
})

test('every common key becomes a part of the item', () => {
  const text = `databases: { a: { url: x, store: /s, scratch: runner, at-least: snapshot }, b: { url: y } }
stages:
  preflight:
    - name: Rows
      id: rows
      sql: select 1
      value: "1"
      in: b
      optional: true
      timeout: 1.5m
      retry: { for: 10s, every: 500ms }
    - { http: GET /, retry: none, skip: later }
    - { http: GET /x, retry: { for: 1m } }
  deploy:
    - { run: look, effect: check }
    - { run: act, undo: redeploy, probe: test -e done }
`
  const { stages, databases } = read(text)
  expect(databases['a']).toEqual({ url: 'x', engine: 'postgres', store: '/s', scratch: 'runner', atLeast: 'snapshot' })
  const common = { optional: false, effect: 'check' }
  expect(stages.preflight).toEqual([
    {
      ...{ id: 'preflight/rows', name: 'Rows', kind: 'sql', at: { line: 4, col: 7 }, effect: 'check', optional: true },
      ...{ timeoutMs: 90_000, retry: { forMs: 10_000, everyMs: 500 }, in: 'b', spec: { sql: 'select 1', value: '1' } }
    },
    expect.objectContaining({ ...common, retry: 'none', skip: 'later' }),
    expect.objectContaining({ ...common, retry: { forMs: 60_000, everyMs: 1_000 } })
  ])
  expect(stages.deploy).toEqual([
    expect.objectContaining(common),
    expect.objectContaining({ effect: 'action', undo: 'redeploy', probe: 'test -e done' })
  ])
})

test('aliases stand for what they name', () => {
  const { stages } = read('stages:\n  preflight: &same\n    - http: GET /\n  smoke-test: *same\n')
  expect(stages['smoke-test'].map(({ id, at }) => [id, at])).toEqual([['smoke-test/get', { line: 4, col: 15 }]])
})

test.each([
  [
    'an acting stage of which all is skipped, for reasons on record',
    'backup: [{ backup: { files: [a] }, skip: no files }]'
  ],
  ['an acting stage with an optional item beside another', 'deploy: [{ run: a, optional: true }, { run: b }]'],
  ['a monitor with defaults', 'monitor: { items: [{ http: GET / }] }'],
  ['an item whose subject has no letters', 'deploy: [{ run: "../" }]'],
  ['a body that is empty', 'smoke-test: [{ http: GET /, body: [] }]'],
  ['an environment without rules', 'deploy: [{ run: a }]\nenvironments: { staging: }']
])('%s is fine', (_, stages) => {
  expect(load(`stages:\n  ${stages}`)).toHaveProperty('checklist')
})

test('a subject without letters is called by its kind', () => {
  expect(read('stages:\n  deploy: [{ run: "../" }]').stages.deploy[0]?.id).toBe('deploy/run')
  expect(read('stages:\n  deploy: [{ run: "  " }]').stages.deploy[0]?.name).toBe('run')
})

test('the environment that is asked for must be one of those that the checklist names', () => {
  const text = `${SMALLEST}environments: { staging: {}, production: {} }\n`
  expect(load(text, 'staging')).toHaveProperty('checklist')
  expect(load(SMALLEST, 'anything')).toHaveProperty('checklist')
  expect(load(text, 'prodution')).toEqual({
    problems: [expect.stringMatching(/^f:7:1 environments: .*prodution.*did you mean production\?/)]
  })
})
