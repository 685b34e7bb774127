import { expect, test } from '@jest/globals'
import type { PlannedItem } from '../../../src/core/item.js'
import type { Plan } from '../../../src/core/plan.js'
import { undoOf, type WayBackFacts, wayBackOf } from '../../../src/core/result/way-back.js'
import type { StageName } from '../../../src/core/stages.js'
import { item, migration, plan, receipt } from '../../report/sample.js'

const deploy = (undo?: string) => item('deploy/app', { effect: 'action', ...(undo === undefined ? {} : { undo }) })
const migrate = (undo?: string) =>
  item('migrate/sql', { kind: 'migrate', effect: 'action', ...(undo === undefined ? {} : { undo }) })
const planned = (stages: Partial<Plan['stages']>, more: Partial<Plan> = {}): Plan => ({
  ...plan,
  ...more,
  stages: { ...plan.stages, backup: [], migrate: [], deploy: [deploy('redeploy')], ...stages }
})
const backup = item('backup/main', { kind: 'backup', effect: 'action', spec: { backup: 'main' } })
const nothing = { receipts: [], migrations: [] } as const

test.each([
  ['a deploy that can be repeated', planned({}), 'code'],
  ['an action without an undo', planned({ deploy: [deploy()] }), 'none'],
  ['a redeploy of a first deployment', planned({}, { previous: null }), 'none'],
  ['an undo of a first deployment', planned({ deploy: [deploy('./down.sh')] }, { previous: null }), 'code'],
  ['a step by hand', planned({ deploy: [item('deploy/flip', { kind: 'manual', effect: 'action' })] }), 'code'],
  ['a migration with an undo', planned({ migrate: [migrate('down')] }), 'undo'],
  ['a migration without an undo or backup', planned({ migrate: [migrate()] }), 'none'],
  ['a migration without an undo, with a backup', planned({ migrate: [migrate()], backup: [backup] }), 'restore'],
  ['no database to migrate', planned({ migrate: [migrate()] }, { databases: {} }), 'none']
])('the way back of %s', (_, plan, kind) => {
  expect(wayBackOf({ plan, ...nothing }).kind).toBe(kind)
})

test('a migration that did not move needs no way back of its own', () => {
  const facts = { plan: planned({ migrate: [migrate()] }), receipts: [], migrations: [{ ...migration, moved: false }] }
  expect(wayBackOf(facts)).toMatchObject({ kind: 'code', loss: 0 })
})

test('a restore takes as long as it took to prove the backup, and its loss is counted only when asked for', () => {
  const facts = {
    plan: planned({ migrate: [migrate()], backup: [backup] }),
    receipts: [receipt],
    migrations: [migration]
  }
  expect(wayBackOf(facts)).toMatchObject({ kind: 'restore', seconds: 1.4, loss: null, restores: ['main'] })
})

const files = { 'm/001.sql': 'a', 'm/002.up.sql': 'b', 'm/002.down.sql': 'c' }
const sql = item('migrate/m', { kind: 'migrate', effect: 'action', spec: { migrate: { sql: 'm/' } } })

test.each([
  ['all of them have one that takes them back', { 'm/002.up.sql': 'b', 'm/002.down.sql': 'c' }, {}, 'undo'],
  ['one that is to be run has none', files, {}, 'none'],
  ['one that was run before has none', files, { main: { 'm/001.sql': 'a' } }, 'undo']
])('SQL files of which %s', (_, files, applied, kind) => {
  expect(wayBackOf({ plan: planned({ migrate: [sql] }, { files }), ...nothing, applied }).kind).toBe(kind)
})

test('once SQL files have been run, only those count', () => {
  const ran = [{ ...migration, applied: [{ file: 'm/002.up.sql', sha256: 'b' }] }]
  expect(wayBackOf({ plan: planned({ migrate: [sql] }, { files }), receipts: [], migrations: ran }).kind).toBe('undo')
})

test('a snapshot is swapped in', () => {
  const facts = {
    plan: planned({ migrate: [migrate()] }),
    receipts: [{ ...receipt, proof: 'snapshot' as const }],
    migrations: [migration]
  }
  expect(wayBackOf(facts).kind).toBe('swap')
})

test('seconds are those of the last rollback, or not measured', () => {
  const facts = { plan: planned({ migrate: [migrate('down')] }), ...nothing }
  expect(wayBackOf(facts)).toMatchObject({ seconds: null, measured: '' })
  expect(wayBackOf({ ...facts, lastRollbackSeconds: 9 })).toMatchObject({
    seconds: 9,
    measured: 'the last rollback here'
  })
})

const done = item('migrate/m', { kind: 'migrate', effect: 'action', spec: { migrate: { sql: 'm/' } } })
const ran = (file: string) => [{ ...migration, applied: [{ file, sha256: 'x' }] }]

test.each<[string, PlannedItem, StageName, Partial<WayBackFacts>, string | undefined]>([
  ['a command', deploy('./down.sh'), 'deploy', {}, './down.sh'],
  ['no command', deploy(), 'deploy', {}, undefined],
  ['the last good release', deploy('redeploy'), 'deploy', {}, 'redeploy'],
  ['no earlier release', deploy('redeploy'), 'deploy', { plan: planned({}, { previous: null }) }, undefined],
  ['a person', item('deploy/flip', { kind: 'manual', effect: 'action' }), 'deploy', {}, 'by a person'],
  ['a migration’s own command', migrate('down'), 'migrate', {}, 'down'],
  ['files beside those that ran', done, 'migrate', { migrations: ran('m/002.up.sql') }, 'by its .down.sql files'],
  ['no such file', done, 'migrate', { migrations: ran('m/001.sql') }, undefined]
])('an item is taken back by %s', (_, taken, stage, facts, undo) => {
  expect(undoOf(taken, stage, { plan: planned({ migrate: [done] }, { files }), ...nothing, ...facts })).toBe(undo)
})
