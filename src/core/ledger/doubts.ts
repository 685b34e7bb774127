import type { Event } from '../events.js'

/**
 * Writes whose answer never came, by the hash of their last event. Whoever asks again for the same write is told what
 * became of the first one: only this process can have sent it, so that its being there means that it was written.
 */
export interface Doubts {
  during<T>(events: readonly Event[], write: (again: boolean) => Promise<T>): Promise<T>
}

export function openDoubts(): Doubts {
  const open = new Set<string>()
  return {
    during: async (events, write) => {
      const hash = events.at(-1)?.hash ?? ''
      const again = open.delete(hash)
      try {
        return await write(again)
      } catch (error) {
        open.add(hash)
        throw error
      }
    }
  }
}
