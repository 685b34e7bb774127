import type { Clock } from '../core/ports.js'

/** Node's timers fire at once above this many milliseconds (2^31 - 1), so a long sleep is taken in parts. */
const LONGEST_TIMER_MS = 2_147_483_647

/** The machine's own time. */
export const systemClock = (): Clock => ({
  now: () => new Date(),
  sleep: async (ms, signal) => {
    for (let left = ms; left > 0 && signal?.aborted !== true; left -= LONGEST_TIMER_MS) {
      await nap(Math.min(left, LONGEST_TIMER_MS), signal)
    }
  }
})

const nap = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise(resolve => {
    const wake = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    signal?.addEventListener('abort', wake)
  })
