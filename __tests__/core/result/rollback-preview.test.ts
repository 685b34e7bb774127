import { expect, test } from '@jest/globals'
import type { Receipt } from '../../../src/core/records.js'
import { type PathFacts, pathBack, type UndoStep } from '../../../src/core/result/rollback-preview.js'
import { receipt } from '../../report/sample.js'

const target = { execution: 'x1', commit: 'a'.repeat(40), proof: ['smoke-test/alive'] }
const release: UndoStep = { item: 'deploy/release', stage: 'deploy', undo: './back' }
const schema: UndoStep = { item: 'migrate/schema', stage: 'migrate', undo: 'by its .down.sql files' }
const snapshot: Receipt = { ...receipt, proof: 'snapshot' }
const way = (more: Partial<PathFacts>) => pathBack({ target, steps: [release], restores: [], ...more })

test.each<[string, Partial<PathFacts>, object]>([
  ['code', {}, { kind: 'code', toCommit: target.commit, seconds: null, loss: 0 }],
  [
    'code that was measured',
    { lastRollbackSeconds: 3 },
    { kind: 'code', seconds: 3, measured: 'the last rollback here' }
  ],
  ['code and schema', { steps: [release, schema] }, { kind: 'undo', loss: null }],
  ['code, with a schema that stays', { steps: [release, { ...schema, undo: undefined }] }, { kind: 'code', loss: 0 }],
  ['a restore', { restores: [receipt] }, { kind: 'restore', seconds: 1.4, loss: null, restores: ['main'] }],
  ['a snapshot', { restores: [snapshot] }, { kind: 'swap', seconds: null, measured: '', restores: ['main'] }],
  ['nothing before it', { target: undefined }, { kind: 'none', toCommit: '', loss: null }],
  ['nothing to prove it with', { target: { ...target, proof: [] } }, { kind: 'none' }],
  ['nothing that goes back', { steps: [{ ...release, undo: undefined }] }, { kind: 'none' }],
  ['a part that goes back', { steps: [release, { ...release, item: 'deploy/b', undo: undefined }] }, { kind: 'code' }]
])('by %s', (_, facts, expected) => {
  expect(way(facts)).toMatchObject(expected)
})
