import { describe, expect, test } from '@jest/globals'
import { link } from '../../../src/core/chain.js'
import { unavailable } from '../../../src/core/errors.js'
import type { EventBody } from '../../../src/core/events.js'
import type { AnyKind, Finding } from '../../../src/core/item.js'
import type { JsonObject } from '../../../src/core/json.js'
import type { Ledger } from '../../../src/core/ports.js'
import { item, newWorld, plan, type Stand, stand, work } from '../../fakes/engine.js'

const WHOLE = plan({
  preflight: [item('preflight', { named: 'ready' })],
  migrate: [item('migrate', { named: 'schema', probe: 'probe schema' })],
  deploy: [
    item('deploy', { named: 'a', undo: 'undo a', probe: 'probe a' }),
    item('deploy', { named: 'b', undo: 'undo b', probe: 'probe b' })
  ],
  'smoke-test': [item('smoke-test', { named: 'alive', retry: 'none' })]
})
const BROKEN = plan({ ...WHOLE.stages, 'smoke-test': [item('smoke-test', { named: 'x', to: 'fail', retry: 'none' })] })

const dead = () => unavailable('ledger_unavailable', 'killed', '')

/** The store that a process sees which dies at its `n`th write: before it, or after it was written but not answered. */
function dying(ledger: Ledger, n: number, when: 'before' | 'after'): Ledger {
  let writes = 0
  return {
    ...ledger,
    append: async change => {
      writes++
      if (writes > n || (writes === n && when === 'before')) throw dead()
      const written = await ledger.append(change)
      if (writes === n) throw dead()
      return written
    }
  }
}

async function writesOf(of: ReturnType<typeof plan>): Promise<number> {
  const at = await stand(of)
  let writes = 0
  const counting = {
    ...at.ledger,
    append: (change: Parameters<Ledger['append']>[0]) => {
      writes++
      return at.ledger.append(change)
    }
  }
  await work(at, { ledger: counting })
  return writes
}

describe.each([
  ['a deployment', WHOLE, ['schema new', 'a new', 'b new'], 'SUCCESS'],
  [
    'a deployment that rolls back',
    BROKEN,
    ['schema new', 'a new', 'b new', 'undo b', 'undo a', 'undo schema'],
    'ROLLED_BACK'
  ]
] as const)('%s, killed at every write and resumed, does each thing once', (_, of, did, status) => {
  test.each([
    ['before', 'all'],
    ['after', 'all'],
    // What decides is never a word: a ledger that everybody can read keeps none.
    ['after', 'verdicts']
  ] as const)('%s the write, where a ledger keeps %s', async (when, keeps) => {
    const writes = await writesOf(of)
    expect(writes).toBeGreaterThan(6)
    for (let n = 1; n <= writes; n++) {
      const world = newWorld()
      const at = await stand(of, world)
      const ledger = { ...at.ledger, keeps }
      await work(at, { ledger: dying(ledger, n, when) }).catch(() => {})
      await work(at, { ledger, resume: true })
      expect([n, world.did]).toEqual([n, did])
      expect((await at.ledger.read('e2'))?.record.status).toBe(status)
    }
  })
})

const note = (at: Stand, data: JsonObject) =>
  writes(at, { type: 'note', item: 'deploy/a', attempt: 1, deed: 'run', data })

async function writes({ ledger }: Stand, body: EventBody): Promise<void> {
  const stored = await ledger.read('e2')
  if (stored === undefined) return
  const events = link([body], {
    head: stored.head,
    seq: stored.events.length,
    at: '2026-01-05T10:00:00.000Z',
    token: 1
  })
  await ledger.append({ record: stored.record, events, expectedHead: stored.head })
}

test('killed twice in a row it still does each thing once', async () => {
  const world = newWorld()
  const at = await stand(WHOLE, world)
  for (const n of [2, 3, 2, 4]) await work(at, { ledger: dying(at.ledger, n, 'before'), resume: true }).catch(() => {})
  await work(at, { resume: true })
  expect(world.did).toEqual(['schema new', 'a new', 'b new'])
})

describe('an action whose effect nobody knows', () => {
  const unprobed = plan({
    deploy: [item('deploy', { named: 'a', undo: 'undo a' })],
    'smoke-test': [item('smoke-test', { named: 'alive' })]
  })
  const killedInAction = async (of = unprobed) => {
    const at = await stand(of)
    // 1: preflight's end, and so on; the intent of the only action is the first write of stage deploy.
    for (let n = 1; ; n++) {
      const fresh = await stand(of)
      await work(fresh, { ledger: dying(fresh.ledger, n, 'after') }).catch(() => {})
      const state = (await fresh.ledger.read('e2'))?.events.at(-1)?.body.type
      if (state === 'intent') return fresh
      if (n > 20) return at
    }
  }

  test('is never repeated: the run waits and says for what', async () => {
    const at = await killedInAction()
    const did = at.world.did.length
    const { record } = await work(at, { resume: true })
    expect([record.status, record.reason, record.holdsEnvironment]).toEqual(['WAITING', 'unknown_effect', true])
    expect(record.errorMessage).toMatch(/deploy\/a/)
    expect(at.world.did).toHaveLength(did)
  })

  test('is not asked about once the run is cancelled: it stays unknown, and the environment held', async () => {
    const at = await killedInAction()
    const { record, state } = await work(at, { signal: AbortSignal.abort('SIGTERM') })
    expect([record.status, record.holdsEnvironment]).toEqual(['CANCELLED', true])
    expect(state.deeds.get('deploy|deploy/a|run')?.settled).toMatchObject({
      outcome: 'unknown',
      detail: 'cut off by a cancel'
    })
  })

  test('is unknown still where its own probe breaks', async () => {
    const at = await killedInAction(
      plan({ deploy: [item('deploy', { named: 'a', undo: 'undo a', probe: 'probe a' })] })
    )
    const { record } = await work(at, {
      resume: true,
      shell: { run: async () => Promise.reject(new Error('no shell')) }
    })
    expect([record.status, record.reason]).toEqual(['WAITING', 'unknown_effect'])
    expect(record.errorMessage).toMatch(/its probe broke: .*no shell/)
  })

  test('is what its kind says, where the kind knows', async () => {
    const at = await killedInAction(plan({ deploy: [item('deploy', { named: 'a', kind: 'reversible' })] }))
    expect((await work(at, { resume: true })).record.status).toBe('SUCCESS')
    expect(at.world.did).toHaveLength(1)
  })

  test.each([
    ['done by hand', 'SUCCESS', 0],
    ['again please', 'SUCCESS', 1]
  ])('is what a sign-off says that came after it: %s', async (words, status, times) => {
    const at = await killedInAction()
    const did = at.world.did.length
    const early = { item: 'deploy/a', who: 'bob', claimed: true, at: '2026-01-05T10:00:00.000Z' }
    await writes(at, { type: 'signed', signOff: { ...early, words } })
    expect((await work(at, { resume: true })).record.status).toBe(status)
    expect(at.world.did.length - did).toBe(times)
  })

  test('a sign-off from before it began says nothing of it', async () => {
    const at = await stand(unprobed)
    const early = { item: 'deploy/a', who: 'bob', claimed: true, at: '2026-01-05T10:00:00.000Z' }
    await writes(at, { type: 'signed', signOff: { ...early, words: 'done with the preparations' } })
    while ((await at.ledger.read('e2'))?.events.at(-1)?.body.type !== 'intent')
      await work(at, { ledger: dying(at.ledger, 1, 'after') }).catch(() => {})
    expect((await work(at, { resume: true })).record.status).toBe('WAITING')
  })

  test.each([
    ['yes', true, 0, 'SUCCESS'],
    ['no', false, 1, 'SUCCESS']
  ])('a person who is asked says: %s', async (words, agrees, times, status) => {
    const at = await killedInAction()
    const did = at.world.did.length
    const interview = { ask: async () => ({ who: 'ann', words, agrees, claimed: false }) }
    const { record } = await work(at, { resume: true, interview })
    expect(record.status).toBe(status)
    expect(at.world.did.length - did).toBe(times)
  })

  describe.each<[string, string, { words?: string; probe?: string }]>([
    ['its probe', 'its probe ended with 0', { probe: 'probe a' }],
    ['a sign-off', 'bob says: done', { words: 'done' }],
    ['its kind', 'as it looks', {}]
  ])('that took effect, as %s says, passes only with what its kind asserts after it', (_, said, { words, probe }) => {
    const went = async (found: () => Promise<Finding>) => {
      const at = await killedInAction(
        plan({
          deploy: [item('deploy', { named: 'a', kind: 'reversible', undo: 'undo a', ...(probe && { probe }) })],
          'smoke-test': [item('smoke-test', { named: 'alive' })]
        })
      )
      at.world.lives.add('a')
      const signOff = { item: 'deploy/a', who: 'bob', claimed: true, at: '2026-01-05T10:00:00.000Z' }
      if (words !== undefined) await writes(at, { type: 'signed', signOff: { ...signOff, words } })
      const kinds = (known: readonly AnyKind[]) =>
        known.filter(({ name }) => name === 'reversible').map(kind => ({ ...kind, finish: found }))
      const { record, state } = await work(at, { resume: true, kinds })
      return { record, settled: state.deeds.get('deploy|deploy/a|run')?.settled, did: at.world.did }
    }

    test('it holds', async () => {
      const { record, settled } = await went(async () => ({ outcome: 'pass', detail: 'health: 200' }))
      expect([record.status, settled]).toMatchObject(['SUCCESS', { outcome: 'pass', detail: `${said}; health: 200` }])
    })
    test('it does not, and the deployment is taken back', async () => {
      const { record, settled, did } = await went(async () => ({ outcome: 'fail', detail: 'its health: 500' }))
      expect([record.status, settled]).toMatchObject(['ROLLED_BACK', { detail: `${said}; its health: 500` }])
      expect(did).toEqual(['undo a'])
    })
    test('nobody could look: it stays open', async () => {
      const { record, settled } = await went(() => Promise.reject(unavailable('service_unavailable', 'no server', '')))
      expect([record.status, record.reason, settled?.outcome]).toEqual(['WAITING', 'unknown_effect', 'unknown'])
      expect(record.errorMessage).toMatch(
        /took effect, and what has to hold after it could not be looked at: no server/
      )
    })
  })

  test('waits for what is still alive of it, and never starts a second one beside it', async () => {
    const at = await killedInAction(
      plan({ deploy: [item('deploy', { named: 'a', undo: 'undo a', probe: 'probe a' })] })
    )
    let looked = 0
    const leftovers = {
      find: async () =>
        looked++ < 3 ? [{ pid: 7, command: 'sh', item: 'deploy/a', leads: true, startedAt: '5' }] : [],
      end: async () => {}
    }
    await work(at, { resume: true, leftovers: leftovers as never })
    expect(looked).toBe(4)
    expect(at.said.join()).toMatch(/process 7/)
  })

  test('says so where that does not end in the time that the item has, and asks nobody', async () => {
    const of = plan({
      deploy: [{ ...item('deploy', { named: 'a', undo: 'undo a', probe: 'probe a' }), timeoutMs: 1_000 }]
    })
    const at = await killedInAction(of)
    const alive = [{ pid: 7, command: 'sh', item: 'deploy/a', leads: true, startedAt: '5' }]
    const { record } = await work(at, { resume: true, leftovers: { find: async () => alive, end: async () => {} } })
    expect([record.status, record.reason, record.holdsEnvironment]).toEqual(['WAITING', 'still_running', true])
  })

  test.each([
    ['a service that leads no group is not waited for', { pid: 7, startedAt: '5', leads: false }, undefined],
    [
      'a service is not waited for where the journal names the program',
      { pid: 8, startedAt: '5', leads: true },
      { pid: 7, startedAt: '5' }
    ],
    [
      'nor one that has got the number of the program since',
      { pid: 7, startedAt: '6', leads: true },
      { pid: 7, startedAt: '5' }
    ]
  ])('%s', async (_, found, program) => {
    const at = await killedInAction(
      plan({ deploy: [item('deploy', { named: 'a', undo: 'undo a', probe: 'probe a' })] })
    )
    if (program !== undefined) await note(at, { program })
    const leftovers = { find: async () => [{ command: 'sh', item: 'deploy/a', ...found }], end: async () => {} }
    await work(at, { resume: true, leftovers })
    expect((await at.ledger.read('e2'))?.record.status).toBe('SUCCESS')
    expect(at.said.join()).not.toMatch(/waiting/)
  })
})
