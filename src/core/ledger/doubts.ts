import type { Event } from '../events.js'

/**
 * Writes whose answer never came. Whoever asks again for the same write is told what became of the first one: only this
 * process can have sent it, so that its being there means that it was written.
 */
export interface Doubts {
  /** A write that is known by the hash of its last event. */
  during<T>(events: readonly Event[], write: (again: boolean) => Promise<T>): Promise<T>
  /** Any other write, under a name of its own. */
  about<T>(name: string, write: (again: boolean) => Promise<T>): Promise<T>
}

export function openDoubts(): Doubts {
  const open = new Set<string>()

  async function about<T>(name: string, write: (again: boolean) => Promise<T>): Promise<T> {
    const again = open.delete(name)
    try {
      return await write(again)
    } catch (error) {
      open.add(name)
      throw error
    }
  }
  return { during: (events, write) => about(events.at(-1)?.hash ?? '', write), about }
}
