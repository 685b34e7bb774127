import { ChecklistError } from '../core/errors.js'
import type { GateFacts } from '../core/ports.js'

/** What GitHub would not tell, as a fact: why, and what gives it. A cancel and a bug stay what they are. */
export function unreadable(error: unknown): Extract<GateFacts, { kind: 'unreadable' }> {
  if (!(error instanceof ChecklistError) || error.status === 'CANCELLED') throw error
  const { message: why, hint, reason } = error
  const known = reason === 'missing_permission' || reason === 'github_unavailable' ? { reason } : {}
  return { kind: 'unreadable', why, hint, ...known }
}

/** Reads by name, each once; what could not be read is asked for again. */
export function readingOnce<T>(read: (name: string) => Promise<T>) {
  const known = new Map<string, T>()
  return async (name: string): Promise<T | Extract<GateFacts, { kind: 'unreadable' }>> => {
    const before = known.get(name)
    if (before !== undefined) return before
    try {
      const found = await read(name)
      known.set(name, found)
      return found
    } catch (error) {
      return unreadable(error)
    }
  }
}
