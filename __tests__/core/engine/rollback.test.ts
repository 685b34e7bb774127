import { describe, expect, test } from '@jest/globals'
import { deedsToUndo } from '../../../src/core/engine/deeds-to-undo.js'
import type { RollbackOrder, Target } from '../../../src/core/engine/rollback-order.js'
import { advance, type State, startOf } from '../../../src/core/engine/state.js'
import type { EventBody } from '../../../src/core/events.js'
import type { AnyKind, PlannedItem } from '../../../src/core/item.js'
import type { Plan } from '../../../src/core/plan.js'
import type { Receipt } from '../../../src/core/records.js'
import { type Doing, item, newWorld, plan, stand, type World, work } from '../../fakes/engine.js'

const OLD: Target = {
  execution: 'e1',
  plan: plan({ 'smoke-test': [item('smoke-test', { named: 'alive' })] }, { commit: 'old', release: 'old' })
}
const backup: PlannedItem = { ...item('backup', { named: 'main' }), kind: 'backup', spec: { backup: 'main' } }
const WHOLE = plan({
  backup: [backup],
  migrate: [item('migrate', { named: 'schema' })],
  deploy: [item('deploy', { named: 'a', undo: 'undo a' }), item('deploy', { named: 'b', undo: 'undo b' })]
})
const IDLE = [
  item('smoke-test', { named: 'alive', optional: true, to: 'fail' }),
  item('smoke-test', { named: 'later', skip: 'not today' }),
  item('smoke-test', { named: 'a while', kind: 'wait', effect: 'check' }),
  item('smoke-test', { named: 'looks', kind: 'manual', effect: 'check' })
]
const MIGRATION = {
  database: 'main',
  before: '0',
  after: '1',
  moved: true,
  applied: [{ file: '1.sql', sha256: 'aa' }],
  catalog: { downs: { '1.sql': 'x' } }
}
const RECEIPT = { subject: 'main' } as Receipt

const intent = (stage: 'migrate' | 'deploy' | 'backup', id: string): EventBody => ({
  type: 'intent',
  stage,
  item: id,
  target: '',
  attempt: 1,
  deed: 'run'
})
const outcome = (stage: 'migrate' | 'deploy' | 'backup' | 'rollback', id: string, more: object = {}): EventBody => ({
  ...{
    type: 'outcome',
    stage,
    item: id,
    target: '',
    attempt: 1,
    deed: 'run',
    outcome: 'pass',
    detail: '',
    hint: '',
    durationMs: 1
  },
  ...more
})
const undone = (id: string): EventBody => outcome('rollback', id, { deed: 'undo' })
const DID: readonly EventBody[] = [
  ...[intent('backup', 'backup/main'), outcome('backup', 'backup/main', { receipt: RECEIPT })],
  ...[intent('migrate', 'migrate/schema'), outcome('migrate', 'migrate/schema', { migration: MIGRATION })],
  ...[
    intent('deploy', 'deploy/a'),
    outcome('deploy', 'deploy/a'),
    intent('deploy', 'deploy/b'),
    outcome('deploy', 'deploy/b')
  ]
]

const stateAfter = (of: Plan, bodies: readonly EventBody[]): State => bodies.reduce(advance, startOf(of))

/** Takes back by hand what these events say of this plan. */
async function takesBack(
  bodies: readonly EventBody[],
  more: Partial<RollbackOrder> = {},
  { of = WHOLE, world = newWorld(), ...doing }: Doing & { of?: Plan; world?: World } = {}
) {
  const at = await stand({ ...of, commit: 'old' }, world, { purpose: 'rollback', undoesExecutionId: 'e0' })
  const order: RollbackOrder = {
    scope: 'all',
    cause: 'ok',
    because: 'asked',
    undoing: stateAfter(of, bodies),
    target: OLD,
    restore: [],
    ...more
  }
  const { record, state } = await work(at, { wish: { rollBack: true }, order, ...doing })
  return {
    did: world.did,
    status: record.status,
    reason: record.reason,
    message: record.errorMessage,
    remains: state.rollback?.ended?.remains ?? [],
    record,
    at
  }
}

describe('by hand', () => {
  test('deploy goes back in reverse order, then the migration, then the proof', async () => {
    const found = await takesBack(DID)
    expect([found.did, found.status]).toEqual([['undo b', 'undo a', 'undo schema'], 'SUCCESS'])
  })

  test.each<[string, readonly EventBody[], Partial<RollbackOrder>, Plan, RegExp]>([
    [
      'no smoke test that could prove it',
      DID,
      { target: { ...OLD, plan: plan({}, { commit: 'old' }) } },
      WHOLE,
      /e1 stored no smoke test/
    ],
    [
      'a smoke test that nothing could fail, with nobody asked',
      DID,
      { target: { ...OLD, plan: plan({ 'smoke-test': IDLE }, { commit: 'old' }) } },
      WHOLE,
      /e1 stored no smoke test that could prove it: look whether old is live, and give smoke-test an item that can fail/
    ],
    [
      'nothing that could be undone',
      DID.slice(4),
      {},
      plan({ deploy: [item('deploy', { named: 'a' }), item('deploy', { named: 'b' })] }),
      /nothing could be undone: deploy\/b has no `undo`/
    ],
    [
      'a deed of no plan',
      [intent('deploy', 'deploy/x'), outcome('deploy', 'deploy/x')],
      {},
      WHOLE,
      /deploy\/x is not in the plan that it ran by/
    ],
    [
      'no release to deploy again',
      DID.slice(4, 6),
      { target: undefined },
      plan({ deploy: [item('deploy', { named: 'a', undo: 'redeploy' })] }),
      /no earlier good release to deploy again/
    ],
    [
      'no kind of that name',
      DID.slice(4, 6),
      {},
      plan({ deploy: [item('deploy', { named: 'a', kind: 'gone', undo: 'redeploy' })] }),
      /no kind is called gone/
    ],
    [
      'a name without a value',
      DID.slice(4, 6),
      {},
      plan({ deploy: [{ ...item('deploy', { named: 'a', undo: 'redeploy' }), spec: { named: '${NO}' } }] }),
      /no value for NO/
    ],
    [
      'a longer time than was promised',
      DID,
      {},
      plan(WHOLE.stages, { rollback: { code: 'auto', schema: 'auto', data: 'never', withinMs: 1 } }),
      /longer than the promised/
    ]
  ])('%s is a rollback that stopped', async (_, bodies, more, of, message) => {
    const found = await takesBack(bodies, more, { of })
    expect([found.status, found.reason, found.message]).toEqual([
      'FAILED',
      'rollback_failed',
      expect.stringMatching(message)
    ])
  })

  test('what an earlier rollback of it took back is not taken back twice, and counts', async () => {
    const found = await takesBack([...DID, undone('deploy/b'), undone('deploy/a')])
    expect([found.did, found.status]).toEqual([['undo schema'], 'SUCCESS'])
  })

  test('a step that failed in an earlier process of this rollback is not tried again', async () => {
    const world = newWorld()
    world.broken.add('undo b')
    const { at, status } = await takesBack(DID, {}, { world })
    const stored = await at.ledger.read('e2')
    expect([status, stored?.record.status, world.did]).toEqual(['FAILED', 'FAILED', ['undo b']])
  })
})

describe('a restore that was asked for by name', () => {
  /** The kind of backups that this world has; `restored` is what its way back does. */
  const withBackups = (world: World): readonly AnyKind[] => [
    {
      name: 'backup',
      effect: 'action',
      shape: { safeParse: (raw: unknown) => ({ success: true, data: raw }) },
      turn: () => 'barrier',
      subject: () => 'main',
      run: async () => ({ outcome: 'pass', detail: '' }),
      undo: async (_, { execution }) => {
        world.did.push(
          `restore with ${execution.receipts.length} receipts, ${execution.migrations.length} migrations, accepted ${execution.acceptedLoss.join()}`
        )
        return world.broken.has('restore')
          ? { outcome: 'fail', detail: 'rows were written since', reason: 'would_lose_rows' }
          : { outcome: 'pass', detail: '' }
      }
    } satisfies AnyKind
  ]
  const restoring = async (
    bodies: readonly EventBody[],
    restore: readonly string[],
    breaks: readonly string[] = []
  ) => {
    const world = newWorld()
    for (const thing of breaks) world.broken.add(thing)
    return await takesBack(bodies, { restore }, { world, kinds: withBackups(world), acceptedLoss: ['main'] })
  }

  test('takes the place of the migration’s undo, after the code went back', async () => {
    const found = await restoring(DID, ['main'])
    expect(found.did).toEqual(['undo b', 'undo a', 'restore with 1 receipts, 1 migrations, accepted main'])
    expect([found.status, found.record.applied]).toEqual(['SUCCESS', { main: {} }])
  })

  test('that is refused stops, and never falls through to anything else', async () => {
    const found = await restoring(DID, ['main'], ['restore'])
    expect([found.status, found.did.length, found.message]).toEqual([
      'FAILED',
      3,
      expect.stringMatching(/rows were written since/)
    ])
  })

  test('comes before what backup did beside saving is taken back', async () => {
    const on = item('backup', { named: 'on', undo: 'undo on' })
    const of = { ...WHOLE, stages: { ...WHOLE.stages, backup: [on, backup] } }
    const world = newWorld()
    const bodies = [intent('backup', 'backup/on'), outcome('backup', 'backup/on'), ...DID]
    const found = await takesBack(bodies, { restore: ['main'] }, { of, world, kinds: withBackups(world) })
    expect(found.did.map(line => line.replace(/ with .*/, ''))).toEqual(['undo b', 'undo a', 'restore', 'undo on'])
    expect(found.status).toBe('SUCCESS')
  })

  test('without a proven backup stops', async () => {
    expect((await restoring(DID.slice(2), ['main'])).message).toMatch(/no proven backup of main/)
    expect((await restoring(DID, ['other'])).message).toMatch(/no proven backup of other/)
  })

  test('that an earlier rollback has done is not done again, nor is the migration undone then', async () => {
    const again = await restoring([...DID, undone('backup/main')], ['main'])
    expect([again.status, again.did]).toEqual(['SUCCESS', ['undo b', 'undo a']])
    const without = await restoring([...DID, undone('backup/main')], [])
    expect([without.status, without.did]).toEqual(['SUCCESS', ['undo b', 'undo a']])
  })
})

describe('an action that was interrupted', () => {
  const KILLED = [intent('deploy', 'deploy/a')]
  const PROBED = plan({ deploy: [item('deploy', { named: 'a', undo: 'undo a', probe: 'probe a' })] })

  test.each([
    ['had no effect needs no undo', PROBED, [], []],
    ['had its effect is undone', PROBED, ['a'], ['undo a']],
    ['nobody knows of is undone', plan({ deploy: [item('deploy', { named: 'a', undo: 'undo a' })] }), [], ['undo a']]
  ])('and %s', async (_, of, lives, did) => {
    const world = newWorld()
    for (const name of lives) world.lives.add(name)
    const found = await takesBack(KILLED, {}, { of, world })
    expect([found.did, found.status]).toEqual([did, 'SUCCESS'])
  })

  test('and still runs stops the rollback, which would work against it', async () => {
    const alive = [{ pid: 7, command: 'sh', item: 'deploy/a', leads: true, startedAt: '5' }]
    const of = plan({ deploy: [{ ...item('deploy', { named: 'a', undo: 'undo a' }), timeoutMs: 1_000 }] })
    const found = await takesBack(KILLED, {}, { of, leftovers: { find: async () => alive, end: async () => {} } })
    expect([found.status, found.message, found.did]).toEqual([
      'FAILED',
      expect.stringMatching(/still running: process 7/),
      []
    ])
  })

  test.each([
    ['a part of which is there, is undone by what is there', true, ['undo schema']],
    ['of which nothing is there, needs no undo', false, []]
  ])('a migration %s', async (_, moved, did) => {
    const world = newWorld()
    const of = plan(
      { migrate: [item('migrate', { named: 'schema', kind: 'partly' })] },
      { rollback: { code: 'auto', schema: 'auto', data: 'never' } }
    )
    const partly = (base: AnyKind): AnyKind => ({
      ...base,
      name: 'partly',
      probe: async () => ({
        took: 'no-effect',
        detail: 'so',
        finding: { outcome: 'unknown', detail: '', migration: { ...MIGRATION, moved } }
      })
    })
    const found = await takesBack(
      [intent('migrate', 'migrate/schema')],
      {},
      { of, world, kinds: known => known.filter(({ name }) => name === 'migrate').map(partly) }
    )
    expect([found.did, found.status]).toEqual([did, 'SUCCESS'])
  })
})

describe('what stays on purpose is said', () => {
  const stays = async (kind: (known: AnyKind) => AnyKind) => {
    const of = plan({ migrate: [item('migrate', { named: 'schema', kind: 'odd' })], deploy: WHOLE.stages.deploy })
    const kinds = (known: readonly AnyKind[]) =>
      known.filter(({ name }) => name === 'migrate').map(one => ({ ...kind(one), name: 'odd' }))
    return (await takesBack(DID.slice(2), {}, { of, kinds })).remains.join()
  }
  test.each<[string, (known: AnyKind) => AnyKind, RegExp]>([
    ['a loss that nobody can count', ({ assess: _, ...rest }) => rest, /would lose what nobody can count/],
    [
      'a count that breaks',
      known => ({ ...known, assess: async () => Promise.reject(new Error('gone')) }),
      /what could not be counted \(a fault of deploy-checklist: gone\)/
    ]
  ])('%s', async (_, kind, message) => {
    expect(await stays(kind)).toMatch(message)
  })
})

describe('an undo by command that does not end well', () => {
  test.each([
    ['cut off by a cancel', { kind: 'aborted', code: 130, byItself: false }, /cut off by a cancel/],
    ['too slow', { kind: 'timed-out', code: 143, byItself: false }, /did not end within 30 min/],
    ['failed', { kind: 'exited', code: 3, byItself: true }, /ended with 3, expected 0/]
  ] as const)('%s', async (_, exit, message) => {
    const shell = { run: async () => ({ ...exit, stdout: '', stderr: '', durationMs: 1 }) }
    const { at } = await takesBack(DID.slice(4, 6), {}, { shell })
    const events = (await at.ledger.read('e2'))?.events ?? []
    expect(JSON.stringify(events.map(({ body }) => body))).toMatch(message)
  })
})

test('only what may have changed something is undone, and of a failed migration only the schema', () => {
  const ids = (bodies: readonly EventBody[], scope: 'all' | 'migrate') =>
    deedsToUndo(stateAfter(WHOLE, bodies), scope).map(({ item: id }) => id)
  expect(ids(DID, 'all')).toEqual(['deploy/b', 'deploy/a', 'migrate/schema'])
  expect(ids(DID, 'migrate')).toEqual(['migrate/schema'])
  expect(
    ids(
      [
        intent('migrate', 'migrate/schema'),
        outcome('migrate', 'migrate/schema', { migration: { ...MIGRATION, moved: false } })
      ],
      'all'
    )
  ).toEqual([])
  expect(
    ids(
      [
        intent('deploy', 'deploy/a'),
        outcome('deploy', 'deploy/a', { outcome: 'unknown', evidence: { took: 'no-effect' } })
      ],
      'all'
    )
  ).toEqual([])
})

test('a rollback is written down step by step: intent before, outcome after', async () => {
  const { at } = await takesBack(DID.slice(4, 6))
  const types = (await at.ledger.read('e2'))?.events.map(({ body }) => body.type)
  expect(types).toEqual([
    'opened',
    'rollback-started',
    'stage-started',
    'intent',
    'outcome',
    'outcome',
    'rollback-ended',
    'stage-ended',
    'ended'
  ])
})
