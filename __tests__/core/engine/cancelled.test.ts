import { expect, test } from '@jest/globals'
import type { AnyKind, Finding } from '../../../src/core/item.js'
import type { Ledger, Shell } from '../../../src/core/ports.js'
import { fakeShell, item, plan, type Stand, stand, work } from '../../fakes/engine.js'

const OF = plan({
  deploy: [
    item('deploy', { named: 'a', undo: 'undo a', probe: 'probe a' }),
    item('deploy', { named: 'b', undo: 'undo b', probe: 'probe b' })
  ],
  'smoke-test': [item('smoke-test', { named: 'alive' })]
})

/** Kinds whose action does its work, is cancelled then, and finds this. */
const cancelledIn = (cancel: AbortController, found: Finding) => (known: readonly AnyKind[]) =>
  known
    .filter(({ name }) => name === 'act')
    .map(kind => ({
      ...kind,
      run: async (...given: Parameters<AnyKind['run']>) => {
        await kind.run(...given)
        cancel.abort('SIGINT')
        return found
      }
    }))

const settledOf = async ({ ledger }: Stand, cancel: AbortController, more: Parameters<typeof work>[1] = {}) => {
  const at: Stand = { ledger, world: { did: [], lives: new Set(), broken: new Set() }, said: [] }
  const { record, state } = await work(at, { ...more, signal: cancel.signal })
  expect([record.status, record.holdsEnvironment]).toEqual(['CANCELLED', true])
  return { at, settled: state.deeds.get('deploy|deploy/a|run')?.settled }
}

test.each<[string, Finding]>([
  ['its health was cut off', { outcome: 'error', detail: 'its health: cancelled', reason: 'cancelled' }],
  ['it ended with 130', { outcome: 'fail', detail: 'expected exit 0, found 130' }]
])(
  'an action that was cancelled is unknown where %s, and a resume goes on with what its probe says',
  async (_, found) => {
    const cancel = new AbortController()
    const { at, settled } = await settledOf(await stand(OF), cancel, { kinds: cancelledIn(cancel, found) })
    expect(settled).toMatchObject({ outcome: 'unknown', detail: `cut off by a cancel; ${found.detail}` })
    const { record } = await work(at, { resume: true })
    expect([record.status, at.world.did]).toEqual(['SUCCESS', ['a new', 'b new']])
  }
)

test('one that passed in spite of a cancel has passed', async () => {
  const cancel = new AbortController()
  const well: Finding = { outcome: 'pass', detail: 'well' }
  expect((await settledOf(await stand(OF), cancel, { kinds: cancelledIn(cancel, well) })).settled).toMatchObject(well)
})

/** The store as a process sees it that is cancelled while it writes an event of this type. */
const cancelledAt = (type: string, ledger: Ledger, cancel: AbortController): Ledger => ({
  ...ledger,
  append: async change => {
    if (change.events.some(({ body }) => body.type === type)) cancel.abort('SIGINT')
    return await ledger.append(change)
  }
})

test('one that had failed before the cancel came has failed', async () => {
  const first = item('deploy', { named: 'a', to: 'fail', undo: 'undo a', probe: 'probe a' })
  const of = plan({ ...OF.stages, deploy: [first, ...OF.stages.deploy.slice(1)] })
  const cancel = new AbortController()
  const { ledger, ...at } = await stand(of)
  const { settled } = await settledOf({ ledger, ...at }, cancel, { ledger: cancelledAt('outcome', ledger, cancel) })
  expect(settled).toMatchObject({ outcome: 'fail' })
  expect((await work({ ledger, ...at }, { resume: true })).record.status).toBe('ROLLED_BACK')
})

test('one that was cancelled while its intent was written has not begun: a resume begins it and asks nobody', async () => {
  const of = plan({ ...OF.stages, deploy: [item('deploy', { named: 'a', undo: 'undo a' })] })
  const cancel = new AbortController()
  const { ledger, ...rest } = await stand(of)
  const { at, settled } = await settledOf({ ledger, ...rest }, cancel, {
    ledger: cancelledAt('intent', ledger, cancel)
  })
  expect([at.world.did, settled?.detail]).toEqual([[], 'cancelled before it began'])
  const { record } = await work(at, { resume: true })
  expect([record.status, at.world.did]).toEqual(['SUCCESS', ['a new']])
})

test('an undo that was cut off is asked about as well, and not counted as failed', async () => {
  const at = await stand(
    plan({ ...OF.stages, 'smoke-test': [item('smoke-test', { named: 'x', to: 'fail', retry: 'none' })] })
  )
  const cancel = new AbortController()
  const real = fakeShell(at.world)
  const shell: Shell = {
    run: async command => {
      if (!('text' in command.what) || command.what.text !== 'undo b') return await real.run(command)
      cancel.abort('SIGINT')
      return { kind: 'aborted', code: 130, byItself: true, stdout: '', stderr: '', durationMs: 1 }
    }
  }
  const { state } = await work(at, { shell, signal: cancel.signal })
  expect(state.deeds.get('rollback|deploy/b|undo')?.settled).toMatchObject({ outcome: 'unknown' })
  const { record } = await work(at, { resume: true })
  expect([record.status, at.world.did]).toEqual(['ROLLED_BACK', ['a new', 'b new', 'undo b', 'undo a']])
})
