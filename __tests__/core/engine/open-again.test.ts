import { expect, test } from '@jest/globals'
import type { Target } from '../../../src/core/engine/rollback-order.js'
import { advance, startOf } from '../../../src/core/engine/state.js'
import type { EventBody } from '../../../src/core/events.js'
import type { AnyKind, PlannedItem, Probe } from '../../../src/core/item.js'
import type { JsonObject } from '../../../src/core/json.js'
import { item, newWorld, plan, stand, type World, work } from '../../fakes/engine.js'

const OLD: Target = {
  execution: 'e1',
  plan: plan({ 'smoke-test': [item('smoke-test', { named: 'alive' })] }, { commit: 'old', release: 'old' })
}
const clone: PlannedItem = { ...item('backup', { named: 'main', kind: 'clone' }), id: 'backup/main' }
const script: PlannedItem = item('backup', { named: 'script' })
const deployed = item('deploy', { named: 'a', undo: 'undo a' })
const PLAN = plan({ backup: [clone, script], deploy: [deployed] })

const named = (of: PlannedItem, stage: 'backup' | 'deploy') =>
  ({ stage, item: of.id, target: '', attempt: 1, deed: 'run' }) as const
const begun = (of: PlannedItem, stage: 'backup' | 'deploy' = 'backup'): EventBody => ({
  type: 'intent',
  ...named(of, stage)
})
const came = (of: PlannedItem, more: JsonObject = {}, stage: 'backup' | 'deploy' = 'backup'): EventBody =>
  ({
    type: 'outcome',
    ...named(of, stage),
    outcome: 'pass',
    detail: '',
    hint: '',
    durationMs: 1,
    ...more
  }) as unknown as EventBody
const left: EventBody = { type: 'note', item: clone.id, attempt: 1, deed: 'run', data: { clone: 'c' } }
const DEPLOYED = [begun(deployed, 'deploy'), came(deployed, {}, 'deploy')]

/** A backup that shuts what it copies, and opens it again when it is asked what became of it. */
const cloning = (world: World, answer: () => Promise<Probe>): AnyKind => ({
  name: 'clone',
  effect: 'action',
  onlySaves: true,
  shape: { safeParse: (raw: unknown) => ({ success: true, data: raw }) },
  turn: () => 'barrier',
  subject: () => 'main',
  run: async () => ({ outcome: 'pass', detail: '' }),
  probe: async (_, { notes, names, deed, execution }) => {
    world.did.push(
      `open ${JSON.stringify(notes)} of the ${deed} of ${names['DEPLOY_EXECUTION']} ${execution.environment}`
    )
    return await answer()
  }
})

const opened = async (): Promise<Probe> => ({ took: 'no-effect', detail: 'what was left of it is removed: c' })

async function takesBack(bodies: readonly EventBody[], answer: () => Promise<Probe> = opened) {
  const world = newWorld()
  const at = await stand({ ...PLAN, commit: 'old' }, world, { purpose: 'rollback', undoesExecutionId: 'e0' })
  const undoing = bodies.reduce(advance, startOf(PLAN))
  const order = { scope: 'all', cause: 'ok', because: 'asked', undoing, target: OLD, restore: [] } as const
  const { record } = await work(at, { wish: { rollBack: true }, order, kinds: [cloning(world, answer)] })
  return { did: world.did, status: record.status, message: record.errorMessage, said: at.said, at, order, world }
}

const OPEN = 'open [{"clone":"c"}] of the run of e0 production'

test.each<[string, readonly EventBody[]]>([
  ['was killed', [begun(clone), left]],
  ['was cut off by a cancel', [begun(clone), left, came(clone, { outcome: 'unknown' })]],
  ['could not open it itself', [begun(clone), left, came(clone, { outcome: 'error' })]]
])('what a backup that %s left shut is opened before anything is undone', async (_, bodies) => {
  const found = await takesBack([...bodies, ...DEPLOYED])
  expect([found.did, found.status]).toEqual([[OPEN, 'undo a'], 'SUCCESS'])
  expect(found.said.join()).toMatch(/backup\/main: it did not end well; .*what was left of it is removed/)
})

test.each<[string, readonly EventBody[]]>([
  ['passed', [begun(clone), left, came(clone)]],
  ['was put right already', [begun(clone), left, came(clone, { outcome: 'unknown', evidence: { took: 'no-effect' } })]],
  ['was never begun', []],
  ['is a command', [begun(script)]]
])('a backup that %s is left alone', async (_, bodies) => {
  const found = await takesBack([...bodies, ...DEPLOYED])
  expect([found.did, found.status]).toEqual([['undo a'], 'SUCCESS'])
})

test.each<[string, () => Promise<Probe>, RegExp]>([
  [
    'nobody knows',
    async () => ({ took: 'unknown', detail: 'nobody answers' }),
    /could not be put right: nobody answers/
  ],
  ['breaks', () => Promise.reject(new Error('gone')), /could not be put right: .*gone/]
])(
  'a way back that could not open it, because that %s, stops before anything is undone',
  async (_, answer, message) => {
    const found = await takesBack([begun(clone), left, ...DEPLOYED], answer)
    expect([found.did, found.status]).toEqual([[OPEN], 'FAILED'])
    expect(found.message).toMatch(message)
  }
)
