/**
 * One signal that aborts with the first of several, and its reason. `AbortSignal.any` does this from Node 20.3 on; here
 * `done` lets go of the longer-lived ones, which a run of a thousand items needs; `abort` is one more way to end it.
 */
export function joinSignals(...signals: readonly AbortSignal[]): Joined {
  const joined = new AbortController()
  const listeners = signals.map(signal => ({ signal, listener: () => joined.abort(signal.reason) }))
  const done = () => {
    for (const { signal, listener } of listeners) signal.removeEventListener('abort', listener)
  }
  for (const { signal, listener } of listeners) {
    if (signal.aborted) listener()
    else signal.addEventListener('abort', listener, { once: true })
  }
  return { signal: joined.signal, done, abort: reason => joined.abort(reason) }
}

type Joined = Readonly<{ signal: AbortSignal; done(): void; abort(reason: unknown): void }>
