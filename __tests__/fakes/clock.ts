import type { Clock } from '../../src/core/ports.js'

/** A clock that stands until a test turns it. */
export interface FakeClock extends Clock {
  /** Moves time on by `ms`, waking sleepers in the order of their time; what they start then is awaited for some turns. */
  turn(ms: number): Promise<void>
  /** Milliseconds since the start. */
  elapsed(): number
  /** Lengths of all sleeps that were asked for, oldest first. */
  readonly slept: readonly number[]
  /** How many sleep now. */
  sleepers(): number
}

type Sleeper = Readonly<{ wakeAt: number; wake: () => void }>

export const FAKE_START = '2026-01-05T10:00:00.000Z'

/**
 * `standing` (the default) waits for `turn`; `turning` lets time jump at each sleep, so that loops which poll run
 * through without a test having to turn the clock.
 */
export function fakeClock({ at = FAKE_START, mode = 'standing' as 'standing' | 'turning' } = {}): FakeClock {
  const start = Date.parse(at)
  const sleepers: Sleeper[] = []
  const slept: number[] = []
  let time = start

  async function turn(ms: number): Promise<void> {
    const end = time + ms
    await settle()
    for (let next = earliest(sleepers, end); next !== undefined; next = earliest(sleepers, end)) {
      time = Math.max(time, next.wakeAt)
      next.wake()
      await settle()
    }
    time = end
  }

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    slept.push(ms)
    if (signal?.aborted) return Promise.resolve()
    if (mode === 'turning') {
      time += Math.max(0, ms)
      return settle()
    }
    return new Promise(resolve => {
      const wake = () => {
        sleepers.splice(sleepers.indexOf(sleeper), 1)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      const sleeper = { wakeAt: time + Math.max(0, ms), wake }
      sleepers.push(sleeper)
      signal?.addEventListener('abort', wake)
    })
  }

  return {
    now: () => new Date(time),
    sleep,
    turn,
    elapsed: () => time - start,
    slept,
    sleepers: () => sleepers.length
  }
}

const earliest = (sleepers: readonly Sleeper[], end: number): Sleeper | undefined =>
  sleepers.filter(({ wakeAt }) => wakeAt <= end).sort((a, b) => a.wakeAt - b.wakeAt)[0]

// Woken code may await several promises before it sleeps again.
async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise(resolve => setImmediate(resolve))
}
