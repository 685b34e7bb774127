import { expect, test } from '@jest/globals'
import { link } from '../../../src/core/chain.js'
import type { EventBody } from '../../../src/core/events.js'
import { item, newWorld, plan, stand, work } from '../../fakes/engine.js'

const OF = plan(
  { migrate: [item('migrate', { named: 'schema', kind: 'reversible' })] },
  { rollback: { code: 'auto', schema: 'auto', data: 'never' } }
)
const BROKEN = plan({ ...OF.stages, 'smoke-test': [item('smoke-test', { named: 'x', to: 'fail', retry: 'none' })] }, OF)

// The kind says whether its item's effect is there; of an undo that means the opposite.
test.each([
  ['had taken nothing back yet is done', true, ['schema new', 'undo schema']],
  ['had taken all back is not repeated', false, ['schema new']]
])('an undo of the kind itself that died and %s', async (_, lives, did) => {
  const world = newWorld()
  const at = await stand(BROKEN, world)
  await work(at, { wish: { only: 'preflight' } })
  for (const only of ['backup', 'migrate', 'deploy'] as const) await work(at, { wish: { only } })
  const stored = await at.ledger.read('e2')
  if (stored === undefined) throw new Error('it was opened')
  const because = { cause: 'smoke_test_failed', because: 'x', toExecution: 'e1', toCommit: 'old', restore: [] } as const
  const bodies: readonly EventBody[] = [
    { type: 'stage-started', stage: 'smoke-test' },
    { type: 'stage-ended', stage: 'smoke-test', passed: false, durationMs: 1 },
    { type: 'rollback-started', scope: 'all', ...because },
    { type: 'intent', stage: 'rollback', item: 'migrate/schema', target: '', attempt: 1, deed: 'undo' }
  ]
  const chain = { head: stored.head, seq: stored.events.length, at: '2026-01-05T10:00:00.000Z', token: 1 }
  await at.ledger.append({ record: stored.record, events: link(bodies, chain), expectedHead: stored.head })
  if (!lives) world.lives.delete('schema')
  const { record } = await work(at, { resume: true })
  expect([record.status, world.did]).toEqual(['ROLLED_BACK', did])
})
