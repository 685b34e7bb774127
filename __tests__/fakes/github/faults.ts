import { setTimeout as wait } from 'node:timers/promises'

/**
 * What goes wrong, once or `times`, at the `nth` request (from 1, counted from when the fault was added) to an operation
 * (`*`: any). `status` answers without doing it; `cut` ends the connection before it is done; `lost` does it and then
 * ends the connection, `torn` in the middle of the answer; `hang` does nothing and answers nothing; `garbage` answers 200
 * with what is no JSON; `delay` lets `ms` pass and goes on; `reject` answers status, but after having done it.
 */
export type Fault = Readonly<{ on: string; nth?: number; times?: number }> &
  (
    | Readonly<{ kind: 'status'; status: number; body?: unknown; headers?: Readonly<Record<string, string>> }>
    | Readonly<{ kind: 'cut' | 'lost' | 'torn' | 'hang' | 'garbage' }>
    | Readonly<{ kind: 'reject'; status: number }>
    | Readonly<{ kind: 'delay'; ms: number }>
  )

export type Faults = ReturnType<typeof createFaults>

export function createFaults() {
  const queue: { fault: Fault; seen: number; done: number }[] = []
  let happened = 0
  let last: Fault | undefined
  return {
    add: (fault: Fault): void => void queue.push({ fault, seen: 0, done: 0 }),
    clear: (): void => void queue.splice(0),
    /** How many requests had one so far. */
    happened: (): number => happened,
    /** Whether the newest of them left its request without an answer. */
    isHanging: (): boolean => last?.kind === 'hang',
    /** How many faults have not happened as often as they were to. */
    left: (): number => queue.filter(({ fault, done }) => done < (fault.times ?? 1)).length,
    /** The fault of this request, if it has one; every fault that looks at its operation counts it. */
    next(operationId: string): Fault | undefined {
      const due = queue.filter(entry => {
        if (entry.fault.on !== '*' && entry.fault.on !== operationId) return false
        entry.seen += 1
        return entry.seen >= (entry.fault.nth ?? 1) && entry.done < (entry.fault.times ?? 1)
      })[0]
      if (due !== undefined) {
        due.done += 1
        happened += 1
        last = due.fault
      }
      return due?.fault
    }
  }
}

/** Time for a `delay`, cut short when the server ends. */
export const pass = (ms: number, signal: AbortSignal): Promise<void> =>
  wait(ms, undefined, { signal }).catch(() => undefined)

/** GitHub's refusal of a burst: a 403 like any other but for its words and `retry-after`, in seconds. */
export const secondaryLimit = (on: string, retryAfter?: number): Fault => ({
  on,
  kind: 'status',
  status: 403,
  body: {
    message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits'
  },
  ...(retryAfter === undefined ? {} : { headers: { 'retry-after': String(retryAfter) } })
})

/** The hour's requests are used up; `reset` is when there are new ones, in seconds since 1970. */
export const usedUp = (on: string, reset: number): Fault => ({
  on,
  kind: 'status',
  status: 403,
  body: {
    message: 'API rate limit exceeded for installation ID 1.',
    documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api'
  },
  headers: { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) }
})
