import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Liveness } from '../../src/core/ports.js'
import { CHECKLIST, dying, openStand, refusal, type Stand } from './stand.js'

const HOUR = 3_600_000
const PAGES = `page: 'echo "$DEPLOY_FAILURE" >> "$WORLD/paged"'`
const held = (mark: string) => `while test -e "$WORLD/${mark}"; do sleep 0.02; done`
const watching = (onFailure: 'page' | 'rollback') => `${CHECKLIST}  preflight:
    - { run: '${held('busy')}; test ! -e "$WORLD/no"', id: free }
  monitor:
    checkpoints: [1h, 24h]
    items: [{ run: '${held('hold')}; ! grep -qs "$DEPLOY_COMMIT" "$WORLD/sick"', id: well }]
    on-failure: ${onFailure}
    ${PAGES}
`

/** Two releases, of which the second is unwell when its checkpoint is due. */
async function unwell(onFailure: 'page' | 'rollback'): Promise<Stand> {
  const at = openStand(watching(onFailure))
  await at.does('run')
  const bad = at.commit()
  await at.does('run')
  at.sets('sick', bad)
  await at.turn(HOUR)
  return at
}

const undone = (at: Stand) => at.did().filter(line => line.startsWith('undo ')).length
const second = async (at: Stand) => (await at.records()).find(({ number }) => number === 2)
const checkpoints = async (at: Stand) => (await at.does(`show ${(await second(at))?.id}`)).result.checkpoints

describe('what a failed checkpoint leads to is not lost', () => {
  test('where the rollback is refused, a person is paged with the reason and the line', async () => {
    const at = await unwell('rollback')
    const bad = await second(at)
    at.commit()
    at.sets('busy', 'x')
    at.sets('no', 'x')
    const newcomer = at.does('run')
    while ((await at.records()).length < 3) await new Promise(resolve => setTimeout(resolve, 10))
    const done = await at.does('monitor')
    expect(refusal(done)).toEqual(['FAILED', 'monitor_failed', 1])
    for (const told of [at.world('paged'), done.text, done.result.message])
      expect(told).toMatch(
        new RegExp(`not rolled back: production is held by .*: deploy-checklist rollback ${bad?.id}`)
      )
    rmSync(join(at.env['WORLD'] ?? '', 'busy'))
    expect((await newcomer).result.status).toBe('FAILED')
    expect([(await second(at))?.owed, (await at.does('monitor')).text, undone(at)]).toEqual([
      undefined,
      expect.stringMatching(/the next one is 24h/),
      0
    ])
  })

  test('where the rollback stops, a person is paged once', async () => {
    const at = openStand(watching('rollback').replace("undo: '", `undo: 'set -e; test ! -e "$WORLD/stuck"; `))
    await at.does('run')
    const bad = at.commit()
    await at.does('run')
    at.sets('sick', bad)
    at.sets('stuck', 'x')
    await at.turn(HOUR)
    expect((await at.does('monitor')).result.reason).toBe('rollback_failed')
    expect(at.world('paged')).toMatch(
      /^a rollback stopped and needs a person: the undo of deploy\/release failed[^\n]*$/
    )
    expect([(await second(at))?.owed, (await at.does('monitor')).result.exitCode]).toEqual([undefined, 0])
  })

  test.each(['page', 'rollback'] as const)('killed right after its record: the next look does it (%s)', async to => {
    const at = await unwell(to)
    expect((await at.through('monitor', dying(1))).reason).toBe('bug')
    expect([undone(at), at.world('paged'), (await second(at))?.owed]).toEqual([0, '', to])
    const { result } = await at.does('monitor')
    expect([undone(at), at.world('paged')]).toEqual(to === 'page' ? [0, expect.stringMatching(/^1h: /)] : [1, ''])
    expect(result.reason).toBe(to === 'page' ? 'monitor_failed' : 'ok')
    expect((await second(at))?.owed).toBeUndefined()
    expect((await at.does('monitor')).result.exitCode).toBe(0)
    expect(undone(at)).toBe(to === 'page' ? 0 : 1)
    expect((await at.does('verify')).result.status).toBe('SUCCESS')
  })

  test.each([2, 3, 4, 5, 6, 7, 8])(
    'killed at its write %d: one rollback at most, and whoever has to act is called',
    async n => {
      const at = await unwell('rollback')
      await at.through('monitor', dying(n))
      for (let i = 0; i < 3; i++) expect((await at.does('monitor')).result.exitCode).not.toBe(70)
      const record = await second(at)
      expect([record?.owed, undone(at) <= 1]).toEqual([undefined, true])
      expect((await at.records()).filter(({ purpose }) => purpose === 'rollback').length).toBeLessThanOrEqual(1)
      expect(record?.rolledBack === true || /its rollback .* is /.test(at.world('paged'))).toBe(true)
      expect((await at.does('verify')).result.status).toBe('SUCCESS')
    }
  )

  test('two looks at once: one records, and does what follows', async () => {
    const at = await unwell('rollback')
    const done = await Promise.all([at.does('monitor'), at.does('monitor'), at.does('monitor')])
    expect(done.map(({ result }) => result.exitCode)).not.toContain(70)
    expect([undone(at), at.world('paged')]).toEqual([1, ''])
    expect(await checkpoints(at)).toMatchObject([{ checkpoint: '1h', passed: false }])
  })

  test('a look that was cancelled has found nothing', async () => {
    const at = await unwell('rollback')
    at.sets('hold', 'x')
    const signal = (abort: (name: string) => void) => void setTimeout(() => abort('SIGINT'), 300)
    expect(refusal(await at.does('monitor', { signal }))).toEqual(['CANCELLED', 'cancelled', 130])
    expect([await checkpoints(at), undone(at), at.world('paged')]).toEqual([[], 0, ''])
  })

  test('what another job was to do and did not is a person’s, once that run is over', async () => {
    const at = openStand(watching('rollback'))
    const ledger = `file:${at.ledger}`
    const bad = at.git('rev-parse', 'HEAD')
    await at.step({ ledger })
    at.sets('sick', bad)
    await at.turn(HOUR)
    const sweep = async (runId: string, state: 'alive' | 'dead') => {
      const liveness: Liveness = {
        self: async () => ({ host: 'h', bootId: 'b', pid: 1, startedAt: '1', runId, runAttempt: 1, runner: 'r' }),
        state: async ({ runner }) => (runner === undefined ? state : 'dead')
      }
      const inputs = { stage: 'monitor', execution: 'newest', ledger, 'on-failure': 'hand-over' }
      return await at.step(inputs, { env: { GITHUB_RUN_ID: runId }, liveness })
    }
    expect((await sweep('78', 'alive')).result.reason).toBe('rollback_due')
    expect((await sweep('79', 'alive')).text).toMatch(/Another process sees to/)
    expect(at.world('paged')).toBe('')
    expect((await sweep('80', 'dead')).result.reason).toBe('monitor_failed')
    expect(at.world('paged')).toMatch(/another job was to roll it back.*gh workflow run rollback\.yml/)
    expect((await sweep('81', 'dead')).text).toMatch(/No checkpoint .* the next one is 24h/)
  })
})
