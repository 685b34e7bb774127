import { ChecklistError } from '../core/errors.js'
import type { Paging, Unreadable } from '../core/ports.js'

/** Reads as long as all is whole; what is broken refuses, or is told where that was asked for. */
export function damageFor({ damaged }: Paging) {
  const unreadable: Unreadable[] = []
  const orTell = <T>(what: Omit<Unreadable, 'problem'>, read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      if (damaged !== 'tell' || !(error instanceof ChecklistError) || error.reason !== 'ledger_broken') throw error
      unreadable.push({ ...what, problem: error.message })
      return undefined
    }
  }
  return { unreadable, orTell }
}
