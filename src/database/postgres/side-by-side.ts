import { joinSignals } from '../../core/join-signals.js'
import { throwIfCancelled } from './client.js'

/** Work side by side, of which the first failure ends the rest before it is told. */
export function together(signal: AbortSignal): Readonly<{
  add<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>
  all(): Promise<void>
}> {
  const abort = new AbortController()
  const both = joinSignals(signal, abort.signal)
  const parts: Promise<unknown>[] = []
  return {
    add: work => {
      const part = work(both.signal)
      part.catch(error => abort.abort(error))
      parts.push(part)
      return part
    },
    all: async () => {
      await Promise.allSettled(parts)
      both.done()
      throwIfCancelled(signal)
      // What came first is the cause; the others were only ended because of it.
      if (abort.signal.aborted) throw abort.signal.reason
    }
  }
}
