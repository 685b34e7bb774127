import { expect } from '@jest/globals'
import { ChecklistError } from '../../../src/core/errors.js'
import { openGitHub } from '../../../src/github/api.js'
import type { GitHub } from '../../../src/github/github.js'
import { fakeClock } from '../../fakes/clock.js'
import { type Fault, secondaryLimit, usedUp } from '../../fakes/github/faults.js'
import { type FakeGitHub, type FakeOptions, startGitHub } from '../../fakes/github/server.js'
import { TOKEN } from '../../fakes/github/state.js'

type Way = (nth: number) => Fault

const answered =
  (status: number, message: string, times = 1): Way =>
  nth => ({ on: '*', nth, times, kind: 'status', status, body: { message } })
const broken =
  (kind: 'cut' | 'lost' | 'torn' | 'hang' | 'garbage', times = 1): Way =>
  nth => ({ on: '*', nth, times, kind })
const ALWAYS = Number.POSITIVE_INFINITY

/** The ways in which one call fails, by what is said of it: `each call ${name}`. From then on, where it says so. */
export const WAYS = {
  'is cut off': broken('cut'),
  'is cut off, and all after it': broken('cut', ALWAYS),
  'is done, and its answer is lost': broken('lost'),
  'is done, and so are all after it, and their answers are lost': broken('lost', ALWAYS),
  'is done, and its answer is torn': broken('torn'),
  'is answered with what is no JSON': broken('garbage'),
  'is not answered in time': broken('hang'),
  'is done and answered with 502': nth => ({ on: '*', nth, kind: 'reject', status: 502 }),
  'is answered with 502': answered(502, 'Server Error'),
  'is answered with 503, and all after it': answered(503, 'Unavailable', ALWAYS),
  'is limited for a while': nth => ({ ...secondaryLimit('*', 5), nth }),
  'is limited for an hour': nth => ({ ...usedUp('*', Date.parse('2026-01-05T12:00:00Z') / 1000), nth, times: ALWAYS }),
  'finds the token revoked, and so do all after it': answered(401, 'Bad credentials', ALWAYS),
  'lacks its permission': answered(403, 'Resource not accessible by integration'),
  'finds nothing': answered(404, 'Not Found'),
  conflicts: answered(409, 'Conflict'),
  'is not understood': answered(422, 'Validation Failed')
} as const satisfies Readonly<Record<string, Way>>

export type WayName = keyof typeof WAYS
/** For `test.each`. */
export const WAY_NAMES = Object.keys(WAYS) as WayName[]

export type Settled<T> =
  | Readonly<{ kind: 'done'; value: T }>
  /** Always a known fault that does not hold the token: anything else fails the test by itself. */
  | Readonly<{ kind: 'failed'; error: ChecklistError }>
export type Told<T> = Readonly<{
  way: WayName
  /** Which call failed, from 1, and of which operation. */
  nth: number
  operationId: string
  outcome: Settled<T>
  /** What GitHub holds now; without faults, so that it can be asked what a newcomer would see. */
  fake: FakeGitHub
  github: GitHub
}>
export type Scenario<T> = Readonly<{
  options?: FakeOptions
  /** Puts into GitHub what is there before. Its calls do not fail and are not counted. */
  stand?: (fake: FakeGitHub, github: GitHub) => void | Promise<void>
  work: (github: GitHub, fake: FakeGitHub) => Promise<T>
}>

/**
 * Does the work once undisturbed to see which calls it makes, then once for each of them, on a GitHub of its own in
 * which that call fails in this way. Time runs by itself, so that no wait takes any.
 */
export async function eachCallFails<T>(
  way: WayName,
  scenario: Scenario<T>,
  judge: (told: Told<T>) => void | Promise<void>
): Promise<void> {
  const operations = await callsOf(scenario)
  for (const [index, operationId] of operations.entries())
    await callFails({ way, nth: index + 1, operationId }, scenario, judge)
}

/** The operations that the work calls when nothing fails, in their order. */
export async function callsOf<T>({ options, stand, work }: Scenario<T>): Promise<readonly string[]> {
  return await onGitHub(options, async fake => {
    await stand?.(fake, open(fake))
    const before = fake.requests().length
    await work(open(fake), fake)
    return fake
      .requests()
      .slice(before)
      .map(({ operationId }) => operationId)
  })
}

async function callFails<T>(
  which: Pick<Told<T>, 'way' | 'nth' | 'operationId'>,
  { options, stand, work }: Scenario<T>,
  judge: (told: Told<T>) => void | Promise<void>
): Promise<void> {
  try {
    await onGitHub(options, async fake => {
      await stand?.(fake, open(fake))
      fake.faults.add(WAYS[which.way](which.nth))
      const outcome = await settled(work(open(fake, which.way), fake))
      fake.faults.clear()
      await judge({ ...which, outcome, fake, github: open(fake) })
    })
  } catch (thrown) {
    if (thrown instanceof Error)
      thrown.message = `call ${which.nth}, ${which.operationId}, ${which.way}:\n${thrown.message}`
    throw thrown
  }
}

async function settled<T>(work: Promise<T>): Promise<Settled<T>> {
  try {
    return { kind: 'done', value: await work }
  } catch (error) {
    if (!(error instanceof ChecklistError)) throw error
    const cause = error.cause instanceof Error ? error.cause.stack : error.cause
    expect(`${error.stack} ${error.hint} ${cause}`).not.toContain(TOKEN)
    return { kind: 'failed', error }
  }
}

// The time limit is real time: short only where a call hangs, or a busy machine would run into it.
const open = ({ url, state }: FakeGitHub, way?: WayName): GitHub =>
  openGitHub({
    ...{
      url,
      token: TOKEN,
      repository: state.repository,
      env: {},
      timeoutMs: way === 'is not answered in time' ? 500 : 30_000
    },
    clock: fakeClock({ mode: 'turning' })
  })

async function onGitHub<R>(options: FakeOptions | undefined, use: (fake: FakeGitHub) => Promise<R>): Promise<R> {
  const fake = await startGitHub(options)
  try {
    const result = await use(fake)
    expect(fake.violations()).toEqual([])
    return result
  } finally {
    await fake.close()
  }
}
