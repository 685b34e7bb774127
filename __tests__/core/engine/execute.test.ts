import { describe, expect, test } from '@jest/globals'
import type { AnyKind, Finding } from '../../../src/core/item.js'
import type { Shell } from '../../../src/core/ports.js'
import { fakeShell, item, newWorld, plan, type Stand, stand, work } from '../../fakes/engine.js'

const whole = (more: Parameters<typeof plan>[1] = {}) =>
  plan(
    {
      preflight: [item('preflight', { named: 'ready' })],
      migrate: [item('migrate', { named: 'schema' })],
      deploy: [item('deploy', { named: 'a', undo: 'undo a' }), item('deploy', { named: 'b', undo: 'undo b' })],
      'smoke-test': [item('smoke-test', { named: 'alive', retry: 'none' })]
    },
    more
  )

const statusOf = async ({ ledger }: Stand) => {
  const stored = await ledger.read('e2')
  return [stored?.record.status, stored?.record.reason, stored?.record.holdsEnvironment]
}

test('every stage in its order, and the environment is free again', async () => {
  const at = await stand(whole())
  const journal = await work(at)
  expect(at.world.did).toEqual(['schema new', 'a new', 'b new'])
  expect(await statusOf(at)).toEqual(['SUCCESS', 'ok', false])
  expect([...journal.state.stages.values()]).toEqual(Array(6).fill('passed'))
})

const ON = item('backup', { named: 'on', undo: 'undo on' })
const SAVES = item('backup', { named: 'saves', to: 'fail', reason: 'no_space' })

describe('what a failure leads to', () => {
  test.each([
    [
      'preflight stops, nothing was touched',
      { preflight: [item('preflight', { named: 'x', to: 'fail' })] },
      ['FAILED', 'preflight_failed'],
      []
    ],
    [
      'something outside is down and nothing was touched',
      { preflight: [item('preflight', { named: 'x', to: 'error', reason: 'service_unavailable' })] },
      ['UNAVAILABLE', 'service_unavailable'],
      []
    ],
    [
      'something outside is down beside what fails by itself: that is no outage',
      {
        preflight: [
          item('preflight', { named: 'x', to: 'error', reason: 'service_unavailable' }),
          item('preflight', { named: 'y', to: 'fail' })
        ]
      },
      ['FAILED', 'preflight_failed'],
      []
    ],
    [
      'a release that does not answer is one that failed its smoke test',
      {
        deploy: [item('deploy', { named: 'a', undo: 'undo a' })],
        'smoke-test': [item('smoke-test', { named: 'x', to: 'fail', reason: 'service_unavailable', retry: 'none' })]
      },
      ['ROLLED_BACK', 'smoke_test_failed'],
      ['a new', 'undo a']
    ],
    [
      'a check without data blocks',
      { preflight: [item('preflight', { named: 'x', to: 'inconclusive' })] },
      ['FAILED', 'preflight_failed'],
      []
    ],
    [
      'a fault of a kind blocks',
      { preflight: [item('preflight', { named: 'x', to: 'throw' })] },
      ['FAILED', 'bug'],
      []
    ],
    ['backup stops', { backup: [item('backup', { named: 'x', to: 'fail' })] }, ['FAILED', 'backup_failed'], ['x new']],
    [
      'a reason of the item itself is kept',
      { backup: [item('backup', { named: 'x', to: 'fail', reason: 'no_space' })] },
      ['FAILED', 'no_space'],
      ['x new']
    ],
    [
      'a failed migration is undone, and that is no rollback',
      { migrate: [item('migrate', { named: 'schema', to: 'fail' })] },
      ['FAILED', 'migration_failed'],
      ['schema new', 'undo schema']
    ],
    [
      'deploy rolls back in reverse order, the failed item first',
      {
        deploy: [
          item('deploy', { named: 'a', undo: 'undo a' }),
          item('deploy', { named: 'b', undo: 'undo b', to: 'fail' })
        ]
      },
      ['ROLLED_BACK', 'deploy_failed'],
      ['a new', 'b new', 'undo b', 'undo a']
    ],
    [
      'smoke-test rolls back code, then schema',
      {
        migrate: [item('migrate', { named: 'schema' })],
        deploy: [item('deploy', { named: 'a', undo: 'undo a' })],
        'smoke-test': [item('smoke-test', { named: 'x', to: 'fail' })]
      },
      ['ROLLED_BACK', 'smoke_test_failed'],
      ['schema new', 'a new', 'undo a', 'undo schema']
    ],
    [
      'what backup did beside saving goes back after the schema, newest first',
      {
        backup: [ON, item('backup', { named: 'stop', undo: 'undo stop' }), item('backup', { named: 'copied' })],
        migrate: [item('migrate', { named: 'schema' })],
        deploy: [item('deploy', { named: 'a', undo: 'undo a', to: 'fail' })]
      },
      ['ROLLED_BACK', 'deploy_failed'],
      ['on new', 'stop new', 'copied new', 'schema new', 'a new', 'undo a', 'undo schema', 'undo stop', 'undo on']
    ],
    [
      'also where the migration failed, and that is no rollback',
      { backup: [ON], migrate: [item('migrate', { named: 'schema', to: 'fail' })] },
      ['FAILED', 'migration_failed'],
      ['on new', 'schema new', 'undo schema', 'undo on']
    ],
    [
      'also where the backup failed, which itself only saves',
      { backup: [ON, item('backup', { named: 'x', to: 'fail', undo: 'undo x', skip: 'no' }), SAVES] },
      ['FAILED', 'no_space'],
      ['on new', 'saves new', 'undo on']
    ],
    [
      'optional items never block',
      { preflight: [item('preflight', { named: 'x', to: 'fail', optional: true })] },
      ['PARTIAL', 'optional_failed'],
      []
    ],
    [
      'degraded does not block',
      { preflight: [item('preflight', { named: 'x', to: 'degraded' })] },
      ['SUCCESS', 'ok'],
      []
    ],
    [
      'a skipped item says why and is not run',
      { deploy: [item('deploy', { named: 'x', skip: 'by hand' })] },
      ['SUCCESS', 'ok'],
      []
    ]
  ])('%s', async (_, stages, [status, reason], did) => {
    const at = await stand(plan(stages))
    await work(at)
    expect(await statusOf(at)).toEqual([status, reason, false])
    expect(at.world.did).toEqual(did)
  })
})

test('an item after the failed one of an acting stage is not run, of a looking stage it is', async () => {
  const [bad, next] = [{ named: 'x', to: 'fail' }, { named: 'y' }] as const
  const acting = await work(await stand(plan({ deploy: [item('deploy', bad), item('deploy', next)] })))
  const looking = await work(await stand(plan({ preflight: [item('preflight', bad), item('preflight', next)] })))
  expect(acting.state.deeds.has('deploy|deploy/y|run')).toBe(false)
  expect(looking.state.deeds.get('preflight|preflight/y|run')?.settled?.outcome).toBe('pass')
})

describe('rollback', () => {
  const broken = (policy = {}) => {
    const rollback = { code: 'auto', schema: 'lossless', data: 'never', ...policy } as const
    return plan(
      {
        migrate: [item('migrate', { named: 'schema' })],
        deploy: [item('deploy', { named: 'a', undo: 'undo a' })],
        'smoke-test': [item('smoke-test', { named: 'x', to: 'fail', retry: 'none' })]
      },
      { rollback }
    )
  }
  const rolledBack = async (of: ReturnType<typeof plan>, breaks: string[], more = {}) => {
    const world = newWorld()
    for (const thing of breaks) world.broken.add(thing)
    const at = await stand(of, world)
    const journal = await work(at, more)
    return {
      did: world.did.slice(2),
      status: journal.record.status,
      reason: journal.record.reason,
      ended: journal.state.rollback?.ended,
      message: journal.record.errorMessage
    }
  }

  test.each([
    [
      'a schema whose undo would lose rows stays',
      broken(),
      ['lossless'],
      ['undo a'],
      'ROLLED_BACK',
      /would lose 3 rows of orders/
    ],
    ['`schema: never` leaves it', broken({ schema: 'never' }), [], ['undo a'], 'ROLLED_BACK', /schema: never/],
    [
      '`schema: auto` undoes it whatever it loses',
      broken({ schema: 'auto' }),
      ['lossless'],
      ['undo a', 'undo schema'],
      'ROLLED_BACK',
      /^$/
    ],
    ['`code: ask` leaves all of it to a person', broken({ code: 'ask' }), [], [], 'FAILED', /^$/],
    ['a failed undo stops it, and nothing falls through to more', broken(), ['undo a'], ['undo a'], 'FAILED', /^$/],
    [
      'a target that fails its own smoke test is no rollback',
      broken(),
      ['alive old'],
      ['undo a', 'undo schema'],
      'FAILED',
      /^$/
    ]
  ])('%s', async (_, of, breaks, did, status, remains) => {
    const found = await rolledBack(of, breaks)
    expect(found.did).toEqual(did)
    expect(found.status).toBe(status)
    expect(found.ended?.remains.join() ?? '').toMatch(remains)
  })

  test('is verified with what should be live now, and says when there is nothing to prove it by', async () => {
    const found = await rolledBack(broken(), [], { target: async () => undefined })
    expect(found.status).toBe('FAILED')
    expect(found.message).toMatch(/no earlier good release/)
  })

  test('deploys the last good release again from its own worktree', async () => {
    const of = plan({
      deploy: [item('deploy', { named: 'a', undo: 'redeploy' })],
      'smoke-test': [item('smoke-test', { named: 'x', to: 'fail', retry: 'none' })]
    })
    const at = await stand(of)
    await work(at)
    expect(at.world.did).toEqual(['a new', 'a old'])
    expect((await statusOf(at))[0]).toBe('ROLLED_BACK')
  })
})

describe('one stage alone', () => {
  test('runs its stage and leaves the rest', async () => {
    const at = await stand(whole())
    await work(at, { wish: { only: 'preflight' } })
    expect(await statusOf(at)).toEqual(['BUILDING', '', true])
  })
  test('is refused before its turn', async () => {
    const at = await stand(whole())
    await expect(work(at, { wish: { only: 'deploy' } })).rejects.toMatchObject({ reason: 'stage_out_of_order' })
    expect(at.world.did).toEqual([])
  })
  test('done already is no fault and does nothing', async () => {
    const at = await stand(whole())
    for (const only of ['preflight', 'preflight', 'migrate', 'deploy'] as const) await work(at, { wish: { only } })
    expect(at.world.did).toEqual(['schema new', 'a new', 'b new'])
    await work(at, { wish: { only: 'deploy' } })
    expect(at.world.did).toHaveLength(3)
  })
})

describe('waiting for a person', () => {
  const waits = (stage: 'preflight' | 'deploy') =>
    plan({
      deploy: [
        item('deploy', { named: 'a', undo: 'undo a' }),
        ...(stage === 'deploy' ? [item('deploy', { named: 'ok?', kind: 'look', effect: 'check', to: 'waiting' })] : [])
      ],
      ...(stage === 'preflight' && { preflight: [item('preflight', { named: 'ok?', to: 'waiting' })] })
    })

  test('before the first action keeps nobody out', async () => {
    const at = await stand(waits('preflight'))
    await work(at)
    expect(await statusOf(at)).toEqual(['WAITING', 'waiting_for_person', false])
  })
  test('after it keeps the environment', async () => {
    const at = await stand(waits('deploy'))
    await work(at)
    expect(await statusOf(at)).toEqual(['WAITING', 'waiting_for_person', true])
    expect(at.world.did).toEqual(['a new'])
  })
})

describe('a cancel', () => {
  test('before the first action ends it; after one the environment stays held', async () => {
    const before = await stand(whole())
    await work(before, { signal: AbortSignal.abort('SIGINT') })
    expect(await statusOf(before)).toEqual(['CANCELLED', 'cancelled', false])
    const after = await stand(whole())
    await work(after, { wish: { only: 'preflight' } })
    await work(after, { wish: { only: 'migrate' } })
    await work(after, { signal: AbortSignal.abort('SIGTERM') })
    expect(await statusOf(after)).toEqual(['CANCELLED', 'cancelled', true])
    expect((await after.ledger.read('e2'))?.record.errorMessage).toMatch(/SIGTERM/)
  })
})

describe('monitor', () => {
  const monitor = (onFailure: 'page' | 'rollback', to: 'pass' | 'fail') =>
    plan(
      { deploy: [item('deploy', { named: 'a', undo: 'undo a' })], monitor: [item('monitor', { named: 'm', to })] },
      {
        monitor: {
          checkpoints: [
            { name: '0m', afterMs: 0 },
            { name: '1h', afterMs: 3_600_000 }
          ],
          settleMs: 5,
          onFailure,
          page: 'page someone'
        }
      }
    )
  test('the first checkpoint is part of the run, the later ones become due', async () => {
    const at = await stand(monitor('page', 'pass'))
    const { record } = await work(at)
    expect(record.status).toBe('SUCCESS')
    expect(record.due).toEqual([{ checkpoint: '1h', dueAt: expect.stringMatching(/^2026-01-05T1/) }])
  })
  test.each([
    ['page', 'FAILED', ['a new', 'page someone']],
    ['rollback', 'ROLLED_BACK', ['a new', 'undo a']]
  ] as const)('a failed one leads to: %s', async (onFailure, status, did) => {
    const at = await stand(monitor(onFailure, 'fail'))
    expect((await work(at)).record.status).toBe(status)
    expect(at.world.did).toEqual(did)
  })
})

describe('a way back that needs a person', () => {
  const PAGING = plan(
    {
      deploy: [item('deploy', { named: 'a', undo: 'undo a', to: 'fail' })],
      monitor: [item('monitor', { named: 'm' })]
    },
    { monitor: { checkpoints: [], settleMs: 0, onFailure: 'rollback', page: 'page someone' } }
  )
  const stuck = async () => {
    const at = await stand(PAGING)
    at.world.broken.add('undo a')
    return at
  }

  test('pages one', async () => {
    const at = await stuck()
    await work(at)
    expect(await statusOf(at)).toEqual(['FAILED', 'rollback_failed', false])
    expect(at.world.did).toEqual(['a new', 'undo a', 'page someone'])
  })

  test.each([
    [
      'ends badly',
      async () => ({ kind: 'exited', code: 3 }) as never,
      /page command ended with 3: a person must be told/
    ],
    ['cannot be run', () => Promise.reject(new Error('no sh')), /page command .*no sh.*: a person must be told/]
  ])('changes nothing where the page command %s, and that is said', async (_, run, message) => {
    const at = await stuck()
    const usual = fakeShell(at.world)
    const shell: Shell = {
      run: async command =>
        'text' in command.what && command.what.text === 'page someone' ? await run() : await usual.run(command)
    }
    await work(at, { shell })
    expect(await statusOf(at)).toEqual(['FAILED', 'rollback_failed', false])
    expect(at.said.join('\n')).toMatch(message)
  })

  test('pages nobody again where its process died before it could say so', async () => {
    const at = await stuck()
    const dies: typeof at.ledger.append = async change => {
      if (change.events.some(({ body }) => body.type === 'ended')) throw new Error('killed')
      return await at.ledger.append(change)
    }
    await expect(work(at, { ledger: { ...at.ledger, append: dies } })).rejects.toThrow('killed')
    await work(at, { resume: true })
    expect(await statusOf(at)).toEqual(['FAILED', 'rollback_failed', false])
    expect(at.world.did.filter(line => line === 'page someone')).toHaveLength(1)
  })
})

test('where backup failed, an undo of it that fails needs a person', async () => {
  const at = await stand(plan({ backup: [ON, SAVES] }))
  at.world.broken.add('undo on')
  const { record } = await work(at)
  expect([...(await statusOf(at)), record.rolledBack]).toEqual(['FAILED', 'rollback_failed', false, false])
  expect(record.errorMessage).toMatch(/the undo of backup\/on failed/)
})

test('what its stage has no time left for is not begun, and the stage fails', async () => {
  const at = await stand(
    plan(
      { deploy: [item('deploy', { named: 'a', undo: 'undo a' }), item('deploy', { named: 'b' })] },
      { timeouts: { deploy: 1 } }
    )
  )
  const { state, record } = await work(at)
  expect(record.status).toBe('ROLLED_BACK')
  expect(at.world.did).toEqual(['a new', 'undo a'])
  expect(state.deeds.get('deploy|deploy/b|run')?.settled?.detail).toMatch(/time of its stage/)
})

test('what an action came to is written before anything else is looked at, also where the next one is skipped', async () => {
  const at = await stand(
    plan({
      deploy: [
        item('deploy', { named: 'a' }),
        item('deploy', { named: 'b', skip: 'not today' }),
        item('deploy', { named: 'c', kind: 'look' })
      ]
    })
  )
  let written: readonly string[] = []
  const kinds = (known: readonly AnyKind[]) =>
    known
      .filter(({ name }) => name === 'look')
      .map(look => ({
        ...look,
        run: async (): Promise<Finding> => {
          const { events = [] } = (await at.ledger.read('e2')) ?? {}
          written = events.flatMap(({ body }) => (body.type === 'outcome' ? [body.item] : []))
          return { outcome: 'pass', detail: '' }
        }
      }))
  await work(at, { kinds })
  expect(written).toContain('deploy/a')
})
