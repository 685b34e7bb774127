import type { Journal } from '../core/engine/journal.js'
import type { Ledger } from '../core/ports.js'
import type { Shop } from './shop.js'

const EVERY_MS = 10_000

/** Tells the ledger every few seconds that the holder lives. It informs and never decides, so it may fail. */
export async function withHeartbeat<T>(
  { record }: Journal,
  ledger: Ledger,
  { clock }: Shop,
  work: () => Promise<T>
): Promise<T> {
  const done = new AbortController()
  const beats = beat()
  try {
    return await work()
  } finally {
    done.abort()
    await beats
  }

  async function beat(): Promise<void> {
    for (;;) {
      await clock.sleep(EVERY_MS, done.signal)
      if (done.signal.aborted) return
      await ledger.beat(record.id, record.token, clock.now().toISOString()).catch(() => {})
    }
  }
}
