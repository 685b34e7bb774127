import { expect, test } from '@jest/globals'
import type { PlannedItem } from '../../../src/core/item.js'
import type { Plan } from '../../../src/core/plan.js'
import { aheadOf } from '../../../src/core/result/ahead.js'
import { item, receipt, plan as sample } from '../../report/sample.js'

const FILES = [
  'm/1_a.sql',
  'm/1_a.down.sql',
  'm/2.sql',
  'm/10.sql',
  'm/deep/3.sql',
  'other/9.sql',
  'one.sql',
  'm/read.me'
]
const files = Object.fromEntries(FILES.map((file, index) => [file, `${index}`]))

const planWith = (migrate: Partial<PlannedItem>, more: Partial<Plan> = {}): Plan => ({
  ...sample,
  files,
  ...more,
  stages: { ...sample.stages, migrate: [item('migrate/x', { kind: 'migrate', effect: 'action', ...migrate })] }
})
const sql = (paths: string | string[], more = {}) => ({ spec: { migrate: { sql: paths, ...more } } })
const none = { applied: {}, receipts: [], begun: new Set<string>() }
const pending = (plan: Plan, applied: Record<string, string> = {}) =>
  aheadOf({ ...none, plan, applied: { main: applied } }).migrations.map(
    ({ database, files: list, command }) => `${database}: ${list?.map(({ file }) => file).join(' ') ?? command}`
  )

test.each<[string, Partial<PlannedItem>, Record<string, string>, string[]]>([
  ['a folder, in the order of their numbers', sql('m/'), {}, ['main: m/1_a.sql m/2.sql m/10.sql']],
  ['those that are not applied', sql('./m'), { 'm/1_a.sql': '0', 'm/2.sql': 'x' }, ['main: m/10.sql']],
  ['a pattern', sql('m/1*.sql'), {}, ['main: m/1_a.sql m/10.sql']],
  [
    'several, in the order in which they are listed',
    sql(['one.sql', 'm/2.sql', 'm/']),
    {},
    ['main: one.sql m/2.sql m/1_a.sql m/10.sql']
  ],
  ['those behind the baseline', sql('m/', { baseline: '2.sql' }), {}, ['main: m/10.sql']],
  ['none, when all are applied', sql('other'), { 'other/9.sql': 'x' }, ['main: ']],
  ['a command by its text', { spec: { migrate: 'alembic upgrade head' } }, {}, ['main: alembic upgrade head']],
  ['another database', { in: 'stats', spec: { migrate: 'x' } }, {}, ['stats: x']],
  ['nothing of what is skipped', { skip: 'later', spec: { migrate: 'x' } }, {}, []],
  ['nothing of what only looks', { effect: 'check', kind: 'tables' }, {}, []]
])('pending migrations are %s', (_, migrate, applied, expected) => {
  expect(pending(planWith(migrate), applied)).toEqual(expected)
})

test('what has begun is no more to come', () => {
  const plan = planWith(sql('m/'))
  const begun = new Set(['migrate/x', 'backup/main', 'preflight/told'])
  expect(aheadOf({ plan, applied: {}, receipts: [], begun })).toEqual({ migrations: [], backups: [], questions: [] })
})

test('a backup to come names the least proof, one with a receipt is made', () => {
  expect(aheadOf({ ...none, plan: sample }).backups).toEqual([{ subject: 'main', atLeast: 'identical' }])
  expect(aheadOf({ ...none, plan: sample, receipts: [receipt] }).backups).toEqual([])
  const backup = [item('backup/files', { kind: 'backup', effect: 'action', spec: { backup: { files: ['.env'] } } })]
  const plan = { ...sample, stages: { ...sample.stages, backup } }
  expect(aheadOf({ ...none, plan }).backups).toEqual([{ subject: 'files', atLeast: null }])
})

test('questions to come name the role and who has it', () => {
  expect(aheadOf({ ...none, plan: sample }).questions).toEqual([
    { item: 'preflight/told', name: 'told', by: 'product-owner (@alice)' }
  ])
})
