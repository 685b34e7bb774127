import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Shop } from '../../src/app/shop.js'
import type { Clock, Ledger } from '../../src/core/ports.js'
import { memoryLedger } from '../fakes/ledger.js'
import { CHECKLIST, DEPLOY, openStand, type Stand } from './stand.js'

/** Waits for nothing that is as short as a pause between two tries. */
const impatient = ({ clock }: Shop): Clock => ({
  ...clock,
  sleep: async (ms, signal) => (ms < 100 ? undefined : await clock.sleep(ms, signal))
})

describe('an environment that changes hands each time that it is looked at', () => {
  /** A ledger in which everybody else is faster. */
  const contended = (ledger: Ledger) => {
    const asked = { create: 0, survey: 0 }
    const create: Ledger['create'] = async () => {
      asked.create += 1
      return asked.create % 2 === 0 ? { kind: 'moved' } : ({ kind: 'held', by: OTHER } as const)
    }
    const survey: Ledger['survey'] = async key => {
      asked.survey += 1
      return await ledger.survey(key)
    }
    return { asked, ledger: { ...ledger, create, survey } }
  }
  const OTHER = { id: 'other' } as Awaited<ReturnType<Ledger['list']>>['records'][number]

  test('is looked at anew fifty times by a run, which then gives up and has written nothing', async () => {
    const at = openStand()
    const memory = memoryLedger()
    const { asked, ledger } = contended(memory)
    const result = await at.through('run', async shop => ({
      ...shop,
      clock: impatient(shop),
      ledger: async () => ledger
    }))
    expect([result.status, result.reason, result.exitCode]).toEqual(['REFUSED', 'environment_held', 2])
    expect(result.message).toMatch(/production changed hands 50 times while this run tried to take it/)
    expect(result.hint).toMatch(/Try again/)
    expect(asked).toEqual({ create: 50, survey: 50 })
    expect([memory.executions.size, at.did()]).toEqual([0, []])
  })

  test('is taken by the fiftieth try, when it is free by then', async () => {
    const at = openStand()
    const memory = memoryLedger()
    const { asked, ledger } = contended(memory)
    const create: Ledger['create'] = async (entry, options) =>
      asked.create === 49 ? await memory.create(entry, options) : await ledger.create(entry, options)
    const result = await at.through('run', async shop => ({
      ...shop,
      clock: impatient(shop),
      ledger: async () => ({ ...ledger, create })
    }))
    expect([result.status, memory.executions.size]).toEqual(['SUCCESS', 1])
  })

  test('is not taken back either', async () => {
    const at = openStand()
    await at.does('run')
    at.commit()
    await at.does('run')
    const before = at.did()
    let asked = { create: 0, survey: 0 }
    const result = await at.through('rollback', async shop => {
      const other = contended(await shop.ledger())
      asked = other.asked
      return { ...shop, clock: impatient(shop), ledger: async () => other.ledger }
    })
    expect([result.status, result.reason]).toEqual(['REFUSED', 'environment_held'])
    expect(result.message).toMatch(/production changed hands while this rollback tried to take it/)
    expect([asked.create, at.did()]).toEqual([50, before])
  })
})

describe('more executions than a page of the ledger holds', () => {
  /** The same ledger in pages of one. */
  const paged = (at: Stand, line: string) =>
    at.through(line, async shop => {
      const ledger = await shop.ledger()
      const list: Ledger['list'] = (filter, page) => ledger.list(filter, { ...page, limit: 1 })
      return { ...shop, ledger: async () => ({ ...ledger, list }) }
    })

  test('hide no earlier rollback that stopped halfway: nothing is undone twice', async () => {
    const at = openStand(`name: shop
stages:
  deploy:
    - { run: '${DEPLOY}', id: a, undo: 'test ! -e "$WORLD/stuck"; echo "$DEPLOY_PREVIOUS_COMMIT" > "$WORLD/live"' }
    - { run: 'true', id: b, undo: 'echo "undo b" >> "$WORLD/log"' }
  smoke-test: [{ run: 'test "$(cat "$WORLD/live")" = "$DEPLOY_COMMIT"', id: alive }]
`)
    await at.does('run')
    at.commit()
    await at.does('run')
    at.sets('stuck', 'x')
    expect((await at.does('rollback')).result.status).toBe('FAILED')
    expect((await paged(at, 'rollback')).status).toBe('FAILED')
    rmSync(join(at.env['WORLD'] ?? '', 'stuck'))
    expect((await paged(at, 'rollback')).status).toBe('SUCCESS')
    expect(at.did().filter(line => line === 'undo b')).toHaveLength(1)
  })

  test('hide no newer release that makes checkpoints void', async () => {
    const at = openStand(`${CHECKLIST}  monitor:\n    checkpoints: [0m, 1h]\n    items: [{ run: 'true', id: look }]\n`)
    const { id } = await at.does('run')
    at.commit()
    await at.does('run')
    await at.does('run --observe')
    await at.turn(3_600_000)
    expect(await paged(at, `monitor ${id}`)).toMatchObject({ status: 'REFUSED', reason: 'superseded' })
  })
})
