import { describe, expect, test } from '@jest/globals'
import { checkChain } from '../../../src/core/chain.js'
import type { Ledger, Stored } from '../../../src/core/ports.js'
import { at, change, ended, endedBody, executionRecord, KEY, newExecution, noteBody } from '../../fakes/executions.js'
import { openOn } from '../../fakes/github/branch-stand.js'
import { type FakeGitHub, startGitHub } from '../../fakes/github/server.js'

/** Every way in which one request fails: not done, done and not said, done and said wrongly. */
const WAYS = {
  'is refused with 403': { kind: 'status', status: 403 },
  'is refused with 422': { kind: 'status', status: 422 },
  'conflicts with 409': { kind: 'status', status: 409 },
  'fails with 503': { kind: 'status', status: 503 },
  'is cut off': { kind: 'cut' },
  'is answered with garbage': { kind: 'garbage' },
  'is done, and its answer is lost': { kind: 'lost' },
  'is done, and answered with 502': { kind: 'reject', status: 502 }
} as const

/** One write each, to a ledger with an ended execution 1 and an open execution 2. */
const WORK = {
  'an append': {
    ask: async (ledger: Ledger, { events, record }: Stored) =>
      await ledger.append(change(events, record, noteBody('a'))),
    answer: { kind: 'appended' }
  },
  'a takeover': {
    ask: async (ledger: Ledger, { events, record, head }: Stored) => {
      const freed = { ...record, holdsEnvironment: false }
      const takingOverFrom = change(events, freed, { type: 'took-over', from: 'e2', by: 'e3' })
      return await ledger.create(newExecution(executionRecord({ number: 3 }), head), { takingOverFrom })
    },
    answer: { kind: 'created' }
  },
  'a removal': {
    ask: async (ledger: Ledger) => await ledger.remove('e1', 'alice', at(900)),
    answer: 'removed'
  }
} as const

async function stand(github: FakeGitHub): Promise<Stored> {
  const ledger = openOn(github)
  await ledger.create(newExecution())
  const first = await mustRead(ledger, 'e1')
  await ledger.append(change(first.events, ended(first.record), endedBody))
  await ledger.create(newExecution(executionRecord({ number: 2 }), (await mustRead(ledger, 'e1')).head))
  return await mustRead(ledger, 'e2')
}

async function mustRead(ledger: Ledger, id: string): Promise<Stored> {
  const stored = await ledger.read(id)
  if (stored === undefined) throw new Error(`${id} is not there`)
  return stored
}

/** Everything that the store says to somebody who has never seen it. */
async function everything(github: FakeGitHub): Promise<unknown> {
  const ledger = openOn(github)
  const { records, tombstones } = await ledger.list({}, { limit: 100 })
  const stored = await Promise.all(records.map(({ id }) => mustRead(ledger, id)))
  for (const { events } of stored) expect(checkChain(events)).toEqual([])
  return { stored, tombstones, survey: await ledger.survey(KEY) }
}

async function onGitHub<T>(work: (github: FakeGitHub) => Promise<T>): Promise<T> {
  const github = await startGitHub()
  try {
    return await work(github)
  } finally {
    await github.close()
    expect(github.violations()).toEqual([])
  }
}

describe.each(Object.entries(WORK))('%s', (_, { ask, answer }) => {
  /** What is there before and after, when nothing goes wrong. */
  let known: Promise<Readonly<{ before: unknown; after: unknown }>> | undefined
  const undisturbed = () => {
    known ??= onGitHub(async github => {
      const second = await stand(github)
      const before = await everything(github)
      expect(await ask(openOn(github), second)).toEqual(answer)
      return { before, after: await everything(github) }
    })
    return known
  }

  /** The same with the nth request failing; false when there were not so many. */
  const disturbed = (nth: number, way: (typeof WAYS)[keyof typeof WAYS], remembers: boolean) =>
    onGitHub(async github => {
      const { before, after } = await undisturbed()
      const [second, ledger] = [await stand(github), openOn(github)]
      if (remembers) await ledger.survey(KEY)
      github.faults.add({ on: '*', nth, ...way })
      const first = await ask(ledger, second).catch((error: unknown) => error)
      const hit = github.faults.left() === 0
      github.faults.clear()
      if (first instanceof Error) expect([before, after]).toContainEqual(await everything(github))
      const last = first instanceof Error ? await ask(ledger, second) : first
      expect({ nth, last }).toEqual({ nth, last: answer })
      expect(await everything(github)).toEqual(after)
      return hit
    })

  test.each(Object.entries(WAYS))('of which any request %s happens whole or not at all, and once', async (_, way) => {
    let nth = 1
    while (await disturbed(nth, way, nth % 2 === 0)) nth++
    expect(nth).toBeGreaterThan(3)
  })
})

describe('a first write', () => {
  test.each(Object.entries(WAYS))('of which any request %s makes one branch', async (_, way) => {
    const prepared = (nth: number) =>
      onGitHub(async github => {
        const ledger = openOn(github)
        github.faults.add({ on: '*', nth, ...way })
        await ledger.prepare().catch(() => ledger.prepare())
        const hit = github.faults.left() === 0
        github.faults.clear()
        expect(await ledger.create(newExecution())).toEqual({ kind: 'created' })
        return hit
      })
    let nth = 1
    while (await prepared(nth)) nth++
    expect(nth).toBeGreaterThan(3)
  })
})
